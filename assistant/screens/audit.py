"""Screen: the audit log, for those who may read it: by deal, person and deed, as CSV, its chain verified."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import gradio as gr

from assistant import desk as verbs
from assistant.desk import AuditFilter, AuditPage, Opened
from assistant.desk.words import done_by
from assistant.protocol.rights import User, reach
from assistant.screens.markup import day_and_time, empty, safe, table, tag, text
from assistant.screens.panel import panel
from assistant.screens.texts import audit as texts
from assistant.screens.visit import SET, SHOW, Screen, Visit, told


def build(visit: Visit, place: gr.State, tabs: gr.Tabs) -> Screen:
    """Filters, the chain's proof, the lines."""
    with gr.Tab(texts.AUDIT, id="audit", visible=False) as tab:
        gr.HTML(safe(tag("p", text(texts.WHAT_IT_IS))), elem_classes=["panel"], apply_default_css=False)
        with gr.Row():
            deal = gr.Textbox(label=texts.DEAL, placeholder=texts.DEAL_HINT, elem_id="audit-deal")
            person = gr.Dropdown([(texts.EVERYBODY, "")], value="", label=texts.PERSON, elem_id="audit-by")
            deed = gr.Dropdown([(texts.EVERYTHING, "")], value="", label=texts.DEED, elem_id="audit-action")
            verify = gr.Button(texts.VERIFY, elem_id="audit-verify")
        proof = panel(elem_id="audit-proof")
        lines = panel(elem_id="audit-lines", tall=True)

    def fill(user: User, *now: Any) -> list[Any]:
        if reach(user, "see_audit") is None:
            return [gr.skip(), gr.skip(), empty(texts.NOT_FOR_YOU, texts.NOT_FOR_YOU_TODO)]
        wanted = AuditFilter(*(str(value or "").strip() for value in now))
        page = verbs.audit_page(visit.desk, user, wanted)
        people = [(texts.EVERYBODY, ""), *((login, login) for login in page.people)]
        deeds = [(texts.EVERYTHING, ""), *((done_by(action), action) for action in page.actions)]
        return [gr.update(choices=people), gr.update(choices=deeds), audit_lines(page, wanted)]

    def paint(opened: Opened | None, user: User, *now: Any) -> list[Any]:
        return fill(user, *now)

    def narrow(request: gr.Request, *now: Any) -> list[Any]:
        with told():
            return fill(visit.user(request), *now)

    def on_verify(request: gr.Request) -> str:
        with told():
            return proof_view(verbs.verify_audit(visit.desk, visit.user(request)))

    filters, outputs = [deal, person, deed], [person, deed, lines]
    typed = [deal.input, person.input, deed.input]
    gr.on(typed, narrow, filters, outputs, **SHOW, trigger_mode="always_last")
    verify.click(on_verify, None, [proof], **SET)
    return Screen("audit", tab, outputs, paint, filters, right="see_audit")


def audit_lines(page: AuditPage, wanted: AuditFilter) -> str:
    """The lines as a table with a link to all of them as CSV."""
    if not page.lines:
        return empty(texts.NOTHING, texts.NOTHING_TODO)
    rows = (
        (
            text(line.number), day_and_time(line.at), text(line.by), text(done_by(line.action)),
            text(line.deal or ""), text(line.version or ""),
            tag("code", text((line.digest or "")[:12]), title=line.digest),
        )
        for line in page.lines
    )  # fmt: skip
    counted = texts.SHOWN if len(page.lines) < page.of else texts.ALL_SHOWN
    given = {"deal": wanted.deal, "by": wanted.by, "action": wanted.action}
    query = urlencode({name: value for name, value in given.items() if value})
    link = tag("a", text(texts.AS_CSV), href=f"/audit.csv?{query}", download="audit.csv")
    head = tag("p", f"{text(counted.format(shown=len(page.lines), all=page.of))}. {link}")
    header = (texts.NUMBER, texts.WHEN_UTC, texts.WHO, texts.WHAT, texts.DEAL, texts.VERSION, texts.PROOF)
    return safe(head + table(header, rows, texts.AUDIT))


def proof_view(found: verbs.Verdict) -> str:
    """Whether the chain holds, and where it does not."""
    last = tag("p", text(texts.LAST.format(hash=found.last)))
    if not found.problems:
        holds = tag("strong", text(texts.HOLDS.format(lines=found.lines)))
        return safe(tag("p", holds, role="status") + last)
    items = (tag("li", text(problem)) for problem in found.problems)
    return safe(tag("div", tag("strong", text(texts.BROKEN)) + tag("ul", items), role="alert") + last)
