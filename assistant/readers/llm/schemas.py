"""Answer classes as strict JSON schemas: only what every provider's strict mode takes."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

ALLOWED = {
    "$defs", "$ref", "type", "properties", "required", "additionalProperties", "items", "enum", "anyOf",
    "description",
}  # fmt: skip
"""Keywords that stand in a schema on the wire. Lengths, ranges and patterns are checked here, by pydantic."""
DROPPED = {"title", "minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum",
           "exclusiveMinimum", "exclusiveMaximum", "pattern", "format"}  # fmt: skip
DEEPEST = 5
"""Objects within objects that strict modes took from the beginning."""


_MADE: dict[type[BaseModel], dict[str, Any]] = {}


def wire_schema(answer: type[BaseModel]) -> dict[str, Any]:
    """The schema of an answer class, as it goes over the wire. Raises ValueError naming what is forbidden."""
    if answer not in _MADE:
        _MADE[answer] = _checked(answer)
    return _MADE[answer]


def _checked(answer: type[BaseModel]) -> dict[str, Any]:
    schema: dict[str, Any] = _strict(answer.model_json_schema())
    problems = forbidden(schema)
    if problems:
        raise ValueError(f"{answer.__name__} cannot be asked for strictly: {'; '.join(problems)}")
    return schema


def _strict(node: Any) -> Any:
    if isinstance(node, list):
        return [_strict(one) for one in node]
    if not isinstance(node, dict):
        return node
    wanted = {"$ref", "$defs"} if "$ref" in node else node.keys() - DROPPED
    kept = {word: _inner(word, value) for word, value in node.items() if word in wanted}
    if "const" in kept:
        kept["enum"] = [kept.pop("const")]
    if kept.get("type") == "object" and "properties" in kept:
        kept["additionalProperties"] = False
    return kept


def _inner(word: str, value: Any) -> Any:
    return _named(value) if word in ("properties", "$defs") else _strict(value)


def _named(fields: dict[str, Any]) -> dict[str, Any]:
    """Here the keys are names of fields, and a field may be called `title`."""
    return {name: _strict(field) for name, field in fields.items()}


def forbidden(schema: dict[str, Any]) -> list[str]:
    """What a strict mode would refuse in the schema, as `path: what`; empty when it is fine."""
    found = [] if schema.get("type") == "object" else ["$: the root is no object"]
    _walk(schema, "$", found)
    if _depth(schema, schema, ()) > DEEPEST:
        found.append(f"$: deeper than {DEEPEST} objects, or recursive")
    return found


def _walk(node: Any, path: str, found: list[str]) -> None:
    if isinstance(node, list):
        for index, one in enumerate(node):
            _walk(one, f"{path}[{index}]", found)
    if not isinstance(node, dict):
        return
    found.extend(f"{path}: '{word}'" for word in sorted(node.keys() - ALLOWED))
    if node.get("type") == "object":
        fields, required = node.get("properties", {}), node.get("required", ())
        if node.get("additionalProperties") is not False:
            found.append(f"{path}: an object of any keys")
        found.extend(f"{path}.{name}: not required" for name in fields if name not in required)
    for word in ("properties", "$defs"):
        for name, field in node.get(word, {}).items():
            _walk(field, f"{path}.{name}", found)
    for word in ("items", "anyOf"):
        _walk(node.get(word), f"{path}.{word}", found)


def _depth(node: Any, root: dict[str, Any], seen: tuple[str, ...]) -> int:
    if not isinstance(node, dict):
        return 0
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        return DEEPEST + 1 if name in seen else _depth(root["$defs"][name], root, (*seen, name))
    inner = [*node.get("properties", {}).values(), node.get("items"), *node.get("anyOf", ())]
    return max((_depth(one, root, seen) for one in inner), default=0) + (node.get("type") == "object")


def emptiest(schema: dict[str, Any], root: dict[str, Any] | None = None) -> Any:
    """The least that fits the schema: lists empty, null where it may be, else "" or the first word."""
    root = root or schema
    if "$ref" in schema:
        return emptiest(root["$defs"][schema["$ref"].rsplit("/", 1)[-1]], root)
    if "anyOf" in schema:
        kinds = [one.get("type") for one in schema["anyOf"]]
        return None if "null" in kinds else emptiest(schema["anyOf"][0], root)
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        return {name: emptiest(field, root) for name, field in schema["properties"].items()}
    least = {"array": [], "string": "", "integer": 0, "number": 0, "boolean": False}
    return least.get(schema.get("type", "null"))
