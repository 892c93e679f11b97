"""The handoff meeting among the files is recognised by who speaks in it and how it begins."""

from __future__ import annotations

import pytest

from assistant.evidence.handoff_talk import recognise_meeting
from assistant.evidence.people import build_roster
from assistant.packet import Deal, Trigger
from extractors.segments import Segment, Source, SourceKind

DEAL = Deal(account="Fernhill Foods", vendor="Cartwheel", ae="Ana Ruiz", csm="Cem Aksoy")


def talk(*turns: tuple[str, str], kind: SourceKind = "call") -> Source:
    segments = tuple(
        Segment(id=f"s{n}", kind="turn", text=text, speaker=name, locator="00:00:01")
        for n, (name, text) in enumerate(turns)
    )
    return Source(name="talk.vtt", kind=kind, sha256="0" * 64, segments=segments)


def kind_of(source: Source, trigger: Trigger = "post_close") -> str:
    return recognise_meeting(source, build_roster(DEAL, [source]), trigger).kind


@pytest.mark.parametrize(
    "words",
    ["Right, let's hand this one over.", "So this is Fernhill, four plants.", "Tell me about the customer.",
     "What did we promise them?", "This is the account transfer."],
)  # fmt: skip
def test_the_sellers_people_who_begin_so_hand_an_account_over(words: str) -> None:
    assert kind_of(talk(("Ana Ruiz", words), ("Cem Aksoy", "Go on."))) == "handoff_meeting"


@pytest.mark.parametrize(
    "turns",
    [
        (("Ana Ruiz", "We hand it over on Monday."), ("Ben Cole", "Fine.")),
        (("Ana Ruiz", "Notes to self: hand it over."),),
        (("Ana Ruiz", "Which price do we give?"), ("Cem Aksoy", "The usual one.")),
    ],
    ids=["somebody of no known side speaks", "one speaks alone", "it begins with something else"],
)
def test_any_other_talk_stays_what_it_was(turns: tuple[tuple[str, str], ...]) -> None:
    assert kind_of(talk(*turns)) == "call"


def test_what_is_no_talk_is_left_alone() -> None:
    assert kind_of(talk(("Ana Ruiz", "Handover"), ("Cem Aksoy", "Yes"), kind="email")) == "email"


def test_where_an_account_changes_its_owner_the_owners_talk_is_read_like_any_other() -> None:
    source = talk(("Ana Ruiz", "I hand this over to you."), ("Cem Aksoy", "Go on."))
    assert kind_of(source, "account_handover") == "call"
