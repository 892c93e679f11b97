"""What `handoff documents` lists and which files it writes."""

from __future__ import annotations

from assistant.documents import ARCHIVE, DATA, PAGES, Rendering
from assistant.packet import Packet
from assistant.protocol.policy import Policy


def names_of(packet: Packet, policy: Policy, names: list[str] | None, *, archive: bool) -> list[str]:
    """The files to write: those named, else all that this packet has but the packet itself."""
    if archive:
        return [ARCHIVE]
    if not names:
        return [name for name in Rendering(packet, policy).names() if name != "packet.json"]
    return [
        full for name in names for full in ([name] if "." in _plain(name) else [f"{name}.docx", f"{name}.md"])
    ]


def _plain(name: str) -> str:
    """The name without the version that it may ask for: "deal-summary@1.2" has no suffix."""
    stem, _, version = name.partition("@")
    return stem if not version.endswith((".docx", ".md", ".pdf")) else name


def listed() -> None:
    """Every document with its use, in the order in which a handover needs them, and its versions."""
    from assistant.documents.stamp import template_of
    from assistant.terminal import print_table

    rows: list[tuple[str, str, str, str]]
    rows = [(page.group, name, page.what, _versions(name)) for name, page in PAGES.items()]
    rows += [
        ("All", name, what[0].lower() + what[1:], template_of("*")[0].version) for name, what in DATA.items()
    ]
    print_table(("When", "Document", "What it is", "Template"), rows)


def _versions(name: str) -> str:
    from assistant.documents.stamp import template_of

    older = ", ".join(f"@{version}" for version in PAGES[name].earlier)
    newest = template_of(name)[0]
    return f"{newest.version} of {newest.date}" + (f", also {older}" if older else "")


def placeholders() -> None:
    """What a company's template can ask for."""
    from assistant.documents.placeholders import template_help
    from assistant.terminal import print_table

    print_table(("Placeholder", "What stands in its place"), template_help())
