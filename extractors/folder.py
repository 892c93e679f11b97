"""A deal's folder: every file in it is read or said to be unread."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

from extractors.recording import Hear, is_recording
from extractors.sandbox import Limits, Sandbox
from extractors.segments import Source, SourceKind, UnreadableSource

NOT_SOURCES = frozenset({"deal.yaml", "deal.yml", "gold.yaml", "expected.yaml"})
JUNK = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"})
OUTPUTS = frozenset(
    {
        "packet.json", "packet.schema.json", "deal-summary.docx", "deal-summary.md", "commitment-log.csv",
        "heard.json",
    }
)
"""What a draft writes, where it was written into the deal's own folder."""
Progress = Callable[[int, int, str], None]
OnSource = Callable[[Source], None]


FolderRead = tuple[list[Source], list[tuple[str, str]]]
"""All sources in order of name, and (name, reason) of every file that could not be read."""


def read_folder(
    folder: Path,
    on_progress: Progress | None = None,
    limits: Limits | None = None,
    hear: Hear | None = None,
    sandbox: Sandbox | None = None,
    on_source: OnSource | None = None,
) -> FolderRead:
    """Everything in the folder, sub-folders included.

    `on_progress(done, total, name)` is called before each file and once at the end, `on_source` with each
    source that was read. Each file is parsed in a child process within `limits`; recordings are given to
    `hear`, and are unread where there is none.
    Whoever reads folder after folder gives a `sandbox` of its own, whose child is started once.
    """
    files = list(_files(folder))
    sources: list[Source] = []
    unread: list[tuple[str, str]] = []
    with nullcontext(sandbox) if sandbox else Sandbox(limits or Limits()) as box:
        for done, (path, name) in enumerate(files):
            if on_progress:
                on_progress(done, len(files), name)
            found, reason = _read(box, folder, path, name, hear=hear)
            sources += found
            if reason is not None:
                unread.append((name, reason))
            for source in found:
                if on_source:
                    on_source(source)
    if on_progress:
        on_progress(len(files), len(files), "")
    return sources, unread


def start_reading(
    folder: Path,
    hear: Hear | None = None,
    sandbox: Sandbox | None = None,
    on_source: OnSource | None = None,
) -> Future[FolderRead]:
    """Begin `read_folder`; returns at once. The work is done in the child process."""
    thread = ThreadPoolExecutor(1, thread_name_prefix="read-folder")
    reading = thread.submit(read_folder, folder, hear=hear, sandbox=sandbox, on_source=on_source)
    thread.shutdown(wait=False)
    return reading


def files_of(folder: Path) -> Iterator[tuple[Path, str]]:
    """Path and name of every file of the folder that would be read, in order of name."""
    return _files(folder)


def read_as(folder: Path, kinds: Mapping[str, SourceKind], limits: Limits | None = None) -> list[Source]:
    """The sources of these files of the folder, each read as the kind given instead of what was recognised.

    A name that is no file of the folder (a mail's attachment) is left out.
    """
    with Sandbox(limits or Limits()) as sandbox:
        return [
            source
            for path, name in _files(folder)
            if name in kinds
            for source in _read(sandbox, folder, path, name, kinds[name])[0]
        ]


def _read(
    sandbox: Sandbox,
    folder: Path,
    path: Path,
    name: str,
    kind: SourceKind | None = None,
    hear: Hear | None = None,
) -> tuple[list[Source], str | None]:
    if not path.resolve().is_relative_to(folder.resolve()):
        return [], f"Cannot read '{name}': the link points outside of the folder: copy the file into it."
    if not path.is_file():
        what = "the link leads nowhere" if path.is_symlink() else "it is no ordinary file"
        return [], f"Cannot read '{name}': {what}: copy the file itself into the folder."
    try:
        if hear is not None and is_recording(path):
            return hear(path, name), None
        return sandbox.read(path, name, kind)
    except UnreadableSource as error:
        return [], " ".join(str(error).split())
    except OSError as error:
        return [], f"Cannot read '{name}': {error.strerror}: check the file's rights."


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Path and name of every file, sorted by name, without hidden files and folders of earlier drafts."""
    found: list[tuple[str, Path]] = []
    for at, folders, names in os.walk(folder, followlinks=False):
        here = Path(at)
        drafted = "packet.json" in names
        if drafted and here != folder:
            folders.clear()
            continue
        links = [d for d in folders if (here / d).is_symlink()]
        folders[:] = [d for d in folders if not d.startswith((".", "__MACOSX")) and d not in links]
        outside = [d for d in links if not (here / d).resolve().is_relative_to(folder.resolve())]
        wanted = [n for n in [*names, *outside] if _is_source(n, drafted)]
        found += [((here / n).relative_to(folder).as_posix(), here / n) for n in wanted]
    return ((path, os.fsencode(name).decode("utf-8", "replace")) for name, path in sorted(found))


def _is_source(name: str, drafted: bool) -> bool:
    low = name.lower()
    if low.startswith((".", "~$")) or low in NOT_SOURCES | JUNK:
        return False
    return not (drafted and low in OUTPUTS)
