"""Promises of both sides are found in talk of any trade, and what only resembles one is left alone."""

from __future__ import annotations

import pytest
from conversation import call, mail, quotes_of, record_of, source_of

from assistant.evidence.locate import locate
from assistant.evidence.record import DealRecord
from assistant.packet import Commitment
from assistant.readers.embedded.commitments import find_commitments
from extractors.segments import Source

VENDORS = """
Nora: We'll have all twelve kilns on the new monitoring by the end of October.
Nora: You get two on-site training days for the night shift, no extra charge.
Ravi: We will migrate all five years of the herd records as part of the setup.
Nora: We'll answer every priority one ticket within thirty minutes, day or night.
Ravi: We'll lend you ten handheld scanners for the whole pilot.
Nora: We'll put a dedicated success manager on your account for the first year.
Ravi: We'll build the customs report for you before the pilot starts.
Nora: We'll waive the set-up fee for all six clinics.
Ravi: We'll have the first two hangars live within nine weeks of signature.
Nora: You'll have a named engineer on site for the first week after go-live.
Ravi: We'll keep your footage for ninety days after you leave.
Nora: We'll give you three extra months free.
"""
CUSTOMERS = """
Carla: We will send you the full parts catalogue by the tenth of April.
Carla: I'll free up two of my people half-time to run the project on our end.
Tom: You'll have the purchase order by Friday the sixth.
Carla: We'll give you VPN access within a week of signing.
Tom: We'll have the meeting room and the wifi ready for your trainers.
Carla: Our IT will have the firewall open by the first of May.
"""
NO_PROMISES = {
    "question": "Carla: Could you load ten years of blueprints for us?",
    "question to count": "Nora: How many nurses work the night shift?",
    "demand nobody grants": "Tom: I need it in both warehouses.",
    "refusal": "Nora: No, we can't host that on your own servers.",
    "refusal of a price": "Nora: We don't offer a discount on the hardware.",
    "refusal to guarantee": "Nora: I'm not going to guarantee a number for the yield.",
    "hypothetical": "Nora: If you had twenty clinics we could maybe look at thirty percent.",
    "thinking aloud": "Nora: I might be able to look at that next year, no promises.",
    "what the incumbent promised": "Tom: Our current vendor promised us they would be live in six weeks.",
    "what a competitor offers": "Carla: The other bidder says they'd include the training for free.",
    "what their rep said": "Tom: Their rep told us it would integrate with everything.",
    "past": "Nora: Last year we moved a bakery over in about five weeks.",
    "past of the customer": "Tom: It took us nine months to put in the last system.",
    "reference": "Ravi: We did that for a shipyard two years ago and they were happy.",
    "link": "Nora: I'll send you the slides after the call.",
    "checking": "Ravi: Let me check with our engineers and get back to you.",
    "meeting": "Nora: I'll set up a call with Ravi for Thursday.",
    "forwarding": "Carla: I'll forward your note to our lawyers.",
    "description": "Carla: We've got forty trucks and three depots.",
    "demo": "Ravi: So here you see the map, every dot is a vehicle.",
    "how it usually goes": "Nora: Most customers are live in a quarter or so.",
    "list price": "Nora: List price is forty dollars a seat.",
    "small talk": "Nora: Thanks everyone, have a great weekend.",
}


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def words_of(line: str) -> str:
    return line.split(": ", 1)[1]


def found_in(*sources: Source | str) -> list[Commitment]:
    return find_commitments(record_of(*sources))


@pytest.mark.parametrize("line", lines(VENDORS))
def test_a_plain_promise_of_the_seller_is_found_in_its_own_words(line: str) -> None:
    (promise,) = found_in(line)
    assert promise.party == "vendor"
    assert quotes_of([promise]) == [words_of(line)]


@pytest.mark.parametrize("line", lines(CUSTOMERS))
def test_a_customers_promise_is_the_customers(line: str) -> None:
    (promise,) = found_in(line)
    assert promise.party == "customer"
    assert quotes_of([promise]) == [words_of(line)]


@pytest.mark.parametrize("line", NO_PROMISES.values(), ids=NO_PROMISES.keys())
def test_what_only_resembles_a_promise_is_left_alone(line: str) -> None:
    assert found_in(line) == []


def test_a_granted_demand_is_a_promise_that_quotes_demand_and_answer() -> None:
    (promise,) = found_in(
        "Carla: Would you keep the price flat for three years?\n"
        "Nora: Yeah, we can do that, flat for three years."
    )
    assert [e.quote for e in promise.evidence] == [
        "Would you keep the price flat for three years?",
        "Yeah, we can do that, flat for three years.",
    ]
    assert [e.segment_id for e in promise.evidence] == ["s0000", "s0001"]
    assert promise.text.startswith("Would you keep the price flat")
    assert (promise.party, promise.speaker, promise.category) == ("vendor", "Nora Lindgren", "pricing")


def test_a_demand_is_granted_across_a_short_interruption() -> None:
    (promise,) = found_in(
        "Carla: Would you keep the price flat for three years?\nRavi: Mm-hm.\n"
        "Nora: Yeah, we can do that, flat for three years."
    )
    assert promise.evidence[0].segment_id == "s0000"
    assert promise.evidence[-1].segment_id == "s0002"


@pytest.mark.parametrize(
    "answer", ["No, that one I can't do.", "I hear you, but I would have to ask finance.", "Good question."]
)
def test_a_demand_that_is_not_granted_is_no_promise(answer: str) -> None:
    assert found_in(f"Carla: Would you keep the price flat for three years?\nNora: {answer}") == []


def test_the_sellers_demand_granted_by_the_buyer_is_the_buyers_promise() -> None:
    (promise,) = found_in(
        "Nora: Can you free up somebody for the project?\n"
        "Carla: Yes, I'll free up two of my people half-time to run it."
    )
    assert (promise.party, promise.speaker) == ("customer", "Carla Osei")


@pytest.mark.parametrize("filler", [3, 40])
def test_a_promise_in_a_long_turn_is_found_and_quoted_alone(filler: int) -> None:
    before = (
        "We looked at the drying sheds and the figures were what you would expect of a wet year. " * filler
    )
    after = " That is how orchards run it these days." * filler
    promise = "We'll give you a spare gateway for each of the four sheds at no charge."
    assert quotes_of(found_in(f"Nora: {before}{promise}{after}")) == [promise]


def test_a_promise_in_raw_speech_without_full_stops_is_found() -> None:
    (promise,) = found_in(
        "Ravi: so we were on the boat last week and the nets were fine and the weather was fine too and then "
        "we talked about the cages and we will give you two spare sensors for every cage at no charge "
        "and it was cold out there and everybody was wet and they wanted to go home for lunch"
    )
    assert "two spare sensors for every cage at no charge" in promise.evidence[-1].quote
    assert "lunch" not in promise.evidence[-1].quote


def _talk() -> DealRecord:
    long = "So  that is the mill. " * 8
    first = call(
        "\n".join(
            [*lines(VENDORS), *NO_PROMISES.values(), f"Nora: {long}{words_of(lines(VENDORS)[0])} Good."]
        )
    )
    return record_of(first, mail("\n".join(lines(CUSTOMERS))))


def test_every_quote_is_verbatim_and_located_where_it_says() -> None:
    record = _talk()
    evidence = [
        e
        for c in find_commitments(record)
        for e in (*c.evidence, *(e for w in c.history for e in w.evidence))
    ]
    assert len(evidence) >= 12
    for e in evidence:
        segment = record.segment(e.source, e.segment_id)
        assert e.quote in segment.text
        assert e.locator == segment.locator
        found = locate(e.quote, record.source(e.source), e.segment_id)
        assert found and found.match == "exact"


def test_the_same_record_read_twice_gives_equal_promises() -> None:
    assert find_commitments(_talk()) == find_commitments(_talk())


def test_promises_have_ids_of_their_own_even_in_equal_words() -> None:
    found = found_in(
        "Carla: Can you include the grain reports?\nNora: Sure, we will do that for you.\n"
        "Tom: Can you waive the fee for the second mill?\nNora: Sure, we will do that for you."
    )
    assert len(found) == 2
    assert len({c.id for c in found}) == 2
    assert all(c.id.startswith("c-") and len(c.id) == 8 for c in found)


def test_a_promise_carries_its_day_its_speaker_and_what_it_hangs_on() -> None:
    source = mail(
        "Nora: We will waive the set-up fee as long as you sign before the end of June.", "2026-03-09"
    )
    (promise,) = found_in(source)
    assert (promise.said_on, promise.speaker) == ("2026-03-09", "Nora Lindgren")
    assert (promise.strength, promise.condition) == (
        "conditional",
        "as long as you sign before the end of June",
    )


def test_a_mail_that_is_quoted_in_another_and_found_nowhere_else_is_read() -> None:
    late = mail("Nora: Thanks Carla, see below.\nNora: We'll waive the set-up fee for all six clinics.")
    quoted = late.segments[1].model_copy(update={"message": 0, "quoted": True})
    thread = late.model_copy(update={"segments": (quoted, late.segments[0])})
    (promise,) = found_in(thread)
    assert promise.evidence[0].segment_id == quoted.id


def test_notes_are_read_and_contracts_are_not() -> None:
    line = lines(VENDORS)[1]
    contract = call(line, name="msa.docx").model_copy(update={"kind": "contract"})
    assert len(found_in(source_of(line, "notes.txt", kind="notes"))) == 1
    assert found_in(contract) == []


def test_what_cannot_be_understood_promises_nothing_and_harms_nothing() -> None:
    odd = [
        "👍👍👍",
        "...",
        "-",
        "Да, хорошо.",
        "我们会在三月上线。",
        "?!",
        "Three.",
        "x" * 4000,
        "$$$ %% ###",
        "\u200b",
    ]
    talk = "\n".join(f"Nora: {text}" for text in odd)
    assert found_in(talk) == []
    assert len(found_in(f"{talk}\n{lines(VENDORS)[0]}")) == 1


@pytest.mark.parametrize("source", ["", "Nora: Three.", "\n\n"])
def test_next_to_nothing_holds_no_promise(source: str) -> None:
    assert found_in(source) == []


def test_five_thousand_words_without_a_full_stop_are_read() -> None:
    assert len(found_in("Nora: " + "and the mill runs and we grind the corn " * 560)) <= 1


def test_a_record_without_sources_holds_no_promise() -> None:
    assert find_commitments(record_of()) == []


def test_what_leads_up_to_a_promise_in_its_turn_is_part_of_it() -> None:
    found = found_in(
        "Carla: And the freezers?\n"
        "Nora: You've nine probes in there. We'll put in fourteen more before the summer, free of charge."
    )
    assert len(found) == 1
    assert "fourteen more before the summer" in found[0].evidence[-1].quote


def test_one_sentence_that_leads_up_to_a_promise_is_part_of_it_and_a_chain_of_them_is_not() -> None:
    found = found_in(
        "Carla: And the card fee?\n"
        "Nora: Through us it's nine cents a label, on paper or online, and we settle every Friday. "
        "And the printers themselves, let's say forty. Those are on us. "
        "Forty printers, shipped to the farms, you don't buy them and you don't rent them."
    )
    assert ["nine cents" in c.evidence[-1].quote for c in found] == [True, False]
    assert found[-1].evidence[-1].quote.startswith("Forty printers")


def test_two_clear_promises_side_by_side_stay_two() -> None:
    found = found_in(
        "Nora: We'll migrate all five years of the herd records as part of the setup. "
        "And we'll lend you ten handheld scanners for the whole pilot, free of charge."
    )
    assert len(found) == 2


def test_a_short_remark_behind_a_promise_is_another_one_when_it_counts_something_new() -> None:
    found = found_in(
        "Nora: For a P1 we will answer within one hour.\nTom: Good.\n"
        "Nora: For a P2 we will answer within four hours."
    )
    assert [c.quantity.value for c in found if c.quantity] == [1, 4]
