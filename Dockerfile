# The review desk, the worker and the command line in one image: `docker build -t handoff .`
# tools/ship_check.sh lints this file and goes through its steps where no Docker engine runs.

FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m pip install --no-cache-dir --constraint requirements.lock hatchling
COPY pyproject.toml README.md LICENSE ./
COPY assistant assistant
COPY extractors extractors
COPY prompts prompts
COPY eval eval
RUN python -m hatchling build -t wheel -d /dist

FROM python:3.11-slim-bookworm
COPY requirements.lock /dist/
COPY --from=build /dist /dist
RUN python -m venv /opt/handoff && \
    /opt/handoff/bin/python -m pip install --no-cache-dir --constraint /dist/requirements.lock \
      "$(ls /dist/*.whl)[cluster,traces]"
RUN useradd --uid 10001 --create-home handoff && mkdir /data && chown handoff /data
ENV PATH="/opt/handoff/bin:$PATH" HANDOFF_DATA_DIR=/data HANDOFF_LOG=json
USER 10001
WORKDIR /home/handoff
VOLUME /data
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:7860/healthz', timeout=4)"]
ENTRYPOINT ["handoff"]
CMD ["serve", "--host", "0.0.0.0"]
