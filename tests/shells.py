"""`handoff` at a shell, each time in a process of its own that is forked off one with the program loaded.

What a person types costs a second of loading; here that is paid once a file of tests. Everything else is as
at a shell: arguments, folder, environment, pipes, exit code, what happens at the end of the process.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOADER = """
import json, os, sys
from importlib import import_module
from assistant.kept_patterns import kept_patterns
with kept_patterns("draft"):
    for name in sys.argv[1:]:
        import_module(name)
from assistant.cli import main
answers = os.fdopen(os.dup(1), "w")
for line in sys.stdin:
    asked = json.loads(line)
    child = os.fork()
    if child == 0:
        break
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(ended, file=answers, flush=True)
else:
    raise SystemExit
os.close(answers.fileno())
for number, way in enumerate((os.O_RDONLY, os.O_WRONLY, os.O_WRONLY)):
    os.dup2(os.open(asked["pipes"][number], way), number)
sys.stdin = open(0, encoding="utf-8", closefd=False)
os.chdir(asked["cwd"])
os.environ.clear()
os.environ.update(asked["env"])
sys.argv = ["handoff", *asked["words"]]
main()
"""


class Shell:
    """Runs one command after the other."""

    def __init__(self, modules: Iterable[str]) -> None:
        command = [sys.executable, "-c", LOADER, *modules]
        self._loaded = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        atexit.register(self._loaded.communicate)  # it ends when nothing more comes

    def run(
        self, *words: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None, told: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """The command's exit code and what it wrote, as `subprocess.run` tells it."""
        stdin, stdout = self._loaded.stdin, self._loaded.stdout
        assert stdin is not None and stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            pipes = [Path(folder, name) for name in ("in", "out", "err")]
            for pipe in pipes:
                pipe.write_text(told if pipe.name == "in" else "", "utf-8")
            asked = {
                "words": [*map(str, words)], "cwd": str(cwd), "env": dict(os.environ if env is None else env),
                "pipes": [*map(str, pipes)],
            }  # fmt: skip
            print(json.dumps(asked), file=stdin, flush=True)
            code = int(stdout.readline())
            return subprocess.CompletedProcess(
                asked["words"], code, *(p.read_text("utf-8") for p in pipes[1:])
            )


@cache
def shell(*modules: str) -> Shell:
    """The shell with these modules loaded, besides the command line itself."""
    return Shell(modules)


DRAFTING = (
    "assistant.readers.embedded", "assistant.pipeline", "assistant.deal_file", "assistant.terminal",
    "assistant.cli.reading", "assistant.documents.word", "assistant.packet.packet_file",
)  # fmt: skip
"""What a draft loads."""
ASKING = (*DRAFTING, "assistant.store", "assistant.readers.llm", "langchain_openai")
"""What a draft with a chat model loads."""
DESK = ("assistant.desk", "assistant.store.users", "assistant.store.backup")
"""What a command about the desk loads."""
