"""The words of the audit log's screen, and of deleting a deal."""

from __future__ import annotations

AUDIT = "Audit"
WHAT_IT_IS = (
    "Who did what when. Each line carries the hash of the line before, so that none can be changed or taken"
    " out unseen. No line holds content of a deal: it stays when a deal is deleted."
)  # fmt: skip
DEAL, PERSON, DEED = "Deal", "Person", "What was done"
DEAL_HINT = "deal-7"
EVERYBODY, EVERYTHING = "Everybody", "Everything"
NUMBER, WHEN_UTC, WHO, WHAT, VERSION, PROOF = "No.", "When (UTC)", "Who", "What", "Version", "SHA-256"
NOTHING = "No line fits"
NOTHING_TODO = "Take a filter away."
SHOWN = "The newest {shown} of {all} lines"
ALL_SHOWN = "{all} lines"
AS_CSV = "Every line that fits, as CSV"
VERIFY = "Verify the chain"
HOLDS = "The chain holds: {lines} lines, each following the one before, and every packet is as recorded."
LAST = "Last hash: {hash}. Noted elsewhere, it proves later that nothing was cut off the end."
BROKEN = "The chain does not hold"
NOT_FOR_YOU = "The audit log is for operations and administrators"
NOT_FOR_YOU_TODO = "Ask one of them."

DELETE = "Delete this deal"
DELETE_SAYS = (
    "Deletes the deal with its files, every version of its packet and what a model answered. It cannot be"
    " brought back. The audit log keeps that it happened."
)  # fmt: skip
TYPE_IT = "To confirm, type {name}"
TYPE_SOMETHING = "To confirm, type the customer's name"
DELETE_NOW = "Delete it for good"
NOT_THE_NAME = "That is not the name of the open deal, “{name}”: nothing was deleted."
DELETED = "{name} was deleted."
