#!/bin/sh
# Builds the wheel, installs and serves it; lints Dockerfile and compose.yaml and goes through their steps with
# a real PostgreSQL, where no Docker engine runs. FULL=1 installs all packages anew, as the image does.
set -eu
cd "$(dirname "$0")/.."
exec .venv/bin/python -m tools.ship
