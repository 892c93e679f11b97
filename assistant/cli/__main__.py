"""`python -m assistant.cli` is `handoff`."""

from assistant.cli import main

main()
