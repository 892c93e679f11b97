"""Traces of what takes time, sent by OpenTelemetry where the settings name a collector; else nothing loads.

A span has a name of the program's and numbers; no word of a deal goes out with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from assistant.errors import HandoffError
from assistant.settings import Settings

_tracers: list[Any] = []
"""The process's tracer, once it is set up."""
WORDLESS = {"record_exception": False, "set_status_on_exception": False}
OnStep = Callable[[str], None]
Told = Callable[..., None]


def set_up_traces(settings: Settings, part: str, exporter: Any = None) -> Callable[[], None]:
    """Send spans from now on; `part` says which program it is. Returns what sends the last ones at the end.

    Raises HandoffError where the packages are not there.
    """
    if settings.traces is None and exporter is None:
        return lambda: None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise HandoffError("HANDOFF_TRACES needs more packages: pip install 'handoff[traces]'.") from None
    provider = TracerProvider(resource=Resource.create({"service.name": f"handoff-{part}"}))
    out = exporter or OTLPSpanExporter(endpoint=f"{(settings.traces or '').rstrip('/')}/v1/traces")
    provider.add_span_processor(BatchSpanProcessor(out))
    _tracers[:] = [provider.get_tracer("handoff")]

    def finish() -> None:
        _tracers.clear()
        provider.shutdown()

    return finish


@contextmanager
def traced_draft(on_step: OnStep | None = None) -> Iterator[tuple[OnStep, Told]]:
    """A span of a draft with one for each of its steps: what is told of steps, and of numbers at the end."""
    if not _tracers:
        yield on_step or (lambda step: None), lambda **numbers: None
        return
    tracer, open_spans = _tracers[0], list[Any]()
    # What an error says may quote a source: its words stay here.
    with tracer.start_as_current_span("draft", **WORDLESS) as draft:

        def stepped(step: str) -> None:
            _end(open_spans)
            open_spans.append(tracer.start_span(step))
            if on_step is not None:
                on_step(step)

        def told(**numbers: float | bool | str) -> None:
            for name, number in numbers.items():
                draft.set_attribute(f"handoff.{name}", number)

        try:
            yield stepped, told
        finally:
            _end(open_spans)


def _end(spans: list[Any]) -> None:
    while spans:
        spans.pop().end()
