"""The words of what is known of a deal."""

from __future__ import annotations

FACTS = "What is known of the deal"
SAVE = "Save what is known"
SAVED = "Saved. The packet takes it up when it is drafted again; clocks take it up at once."
LABELS: dict[str, tuple[str, str]] = {
    "account": ("Customer", ""), "vendor": ("Vendor", ""), "trigger": ("Kind", ""),
    "segment": ("Segment", ""), "value": ("Contract value", "96000"), "currency": ("Currency", "USD"),
    "purchase_order": ("Purchase order", ""), "probability": ("Probability, %", "90"),
    "expected_close": ("Expected close", "2026-05-11"), "closed_at": ("Closed, in UTC", "2026-05-11 16:30"),
    "country": ("Country of the holidays", "DE or US-CA"), "ae": ("AE", ""), "team": ("The AE's team", ""),
    "se": ("Sales engineer", ""), "csm": ("CSM", ""), "cs_manager": ("CS manager", ""),
    "scenario": ("Why the owner changes", ""), "outgoing_owner": ("Who hands over", ""),
    "incoming_owner": ("Who takes over", ""), "handover_date": ("Day of the change", "2026-05-11"),
    "return_date": ("Back from leave on", "2026-09-01"), "next_provider": ("Next provider", ""),
}  # fmt: skip
"""Fact -> its label, and an example where the form is not plain."""
NOT_SET = "Not set"
UNFIT = "{label}: {problem}"
