"""Sentences in their place: side, demand answered, agreement, neighbours."""

from __future__ import annotations

import pytest
from conversation import call, mail, record_of, utterances_of

from assistant.readers.embedded.utterances import Utterance, read_utterances


def last(lines: str) -> Utterance:
    return utterances_of(lines)[-1]


def asked(lines: str) -> str | None:
    demand = last(lines).asked
    return demand.sentence.text if demand else None


def test_each_sentence_has_its_speakers_side() -> None:
    said = utterances_of("Nora: Morning.\nCarla: Hello there.\nTom: Hi.\nRavi: Hello.")
    assert [u.side for u in said] == ["vendor", "customer", "customer", "vendor"]


def test_whom_nobody_knows_is_taken_for_the_seller() -> None:
    assert last("Carla: Morning.\nSpeaker Nine: We will wire the barn.").side == "vendor"


def test_sentences_are_numbered_through_the_whole_conversation() -> None:
    assert [u.order for u in utterances_of("Nora: One. Two.\nTom: Three.")] == [0, 1, 2]


def test_an_answer_knows_the_demand_before_it() -> None:
    assert asked("Carla: Can you cover the ferry?\nNora: Yes, we will.") == "Can you cover the ferry?"


@pytest.mark.parametrize("interruption", ["Tom: Sorry, I was muted.", "Ravi: Mm-hm.", "Ravi: Go on, Nora."])
def test_a_demand_is_found_across_a_short_interruption(interruption: str) -> None:
    lines = f"Carla: Can you cover the ferry?\n{interruption}\nNora: Yes, we will."
    expected = None if interruption.startswith("Tom") else "Can you cover the ferry?"
    assert asked(lines) == expected


def test_a_long_turn_of_a_colleague_ends_a_demand() -> None:
    talk = (
        "Ravi: We had a crew on the island all of last summer and the crossing was rough most of those days."
    )
    assert asked(f"Carla: Can you cover the ferry?\n{talk}\nNora: Yes, we will.") is None


def test_a_statement_is_no_demand() -> None:
    assert asked("Carla: The boats come in at four.\nNora: Lovely spot.") is None


@pytest.mark.parametrize("courtesy", ["Can you hear me?", "Can I ask something?", "Does that make sense?"])
def test_a_courtesy_is_no_demand(courtesy: str) -> None:
    assert asked(f"Carla: {courtesy}\nNora: Yes, sure.") is None


def test_only_the_first_sentences_of_a_turn_answer() -> None:
    said = utterances_of("Carla: Can you cover the ferry?\nNora: Yes. Sure. Fine. We start in May.")
    assert [bool(u.asked) for u in said] == [False, True, True, True, False]


@pytest.mark.parametrize(
    "answer", ["Yes, of course.", "Sure thing.", "Absolutely.", "Done.", "You got it.", "Consider it done."]
)
def test_an_agreement_grants_the_demand(answer: str) -> None:
    reply = last(f"Carla: Can you waive the tank fee?\nNora: {answer}")
    assert reply.grants
    assert "answer_to_request" in reply.cues


@pytest.mark.parametrize(
    "answer",
    [
        "No, we can't.",
        "Yeah, no, not on this plan.",
        "I would have to ask.",
        "Unfortunately that one is extra.",
        "Let me check.",
    ],
)
def test_a_refusal_or_a_delay_grants_nothing(answer: str) -> None:
    reply = last(f"Carla: Can you waive the tank fee?\nNora: {answer}")
    assert not reply.grants
    assert "answer_to_request" not in reply.cues


def test_a_confirmed_recap_is_told_apart_from_a_granted_request() -> None:
    assert "recap_confirmed" in last("Carla: So you're waiving the tank fee.\nNora: Correct.").cues


def test_a_sentence_knows_what_was_said_before_it_and_what_came_back() -> None:
    first, second, _ = utterances_of("Nora: Two sites. Both in May.\nTom: Good news.")
    assert (first.before, second.before) == ("", "two sites")
    assert first.reply == second.reply == "good news"


def test_a_colleagues_turn_is_no_reply() -> None:
    assert utterances_of("Nora: Both in May.\nRavi: Yes, May.")[0].reply == ""


def test_mail_paragraphs_are_known_as_mail_and_answer_only_within_their_message() -> None:
    source = mail("Carla: Can you cover the ferry?\nNora: Yes, we will.")
    said = read_utterances(record_of(source), source)
    assert all("in_mail" in u.cues for u in said)
    other = source.segments[1].model_copy(update={"message": 2})
    apart = source.model_copy(update={"segments": (source.segments[0], other)})
    assert read_utterances(record_of(apart), apart)[-1].asked is None
    assert said[-1].asked is not None


def test_the_sellers_own_name_is_a_cue_whatever_company_it_is() -> None:
    source = call("Nora: Bellwick pays for the ferry.")
    assert "our_company" in read_utterances(record_of(source), source)[0].cues
    assert "our_company" not in read_utterances(record_of(source, vendor="Otherwise GmbH"), source)[0].cues


def test_headings_and_empty_segments_say_nothing() -> None:
    source = call("Nora: We start in May.")
    heading = source.segments[0].model_copy(update={"id": "h", "kind": "heading"})
    empty = source.segments[0].model_copy(update={"id": "e", "text": ""})
    full = source.model_copy(update={"segments": (heading, empty, *source.segments)})
    assert [u.segment.id for u in read_utterances(record_of(full), full)] == ["s0000"]


def test_what_a_mail_quotes_between_its_paragraphs_is_the_other_sides_demand() -> None:
    answers = mail("Nora: Your two questions.\nHow long do you keep a backup?\nNora: A full year.")
    quoted = answers.segments[1].model_copy(update={"quoted": True})
    parts = [s.model_copy(update={"message": 1}) for s in (answers.segments[0], quoted, answers.segments[2])]
    source = answers.model_copy(update={"segments": tuple(parts)})
    said = read_utterances(record_of(source), source)
    assert [u.side for u in said] == ["vendor", "customer", "vendor"]
    assert said[-1].asked and said[-1].asked.sentence.text == "How long do you keep a backup?"


@pytest.mark.parametrize(
    ("line", "cue"),
    [
        ("Nora: From May on Ravi will run the training.", "by_colleague"),
        ("Nora: From May on Carla will run the training.", "by_other_side"),
        ("Nora: From May on Haybale will run the training.", "by_stranger"),
        ("Carla: And HayBale said it would be free.", "by_stranger"),
    ],
)
def test_who_acts_in_a_sentence_is_told_by_the_name(line: str, cue: str) -> None:
    assert last(line).cues & {"by_colleague", "by_other_side", "by_stranger"} == {cue}


@pytest.mark.parametrize("line", ["Nora: Training will run in May.", "Nora: In May will be the first wave."])
def test_a_thing_or_a_month_is_nobody(line: str) -> None:
    assert not {c for c in last(line).cues if c.startswith("by_")}
