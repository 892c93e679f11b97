"""Nothing personal leaves the machine, and everything comes back as the sources spell it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest

from assistant.evidence.personal import find_personal, is_card, is_iban
from assistant.readers import embedded
from assistant.readers.llm.question import Question, Reply
from assistant.readers.llm.reader import ChatReader
from assistant.readers.llm.redact import Redaction
from tests.conversation import call, mail, record_of
from tests.scripted_model import answer

TALK = """
    Nora: Hi Carla, we'll have Tarn Valley Dairies live by June, call me on +44 20 7946 0018.
    Carla Osei: Thanks Nora. Tom will send it to tom.haddad@tarnvalley.example by Friday.
    Nora: I'll bring Carla's team two readers, the card is 4111 1111 1111 1111.
"""


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("write to a.b+c@mail.example.org.", "EMAIL", "a.b+c@mail.example.org"),
        ("call +1 (614) 555-0134 today", "PHONE", "+1 (614) 555-0134"),
        ("call 555-0134 today", "PHONE", "555-0134"),
        ("card 4111-1111-1111-1111 is on file", "CARD", "4111-1111-1111-1111"),
        ("pay to GB82 WEST 1234 5698 7654 32 please", "IBAN", "GB82 WEST 1234 5698 7654 32"),
    ],
)
def test_personal_data_is_known_by_its_shape(text: str, kind: str, found: str) -> None:
    place = find_personal(text)[0]
    assert (place.kind, text[place.start : place.stop]) == (kind, found)


@pytest.mark.parametrize(
    "text",
    [
        "on 2026-03-02 at 10:30",
        "31.12.2026",
        "order DL-26-04417",
        "$1,200,000 a year",
        "section 2.1.4",
        "14 seats",
        "from 2024 to 2026",
        "99.95 percent",
        "1 000 000 records",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find_personal(text) == []


def test_cards_and_accounts_are_checked_by_their_digits() -> None:
    assert is_card("4111111111111111") and not is_card("4111111111111112")
    assert is_iban("DE89370400440532013000") and not is_iban("DE89370400440532013001")


def test_names_addresses_and_numbers_are_gone_from_what_is_sent() -> None:
    redaction = Redaction(record_of(call(TALK)), on=True)
    sent = " ".join(f"{s.speaker}: {s.text}" for s in redaction.record.sources[0].segments)
    assert not re.search(r"Nora|Carla|Osei|Haddad|Tarn|\d{4}|@", sent)
    assert "[[PERSON_" in sent and "[[COMPANY_" in sent and "[[CARD_1]]" in sent


def test_every_spelling_comes_back_as_it_was() -> None:
    record = record_of(call(TALK))
    redaction = Redaction(record, on=True)
    back = [redaction.restored(s.text) for s in redaction.record.sources[0].segments]
    assert back == [s.text for s in record.sources[0].segments]


def test_two_spellings_of_a_person_share_a_number() -> None:
    redaction = Redaction(record_of(call("Nora: I am Nora Lindgren, and Lindgren it is.")), on=True)
    sent = redaction.record.sources[0].segments[0]
    numbers = set(re.findall(r"PERSON_(\d+)", f"{sent.speaker} {sent.text}"))
    assert len(numbers) == 1
    assert len(set(re.findall(r"PERSON_\w+", f"{sent.speaker} {sent.text}"))) == 2


def test_a_later_mail_changes_no_placeholder() -> None:
    before = Redaction(record_of(call(TALK)), on=True).record.sources[0]
    after = Redaction(record_of(call(TALK), mail("Ravi Menon: And I am new here.")), on=True).record.sources[
        0
    ]
    assert [s.text for s in before.segments] == [s.text for s in after.segments]


def test_off_nothing_changes() -> None:
    record = record_of(call(TALK))
    redaction = Redaction(record, on=False)
    assert redaction.record is record and redaction.restored("[[PERSON_1]]") == "[[PERSON_1]]"


class Echo:
    """Answers by cue words, and keeps what it was sent."""

    def __init__(self) -> None:
        self.sent = ""

    def ask(self, questions: Sequence[Question[Any]]) -> list[Reply[Any]]:
        self.sent += "".join(f"{q.system}{q.prefix}{q.text}" for q in questions)
        said = [answer(f"{q.prefix}\n{q.text}", q.answer.__name__) for q in questions]
        return [Reply(q.answer.model_validate(a)) for q, a in zip(questions, said, strict=True)]


def test_a_draft_with_redaction_is_the_same_packet_and_sends_no_name() -> None:
    record, plain, hidden = record_of(call(TALK)), Echo(), Echo()
    open_ = ChatReader(plain, embedded, context=100_000).find_commitments(record)
    closed = ChatReader(hidden, embedded, context=100_000, redact=True).find_commitments(record)
    assert closed == open_ and open_
    assert "Carla" in plain.sent and "4111" in plain.sent
    assert not re.search(r"Carla|Nora|Osei|Lindgren|Tarn Valley|Bellwick|4111|@tarn|7946", hidden.sent)
