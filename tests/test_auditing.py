"""The audit log on the desk: narrowed by deal, person and deed, shown, exported and proved."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from databases import ready_settings
from desks import ANA, MIA, PEOPLE, drafted, make_desk

from assistant import desk as verbs
from assistant.desk import AuditFilter, Desk, Verdict
from assistant.desk.words import LINES, done_by
from assistant.screens.audit import audit_lines, proof_view
from assistant.store import open_store

ADA = PEOPLE["admin"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = open_store(ready_settings(tmp_path_factory.mktemp("audit")))
    made = make_desk(opened)
    seen = drafted(made)
    verbs.submit(made, ANA, seen.deal.id, seen.version)
    drafted(made)
    yield made
    opened.close()


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (AuditFilter(), lambda line: True),
        (AuditFilter(deal="deal-1"), lambda line: line.deal == "deal-1"),
        (AuditFilter(by="ana", action="submit"), lambda line: line.action == "submit"),
        (AuditFilter(by="nobody"), lambda line: False),
    ],
)
def test_the_log_is_narrowed_by_deal_person_and_deed(desk: Desk, wanted: AuditFilter, fits) -> None:  # type: ignore[no-untyped-def]
    expected = [line for line in verbs.audit_log(desk, ADA) if fits(line)]
    assert verbs.audit_log(desk, ADA, wanted) == expected
    assert verbs.audit_page(desk, ADA, wanted).lines == tuple(reversed(expected))


def test_a_page_holds_the_newest_lines_and_names_all_to_choose_from(desk: Desk) -> None:
    page = verbs.audit_page(desk, ADA, AuditFilter(deal="deal-1"), most=1)
    assert [line.action for line in page.lines] == ["submit"] and page.of > 1
    assert "ana" in page.people and {"create_deal", "submit"} <= set(page.actions)
    shown = audit_lines(page, AuditFilter(deal="deal-1"))
    assert "submitted the packet" in shown and f"newest 1 of {page.of} lines" in shown
    assert "/audit.csv?deal=deal-1" in shown


def test_the_proof_says_that_the_chain_holds_or_where_it_breaks(desk: Desk) -> None:
    held = verbs.verify_audit(desk, ADA)
    assert "The chain holds" in proof_view(held) and held.last in proof_view(held)
    broken = proof_view(Verdict(3, "ab", ("line 2 was <changed>",)))
    assert "does not hold" in broken and "line 2 was &lt;changed&gt;" in broken


def test_every_deed_has_words_without_a_blank_to_fill() -> None:
    for action in (*LINES, "sign_in", "add_sources", "assign_csm"):
        assert done_by(action) and "{" not in done_by(action) and not done_by(action).endswith((":", " the"))


def test_a_deleted_deal_stays_in_the_log(desk: Desk) -> None:
    seen = drafted(desk)
    verbs.drop_deal(desk, ADA, seen.deal.id)
    last = verbs.audit_page(desk, ADA, AuditFilter(deal=seen.deal.id)).lines[0]
    assert (last.action, last.by) == ("delete_deal", "ada")
    assert seen.deal.id not in {line.deal.id for line in verbs.list_deals(desk, MIA)}
