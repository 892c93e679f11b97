"""Who will use it: groups of the customer's people, by what they are called and what is said of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from assistant.readers.embedded.statements import Statement

LEAST = 2.0
"""Points from which a group counts as users."""
MOST = 2


IN_CONTRACT = 0.5
"""Points of a group's mention in a contract."""

_OURS = re.compile(r"\b(?:my|our|these|those|all the|\d+|[a-z]+ty|hundred|dozen) (?:[a-z-]+ )?(?P<group>[a-z]{2,}(?:ers|ors|ists|ians|ants|men|women))\b")
_NO_GROUP = re.compile(
    r"(?:custom|vend|competit|numb|ord|comput|print|scann|serv|trail|contain|lett|pap|us|answ|off|memb|partn|suppli|oth|quart|should|wint|summ|matt"
    r"|cent|met|filt|head|fold|bind|cool|freez|boil|burn|bidd|lend|insur|carri|forward|broth|fing|stick|dinn|fly|rout|draw|tank|hopp|convey|ship|import"
    r"|retail|manufactur|deal|remind|tick|sens|mot|tract|fact|err|col|mirr|monit|invest|do|flo|investig|aud|lay|ten|corn|pow|comm|tow|show|charact|chapt"
    r"|register|regist|trigg|count|adapt|track|read|board|own|calend|dolla|timb|lumb|develop|direct)(?:ers|ors)|(?:ten|pl|gr|consult|restaur|account)ants|lists|specialists|dentists"
)


def _word(m: re.Match[str]) -> str:
    return m["group"] if m.lastgroup == "group" else m[0]


def find_user_groups(statements: Sequence[Statement]) -> list[tuple[str, list[Statement]]]:
    """(name, statements about it) of the groups that will use what was bought, the best supported first."""
    pattern, use = _patterns()
    found: dict[str, list[tuple[float, Statement]]] = {}
    for s in statements:
        for m in [*pattern.finditer(s.plain), *(_OURS.finditer(s.plain) if s.side == "customer" else ())]:
            if m.lastgroup == "group" and _NO_GROUP.fullmatch(m["group"]):
                continue
            if re.search(rf"(?<=\w )\b{_word(m).title()}\b", s.text):
                continue  # "the Crew plan" is a name
            uses = 0.8 * sum(bool(p.search(s.plain)) for p in use)
            points = IN_CONTRACT if s.contract else 0.4 + uses + 0.5 * (s.side == "customer")
            found.setdefault(_stem(_word(m)), []).append((points, s))
    ranked = sorted(found.items(), key=lambda item: (-sum(p for p, _ in item[1]), item[0]))
    kept = [(name, said) for name, said in ranked if sum(p for p, _ in said) >= LEAST][:MOST]
    return [(_name(name), [s for _, s in sorted(said, key=lambda t: -t[0])]) for name, said in kept]


def _stem(words: str) -> str:
    return re.sub(r"^techs$", "technicians", words if words.endswith("s") else words + "s")


def _name(group: str) -> str:
    return group


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    text = files("assistant.readers.embedded").joinpath("data", "roles.toml").read_text(encoding="utf-8")
    row = tomllib.loads(text)["end_users"]
    groups = "|".join(sorted(row["groups"], key=len, reverse=True))
    return re.compile(rf"\b(?:{groups})\b"), tuple(re.compile(p) for p in row["use"])
