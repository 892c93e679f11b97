"""What people say of who somebody is."""

from __future__ import annotations

import pytest

from assistant.evidence.introductions import find_introductions, self_names
from extractors.segments import Segment


def turn(text: str, speaker: str | None = "Pat Smith") -> Segment:
    return Segment(id="s1", text=text, kind="turn", locator="0", speaker=speaker)


@pytest.mark.parametrize(
    ("text", "name", "title", "belongs"),
    [
        ("So I've got Cole with me today, he's our solutions engineer, he keeps"
         " me honest.", "Cole", "solutions engineer", "speaker"),
        ("On our side it's me, I run operations, and Wanda, who's IT.", "Wanda", "IT", "speaker"),
        ("Renata, she's our COO, she's sponsoring this.", "Renata", "COO", "speaker"),
        ("Our CFO, Tobias Lindholm, has to sign.", "Tobias Lindholm", "CFO", "speaker"),
        ("Is Tobias your head of finance? Then Tobias, your CFO, signs.", "Tobias", "CFO", "other"),
        ("Marin Kay's my architect, he'll ask.", "Marin Kay", "architect", "speaker"),
        ("I'm joined by my colleague Ana Ruiz.", "Ana Ruiz", None, "speaker"),
        ("Let me hand over to Ben from our legal team.", "Ben", "legal", "speaker"),
        ("Tam's our IT manager, and Boyd runs the north site.", "Boyd", None, "speaker"),
    ],
)  # fmt: skip
def test_others_are_introduced(text: str, name: str, title: str | None, belongs: str) -> None:
    found = {i.name: i for i in find_introductions("c", [turn(text)])}
    assert name in found
    assert (found[name].title, found[name].belongs) == (title, belongs)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Hi all, I'm the head of procurement here.", "head of procurement"),
        ("I run operations.", "runs operations"),
        ("This is Pat Smith, I'm VP of clinical operations.", "VP of clinical operations"),
    ],
)
def test_speakers_introduce_themselves(text: str, title: str) -> None:
    assert [i.title for i in find_introductions("c", [turn(text)]) if i.name == "Pat Smith"] == [title]


@pytest.mark.parametrize(
    "text",
    [
        "Good, because our privacy officer will ask.",
        "I've got a question about the price.",
        "Our manager will look at it.",
        "That's our engineer's problem.",
        "I'm an optimist, and I'm sure it works.",
        "So, our lead time is four weeks.",
    ],
)
def test_ordinary_sentences_introduce_nobody(text: str) -> None:
    assert [i.name for i in find_introductions("c", [turn(text)])] in ([], ["Pat Smith"])


def test_a_numbered_speaker_may_say_who_they_are() -> None:
    assert self_names([turn("Hello, this is Dana Wells from Acme.", "Speaker 2")]) == {
        "Speaker 2": "Dana Wells"
    }
