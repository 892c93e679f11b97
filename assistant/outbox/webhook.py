"""One HTTP POST of JSON, without following anywhere else."""

from __future__ import annotations

import http.client
import json
import ssl
from typing import Any
from urllib.parse import urlsplit


def post(url: str, content: dict[str, Any], seconds: float) -> int:
    """The status of the answer. Raises OSError where nobody answers, ValueError for no address."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("no http address")
    door: http.client.HTTPConnection
    if parts.scheme == "https":
        door = http.client.HTTPSConnection(
            parts.hostname, parts.port, timeout=seconds, context=ssl.create_default_context()
        )
    else:
        door = http.client.HTTPConnection(parts.hostname, parts.port, timeout=seconds)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        door.connect()
        door.request("POST", path, json.dumps(content).encode(), {"Content-Type": "application/json"})
        return door.getresponse().status
    except http.client.HTTPException as error:
        raise OSError(str(type(error).__name__)) from None
    finally:
        door.close()
