"""What is generated: README's tables and picture, packet.schema.json, .env.example, a new store's tables.

`python -m tools.docs write` makes them again; `... check` says which no longer fit what the code says.
The picture is a real run's summary and is made by `write` only.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import yaml
from rich._export_format import CONSOLE_SVG_FORMAT

from assistant.deal_file import KEYS
from assistant.documents import PAGES
from assistant.packet.packet_file import schema_text
from assistant.rules import rule_table
from assistant.rules.wording import capital
from assistant.settings import Settings
from assistant.store.schema import SQLITE, sqlite_text
from assistant.terminal import format_table
from eval.report.readme import accuracy

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
SETTINGS = ROOT / ".env.example"
SCHEMA = ROOT / "assistant" / "packet" / "packet.schema.json"
PICTURE = ROOT / "docs" / "summary.svg"
WIDTH = 110
# The picture fetches no font from anywhere: whatever monospace face is there will do.
SVG_FORMAT = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def tables() -> dict[str, str]:
    """Marker in README -> the table that stands between its begin and end."""
    formats = ((f"`{row.suffixes.replace(' ', '` `')}`", row.what) for row in format_table())
    rules = ((f"`{row.id}`", row.severity, row.what) for row in rule_table())
    keys = ((f"`{key}`", what) for key, what in KEYS.items())
    documents = ((f"`{name}`", capital(page.what)) for name, page in PAGES.items())
    return {
        "formats": table(("Files", "What is read"), formats),
        "documents": table(("Document", "What it is"), documents),
        "rules": table(("Rule", "Severity", "What it finds"), rules),
        "deal-keys": table(("Key", "What it holds"), keys),
        "accuracy": accuracy(),
    }


def settings_text() -> str:
    """Every variable with what it does and its default, all of them commented out."""
    lines = ["# Copy to .env and take away the # where you want something else than the default.", ""]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else field.default
        shown = json.dumps(default) if isinstance(default, bool | dict) else default
        lines += [f"# {field.description}", f"#HANDOFF_{name.upper()}={shown}", ""]
    return "\n".join(lines)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in lines)


def filled(text: str) -> str:
    """The text with every marked table as the code says it now."""
    for name, body in tables().items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        if not pattern.search(text):
            raise SystemExit(f"README.md lacks the markers {begin} and {end}")
        text = pattern.sub(lambda _, block=f"{begin}\n{body}\n{end}": block, text)  # type: ignore[misc]
    return text


def draw(picture: Path) -> None:
    """The summary of the first example, as a terminal shows it."""
    from rich.console import Console

    from assistant import pipeline
    from assistant.deal_file import find_deal_file, read_deal
    from assistant.documents import DRAFTED
    from assistant.terminal import print_summary

    folder = min(path for path in (ROOT / "examples").iterdir() if path.is_dir())
    expected = yaml.safe_load((folder / "expected.yaml").read_text("utf-8"))
    deal_file = find_deal_file(folder)
    deal = read_deal(deal_file) if deal_file else None
    packet = pipeline.draft(folder, deal, as_of=date.fromisoformat(str(expected["as_of"])))
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, highlight=False)
    print_summary(packet, [Path("out") / folder.name / name for name in DRAFTED], console)
    picture.parent.mkdir(exist_ok=True)
    command = f"handoff draft examples/{folder.name}"
    drawing = console.export_svg(title=command, unique_id="summary", code_format=SVG_FORMAT)
    picture.write_text("\n".join(line.rstrip() for line in drawing.splitlines()) + "\n", "utf-8")


def main(action: str) -> int:
    wanted = {
        SCHEMA: schema_text(),
        SETTINGS: settings_text(),
        README: filled(README.read_text("utf-8")),
        SQLITE: sqlite_text(),
    }
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
    if action == "write":
        for path in stale:
            path.write_text(wanted[path], "utf-8")
        draw(PICTURE)
        return 0
    for path in stale:
        print(f"{path.relative_to(ROOT)} is not what the code says; run `make docs`", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
