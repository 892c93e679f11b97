"""Small deals by the hundred, made up by grammar: `python -m tools.small_deals FOLDER NUMBER`.

Each is a call of some minutes, two mails, a contract as text and a deal.yaml; no two are alike.
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path

from tools.bench_deal import CLAUSES, HEADINGS, PROMISES, SELLERS, VENDOR, clock, filled, mail, sentence

TURNS, SECTIONS = 24, 6
SPEAKERS = (("Dana Kovar", "Milos Urban", "Eva Stern"), SELLERS)
FIRST = ("Alder", "Birch", "Cedar", "Dune", "Elm", "Fjord", "Grove", "Heath", "Inlet", "Juniper")
SECOND = ("Foods", "Freight", "Labs", "Mills", "Press", "Rail", "Steel", "Textiles", "Tools", "Works")


def write_deals(folder: Path, number: int, first: int = 0) -> list[Path]:
    """So many deals, each in a folder of its own; the same words every time."""
    return [write_deal(folder / f"deal-{n:05}", n) for n in range(first, first + number)]


def write_deal(folder: Path, number: int) -> Path:
    """One deal; its number decides its words."""
    chance = random.Random(number)
    account = f"{FIRST[number % 10]} {SECOND[number // 10 % 10]} {number}"
    (folder / "mails").mkdir(parents=True, exist_ok=True)
    (folder / "deal.yaml").write_text(
        f"customer: {account}\nvendor: {VENDOR}\naccount_executive: {SELLERS[0]}\n", "utf-8"
    )
    (folder / f"call-{date(2026, 3, 3) + timedelta(days=number % 20)}.vtt").write_text(_call(chance), "utf-8")
    for at in range(2):
        (folder / "mails" / f"{at}.eml").write_text(mail(chance, at), "utf-8")
    (folder / "agreement.txt").write_text(_contract(chance, account), "utf-8")
    return folder


def _call(chance: random.Random) -> str:
    lines = ["WEBVTT", ""]
    for turn in range(TURNS):
        said = " ".join(sentence(chance) for _ in range(3))
        if turn % 6 == 3:
            said += " " + filled(chance, chance.choice(PROMISES))
        speaker = chance.choice(SPEAKERS[turn % 2])
        lines += [f"{clock(turn * 20)} --> {clock(turn * 20 + 19)}", f"<v {speaker}>{said}</v>", ""]
    return "\n".join(lines)


def _contract(chance: random.Random, account: str) -> str:
    lines = [
        "MASTER SERVICES AGREEMENT", "",
        f'This Agreement is made between {VENDOR} ("Supplier") and {account} ("Customer") on May 11, 2026.',
    ]  # fmt: skip
    for section in range(1, SECTIONS + 1):
        lines += ["", f"{section}. {HEADINGS[section]}", ""]
        for clause in range(1, 4):
            text = filled(chance, CLAUSES[(section + clause) % len(CLAUSES)])
            lines.append(f"{section}.{clause} {text}")
    for party in (VENDOR, account):
        lines += ["", party, "By: ____________", "Name: ", "Title: ", "Date: "]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(len(write_deals(Path(sys.argv[1]), int(sys.argv[2]))), "deals")
