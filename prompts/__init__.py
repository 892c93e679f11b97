"""What is asked of a chat model: one .md a question, filled strictly, with a fingerprint.

A prompt file has a front matter in TOML between two lines of `+++`: `about` (one sentence) and `[example]`,
an example value for each of its inputs. In the text `{{name}}` is an input and `{{>part}}` the text of
another prompt.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

__all__ = ["FieldQuestion", "Prompt", "PromptError", "fields", "fill", "load", "names"]

_INPUT = re.compile(r"\{\{(\w+)\}\}")
_PART = re.compile(r"\{\{>(\w+)\}\}")


class PromptError(Exception):
    """A prompt file that is not there or is badly written, or values that do not fit it; always our
    own bug."""


@dataclass(frozen=True)
class Prompt:
    """A question as it is written. `text` has its parts in place, its inputs still open."""

    name: str
    about: str
    text: str
    example: Mapping[str, str]
    fingerprint: str
    """SHA-256 of the text with its parts, in hex."""

    @property
    def inputs(self) -> frozenset[str]:
        """Names of the values that it wants."""
        return frozenset(_INPUT.findall(self.text))


@dataclass(frozen=True)
class FieldQuestion:
    """What one path of the deal summary asks: `short` for whoever reads everything, the rest for a
    second look."""

    path: str
    short: str
    asks: str
    counts: str
    not_: str
    look: bool
    """Whether the field is often filled with what does not answer it, so that a second look is worth
    its price."""
    many: bool
    """Whether several values may stand side by side."""

    @property
    def name(self) -> str:
        """The path's last part; unique among all paths."""
        return self.path.rsplit(".", 1)[-1]

    @property
    def section(self) -> str:
        """The path's first part."""
        return self.path.split(".", 1)[0]


def names() -> tuple[str, ...]:
    """Every prompt, parts included, sorted."""
    found = (file.name for file in files("prompts").iterdir() if file.name.endswith(".md"))
    return tuple(sorted(name.removesuffix(".md") for name in found))


@cache
def load(name: str) -> Prompt:
    """The prompt of that name. Raises PromptError when it is not there or not well formed."""
    about, example, text = _read(name)
    text = _PART.sub(lambda match: _read(match[1])[2], text)
    stamp = hashlib.sha256(text.encode("utf-8")).hexdigest()
    prompt = Prompt(name, about, text, MappingProxyType(dict(example)), stamp)
    if prompt.inputs != frozenset(example):
        odd = ", ".join(sorted(prompt.inputs ^ frozenset(example)))
        raise PromptError(f"prompts/{name}.md: inputs and example values differ: {odd}")
    return prompt


def fill(prompt: Prompt, values: Mapping[str, str]) -> str:
    """The prompt's text with every input in place. Raises PromptError for one too few or too many."""
    if frozenset(values) != prompt.inputs:
        odd = ", ".join(sorted(frozenset(values) ^ prompt.inputs))
        raise PromptError(f"prompts/{prompt.name}.md: these values do not fit its inputs: {odd}")
    return _INPUT.sub(lambda match: values[match[1]], prompt.text)


@cache
def fields() -> tuple[FieldQuestion, ...]:
    """The questions of fields.toml, in the order of the deal summary."""
    rows = tomllib.loads((files("prompts") / "fields.toml").read_text("utf-8"))["field"]
    return tuple(
        FieldQuestion(
            row["path"], row["short"], row["asks"], row["counts"], row["not"],
            row.get("look", False), row.get("many", False),
        )
        for row in rows
    )  # fmt: skip


def _read(name: str) -> tuple[str, dict[str, str], str]:
    """About, example values and text of a prompt file."""
    file = files("prompts") / f"{name}.md"
    if not file.is_file():
        raise PromptError(f"There is no prompts/{name}.md")
    parts = file.read_text("utf-8").split("+++\n")
    if len(parts) < 3 or parts[0].strip():
        raise PromptError(f"prompts/{name}.md has no front matter between two lines of +++")
    front = tomllib.loads(parts[1])
    return front["about"], front.get("example", {}), "+++\n".join(parts[2:]).strip()
