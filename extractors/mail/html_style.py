"""Just enough CSS to tell text that a reader of a mail sees from text that is hidden from them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml.etree import _Element

_RULE = re.compile(r"([^{}@]{1,400})\{([^{}]{0,4000})\}")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)?", re.I)
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", re.I)
_RGB = re.compile(r"rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)(?:\s*,\s*([\d.]+))?")
_LENGTH = re.compile(r"(-?[\d.]+)\s*(px|pt|em|rem|%|ex)?")
_NAMED = {"white": "ffffff", "black": "000000", "transparent": "", "red": "ff0000", "snow": "fffafa"}


@dataclass(frozen=True)
class Look:
    """How an element appears: what CSS inherits, as far as hiding goes. Colours are six hex digits."""

    hidden: bool = False
    color: str = "000000"
    background: str = "ffffff"
    tiny: bool = False


class Sheet:
    """The rules of the mail's style element whose selector is a tag, a class or an id."""

    def __init__(self, css: str) -> None:
        css = re.sub(r"/\*.*?\*/|<!--|-->", " ", css[:200_000], flags=re.S)
        self._rules: dict[str, str] = {}
        for selectors, body in _RULE.findall(css):
            for selector in selectors.split(","):
                key = selector.strip()
                if key and _SIMPLE.fullmatch(key):
                    self._rules[key.lower()] = self._rules.get(key.lower(), "") + ";" + body

    def look(self, element: _Element, inherited: Look) -> Look:
        """The element's look, from its own style, its attributes and the sheet."""
        css = _declarations(self._declared(element))
        look = replace(
            inherited,
            color=_color(css.get("color") or element.get("color") or element.get("text")) or inherited.color,
            background=_color(css.get("background-color") or css.get("background") or element.get("bgcolor"))
            or inherited.background,
            tiny=_tiny(css.get("font-size"), inherited.tiny),
        )
        return replace(look, hidden=inherited.hidden or _is_hidden(element, css, look))

    def _declared(self, element: _Element) -> str:
        tag = str(element.tag).lower()
        keys = [tag]
        for name in (element.get("class") or "").lower().split()[:20]:
            keys += [f".{name}", f"{tag}.{name}"]
        if identity := (element.get("id") or "").lower():
            keys += [f"#{identity}", f"{tag}#{identity}"]
        return ";".join([*(self._rules.get(key, "") for key in keys), element.get("style") or ""])


def _declarations(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.lower().split(";"))
    return {key.strip(): value.replace("!important", "").strip() for key, colon, value in pairs if colon}


def _is_hidden(element: _Element, css: dict[str, str], look: Look) -> bool:
    if css.get("display") == "none" or css.get("visibility") in ("hidden", "collapse") or "mso-hide" in css:
        return True
    if element.get("hidden") is not None or (element.get("aria-hidden") == "true" and element.tag == "span"):
        return element.get("hidden") is not None
    if _zero(css.get("opacity")) or (
        css.get("overflow") == "hidden" and (_zero(css.get("max-height")) or _zero(css.get("height")))
    ):
        return True
    offset = _LENGTH.match(css.get("text-indent", "") or css.get("left", ""))
    if offset and float(offset[1].strip(".") or 0) <= -900:
        return True
    return look.tiny or _same_color(look.color, look.background)


def _zero(value: str | None) -> bool:
    found = _LENGTH.match(value or "")
    return bool(found and found[1].strip(".-") and float(found[1].strip(".-")) == 0)


def _tiny(value: str | None, inherited: bool) -> bool:
    """Whether the font is too small to be seen: up to one pixel."""
    found = _LENGTH.match(value or "")
    if not found or not found[1].strip(".-"):
        return inherited
    size = float(found[1].strip(".-"))
    return (
        size == 0
        or (size <= 1 and found[2] in ("px", "pt", None))
        or (size <= 0.1 and found[2] in ("em", "rem"))
    )


def _color(value: str | None) -> str | None:
    """Six hex digits, None when the value is no colour we know."""
    if not value:
        return None
    value = value.strip().lower()
    if found := _HEX.search(value):
        digits = found[1]
        return digits if len(digits) == 6 else "".join(2 * d for d in digits)
    if found := _RGB.search(value):
        return "".join(f"{min(255, int(found[i])):02x}" for i in (1, 2, 3)) if found[4] != "0" else None
    return _NAMED.get(value.split()[0]) or None


def _same_color(one: str, other: str) -> bool:
    """Whether text of one colour cannot be told from a ground of the other."""
    return all(abs(int(one[i : i + 2], 16) - int(other[i : i + 2], 16)) <= 8 for i in (0, 2, 4))
