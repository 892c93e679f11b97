"""The deal's files as they were read: kind, date, speakers with their side, warnings."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from assistant.desk import FileLook
from assistant.packet import UnreadSource
from assistant.screens import texts
from assistant.screens.markup import chip, empty, safe, table, tag, text


def file_list(
    looks: Sequence[FileLook] | None, unread: Sequence[UnreadSource] | None, deal: str = ""
) -> str:
    """A row a file, each to be fetched by its name; None: no deal is open."""
    if looks is None:
        return empty(texts.NO_DEAL, texts.NO_DEAL_TODO)
    rows = [_row(look, deal) for look in looks]
    rows += [
        (_link(deal, u.name), chip("✗", texts.NOT_READ, "contradicted"), "", tag("span", text(u.reason)))
        for u in unread or ()
    ]
    if not rows:
        return empty(texts.THE_DEAL_HAS_NO_FILES, texts.ADD_ITS_CALLS_MAILS_AND)
    return safe(
        table((texts.FILE, texts.READ_AS, texts.DATE, texts.WHO_SPEAKS_AND_WHAT_TO), rows, texts.FILES)
    )


def _row(look: FileLook, deal: str) -> tuple[str, str, str, str]:
    source = look.source
    people = ", ".join(
        f"{name} ({texts.SIDES[side] if side else texts.SIDE_UNKNOWN})" for name, side in look.speakers
    )
    warnings = "".join(tag("p", chip("▲", warning, "vague")) for warning in source.warnings)
    kind = chip("·", source.kind.replace("_", " "), "muted")
    day = source.happened_on.isoformat() if source.happened_on else texts.UNDATED
    return _link(deal, source.name), kind, tag("span", text(day), class_="moment"), text(people) + warnings


def _link(deal: str, name: str) -> str:
    """The name, leading to the file itself; long names break after their folders."""
    address = f"/deals/{quote(deal)}/files/{quote(name)}"
    return tag("a", text(name), href=address, download=name.rsplit("/", 1)[-1]) if deal else text(name)
