"""Salesforce's outbound messages: SOAP without a signature; the address bears a key, no word is believed.

Only the ids of opportunities are taken; what they are is then asked of Salesforce itself.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any, NamedTuple

from lxml import etree

from assistant.crm.hooks import Forged, Unreadable
from assistant.crm.salesforce import id_of
from assistant.errors import HandoffError

MEDIA = "text/xml; charset=utf-8"
MOST = 100
"""Notifications in one message."""
SPACE = "http://soap.sforce.com/2005/09/outbound"
ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
ACK = (
    f'<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="{ENVELOPE}"><soapenv:Body>'
    f'<notificationsResponse xmlns="{SPACE}"><Ack>true</Ack></notificationsResponse>'
    "</soapenv:Body></soapenv:Envelope>"
)
"""What Salesforce wants to hear; without it the message comes again for a day."""


class Notification(NamedTuple):
    """A notification by its own id, which stays the same when it comes again, and the opportunity's."""

    id: str
    deal: str


def key_of(secret: str) -> str:
    """The key in the address: made of the secret, which it does not give away."""
    return hmac.new(secret.encode(), b"salesforce outbound message", hashlib.sha256).hexdigest()[:40]


def check_key(secret: str, given: str) -> None:
    """Raises Forged where the address bears another key."""
    if not hmac.compare_digest(given.encode(), key_of(secret).encode()):
        raise Forged("The address is not right: `handoff crm setup salesforce --out` names it.")


def notifications(body: bytes) -> list[Notification]:
    """What the message tells. Raises Unreadable for what is no outbound message about opportunities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable("The call is no XML.") from None
    about: Any = tree.getroottree().docinfo
    if about.doctype or tree.tag != f"{{{ENVELOPE}}}Envelope":
        raise Unreadable("The call is no outbound message.")
    found = [_read(one) for one in tree.iter(f"{{{SPACE}}}Notification")]
    if not found or len(found) > MOST:
        raise Unreadable("The call is no outbound message: it has no notification, or too many.")
    return found


def _read(one: etree._Element) -> Notification:
    record = one.find(f"{{{SPACE}}}sObject")
    ids = [part.text or "" for part in (record if record is not None else ()) if _name(part) == "Id"]
    try:
        return Notification((one.findtext(f"{{{SPACE}}}Id") or "")[:100], id_of(ids[0] if ids else ""))
    except HandoffError as error:
        raise Unreadable(str(error)) from None


def _name(part: etree._Element) -> str:
    return etree.QName(part).localname if isinstance(part.tag, str) else ""
