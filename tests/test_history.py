"""One promise over time: said again, changed, softened, taken back; the last wording stands."""

from __future__ import annotations

import pytest
from conversation import call, mail, quotes_of, record_of

from assistant.packet import Commitment
from assistant.readers.embedded.commitments import commitment_of, find_commitments
from assistant.readers.embedded.history import join_history
from assistant.readers.embedded.utterances import read_utterances
from extractors.segments import Source

MAY = call("Nora: We'll have the quay cranes connected by the end of May.", "2026-03-02", "a.vtt")
JULY = mail("Nora: To confirm, the quay cranes will be connected by the end of July.", "2026-03-20", "b.eml")
NEVER = mail(
    "Nora: I misspoke about the quay cranes. We can no longer connect the quay cranes.", "2026-04-20", "c.eml"
)
APP = call("Ravi: We will translate the crew app into Portuguese for you.", "2026-03-02", "a.vtt")


def found_in(*sources: Source | str) -> list[Commitment]:
    return find_commitments(record_of(*sources))


def only(*sources: Source | str) -> Commitment:
    (promise,) = found_in(*sources)
    return promise


def test_a_changed_promise_is_one_whose_last_wording_stands() -> None:
    promise = only(MAY, JULY)
    assert promise.due == "2026-07-31"
    assert promise.said_on == "2026-03-20"
    assert promise.evidence[-1].source == "b.eml"
    (earlier,) = promise.history
    assert earlier.text == "We'll have the quay cranes connected by the end of May."
    assert earlier.changed == "2026-05-31 became 2026-07-31"
    assert (earlier.said_on, earlier.speaker) == ("2026-03-02", "Nora Lindgren")
    assert earlier.evidence[-1].source == "a.vtt"


def test_the_id_is_that_of_the_first_wording_when_files_are_added() -> None:
    first = only(MAY).id
    assert [only(MAY, JULY).id, only(MAY, JULY, NEVER).id] == [first, first]
    assert only(JULY).id != first


def test_wordings_follow_the_day_not_the_files_name() -> None:
    early, late = MAY.model_copy(update={"name": "z.vtt"}), JULY.model_copy(update={"name": "a.eml"})
    assert only(late, early).due == "2026-07-31"


def test_a_promise_said_again_elsewhere_is_one_with_a_history() -> None:
    promise = only(
        MAY, mail("Nora: As I said, the quay cranes will be connected by the end of May.", "2026-03-20")
    )
    assert promise.due == "2026-05-31"
    assert [w.changed for w in promise.history] == ["repeated"]


def test_a_promise_said_twice_in_one_call_is_one_without_a_history() -> None:
    promise = only(
        "Nora: We'll have the quay cranes connected by the end of May.\nTom: Right.\n"
        "Nora: So we'll have the quay cranes connected by the end of May."
    )
    assert promise.history == ()
    assert promise.evidence[0].segment_id == "s0000"


def test_a_softened_promise_says_that_it_was_firm() -> None:
    promise = only(
        call("Nora: We'll give you three on-site training days at the quarry.", "2026-03-02"),
        mail("Nora: We will aim for three on-site training days at the quarry.", "2026-03-20"),
    )
    assert promise.strength == "aspirational"
    assert [w.changed for w in promise.history] == ["firm became aspirational"]


def test_a_promise_changed_with_instead_of_has_the_new_day() -> None:
    promise = only(
        MAY,
        call(
            "Nora: The quay cranes will be connected by the end of June instead of May.",
            "2026-03-20",
            "b.vtt",
        ),
    )
    assert promise.due == "2026-06-30"
    assert [w.changed for w in promise.history] == ["2026-05-31 became 2026-06-30"]


def test_a_promise_taken_back_is_withdrawn_and_quotes_the_retraction() -> None:
    back = mail(
        "Ravi: I have to take back what I said about the Portuguese crew app. Please don't plan around it.",
        "2026-03-20",
    )
    promise = only(APP, back)
    assert (promise.verdict, promise.decided_by) == ("withdrawn", "rule")
    assert quotes_of([promise])[0].startswith("I have to take back what I said")
    assert promise.evidence[0].quote == "We will translate the crew app into Portuguese for you."
    assert "2026-03-20" in promise.explanation


@pytest.mark.parametrize(
    "words",
    [
        "The Portuguese crew app's off, I'm afraid.",
        "So please strike the Portuguese crew app from your notes.",
        "Please treat the Portuguese crew app as not offered.",
        "Product were asked, and the Portuguese crew app has been shelved.",
        "I'd better say it: we have to step back from the Portuguese crew app.",
        "What I said about the Portuguese crew app no longer stands.",
    ],
)
def test_people_take_a_promise_back_in_many_ways(words: str) -> None:
    assert only(APP, mail(f"Ravi: {words}", "2026-03-20")).verdict == "withdrawn"


@pytest.mark.parametrize(
    "words",
    [
        "If it turns out that the Portuguese crew app was not right in places, tell us.",
        "I was out on Friday, so no word on the Portuguese crew app from me.",
        "Our Portuguese translator of the crew app, she is retired.",
    ],
)
def test_what_is_only_supposed_or_about_somebody_takes_nothing_back(words: str) -> None:
    assert only(APP, mail(f"Ravi: {words}", "2026-03-20")).verdict != "withdrawn"


def test_a_changed_promise_can_be_taken_back_in_the_end() -> None:
    promise = only(MAY, JULY, NEVER)
    assert promise.verdict == "withdrawn"
    assert promise.due == "2026-07-31"
    assert len(promise.history) == 1


def test_what_is_promised_anew_after_a_retraction_stands() -> None:
    anew = mail(
        "Nora: To confirm, the quay cranes will be connected by the end of August.", "2026-05-02", "d.eml"
    )
    assert only(MAY, NEVER, anew).verdict != "withdrawn"


def test_taking_one_promise_back_leaves_the_other_alone() -> None:
    scanners = call("Ravi: We'll lend you ten handheld scanners for the whole pilot.", "2026-03-03", "s.vtt")
    verdicts = {c.evidence[0].source: c.verdict for c in found_in(MAY, scanners, NEVER)}
    assert verdicts["a.vtt"] == "withdrawn"
    assert verdicts["s.vtt"] != "withdrawn"


def test_the_other_side_cannot_take_a_promise_back() -> None:
    moan = mail(
        "Tom: I misspoke about the quay cranes. We can no longer connect the quay cranes.",
        "2026-04-20",
        "c.eml",
    )
    assert [c.verdict for c in found_in(MAY, moan) if c.party == "vendor"] == ["not_in_contract"]


def test_a_question_takes_nothing_back() -> None:
    doubt = mail("Nora: Is it true that we can no longer connect the quay cranes?", "2026-04-20", "c.eml")
    assert only(MAY, doubt).verdict != "withdrawn"


def test_like_promises_of_two_sides_are_two() -> None:
    found = found_in(
        call("Nora: We'll have the harvest dashboards ready by August tenth.", "2026-03-02", "a.vtt"),
        call("Tom: We will have the harvest files ready by August tenth.", "2026-03-20", "b.vtt"),
    )
    assert [c.party for c in found] == ["vendor", "customer"]


def test_like_promises_of_two_people_about_two_things_are_two() -> None:
    found = found_in(
        "Nora: For a P1 we will answer within one hour, I promise.\n"
        "Ravi: For a P2 we will answer within four hours, I promise."
    )
    assert [c.quantity.value for c in found if c.quantity] == [1, 4]
    assert [c.history for c in found] == [(), ()]


def test_unlike_promises_of_one_call_are_not_joined() -> None:
    found = found_in(
        "Nora: We'll waive the set-up fee for all six clinics.\n"
        "Ravi: We will migrate all five years of the herd records.\n"
        "Nora: We'll lend you ten handheld scanners for the whole pilot."
    )
    assert len(found) == 3
    assert [c.history for c in found] == [(), (), ()]


def test_what_is_hardly_a_promise_by_itself_is_the_earlier_one_said_again() -> None:
    first = "Nora: We will migrate all five years of the herd records by the end of May."
    again = "Ravi: So the records of your animals, those are in there too."
    record = record_of(f"{first}\n{again}")
    said = [u for source in record.conversations for u in read_utterances(record, source)]
    two = [commitment_of([u], record) for u in said]
    assert len(join_history(two, said)) == 2
    assert len(join_history(two, said, {two[1].id})) == 1


def test_what_a_mail_confirms_or_moves_is_the_promise_of_the_call() -> None:
    said = "Nora: Both mills are live ten weeks from signing.\nNora: A trainer is in each mill for two days."
    moved = (
        "Nora: As I said, ten weeks from signing holds for the two mills.\n"
        "Nora: One change: the trainer is in each mill for one day, not two."
    )
    record = record_of(call(said), mail(moved, "2026-03-20", "b.eml"))
    utterances = [u for source in record.conversations for u in read_utterances(record, source)]
    joined = join_history([commitment_of([u], record) for u in utterances], utterances)
    assert [len(c.history) for c in joined] == [1, 1]
    assert joined[1].history[0].text == "A trainer is in each mill for two days."
