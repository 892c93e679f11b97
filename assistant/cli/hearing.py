"""Recordings in a folder that is drafted: heard with what the settings name, minutes told as they pass."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.packet import Deal
    from extractors.recording import Hear
    from extractors.segments import Source


def hearing(folder: Path, deal_file: Path | None, policy: Path | None, *, dry: bool, quiet: bool) -> Hear:
    """What hears recordings; nothing is loaded before there is one."""

    @cache
    def ready() -> Hear:
        from assistant.cli.audio import on_minute
        from assistant.protocol.policy import load_policy
        from assistant.recordings import listener
        from assistant.settings import read_settings

        return listener(
            read_settings(), known, lambda: load_policy(policy), None if quiet else on_minute, dry=dry
        )

    def known() -> Deal:
        from assistant.deal_file import find_deal_file, read_deal
        from assistant.packet import Deal

        file = deal_file or find_deal_file(folder)
        return read_deal(file) if file else Deal()

    def hear(path: Path, name: str) -> list[Source]:
        return ready()(path, name)

    return hear
