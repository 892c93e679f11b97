"""The reader that asks a model, with scripted answers: what stands, what is dropped, what is joined
and judged."""

from __future__ import annotations

import re
from typing import Any

import pytest

from assistant.pipeline import ask
from assistant.readers import embedded
from assistant.readers.llm.question import Question
from assistant.readers.llm.reader import ChatReader
from tests.conversation import mail, record_of
from tests.scripted_asker import CLAUSE, MAIL, Scripted, by_text, contract, deal, drafted, id_of, judged, said
from tests.scripted_model import answer, fact, promise, verdict


def two_rounds(question: Question[Any]) -> dict[str, Any]:
    if question.prompt == "judge":
        return judged(question)
    polish = said(
        question,
        "Yep, all of them.",
        1,
        asked_at=id_of(question, "porters"),
        asked="Can the night porters have it in Polish?",
        promise="The app comes in Polish.",
    )
    return {"promises": [polish, said(question, "We answer every critical ticket within four hours.", 2)]}


def test_a_deal_takes_two_rounds_and_the_second_repeats_the_prefix() -> None:
    _, _, asker = drafted(two_rounds, deal(contract(CLAUSE)))
    reading, judging = asker.rounds
    assert [q.prompt for q in reading] == ["read_deal"]
    assert judging[0].prompt == "judge"
    assert (judging[0].system, judging[0].prefix) == (reading[0].system, reading[0].prefix)
    assert judging[0].answer is reading[0].answer


def test_by_source_the_judge_repeats_the_prefix_of_the_contract() -> None:
    _, _, asker = drafted(two_rounds_by_source, deal(contract(CLAUSE)), plan="sources")
    reading, judging = asker.rounds
    assert [q.prompt for q in reading] == ["read_contract", "read_conversation"]
    assert (judging[0].prefix, judging[0].answer) == (reading[0].prefix, reading[0].answer)


def two_rounds_by_source(question: Question[Any]) -> dict[str, Any]:
    return {} if question.prompt == "read_contract" else two_rounds(question)


def test_a_granted_demand_has_the_demand_as_first_evidence() -> None:
    found, _, _ = drafted(two_rounds, deal())
    polish = by_text(found, "Polish")
    assert [e.quote for e in polish.evidence] == [
        "Can the night porters have it in Polish?",
        "Yep, all of them.",
    ]
    assert (polish.speaker, polish.text) == ("Nora Lindgren", "The app comes in Polish.")


def test_an_invented_quote_is_dropped_and_counted() -> None:
    def lying(question: Question[Any]) -> dict[str, Any]:
        if question.prompt == "judge":
            return judged(question)
        return {
            "promises": [promise(1, "a1", "Everything is free forever.")],
            "facts": [fact("industry", "a1", "we make cheese")],
        }

    found, reader, _ = drafted(lying, deal())
    assert not [c for c in found if c.found_by == "reader"]
    assert reader.quotes_rejected == 2
    assert reader.fill_summary(reader._draft.record).customer_overview.industry.status == "not_stated"


def test_a_number_of_the_models_own_gives_way_to_the_words() -> None:
    def wrong(question: Question[Any]) -> dict[str, Any]:
        if question.prompt == "judge":
            return judged(question)
        quote = "We answer every critical ticket within four hours."
        return {"promises": [said(question, quote, promise="Tickets are answered within two hours.")]}

    assert by_text(drafted(wrong, deal())[0], "critical").text.startswith("We answer every critical ticket")


def test_arithmetic_overrules_the_model_and_says_so() -> None:
    def careless(question: Question[Any]) -> dict[str, Any]:
        if question.prompt != "judge":
            return two_rounds(question)
        clause = [{"at": id_of(question, "within eight"), "quote": CLAUSE}]
        return judged(question, critical=verdict("", "covered", clauses=clause, why="same time"))

    found, _, _ = drafted(careless, deal(contract(CLAUSE)))
    ticket = by_text(found, "critical")
    assert (ticket.verdict, ticket.relation, ticket.decided_by) == (
        "contradicted",
        "exceeds_contract",
        "numbers",
    )
    assert "4 hours" in ticket.explanation and "8 hours" in ticket.explanation and ticket.doubt


def test_a_verdict_without_words_of_the_contract_does_not_stand() -> None:
    def unproven(question: Question[Any]) -> dict[str, Any]:
        if question.prompt != "judge":
            return two_rounds(question)
        return judged(
            question, critical=verdict("", "covered", clauses=[{"at": "a1", "quote": "made up words"}])
        )

    ticket = by_text(drafted(unproven, deal(contract(CLAUSE)))[0], "critical")
    assert (ticket.verdict, ticket.decided_by) == ("not_in_contract", "rule")


def test_what_the_judge_finds_to_be_no_promise_is_dropped() -> None:
    def picky(question: Question[Any]) -> dict[str, Any]:
        if question.prompt != "judge":
            return two_rounds(question)
        return judged(question, Polish=verdict("", "no_promise"))

    assert not any("Polish" in c.text for c in drafted(picky, deal())[0])


@pytest.mark.parametrize("plan", ["whole", "sources"])
def test_a_retraction_in_another_source_ends_the_promise(plan: str) -> None:
    def script(question: Question[Any]) -> dict[str, Any]:
        if question.prompt == "judge":
            text = question.text
            later = re.search(r"^(p\d+_\d+) \| .*takes something back", text, re.M)
            first = re.search(r"^(p\d+_\d+) \| (?!.*takes).*half price", text, re.M)
            made = judged(question)
            for row in made["verdicts"]:
                if later and row["id"] == later[1]:
                    row |= {"earlier": first[1] if first else None, "how": "withdrawn"}
            return made
        promises = []
        if "half price" in question.prefix:
            promises.append(said(question, "You get the second press at half price if you sign by May.", 1))
        if "take that back" in question.prefix:
            promises.append(said(question, "we have to take that back", 2, how="withdrawn"))
        return {"promises": promises}

    found, _, _ = drafted(script, deal(mail(MAIL)), plan=plan)
    press = by_text(found, "half price")
    assert press.verdict == "withdrawn"
    assert press.evidence[-1].quote == "we have to take that back"
    assert press.condition == "if you sign by May" and press.strength == "conditional"


def test_a_promise_said_again_and_changed_is_one_with_history() -> None:
    def script(question: Question[Any]) -> dict[str, Any]:
        if question.prompt == "judge":
            return judged(question)
        return {
            "promises": [
                said(question, "We answer every critical ticket within four hours.", 1),
                said(question, "make that two hours", 2, earlier=1, how="changed"),
            ]
        }

    found, _, _ = drafted(script, deal(mail("Nora: On critical tickets, make that two hours.")))
    ticket = by_text(found, "two hours")
    assert [w.changed for w in ticket.history] == ["within four hours became two hours"]
    assert ticket.history[0].evidence[0].source == "call.vtt"
    assert ticket.said_on == "2026-03-09"


def test_a_sure_promise_that_the_model_missed_is_added_as_found_by_rule() -> None:
    record = record_of("Nora: We'll have all nine sites live by the first of June 2026.")
    sure = embedded.find_sure(record)
    found, _, _ = drafted(lambda q: judged(q) if q.prompt == "judge" else {}, record)
    assert [c.found_by for c in found] == ["rule"] * len(sure)


def test_a_second_look_leaves_out_what_does_not_answer_the_field() -> None:
    def script(question: Question[Any]) -> dict[str, Any]:
        if question.prompt == "look":
            return {"keep": [] if question.text.startswith("why now") else [1], "conflicting": False}
        at = id_of(question, "paper forms") if question.prompt.startswith("read") else ""
        quote = "We lose a day a week to the paper forms."
        return {"facts": [fact("why_now", at, quote), fact("business_challenges", at, quote)]}

    record = deal()
    _, reader, asker = drafted(script, record)
    summary = reader.fill_summary(record)
    assert summary.customer_overview.why_now.status == "not_stated"
    assert summary.customer_overview.business_challenges.status == "stated"
    assert [q.prompt for q in asker.rounds[1]] == ["look"]


def test_a_cut_answer_is_asked_again_in_halves() -> None:
    def script(question: Question[Any]) -> dict[str, Any] | str:
        if question.prompt == "judge":
            return judged(question)
        whole = "porters" in question.prefix and "paper forms" in question.prefix
        if whole:
            return "cut"
        if "critical" in question.prefix:
            return {"promises": [said(question, "We answer every critical ticket within four hours.")]}
        return {}

    found, reader, asker = drafted(script, deal())
    assert by_text(found, "critical")
    assert len(asker.rounds[1]) == 2
    assert not reader.notices(reader._draft.record)


def test_a_source_without_a_usable_answer_is_told() -> None:
    record = deal()
    _, reader, _ = drafted(lambda q: None, record)
    assert "no usable answer" in reader.notices(record)["call.vtt"][0]


def test_an_instruction_that_the_model_reports_is_told() -> None:
    record = deal()

    def script(question: Question[Any]) -> dict[str, Any]:
        return {"instructions": [{"at": id_of(question, "paper forms"), "quote": "the paper forms"}]}

    _, reader, _ = drafted(script, record)
    assert "instruction" in reader.notices(record)["call.vtt"][0]


def test_a_packet_made_with_a_model_names_no_clause_as_a_promise() -> None:
    def script(question: Question[Any]) -> dict[str, Any]:
        if question.prompt == "judge":
            return judged(question)
        return {"promises": [said(question, "Critical tickets are answered within eight (8) hours.")]}

    assert not [c for c in drafted(script, deal(contract(CLAUSE)))[0] if c.found_by == "reader"]


def test_the_scripted_model_drafts_a_packet_end_to_end() -> None:
    record = deal(mail(MAIL), contract(CLAUSE))
    asker = Scripted(lambda q: answer(f"{q.prefix}\n{q.text}", q.answer.__name__))
    packet = ask(record, ChatReader(asker, embedded, context=128_000), "llm", lambda step: None)
    assert packet.contract_terms and packet.run.quotes_rejected == 0
    assert {c.verdict for c in packet.commitments} <= {"not_in_contract", "vague", "covered"}
