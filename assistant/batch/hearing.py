"""Recordings of a batch's deals: heard one at a time a machine, and what was heard lies beside the packet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from assistant.batch.jobs import Job
from assistant.packet import Deal
from assistant.protocol.policy import Policy
from assistant.recordings.listening import listener
from assistant.recordings.turns import one_at_a_time
from extractors.recording import Hear
from extractors.speech.heard import Transcript

if TYPE_CHECKING:
    from assistant.batch.drafting import How

HEARD = "heard.json"
"""Beside the packet: what was heard, by the recording's name."""
Told = Callable[[str], None]
"""Called with a few words every so often while a recording is heard or waits for its turn."""
TRANSCRIPTS = TypeAdapter(dict[str, Transcript])


def hears(
    job: Job, how: How, known: Deal, policy: Policy, heard: dict[str, Transcript], told: Told
) -> Hear | None:
    """Hears the deal's recordings and adds what was heard to `heard`; None where nobody is to."""
    if how.hearing is None:
        return None

    def minutes(name: str, done: float, total: float) -> None:
        told(f"{job.name}: heard {done / 60:.0f} of {total / 60:.0f} min")

    turn = partial(one_at_a_time, how.hearing, lambda: told(f"{job.name} waits to be heard"))
    return listener(
        how.hearing, lambda: known, lambda: policy, minutes, turn=turn, on_heard=heard.__setitem__
    )


def write_heard(job: Job, heard: Mapping[str, Transcript]) -> None:
    """What was heard, beside the packet; an older one goes where nothing was."""
    file = job.out / HEARD
    if heard:
        file.write_bytes(TRANSCRIPTS.dump_json(dict(sorted(heard.items()))))
    else:
        file.unlink(missing_ok=True)


def read_heard(out: Path) -> dict[str, Transcript]:
    """What `write_heard` wrote there; nothing where there is none, or an older program's."""
    try:
        return TRANSCRIPTS.validate_json((out / HEARD).read_bytes())
    except (OSError, ValidationError):
        return {}
