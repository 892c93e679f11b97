"""Webhooks: a call counts when its signature is right, its time is now and it never came before."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from assistant.desk import Desk
from assistant.errors import HandoffError
from assistant.store import crm

WINDOW = timedelta(minutes=5)
"""How far a call's time may be from ours; replays are remembered for longer than a call counts."""
MOST_DEALS = 100
HUBSPOT_SIGNATURE, HUBSPOT_TIME = "x-hubspot-signature-v3", "x-hubspot-request-timestamp"
SIGNATURE, TIME = "x-handoff-signature", "x-handoff-timestamp"
STAGE_CHANGES = ("dealstage", "hs_is_closed_won")
CREATED, DEAL_TYPE = ("deal.creation", "object.creation"), "0-3"
"""Events of deals that are new; the second kind is of all objects, and says which."""
DECODED = {"%3A": ":", "%2F": "/", "%3F": "?", "%40": "@", "%21": "!", "%24": "$", "%27": "'", "%28": "(",
           "%29": ")", "%2A": "*", "%2C": ",", "%3B": ";"}  # fmt: skip
"""What HubSpot decodes in an address before it signs it; everything else stays as it was sent."""


class Forged(HandoffError):  # noqa: N818 - reads as what it says
    """The signature is wrong or missing, or the call is not of now."""


class Unreadable(HandoffError):  # noqa: N818 - reads as what it says
    """The call is signed, but says nothing that is known."""


class Replayed(HandoffError):  # noqa: N818 - reads as what it says
    """The same call came before."""


def check_hubspot(secret: str, address: str, body: bytes, headers: Mapping[str, str], now: datetime) -> str:
    """The signature of HubSpot's version 3, once it holds. `address`: the URL as HubSpot has it."""
    stamp = headers.get(HUBSPOT_TIME, "")
    given = headers.get(HUBSPOT_SIGNATURE, "").replace(" ", "+")  # some proxies take the plus for a blank
    signed = b"POST" + decoded(address).encode() + body + stamp.encode()
    right = base64.b64encode(_hmac(secret, signed)).decode()
    _see(given, right, stamp, 1000, now)
    return given


def decoded(address: str) -> str:
    """The address as HubSpot signs it."""
    codes = "|".join(DECODED)
    return re.sub(codes, lambda found: DECODED[found[0].upper()], address, flags=re.IGNORECASE)


def check_signed(secret: str, body: bytes, headers: Mapping[str, str], now: datetime) -> str:
    """The signature of anybody else: `v1=` and the hex HMAC-SHA256 of "TIMESTAMP.BODY", time in seconds."""
    stamp, given = headers.get(TIME, ""), headers.get(SIGNATURE, "")
    right = "v1=" + _hmac(secret, stamp.encode() + b"." + body).hex()
    _see(given, right, stamp, 1, now)
    return given


def sign(secret: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers that `check_signed` takes."""
    stamp = str(int(now.timestamp()))
    return {TIME: stamp, SIGNATURE: "v1=" + _hmac(secret, stamp.encode() + b"." + body).hex()}


def only_once(desk: Desk, origin: str, signature: str) -> None:
    """Raises Replayed where a call with this signature came before."""
    if not crm.first_time(desk.store, origin, _key(signature), desk.stamp(), 3 * WINDOW):
        raise Replayed("This call came before; nothing was done again.")


def not_done(desk: Desk, origin: str, signature: str) -> None:
    """The call could not be done: the same one may come again."""
    crm.forget_call(desk.store, origin, _key(signature))


def _key(signature: str) -> str:
    return hashlib.sha256(signature.encode()).hexdigest()


def changed_deals(body: bytes) -> list[str]:
    """Ids of the deals that are new or whose stage changed, of a HubSpot call, each once."""
    try:
        told = json.loads(body)
        found = [str(one["objectId"]) for one in told if _is_of_interest(one)]
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Unreadable("The call is no list of HubSpot events.") from None
    return list(dict.fromkeys(found))[:MOST_DEALS]


def _is_of_interest(event: dict[str, Any]) -> bool:
    """Imports and forms make deals that are won from the start: their stage never changes."""
    if event.get("propertyName") in STAGE_CHANGES:
        return True
    return event.get("subscriptionType") in CREATED and event.get("objectTypeId", DEAL_TYPE) == DEAL_TYPE


def _hmac(secret: str, message: bytes) -> bytes:
    return hmac.new(secret.encode(), message, hashlib.sha256).digest()


def _see(given: str, right: str, stamp: str, per_second: int, now: datetime) -> None:
    """Compared in constant time, and before the time is looked at: a forger learns nothing of our clock."""
    if not hmac.compare_digest(given.encode(), right.encode()):
        raise Forged("The signature is not right: check the secret, and HANDOFF_DESK_URL for HubSpot.")
    if not re.fullmatch(r"\d{9,14}", stamp):
        raise Forged("The call has no time.")
    if abs(now.timestamp() - int(stamp) / per_second) > WINDOW.total_seconds():
        raise Forged("The call is too old, or of the future: check both clocks.")


def told(found: Any) -> dict[str, list[str]]:
    """The answer: which deals were made, and which were here."""
    made = [deal for deal, is_new in found if is_new]
    return {"made": made, "known": [deal for deal, is_new in found if not is_new]}
