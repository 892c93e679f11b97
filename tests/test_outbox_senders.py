"""The ways out against real doors: a folder, a mail server and a webhook on this machine."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from databases import plain_settings, ready_settings
from pydantic import SecretStr

from assistant.errors import HandoffError
from assistant.outbox import Letter, Refused, TryAgain, Unsure, sender_of
from assistant.outbox.letter import mail_of
from assistant.outbox.senders import FOLDER, NOWHERE, FileSender, file_sender
from assistant.outbox.writing import plain
from assistant.settings import Settings

ANA = {"login": "ana", "name": "Ana Ruiz", "email": "ana@cartwheel.example"}
LETTER = Letter(
    "a" * 32, "deal-1-x", datetime(2026, 5, 18, tzinfo=UTC), [ANA], "Due <soon> & late", "Hello\n",
    (("meeting.ics", b"BEGIN:VCALENDAR"),),
)  # fmt: skip


class MailServer:
    """Says what it is told to say, and keeps what it is given. `answers`: command -> reply."""

    def __init__(self, **answers: str) -> None:
        self.answers, self.got = answers, b""
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        visitor, _ = self._door.accept()
        with visitor, visitor.makefile("rwb") as talk:
            self._say(talk, "220 here")
            while line := talk.readline():
                word = line.split()[0].decode().upper() if line.split() else ""
                answer = self.answers.get(word, "354 go on" if word == "DATA" else "250 fine")
                if not answer:  # it hangs up
                    return
                self._say(talk, answer)
                if word == "DATA" and answer.startswith("354"):
                    self.got = b"".join(iter(talk.readline, b".\r\n"))
                    if not self.answers.get("END", "250 fine"):
                        return
                    self._say(talk, self.answers.get("END", "250 fine"))
                if word == "QUIT":
                    return

    def _say(self, talk: Any, line: str) -> None:
        talk.write(line.encode() + b"\r\n")
        talk.flush()

    def close(self) -> None:
        self._door.close()
        self._thread.join(5)


def by_mail(port: int, **more: Any) -> Settings:
    given = {"send_by": "smtp", "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_tls": "none",
             "smtp_from": "Handoff <handoff@cartwheel.example>", **more}  # fmt: skip
    return plain_settings(Path("unused")).model_copy(update=given)


def test_a_mail_server_gets_the_letter_once_with_its_own_id() -> None:
    server = MailServer()
    assert sender_of(by_mail(server.port)).send(LETTER) is None
    server.close()
    mail = message_from_bytes(server.got, policy=default)
    assert isinstance(mail, EmailMessage)
    assert (
        mail["Message-ID"] == f"<{'a' * 32}@cartwheel.example>"
        and mail["To"] == "Ana Ruiz <ana@cartwheel.example>"
    )
    assert [part.get_filename() for part in mail.iter_attachments()] == ["meeting.ics"]


@pytest.mark.parametrize(
    ("answers", "trouble"),
    [
        ({"RCPT": "450 come later"}, TryAgain),  # greylisted
        ({"RCPT": "550 nobody here"}, Refused),
        ({"MAIL": "421 too busy"}, TryAgain),
        ({"END": "554 no, thank you"}, Refused),
        ({"END": "451 disk full"}, TryAgain),
        ({"END": ""}, Unsure),  # it hung up after it had everything
    ],
)
def test_what_a_mail_server_answers_says_whether_to_try_again(
    answers: dict[str, str], trouble: type[Exception]
) -> None:
    server = MailServer(**answers)
    with pytest.raises(trouble):
        sender_of(by_mail(server.port)).send(LETTER)
    server.close()


def test_without_a_server_or_an_address_nothing_is_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(TryAgain, match="no connection"):
        sender_of(by_mail(port)).send(LETTER)
    with pytest.raises(Refused, match="has an e-mail address"):
        sender_of(by_mail(port)).send(LETTER._replace(people=[{**ANA, "email": None}]))
    with pytest.raises(HandoffError, match="HANDOFF_SMTP_HOST"):
        sender_of(plain_settings(tmp_path).model_copy(update={"send_by": "smtp"}))


def test_a_password_is_never_told(tmp_path: Path) -> None:
    server = MailServer(EHLO="250-fine\r\n250 AUTH PLAIN", AUTH="535 wrong")
    secret = by_mail(server.port, smtp_user="handoff", smtp_password=SecretStr("hunter2hunter2"))
    with pytest.raises(TryAgain) as told:
        sender_of(secret).send(LETTER)
    server.close()
    assert "hunter2" not in f"{told.value!r}{secret!r}" and told.value.__cause__ is None


@contextmanager
def chat(status: int) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A webhook's address and what it got."""
    got: list[dict[str, str]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook/secret?x=1", got
    server.shutdown()
    server.server_close()


def by_chat(url: str) -> Settings:
    given = {"send_by": "webhook", "webhook_url": SecretStr(url)}
    return plain_settings(Path("unused")).model_copy(update=given)


def test_a_chat_gets_the_words_with_nothing_that_it_would_act_on() -> None:
    with chat(200) as (url, got):
        sender_of(by_chat(url)).send(LETTER._replace(body="<!channel> look\n"))
    assert got == [{"text": "*Due &lt;soon&gt; &amp; late*\n&lt;!channel&gt; look\n\nFor Ana Ruiz"}]


@pytest.mark.parametrize(
    ("status", "trouble"), [(503, TryAgain), (429, TryAgain), (404, Refused), (302, Refused), (500, Refused)]
)
def test_a_chat_that_does_not_take_it_is_not_followed_elsewhere(
    status: int, trouble: type[Exception]
) -> None:
    with chat(status) as (url, got), pytest.raises(trouble) as told:
        sender_of(by_chat(url)).send(LETTER)
    assert len(got) == 1 and "secret" not in str(told.value)


def test_a_chat_that_is_silent_leaves_it_unsure_and_one_that_is_away_does_not(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        address = f"http://127.0.0.1:{door.getsockname()[1]}/"
        threading.Thread(target=lambda: door.accept()[0].close(), daemon=True).start()
        with pytest.raises(Unsure):
            sender_of(by_chat(address)).send(LETTER)
    with pytest.raises(TryAgain):
        sender_of(by_chat(address)).send(LETTER)
    with pytest.raises(HandoffError, match="HANDOFF_WEBHOOK_URL"):
        sender_of(plain_settings(tmp_path).model_copy(update={"send_by": "webhook"}))


def test_a_folder_that_cannot_be_written_to_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", "utf-8")
    with pytest.raises(TryAgain, match="cannot write"):
        FileSender(tmp_path / "out", "handoff@nobody.invalid").send(LETTER)


def test_a_name_never_becomes_a_header_or_an_address(tmp_path: Path) -> None:
    evil = "Fern\r\nBcc: all@bad.example\r\n\r\n<b>\u202egnp.exe"
    people = [
        {"login": "ana", "name": evil, "email": "ana@cartwheel.example"},
        {"login": "ben", "name": "Ben", "email": "ben@x.example\r\nBcc: all@bad.example"},
        {"login": "cy, dee", "name": "Cy", "email": None},
    ]
    letter = Letter("0" * 32, "deal-1-x", datetime(2026, 5, 18, tzinfo=UTC), people, evil, "Hello\n")  # type: ignore[arg-type]
    FileSender(tmp_path, "Handoff <handoff@cartwheel.example>").send(letter)
    raw = (tmp_path / "deal-1-x.eml").read_bytes()
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    assert mail["Bcc"] is None
    specs = [address.addr_spec for address in mail["To"].addresses]
    assert specs == ["ana@cartwheel.example", '"cy, dee"@nobody.invalid']
    assert "\u202e" not in mail["Subject"]
    assert (tmp_path / "deal-1-x.eml").stat().st_mode & 0o777 == 0o600


def test_the_same_letter_is_the_same_bytes() -> None:
    letter = Letter(
        "a" * 32, "n", datetime(2026, 5, 18, tzinfo=UTC), [], "S", "Grüße\n", (("a.ics", b"BEGIN"),)
    )
    one, two = (mail_of(letter, "Handoff <h@c.example>", NOWHERE).as_bytes() for _ in range(2))
    assert one == two and b"Message-ID: <" + b"a" * 32 + b"@c.example>" in one


def test_a_long_name_is_cut_and_the_default_way_out_is_a_folder(tmp_path: Path) -> None:
    assert len(plain("x" * 500)) == 120
    file_sender(ready_settings(tmp_path)).send(
        Letter(
            "b" * 32,
            "n",
            datetime(2026, 5, 18, tzinfo=UTC),
            [{"login": "ana", "name": "", "email": None}],
            "S",
            "B\n",
        )
    )
    assert b"ana@nobody.invalid" in (tmp_path / FOLDER / "n.eml").read_bytes()
