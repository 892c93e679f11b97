"""A mail counts once, however often it is quoted."""

from __future__ import annotations

from pathlib import Path

from extractors.eml import extract
from extractors.mail.threads import drop_repeats
from extractors.segments import Source

DATA = Path(__file__).parent / "data" / "emails"


def read(name: str) -> Source:
    return extract((DATA / name).read_bytes(), name)[0]


def mail(
    body: str, sender: str = "Ann Lee <ann@buyer.example>", day: int = 28, name: str = "m.eml"
) -> Source:
    head = f"From: {sender}\r\nDate: {day} Apr 2026 09:00:00 +0000\r\nSubject: s\r\n\r\n"
    return extract((head + body).encode(), name)[0]


def test_a_quoted_mail_counts_under_its_own_file() -> None:
    later, earlier = drop_repeats([read("nested-thread.eml"), read("earlier-mail.eml")])
    assert not any("fifteen percent" in s.text for s in later.segments)
    assert any("fifteen percent" in s.text and not s.quoted for s in earlier.segments)


def test_a_quotation_found_nowhere_else_stays() -> None:
    later, _ = drop_repeats([read("nested-thread.eml"), read("earlier-mail.eml")])
    assert any(s.quoted and s.text == "What is your best price?" for s in later.segments)


QUOTE = "On Mon, Apr 27, 2026 at 2:03 PM, Bob <bob@s.example> wrote:\n> We host it in Dublin for you.\n"


def test_a_quotation_in_two_mails_stays_in_the_earlier() -> None:
    first, second = (
        mail("Thanks.\n\n" + QUOTE, name="a.eml"),
        mail("Again thanks.\n\n" + QUOTE, day=29, name="b.eml"),
    )
    kept_second, kept_first = drop_repeats([second, first])
    assert any("Dublin" in s.text for s in kept_first.segments)
    assert not any("Dublin" in s.text for s in kept_second.segments)


def test_a_changed_number_is_another_statement() -> None:
    own = mail("We answer every call within 4 hours of receiving it.", "Bob <bob@s.example>", 27)
    later = mail(
        "Ok\n\nOn Mon, Apr 27, 2026 at 2:03 PM, Bob <bob@s.example> wrote:\n"
        "> We answer every call within 8 hours of receiving it.\n"
    )
    assert any("8 hours" in s.text for s in drop_repeats([own, later])[1].segments)


def test_the_same_words_in_two_mails_of_a_sender_are_said_twice() -> None:
    one, two = mail("We pay net 45 days.", day=20), mail("We pay net 45 days.", day=28)
    assert all(s.segments for s in drop_repeats([one, two]))


def test_the_same_mail_in_two_files_counts_once() -> None:
    one, two = drop_repeats([mail("We pay net 45 days."), mail("We pay net 45 days.", name="copy.eml")])
    assert (len(one.segments), len(two.segments)) == (1, 0)


def test_the_question_of_an_inline_answer_stays_with_it() -> None:
    asked = mail("Can you send the purchase order by Friday?", "Bob Ray <bob@seller.example>", 27)
    answered = drop_repeats([asked, read("inline-answers.eml")])[1]
    texts = [s.text for s in answered.segments]
    assert "Can you send the purchase order by Friday?" in texts


def test_calls_are_left_alone() -> None:
    source = read("earlier-mail.eml").model_copy(update={"kind": "call"})
    assert drop_repeats([source, source]) == [source, source]
