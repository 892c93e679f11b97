"""Where a mail's own text ends and what it quotes begins."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors.mail.quotes import Message, split_quotes

OWN = Message("Ann Lee", "ann@buyer.example", datetime(2026, 4, 28, 9, tzinfo=UTC))


def parts(body: str) -> list[tuple[str | None, str | None, str]]:
    """(sender or address, day and hour, text) of each passage."""
    return [
        (
            p.message.sender or p.message.email,
            p.message.sent_at.strftime("%d %H:%M") if p.message.sent_at else None,
            " ".join(" ".join(p.lines).split()),
        )
        for p in split_quotes(body, OWN)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "On Mon, Apr 27, 2026 at 2:03 PM, Bob Ray <bob@s.example> wrote:",
        "On Mon, Apr 27, 2026 at 2:03 PM Bob Ray <bob@s.example>\nwrote:",
        "On Apr 27, 2026, at 14:03, Bob Ray <bob@s.example> wrote:",
        "On 27 Apr 2026, at 14:03, Bob Ray <bob@s.example> wrote:",
        "On 27/04/2026 14:03, Bob Ray wrote:",
        'On 4/27/26 2:03 PM, "Bob Ray" <bob@s.example> wrote:',
        "On 2026-04-27 14:03, Bob Ray wrote:",
        "Am Mo., 27. Apr. 2026 um 14:03 Uhr schrieb Bob Ray <bob@s.example>:",
        "Am 27.04.2026 um 14:03 schrieb Bob Ray:",
        "Le lun. 27 avr. 2026 à 14:03, Bob Ray <bob@s.example> a écrit :",
        "El lun, 27 abr 2026 a las 14:03, Bob Ray (<bob@s.example>) escribió:",
        "Il giorno lun 27 apr 2026 alle ore 14:03 Bob Ray <bob@s.example> ha scritto:",
        "Em seg., 27 de abr. de 2026 às 14:03, Bob Ray <bob@s.example> escreveu:",
        "Op ma 27 apr. 2026 om 14:03 schreef Bob Ray <bob@s.example>:",
        "2026-04-27 14:03 GMT+00:00 Bob Ray <bob@s.example>:",
        "Mon, 27 Apr 2026 14:03:00 +0000 Bob Ray <bob@s.example> wrote:",
        "*From:* Bob Ray <bob@s.example>\n*Sent:* Monday, April 27, 2026 2:03 PM\n*To:* Ann\n*Subject:* x",
        (
            "-----Original Message-----\nFrom: Bob Ray\n"
            "Sent: Monday, April 27, 2026 2:03 PM\nTo: Ann\nSubject: x"
        ),
        (
            "________________________________\nVon: Bob Ray <bob@s.example>\n"
            "Gesendet: Montag, 27. April 2026 14:03\nAn: Ann\nBetreff: x"
        ),
        "De : Bob Ray <bob@s.example>\nEnvoyé : lundi 27 avril 2026 14:03\nÀ : Ann\nObjet : x",
        (
            "---------- Forwarded message ---------\nFrom: Bob Ray <bob@s.example>\n"
            "Date: Mon, Apr 27, 2026 at 2:03 PM\nSubject: x\nTo: Ann"
        ),
        (
            "Begin forwarded message:\n\nFrom: Bob Ray <bob@s.example>\nSubject: x\n"
            "Date: April 27, 2026 at 2:03:00 PM UTC\nTo: Ann"
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("mark", ["> ", ""])
def test_a_quotation_is_attributed_in_every_usual_form(line: str, mark: str) -> None:
    body = f"Fine.\n\n{line}\n\n{mark}Four weeks.\n"
    assert parts(body) == [("Ann Lee", "28 09:00", "Fine."), ("Bob Ray", "27 14:03", "Four weeks.")]


def test_phones_put_the_attribution_inside_the_quotation() -> None:
    body = (
        "Ok.\n\n> On Apr 27, 2026, at 2:03 PM, Bob Ray <b@s.example> wrote:\n> \n"
        "> Four weeks.\n> \n"
        ">> On Apr 26, 2026, at 9:00 AM, Ann Lee <a@b.example> wrote:\n>> \n"
        ">> How long?\n"
    )
    assert [p[0] for p in parts(body)] == ["Ann Lee", "Bob Ray", "Ann Lee"]
    assert parts(body)[2][2] == "How long?"


def test_text_after_a_nested_quotation_returns_to_its_message() -> None:
    body = (
        "Hi\n\nOn Mon, Apr 27, 2026 at 2:03 PM, Bob <b@s.example> wrote:\n> One.\n>> Asked.\n> Two.\nThree.\n"
    )
    assert [(p[0], p[2]) for p in parts(body)] == [
        ("Ann Lee", "Hi"), ("Bob", "One."), (None, "Asked."), ("Bob", "Two."), ("Ann Lee", "Three."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "prose",
    [
        "On Monday we agreed on three things, as Carl wrote:",
        "From: the warehouse\nTo: the shop we need a printer.",
        "Subject: to approval\nDate: open",
        "On 1 June the following applies:",
        "Am I right that Bob said:",
    ],
)
def test_prose_that_resembles_a_header_stays_the_senders(prose: str) -> None:
    assert parts(f"Hi.\n\n{prose}\n\nMore.") == [
        ("Ann Lee", "28 09:00", " ".join(f"Hi. {prose} More.".split()))
    ]


def test_an_unattributed_quotation_is_nobodys_known() -> None:
    assert parts("> Shall we?\n\nYes.")[0] == (None, None, "Shall we?")


def test_wrapped_recipients_belong_to_the_header() -> None:
    body = (
        "Ok\n\nFrom: Bob Ray <b@s.example>\nSent: Monday, April 27, 2026 2:03\nPM\n"
        "To: Ann <a@b.example>; Carl\n <c@b.example>\nSubject: x\n\nText."
    )
    assert parts(body)[1] == ("Bob Ray", "27 14:03", "Text.")
