"""`handoff practice`: a spoilt packet, statement by statement, and what was caught."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import JsonOption, print_json

if TYPE_CHECKING:  # they cost time, and only some commands need them
    from assistant.packet import Decision
    from assistant.practice import PracticeResult
    from assistant.practice.statements import Statement

app = typer.Typer()
NOBODY = "practice"


@app.command(
    epilog="Examples: `handoff practice` · `handoff practice 7 --sources deal/` also writes the deal's files "
    "· `handoff practice 7 --json < answers.txt` scores a whole class."
)
def practice(
    number: Annotated[int | None, typer.Argument(help="Chooses the flaws. Default: by the day.")] = None,
    flaws: Annotated[int, typer.Option(min=1, max=10, help="How many are planted.")] = 6,
    sources: Annotated[Path | None, typer.Option(help="Folder to write the deal's files to.")] = None,
    json: JsonOption = False,
) -> None:
    """Review a packet that was spoilt on purpose, line by line, and be told what you caught."""
    from datetime import UTC, datetime

    from assistant.practice import plant, practice_files, score_review, true_packet
    from assistant.practice.statements import statements
    from assistant.protocol.policy import load_policy

    chosen = datetime.now(UTC).toordinal() if number is None else number
    policy = load_policy()
    right = true_packet(policy)
    spoilt, planted = plant(right, chosen, policy, flaws)
    if sources is not None:
        sources.mkdir(parents=True, exist_ok=True)
        for name, data in practice_files().items():
            (sources / name).write_bytes(data)
        typer.echo(f"The deal's files are in {sources}; read them first.\n", err=True)
    asked = statements(spoilt, planted)
    typer.echo(f"Practice {chosen}: {len(asked)} statements of a packet, {flaws} flaws.", err=True)
    decisions = [d for n, one in enumerate(asked, 1) if (d := _ask(n, len(asked), one))]
    decisions += _missing()
    result = score_review(decisions, planted, right, spoilt)
    if json:
        print_json(result.model_dump(mode="json"))
    else:
        _tell(result)


def _ask(number: int, many: int, one: Statement) -> Decision | None:
    from assistant.practice.statements import objection

    typer.echo(f"\n{number} of {many}  {one.text}", err=True)
    for line in one.lines:
        typer.echo(f"    {line}", err=True)
    answer = typer.prompt("  [r]ight or [w]rong", default="r", err=True).strip().casefold()
    return objection(one, NOBODY) if answer.startswith("w") else None


def _missing() -> list[Decision]:
    from assistant.practice.statements import missing

    typer.echo("\nWhat should the packet hold and does not? A line each, an empty one ends.", err=True)
    made = []
    while words := typer.prompt("  missing", default="", show_default=False, err=True).strip():
        made.append(missing(words, NOBODY))
    return made


def _tell(result: PracticeResult) -> None:
    typer.echo(f"\n{result.points} points: {result.caught} of {len(result.outcomes)} flaws caught")
    for outcome in result.outcomes:
        typer.echo(f"  {'caught' if outcome.caught else 'MISSED'}  {outcome.explain}")
    for line in result.false_alarms:
        typer.echo(f"  was right: {line}")
