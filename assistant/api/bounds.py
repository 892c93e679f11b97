"""Types as a stranger may send them: text, lists and numbers with an end, days of this world, no NUL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import reduce
from operator import or_
from typing import Annotated, Any, get_args, get_origin

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    create_model,
)

NO_NUL = r"^[^\x00]*$"
MOST = 200
Words = Annotated[str, StringConstraints(max_length=20_000, pattern=NO_NUL)]
"""Text that a person wrote."""
Name = Annotated[str, StringConstraints(max_length=300, pattern=NO_NUL)]
Login = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=NO_NUL)]
Number = Annotated[float, Field(allow_inf_nan=False, strict=True)]
Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 12, 31))]
Moment = Annotated[
    AwareDatetime, Field(ge=datetime(1990, 1, 1, tzinfo=UTC), le=datetime(2100, 12, 31, tzinfo=UTC))
]
Version = Annotated[int, Field(ge=1, le=2_000_000_000, description="A packet's version, from 1.")]
PLAIN: dict[Any, Any] = {
    str: Words, float: Number, int: StrictInt, bool: StrictBool, date: Day, datetime: Moment,
}  # fmt: skip
STRICT = ConfigDict(extra="forbid")


def bounded(hint: Any, instead: dict[Any, Any] | None = None) -> Any:
    """The type with bounds; `instead` names types that others stand for."""
    known = {**PLAIN, **(instead or {})}
    if isinstance(hint, type) and hint in known:
        return known[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Sequence, tuple, list):
        return Annotated[list[bounded(inner[0], instead)], Field(max_length=MOST)]  # type: ignore[misc]
    if origin is dict:
        keys, values = (bounded(one, instead) for one in inner)
        return Annotated[dict[keys, values], Field(max_length=MOST)]  # type: ignore[valid-type]
    if type(None) in inner:
        return reduce(or_, (one if one is type(None) else bounded(one, instead) for one in inner))
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return body_like(hint)
    return hint


def body_like(noun: type[BaseModel], **changed: Any) -> type[BaseModel]:
    """A body with the noun's fields; `changed` gives other types to some."""
    fields: dict[str, Any] = {}
    for name, field in noun.model_fields.items():
        default = ... if field.is_required() else field.get_default(call_default_factory=True)
        default = list(default) if isinstance(default, tuple) else default
        fields[name] = (changed.get(name, bounded(field.annotation)), default)
    return create_model(noun.__name__, __config__=STRICT, __doc__=noun.__doc__, **fields)
