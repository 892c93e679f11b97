"""Ways out: a folder of mails by default, SMTP, or a webhook that speaks Slack's format."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from assistant.errors import HandoffError
from assistant.outbox.letter import Letter, addresses, mail_of
from assistant.outbox.webhook import post
from assistant.settings import Settings

FOLDER = "outbox"
NOWHERE = "nobody.invalid"
SECONDS = 20.0


class TryAgain(Exception):  # noqa: N818 - reads as what it says
    """It is not out, and may be later."""


class Refused(Exception):  # noqa: N818 - reads as what it says
    """It is not out and never will be as it is."""


class Unsure(Exception):  # noqa: N818 - reads as what it says
    """It may be out."""


class Sender(Protocol):
    """One way out."""

    repeats: bool
    """Whether sending the same letter again does no harm."""
    delivers: bool
    """Whether a letter reaches people without anybody's help."""
    attaches: bool
    """Whether it carries attachments."""

    def send(self, letter: Letter) -> str | None:
        """What is to be told of it, if anything.

        Raises TryAgain, Refused or Unsure, each with a line that holds no secret.
        """


class FileSender:
    """Mails as .eml files; a letter has one name, so writing it again changes nothing."""

    repeats, delivers, attaches = True, False, True

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder, self._sender = folder, sender

    def send(self, letter: Letter) -> str | None:
        content = mail_of(letter, self._sender, NOWHERE).as_bytes()
        path = self._folder / f"{letter.name}.eml"
        part = path.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError as error:
            raise TryAgain(f"cannot write {path.name}: {error.strerror}") from None
        return None


class SmtpSender:
    """A mail server. What goes wrong before the letter is handed over is tried again."""

    repeats, delivers, attaches = False, True, True

    def __init__(self, settings: Settings) -> None:
        if not settings.smtp_host or not settings.smtp_from:
            raise HandoffError("To send by SMTP, set HANDOFF_SMTP_HOST and HANDOFF_SMTP_FROM.")
        self._settings, self._from = settings, settings.smtp_from

    def send(self, letter: Letter) -> str | None:
        if not addresses(letter):
            raise Refused("nobody of those it is for has an e-mail address; `handoff user add` gives one")
        mail = mail_of(letter, self._from)
        server = self._connected()
        try:
            refused = server.send_message(mail)
            return f"the mail server refused {', '.join(sorted(refused))}" if refused else None
        except smtplib.SMTPResponseException as error:
            raise _answered(error.smtp_code) from None
        except smtplib.SMTPRecipientsRefused as error:
            raise _answered(min(code for code, _ in error.recipients.values())) from None
        except smtplib.SMTPNotSupportedError:
            raise Refused("the mail server does not take these addresses") from None
        except (OSError, smtplib.SMTPException) as error:
            raise Unsure(f"the mail server went silent in the middle ({type(error).__name__})") from None
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()

    def _connected(self) -> smtplib.SMTP:
        """Ready to take a letter. Whatever fails here has sent nothing."""
        server: smtplib.SMTP | None = None
        try:
            server = self._door()
            self._sign_in(server)
        except (OSError, smtplib.SMTPException) as error:
            if server is not None:
                server.close()
            if isinstance(error, smtplib.SMTPAuthenticationError):
                line = "the mail server refuses HANDOFF_SMTP_USER and HANDOFF_SMTP_PASSWORD"
            else:
                line = f"no connection to the mail server {self._settings.smtp_host} ({type(error).__name__})"
            raise TryAgain(line) from None
        return server

    def _door(self) -> smtplib.SMTP:
        host, port = self._settings.smtp_host or "", self._settings.smtp_port
        if self._settings.smtp_tls == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
        return smtplib.SMTP(host, port, timeout=SECONDS)

    def _sign_in(self, server: smtplib.SMTP) -> None:
        if self._settings.smtp_tls == "starttls":
            server.starttls(context=ssl.create_default_context())
        if self._settings.smtp_user and self._settings.smtp_password:
            server.login(self._settings.smtp_user, self._settings.smtp_password.get_secret_value())


class WebhookSender:
    """A chat's incoming webhook. It carries no attachments: the link leads to them."""

    repeats, delivers, attaches = False, True, False

    def __init__(self, settings: Settings) -> None:
        if settings.webhook_url is None:
            raise HandoffError("To send by webhook, set HANDOFF_WEBHOOK_URL.")
        self._url = settings.webhook_url.get_secret_value()

    def send(self, letter: Letter) -> str | None:
        names = ", ".join(person["name"] or person["login"] or "" for person in letter.people)
        text = _slack(f"*{letter.subject}*\n{letter.body}\nFor {names or 'nobody'}")
        try:
            status = post(self._url, {"text": text}, SECONDS)
        except ConnectionRefusedError:
            raise TryAgain("nobody answers at HANDOFF_WEBHOOK_URL") from None
        except (OSError, ValueError) as error:
            raise Unsure(f"the webhook did not answer ({type(error).__name__})") from None
        if status in (408, 425, 429, 502, 503, 504):
            raise TryAgain(f"the webhook answered {status}")
        if not 200 <= status < 300:
            raise Refused(f"the webhook answered {status}")
        return None


def _answered(code: int) -> TryAgain | Refused:
    """By the rules of SMTP a code of the four hundreds is for now, any other for good."""
    line = f"the mail server answered {code}"
    return TryAgain(line) if 400 <= code < 500 else Refused(line)


def _slack(text: str) -> str:
    """Slack's three special characters, so that a name cannot become a link or call everybody."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def file_sender(settings: Settings) -> FileSender:
    """The default."""
    return FileSender(settings.data_dir.expanduser() / FOLDER, settings.smtp_from or f"handoff@{NOWHERE}")


SENDERS: dict[str, Callable[[Settings], Sender]] = {
    "file": file_sender,
    "smtp": SmtpSender,
    "webhook": WebhookSender,
}
"""HANDOFF_SEND_BY -> the way out."""


def sender_of(settings: Settings) -> Sender:
    """The way out that the settings name. Raises HandoffError where they do not say enough."""
    return SENDERS[settings.send_by](settings)
