#!/bin/sh
# Makes .venv from requirements.lock: with uv when it is on PATH, else with the pip that is there.
# usage: tools/environment.sh PYTHON
set -eu
python=$1
venv=.venv/bin/python

remedy() {
  echo "Cannot make the environment: $1" >&2
  exit 1
}

if command -v uv >/dev/null 2>&1; then
  test -x $venv || uv venv --quiet --python "$python" .venv
  uv pip sync --quiet --python $venv requirements.lock
  uv pip install --quiet --python $venv --no-deps --no-build-isolation -e .
  exit 0
fi

[ -n "$python" ] || remedy "no python3 found. Remedy: apt-get install python3 python3-pip"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  remedy "$python is older than 3.11. Remedy: make PYTHON=/path/to/python3.11"
# Debian ships venv without ensurepip; the system's pip can fill an environment that has none of its own.
if "$python" -m pip --version >/dev/null 2>&1; then
  test -x $venv || "$python" -m venv --without-pip .venv
  set -- "$python" -m pip --python $venv
elif "$python" -c 'import ensurepip' 2>/dev/null; then
  test -x $venv || "$python" -m venv .venv
  set -- $venv -m pip
else
  remedy "no pip and no uv. Remedy: apt-get install python3-pip"
fi
echo "Installing requirements.lock into .venv ..." >&2
"$@" install --quiet --disable-pip-version-check -r requirements.lock
"$@" install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
