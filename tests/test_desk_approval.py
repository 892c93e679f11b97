"""Before close: the AE asks, the CS manager approves, and nobody accepts without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import ready_settings
from desks import ANA, CALL, KNOWN, MIA, make_desk

from assistant import desk as verbs
from assistant.desk import Desk, Opened
from assistant.errors import HandoffError
from assistant.protocol.rights import NotAllowed
from assistant.store import open_store


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_store(ready_settings(tmp_path))
    yield make_desk(opened)
    opened.close()


def early(desk: Desk) -> Opened:
    """Ana's deal before close, submitted, with every blocker but the approval waived."""
    deal, _ = verbs.create_deal(desk, ANA, KNOWN.model_copy(update={"trigger": "pre_close"}), {"c.vtt": CALL})
    seen = verbs.draft(desk, ANA, deal.id).opened
    seen = verbs.record_event(desk, ANA, deal.id, seen.version, kind="approval_asked", note="start Monday")
    for finding in [f for f in seen.packet.findings if f.severity == "blocker"]:
        if finding.rule != "pre-close-not-approved":
            seen = verbs.waive(desk, MIA, deal.id, seen.version, finding=finding.id, reason="known")
    return verbs.submit(desk, ANA, deal.id, seen.version)


def test_only_the_cs_manager_approves(desk: Desk) -> None:
    seen = early(desk)
    for kind in ("approval_given", "approval_refused"):
        with pytest.raises(NotAllowed, match="CS manager"):
            verbs.record_event(desk, ANA, seen.deal.id, seen.version, kind=kind)


def test_it_is_not_accepted_without_approval_even_when_the_blocker_is_waived(desk: Desk) -> None:
    seen = early(desk)
    waived = verbs.waive(
        desk, MIA, seen.deal.id, seen.version, finding="pre-close-not-approved", reason="fine"
    )
    with pytest.raises(HandoffError, match=r"not approved: asked by .*: start Monday"):
        verbs.accept(desk, MIA, seen.deal.id, waived.version)


def test_an_approved_one_is_accepted_and_completed_when_the_signature_is_noted(desk: Desk) -> None:
    seen = early(desk)
    given = verbs.record_event(desk, MIA, seen.deal.id, seen.version, kind="approval_given")
    taken = verbs.accept(desk, MIA, seen.deal.id, given.version)
    assert taken.packet.status == "accepted" and taken.packet.readiness.pending_contract
    signed = verbs.record_event(desk, MIA, seen.deal.id, taken.version, kind="signed")
    assert not signed.packet.readiness.pending_contract
    assert "pre-close-preliminary" not in {f.rule for f in signed.packet.findings}
