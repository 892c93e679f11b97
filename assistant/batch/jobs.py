"""What a folder of deals holds, and what makes two drafts of a deal the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant import __version__
from assistant.deal_file import FILE_NAMES, find_deal_file
from assistant.errors import HandoffError
from assistant.recordings.ears import ears_identity
from assistant.settings import Settings
from extractors.folder import files_of
from extractors.recording import is_sound

CHUNK = 1 << 20


@dataclass(frozen=True)
class Job:
    """One deal to be drafted. `name` is its folder's name, `out` where its documents go."""

    name: str
    folder: Path
    out: Path


def find_jobs(folder: Path, out: Path) -> list[Job]:
    """A job for every sub-folder, in order of name; hidden ones and `out` itself are no deals.

    Raises HandoffError where the folder holds no deals, or is one.
    """
    if not folder.is_dir():
        raise HandoffError(f"'{folder}' is not a folder. Give the folder that holds a sub-folder a deal.")
    if find_deal_file(folder):
        raise HandoffError(f"'{folder}' is one deal, it has a {FILE_NAMES[0]}: handoff draft {folder}")
    inside = [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))]
    deals = sorted(path for path in inside if path.resolve() != out.resolve())
    if not deals:
        raise HandoffError(f"'{folder}' has no sub-folders. A batch wants one sub-folder for each deal.")
    return [Job(path.name, path, out / path.name) for path in deals]


def content_key(job: Job, identity: str, ears: Callable[[], str] = lambda: "") -> str:
    """SHA-256 of all that the packet depends on: the deal's files, what is known of it, and `identity`.

    `ears` says who hears; it is asked where the deal has a recording.
    """
    digest, sounds = hashlib.sha256(identity.encode()), False
    for path, name in deal_files(job.folder):
        digest.update(f"\n{name}\n".encode())
        digest.update(_digest(path))
        sounds = sounds or is_sound(name)
    if sounds:
        digest.update(f"\nheard by {ears()}".encode())
    return digest.hexdigest()


def has_recording(job: Job) -> bool:
    """Whether one of the deal's files is meant to be a recording."""
    return any(is_sound(name) for _, name in deal_files(job.folder))


def deal_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Path and name of every file that a draft reads, deal.yaml first; links that lead out are none."""
    known = find_deal_file(folder)
    if known is not None:
        yield known, known.name
    inside = folder.resolve()
    for path, name in files_of(folder):
        if not path.is_symlink() or (path.is_file() and path.resolve().is_relative_to(inside)):
            yield path, name


def identity_of(settings: Settings, reader: str, as_of: date, policy: Path | None) -> str:
    """Who reads, by which program, policy and day: the half of the key that all deals of a batch share."""
    told: dict[str, object] = {"version": __version__, "reader": reader, "as_of": as_of.isoformat()}
    if policy is not None:
        try:
            told["policy"] = hashlib.sha256(policy.read_bytes()).hexdigest()
        except OSError as error:
            raise HandoffError(f"Cannot read {policy}: {error.strerror}.") from None
    if reader == "llm":
        from assistant.readers.llm.asking import fingerprints

        names = ("model", "base_url", "plan", "redact", "temperature", "model_options", "context")
        told |= {name: getattr(settings, name) for name in names} | {"prompts": fingerprints()}
    return json.dumps(told, sort_keys=True)


def fingerprint(identity: str) -> str:
    """Who reads or hears, as what travels with a deal."""
    return hashlib.sha256(identity.encode()).hexdigest()


def ears_key(settings: Settings) -> str:
    """Who hears by these settings, as it travels with a deal; "" where nobody does."""
    identity = ears_identity(settings)
    return fingerprint(identity)[:32] if identity else ""


def _digest(path: Path) -> bytes:
    """SHA-256 of a file's bytes; of nothing where it cannot be read, which the draft will tell."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except OSError:
        digest.update(b"unreadable")
    return digest.digest()
