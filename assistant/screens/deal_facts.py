"""What is known of the open deal: a field a fact, saved together."""

from __future__ import annotations

from typing import Any

import gradio as gr
from pydantic import ValidationError

from assistant import desk as verbs
from assistant.packet import Deal
from assistant.protocol.kinds import kinds, scenarios
from assistant.screens import texts as words
from assistant.screens.texts import facts as texts
from assistant.screens.visit import SET, Place, Visit, needs, refusal, told

KINDS: list[tuple[str, str]] = [(kind.label, kind.id) for kind in kinds()]
SEGMENTS = {
    "": words.NOT_SET, "smb": words.SMB, "mid_market": words.MID_MARKET, "enterprise": words.ENTERPRISE,
    "strategic": words.STRATEGIC,
}  # fmt: skip
CHOICES: dict[str, list[tuple[str, str]]] = {
    "trigger": KINDS,
    "segment": [(label, key) for key, label in SEGMENTS.items()],
    "scenario": [(texts.NOT_SET, ""), *((row.label, row.id) for row in scenarios())],
}
ROWS = (
    ("account", "vendor"), ("trigger", "segment"), ("value", "currency"), ("purchase_order", "probability"),
    ("expected_close", "closed_at"), ("ae", "team"), ("se", "cs_manager"), ("csm", "country"),
    ("scenario", "handover_date"), ("outgoing_owner", "incoming_owner"), ("return_date", "next_provider"),
)  # fmt: skip
NAMES = tuple(name for row in ROWS for name in row)


def facts_form(visit: Visit, place: gr.State) -> list[Any]:
    """The fields in the order of NAMES, then the button."""
    fields: dict[str, Any] = {}
    with gr.Accordion(texts.FACTS, open=False, elem_id="facts"):
        for row in ROWS:
            with gr.Row():
                fields |= {name: _field(name) for name in row}
        save = gr.Button(texts.SAVE, elem_id="facts-save")

    def on_save(request: gr.Request, place: Place, *given: Any) -> None:
        deal, user = needs(Place(*place).deal, words.A_DEAL), visit.user(request)
        with told():
            old = verbs.get_deal(visit.desk, user, deal).deal.known
            verbs.change_facts(visit.desk, user, deal, changed(old, dict(zip(NAMES, given, strict=True))))
        gr.Info(texts.SAVED)

    save.click(on_save, [place, *(fields[name] for name in NAMES)], None, **SET)
    return [*(fields[name] for name in NAMES), save]


def fill_facts(known: Deal | None, may: bool = False) -> list[Any]:
    """The facts as they stand; empty without a deal."""
    shown = known.model_dump(mode="json") if known else {}
    values = [gr.update(value=_shown(shown.get(name), name)) for name in NAMES]
    return [*values, gr.update(interactive=bool(known) and may)]


def changed(old: Deal, given: dict[str, Any]) -> Deal:
    """The deal with what a person wrote; an emptied field is unknown again. Refuses what does not fit."""
    update = {name: str(value or "").strip() or None for name, value in given.items()}
    update["trigger"] = update["trigger"] or "post_close"
    for name in ("value", "probability"):
        if number := update[name]:
            update[name] = number.replace(",", "").replace(" ", "").replace("'", "")
    try:
        return Deal.model_validate({**old.model_dump(), **update})
    except ValidationError as error:
        first = error.errors()[0]
        label = texts.LABELS.get(str(first["loc"][0]), (str(first["loc"][0]), ""))[0]
        raise refusal(texts.UNFIT.format(label=label, problem=first["msg"])) from None


def _field(name: str) -> Any:
    label, example = texts.LABELS[name]
    if name in CHOICES:
        return gr.Dropdown(CHOICES[name], value=CHOICES[name][0][1], label=label, elem_id=f"fact-{name}")
    return gr.Textbox(label=label, placeholder=example, elem_id=f"fact-{name}")


def _shown(value: Any, name: str) -> str:
    if value is None:
        return CHOICES[name][0][1] if name in CHOICES else ""
    if isinstance(value, float):
        return f"{value:g}" if value < 1e6 else f"{value:.0f}"
    return str(value).replace("T", " ").removesuffix("Z") if name == "closed_at" else str(value)
