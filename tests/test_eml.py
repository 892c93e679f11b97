"""Mails saved as .eml: what is said, by whom, when."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from extractors.eml import extract
from extractors.segments import Segment, Source, UnreadableSource

DATA = Path(__file__).parent / "data" / "emails"
DEALS = Path(__file__).parents[2] / "shared" / "deals"
HEAD = b"From: Bob Ray <bob@seller.example>\r\nDate: Mon, 27 Apr 2026 14:03:00 +0000\r\nSubject: s\r\n"


def read(name: str) -> Source:
    return extract((DATA / name).read_bytes(), name)[0]


def said(source: Source) -> list[tuple[int | None, str | None, bool, str]]:
    return [(s.message, s.speaker, s.quoted, s.text) for s in source.segments]


def mail(**parts: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Bob Ray <bob@seller.example>", "ann@buyer.example"
    message["Date"], message["Subject"] = "Mon, 27 Apr 2026 14:03:00 +0000", "Offer"
    if "plain" in parts:
        message.set_content(parts["plain"])
    if "html" in parts:
        message.add_alternative(parts["html"], subtype="html")
    return message


def test_each_message_of_a_thread_has_its_own_sender_and_date() -> None:
    source = read("nested-thread.eml")
    assert said(source) == [
        (1, "Ann Lee", True, "What is your best price?"),
        (2, "Bob Alexander Montgomery-Ray", True, "Ann,"),
        (2, "Bob Alexander Montgomery-Ray", True, "fifteen percent off if you sign for two years."),
        (3, "Ann Lee", False, "Thank you both. We will take the two-year term, and the purchase order is with"
            " you on Monday."),
        (3, "Ann Lee", False, "Best,"),
    ]  # fmt: skip
    assert [s.locator for s in source.segments][-1] == "message 3, 2026-04-28"
    assert source.segments[1].sent_at is not None
    assert source.segments[1].sent_at.isoformat() == "2026-04-27T14:03:00-07:00"
    assert (str(source.happened_on), source.title, source.kind) == ("2026-04-28", "Re: Price", "email")


def test_signatures_tell_titles_and_legal_footers_go() -> None:
    source = read("nested-thread.eml")
    titled = {(p.name, p.email, p.title, p.organization) for p in source.people if p.title}
    assert titled == {
        ("Ann Lee", "ann.lee@buyer.example", "Director of Operations", "Buyer Group Ltd"),
        ("Bob Alexander Montgomery-Ray", "bob@seller.example", "Account Director", "Seller, Inc."),
    }
    assert not any("confidential" in s.text or "7946" in s.text for s in source.segments)


def test_an_inline_answer_keeps_its_question_with_the_asker() -> None:
    found = said(read("inline-answers.eml"))
    at = found.index((2, "Ann Lee", False, "Yes, by Thursday."))
    assert found[at - 1] == (2, "Bob Ray", True, "Can you send the purchase order by Friday?")
    assert (2, "Bob Ray", True, "Who signs on your side, and is that before the board meets?") in found
    assert (1, "Bob Ray", True, "Thanks,") in found


def test_a_forwarded_message_is_its_own_senders() -> None:
    found = said(read("forward.eml"))
    assert (1, "Dana Orr", True, "We can do 2% a year.") in found
    assert (2, "Ann Lee", False, "FYI, this is what we were offered at the café.") in found


def test_an_address_in_a_quotation_gets_the_name_that_the_headers_give_it() -> None:
    body = b"To: Ann Lee <ann@b.example>\r\n\r\nOk.\r\n\r\n"
    body += b"On 24 Apr 2026 at 16:55, ann@b.example wrote:\r\n> How much?\r\n"
    assert (1, "Ann Lee", True, "How much?") in said(extract(HEAD + body, "m.eml")[0])


def test_people_come_from_all_headers() -> None:
    names = {(p.name, p.email) for p in read("nested-thread.eml").people}
    assert {("Ann Lee", "ann.lee@buyer.example"), ("Bob Ray", "bob@seller.example")} <= names


def test_html_is_preferred_when_it_says_as_much() -> None:
    message = mail(plain="We ship on\n1 June.", html="<ul><li>We ship on 1 June.</li><li>Free.</li></ul>")
    assert [s.text for s in extract(message.as_bytes(), "m.eml")[0].segments] == [
        "We ship on 1 June.",
        "Free.",
    ]


def test_plain_text_is_preferred_when_html_is_only_a_stub() -> None:
    message = mail(plain="The price is forty dollars a seat.", html="<p>View</p>")
    assert extract(message.as_bytes(), "m.eml")[0].segments[0].text == "The price is forty dollars a seat."


def test_attachments_are_sources_and_logos_and_invites_are_counted() -> None:
    message = mail(plain="See attached.")
    message.add_attachment("[00:00:01] Ann: hello there, everyone.\n" * 3, filename="call.txt")
    message.add_attachment(b"\x89PNG....", maintype="image", subtype="png", filename="logo.png")
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="invite.ics")
    message.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="a.xyz")
    first, *rest = extract(message.as_bytes(), "mail.eml")
    assert [s.name for s in rest] == ["mail.eml/call.txt"]
    assert any("1 images" in w for w in first.warnings)
    assert any("1 calendar invites" in w for w in first.warnings)
    assert any("mail.eml/a.xyz" in w for w in first.warnings)


def test_an_attached_mail_is_read_and_nesting_is_capped() -> None:
    inner = mail(plain="The inner promise.")
    for _ in range(6):
        outer = mail(plain="Outer.")
        outer.add_attachment(inner)
        inner = outer
    sources = extract(inner.as_bytes(), "mail.eml")
    assert 3 <= len(sources) <= 5
    assert any("too deep" in w for s in sources for w in s.warnings)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "no-such-charset", "us-ascii"])
def test_a_wrong_character_set_does_not_lose_the_text(charset: str) -> None:
    body = "caf\xe9 for \x80".encode("latin-1") if charset == "windows-1252" else "café".encode()
    head = HEAD + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode()
    assert "café" in extract(head + body, "m.eml")[0].segments[0].text


def test_an_encrypted_mail_gives_one_clear_warning() -> None:
    data = (
        HEAD
        + b"Content-Type: application/pkcs7-mime; name=smime.p7m\r\n"
        + b"Content-Transfer-Encoding: base64\r\n\r\nMIAG"
    )
    source = extract(data, "m.eml")[0]
    assert source.segments == ()
    assert [w for w in source.warnings if "encrypted" in w]


@pytest.mark.parametrize("data", [b"hello, no headers here", b"\x00\x01\x02\x03", b"%PDF-1.7 stream"])
def test_what_is_no_mail_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"^Cannot read 'x\.eml': [^\n]*$"):
        extract(data, "x.eml")


@pytest.mark.parametrize(
    "body",
    [
        b"On " + b"a " * 50_000,
        b"> a\r\nb\r\n" * 5_000,
        b">" * 50_000 + b" x",
        b"-" * 100_000,
        b"From: a\r\n" * 5_000,
        b"On day, b\r\n" * 5_000,
    ],
)
def test_hostile_bodies_take_linear_time(body: bytes) -> None:
    extract(HEAD + b"\r\nhello\r\n" + body, "m.eml")


@pytest.mark.parametrize("parts", [3000])
def test_endless_nesting_of_parts_ends_in_one_line(parts: int) -> None:
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(parts)
    )
    with pytest.raises(UnreadableSource):
        extract(HEAD + nested + b"\r\nx", "m.eml")


@pytest.mark.skipif(not DEALS.exists(), reason="reference deal not here")
def test_a_promise_that_stands_only_in_a_quotation_is_its_senders() -> None:
    path = next((DEALS / "harborlight" / "sources").glob("2026-04-28*.eml"))
    promise = next(
        s for s in extract(path.read_bytes(), path.name)[0].segments if "the most it goes up" in s.text
    )
    assert promise.speaker == "Priya Venkataraman"
    assert promise.sent_at is not None
    assert promise.sent_at.strftime("%Y-%m-%d %H:%M") == "2026-04-27 11:20"
    assert promise.quoted


def test_ids_are_unique_and_in_order() -> None:
    segments: tuple[Segment, ...] = read("nested-thread.eml").segments
    assert [s.id for s in segments] == [f"s{i:04d}" for i in range(1, len(segments) + 1)]
