"""packet.json: the packet as other programs read it, and its JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.errors import HandoffError
from assistant.packet import Packet

MOST_BYTES = 100_000_000


def to_json(packet: Packet) -> str:
    """The same packet always gives the same text: UTF-8, two blanks, keys in the order of the nouns."""
    return json.dumps(packet.model_dump(mode="json"), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def read_packet(path: Path) -> Packet:
    """The packet in the file. Raises HandoffError when it is no packet."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise HandoffError(f"{path} is larger than 100 MB; a packet is not.")
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise HandoffError(f"Cannot read {path}: {error.strerror}. Give a packet.json.") from None
    except UnicodeDecodeError:
        raise HandoffError(
            f"{path} is not UTF-8 text. Give a packet.json as `handoff draft` wrote it."
        ) from None
    try:
        return Packet.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise HandoffError(
            f"{path} is no handoff packet: {where}: {first['msg']} ({error.error_count()} in all). "
            "Draft it again, or hold it against `handoff schema`."
        ) from None


def packet_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of packet.json."""
    schema = Packet.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Handoff packet",
    }


def schema_text() -> str:
    """The schema as it stands in packet.schema.json."""
    return json.dumps(packet_schema(), indent=2, ensure_ascii=False) + "\n"
