"""A deal of the size that the bars speak of, made up by grammar: `python -m tools.bench_deal FOLDER`.

Two calls of 60 minutes and 10,000 words each, 30 mails, a contract of 40 pages. The same words every time.
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path

WORDS_A_CALL, MAILS, PAGES, WORDS_A_PAGE = 10_000, 30, 40, 420
VENDOR, CUSTOMER = "Larkmoor Systems", "Ostrava Foods"
SELLERS = ("Petra Holm", "Ivo Brandt")
BUYERS = ("Dana Kovar", "Milos Urban", "Eva Stern")
SUBJECTS = (
    "the warehouse feed", "the pricing table", "the audit trail", "our plant in the north",
    "the approval flow", "the monthly close", "the supplier portal", "the label printers",
    "the nightly export", "the mobile scanner", "the recall report", "the training plan",
    "the test tenant", "the old ledger", "the quality desk",
)  # fmt: skip
VERBS = (
    "has grown faster than", "still depends on", "was built around", "runs into trouble with", "waits for",
    "should replace", "reads from", "sits next to", "was never meant for", "costs us more than",
)  # fmt: skip
TAILS = (
    "since the spring", "on most days", "when volumes rise", "at the end of a quarter",
    "in two of our plants", "as the team told me", "if I remember right", "after the last audit",
    "for no good reason", "every week",
)  # fmt: skip
FILLERS = (
    "Right, that helps.", "Let me think about that for a moment.", "I see what you mean there.",
    "That is roughly how we run it today.", "Could you say more about the volumes?", "Fair enough.",
)  # fmt: skip
PROMISES = (
    "We will have {subject} live by {day}.", "We'll include {count} seats at no extra charge.",
    "Our team will answer every severe incident within {count} hours.",
    "We commit to train {count} of your people.",
    "I will send you the plan for {subject} by {day}.",
    "We guarantee {nines} percent availability.",
)  # fmt: skip
CLAUSES = (
    "The Supplier shall make {subject} available to the Customer within {count} business days after "
    "the date of the written request, provided that the Customer has met its obligations under this "
    "Section.",
    "The Customer shall pay each undisputed invoice within {count} days after receipt, in the "
    "currency of the Order Form, and shall notify the Supplier of any dispute within the same period.",
    "Neither party is liable for a delay that results from causes beyond its reasonable control, "
    "including the failure of {subject} to accept data in the agreed form.",
    "The Service excludes any work on {subject} unless an Order Form signed by both parties says "
    "otherwise.",
    "The Supplier answers a severe incident within {count} business hours and keeps the Customer "
    "informed until normal operation of {subject} is restored.",
)  # fmt: skip
HEADINGS = (
    "Services", "Fees", "Support", "Data", "Security", "Acceptance", "Term", "Warranties",
    "Liability", "Notices",
)  # fmt: skip


def write_deal(folder: Path) -> Path:
    """All the deal's files in the folder, which is made."""
    chance = random.Random(20_260_511)
    (folder / "mails").mkdir(parents=True, exist_ok=True)
    (folder / "deal.yaml").write_text(
        f"customer: {CUSTOMER}\nvendor: {VENDOR}\naccount_executive: {SELLERS[0]}\n"
        f"sales_engineer: {SELLERS[1]}\nexpected_close: 2026-05-11\n",
        "utf-8",
    )
    for number, day in enumerate((date(2026, 3, 3), date(2026, 3, 24)), start=1):
        (folder / f"call-{number}-{day}.vtt").write_text(call(chance), "utf-8")
    for number in range(MAILS):
        (folder / "mails" / f"{number + 1:02}.eml").write_text(mail(chance, number), "utf-8")
    write_contract(folder / "agreement.docx", chance)
    return folder


def add_mail(folder: Path) -> None:
    """One mail more than the deal had."""
    (folder / "mails" / f"{MAILS + 1:02}.eml").write_text(mail(random.Random(1), MAILS), "utf-8")


def sentence(chance: random.Random) -> str:
    """One sentence of talk; one in forty promises something."""
    if chance.random() < 0.025:
        return filled(chance, chance.choice(PROMISES))
    if chance.random() < 0.15:
        return chance.choice(FILLERS)
    subject, other = chance.sample(SUBJECTS, 2)
    return f"{subject[0].upper()}{subject[1:]} {chance.choice(VERBS)} {other} {chance.choice(TAILS)}."


def filled(chance: random.Random, pattern: str) -> str:
    day = date(2026, 6, 1) + timedelta(days=chance.randrange(90))
    return pattern.format(
        subject=chance.choice(SUBJECTS), count=chance.choice((2, 4, 5, 8, 10, 15, 20, 30)),
        nines=chance.choice(("99.5", "99.9", "99.95")), day=f"{day:%B} {day.day}",
    )  # fmt: skip


def call(chance: random.Random) -> str:
    """A WebVTT transcript of an hour."""
    cues: list[tuple[str, str]] = []
    words = 0
    while words < WORDS_A_CALL:
        text = " ".join(sentence(chance) for _ in range(chance.randrange(1, 5)))
        words += len(text.split())
        cues.append((chance.choice(SELLERS + BUYERS), text))
    step = 3600 / len(cues)
    lines = ["WEBVTT", ""]
    for number, (speaker, text) in enumerate(cues):
        lines += [
            f"{clock(number * step)} --> {clock((number + 1) * step - 0.2)}",
            f"<v {speaker}>{text}</v>",
            "",
        ]
    return "\n".join(lines)


def clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{int(seconds % 1 * 1000):03}"


def mail(chance: random.Random, number: int) -> str:
    """One mail of some 120 words; every fifth holds a promise."""
    day = date(2026, 3, 4) + timedelta(days=number)
    sender, to = (SELLERS[0], BUYERS[number % 3]) if number % 2 else (BUYERS[number % 3], SELLERS[0])
    body = [sentence(chance) for _ in range(10)]
    if number % 5 == 0:
        body.insert(4, filled(chance, chance.choice(PROMISES)))
    return "\n".join([
        f"From: {sender} <{address(sender)}>", f"To: {to} <{address(to)}>",
        f"Subject: {chance.choice(HEADINGS)} and {chance.choice(SUBJECTS)}",
        f"Date: {day:%a, %d %b %Y} 10:{number:02}:00 +0000",
        f"Message-ID: <{number}@bench.example>", "Content-Type: text/plain; charset=utf-8", "",
        f"Hi {to.split()[0]},", "", " ".join(body[:6]), "", " ".join(body[6:]), "", "Best regards", sender,
        "",
    ])  # fmt: skip


def address(name: str) -> str:
    company = VENDOR if name in SELLERS else CUSTOMER
    return f"{name.lower().replace(' ', '.')}@{company.lower().replace(' ', '')}.example"


def write_contract(path: Path, chance: random.Random) -> None:
    """A Word contract of numbered sections, as long as 40 pages."""
    from docx import Document

    document = Document()
    document.add_heading("MASTER SERVICES AGREEMENT", 0)
    document.add_paragraph(
        f'This Agreement is made between {VENDOR} ("Supplier") and {CUSTOMER} ("Customer") on May 11, 2026.'
    )
    words, section = 0, 0
    while words < PAGES * WORDS_A_PAGE:
        section += 1
        document.add_heading(f"{section}. {HEADINGS[section % len(HEADINGS)]}", 1)
        for clause in range(1, 9):
            text = f"{section}.{clause} {filled(chance, CLAUSES[(section + clause) % len(CLAUSES)])}"
            text += " " + filled(chance, chance.choice(CLAUSES))
            words += len(text.split())
            document.add_paragraph(text)
    for party in (VENDOR, CUSTOMER):
        document.add_paragraph(f"{party}\nBy: ____________\nName: \nTitle: \nDate: ")
    document.save(str(path))


if __name__ == "__main__":
    print(write_deal(Path(sys.argv[1])))
