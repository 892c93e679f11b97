"""`python app.py` serves the review desk, as `handoff serve` does; options are the same."""

import sys

from assistant.cli import main

sys.argv.insert(1, "serve")
main()
