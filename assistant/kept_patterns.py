"""Regular expressions that one process compiled are there for the next, as Python's own bytecode is.

Python makes a list of numbers of a pattern, slowly, and keeps it nowhere; a draft needs over a thousand. Here
they are kept in `__pycache__`, for this very Python; if anything is amiss, patterns are compiled as always.
Only what a block compiles is kept: a door opens one to load its libraries and tables, before it reads a deal.
"""

from __future__ import annotations

import contextlib
import importlib
import marshal
import os
import re
import sys
import threading
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "__pycache__"
Compile = Callable[..., "re.Pattern[str]"]
Made = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, numbers, how many groups, number by name, name by number."""
_NUMBER = "I"
_OPEN = threading.Lock()


@contextlib.contextmanager
def kept_patterns(name: str, folder: Path | None = None) -> Iterator[None]:
    """Within the block, patterns are made of what the file `name` keeps; new ones are added to it.

    It lies in `folder`, else beside the bytecode, if Python may write any.
    One block at a time: a thread that comes second compiles as always.
    """
    library = _Library.found()
    if library is None or not _OPEN.acquire(blocking=False):
        yield
        return
    file = (folder or FOLDER) / f"{name}.{sys.implementation.cache_tag}.patterns"
    known = library.read(file)
    before, new = library.compile, dict[tuple[str, int], Made]()

    def compile_or_take(pattern: Any, flags: int = 0) -> re.Pattern[str]:
        key = (pattern, int(flags))
        if type(pattern) is not str or flags & re.DEBUG:
            return before(pattern, flags)
        made = known.get(key) or new.get(key)
        if made is None:
            made = new[key] = library.make(*key)
        return library.pattern(pattern, made)

    library.compile = compile_or_take
    try:
        yield
    finally:
        library.compile = before
        _OPEN.release()
        if new and (folder or not sys.dont_write_bytecode):
            library.write(file, known | new)


class _Library:
    """The parts of CPython's `re` that this needs; they are private, so everything is looked at first."""

    def __init__(self, compiler: Any, parser: Any, engine: Any) -> None:
        self._compiler, self._parser, self._engine = compiler, parser, engine
        self._python = f"{sys.version} {engine.MAGIC} {engine.CODESIZE}"

    @staticmethod
    def found() -> _Library | None:
        """None in a Python that does not have them."""
        try:
            parts = [importlib.import_module(name) for name in ("re._compiler", "re._parser", "_sre")]
            library = _Library(*parts)
            fits = array(_NUMBER).itemsize == parts[2].CODESIZE
            return library if fits and library.pattern("(?P<a>b)|c", library.make("(?P<a>b)|c", 0)) else None
        except Exception:
            return None

    @property
    def compile(self) -> Compile:
        found: Compile = self._compiler.compile
        return found

    @compile.setter
    def compile(self, function: Compile) -> None:
        self._compiler.compile = function

    def make(self, pattern: str, flags: int) -> Made:
        """What `re` makes of a pattern. Raises re.error."""
        parsed = self._parser.parse(pattern, flags)
        numbers = array(_NUMBER, self._compiler._code(parsed, flags)).tobytes()
        state = parsed.state
        names: list[str | None] = [None] * state.groups
        for name, at in state.groupdict.items():
            names[at] = name
        return flags | state.flags, numbers, state.groups - 1, state.groupdict, tuple(names)

    def pattern(self, pattern: str, made: Made) -> re.Pattern[str]:
        flags, numbers, groups, by_name, names = made
        code = array(_NUMBER, numbers).tolist()
        compiled: re.Pattern[str] = self._engine.compile(pattern, flags, code, groups, by_name, names)
        return compiled

    def read(self, file: Path) -> dict[tuple[str, int], Made]:
        """What a file of this Python keeps; nothing where it is another's, or damaged."""
        try:
            python, known = marshal.loads(file.read_bytes())
        except (OSError, ValueError, EOFError, TypeError):
            return {}
        return known if python == self._python and isinstance(known, dict) else {}

    def write(self, file: Path, known: dict[tuple[str, int], Made]) -> None:
        """All or nothing; where the folder cannot be written, the next process compiles again."""
        import tempfile  # it loads a lot

        with contextlib.suppress(OSError):
            file.parent.mkdir(exist_ok=True)
            handle, name = tempfile.mkstemp(dir=file.parent)
            with os.fdopen(handle, "wb") as out:
                out.write(marshal.dumps((self._python, known)))
            Path(name).replace(file)
