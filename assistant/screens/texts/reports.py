"""The words of the reports."""

from __future__ import annotations

from assistant.packet import RejectionCode
from assistant.protocol.measures import Unit
from assistant.protocol.reports import By

REPORTS = "Reports"
GROUP_BY = "Group by"
PERIOD = "Period"
ALL_TIME = "All time"
BY: dict[By, str] = {
    "month": "Month", "quarter": "Quarter", "team": "Team", "rep": "AE", "csm": "CSM", "segment": "Segment",
    "kind": "Kind of handover",
}  # fmt: skip
UNITS: dict[Unit, str] = {"percent": "{value:g} %", "hours": "{value:g} h", "points": "{value:g}",
                          "of_ten": "{value:g} of 10"}  # fmt: skip
UNKNOWN = "not known"
N = "n"
OF_N = "n = {n}"
INTERVAL = "{low:g} to {high:g} %"
HANDOFFS = "Handoffs"
AT_A_GLANCE = "At a glance"
FIGURES = "Figures"
BY_GROUP = "By {by}"
TREND = "Score and meetings in time, month by month"
TREND_OF = "Score month by month"
POINT = "{point.month} {point.score:g} (n={point.n})"
THEN = " → "
SCORE_LINE = "Quality score, of what can be known"
IN_TIME_LINE = "Meetings within the SLA, %"
GAPS = "Commonest gaps"
GAP = "Gap"
HOW_MANY = "In how many handoffs"
HABITS = "What better handoffs do"
HABIT = "Habit"
WITH, WITHOUT = "With it", "Without it"
SCORE_OF = "{score:g} (n = {n})"
SATISFIED = ", satisfaction {with_:g} against {without:g}"
OUTCOMES = "Predicted against experienced"
BAND, SATISFACTION, CHURNED, SURPRISES = "Band", "30-day satisfaction", "Left", "Met in the 72-hour review"
CHURN = "Why customers left"
SCORE, GAPS_THEN, REASON = "Score of the handoff", "Its gaps", "Reason"
HELD_BACK = "too few to show"
PEOPLE_WITH = "{group} ({people} people)"
NO_HANDOFF = "No handoff yet"
NO_HANDOFF_TODO = "Reports count deals that have a packet. Draft one under Upload."
NOTHING_TOLD = "Nothing to tell yet"
NO_HABIT = "Both sides need at least {fewest} scored handoffs before they are compared."
NO_CHURN = "No customer left."
NO_GAP = "No gap is open."
DOWNLOADS = "As CSV"
BANDS = {
    "excellent": "Excellent", "good": "Good", "acceptable": "Acceptable", "substandard": "Substandard",
    "not said": "Score not known whole",
}  # fmt: skip
SURPRISE_KINDS = {
    "missed": "in the sources, missed", "accepted_anyway": "flagged, accepted anyway",
    "never_said": "never in the sources",
}  # fmt: skip
REVIEW = "Quality review of {period}"
BEFORE = "The period before"
NOW = "This period"
SUBSTANDARD = "Substandard, to be remedied"
ESCALATED = "Escalated"
LATE = "Meeting not held in time"
NONE = "none"
REJECTIONS: dict[RejectionCode, str] = {
    "major_gap": "rejected: major gap", "undocumented_commitment": "rejected: undocumented commitment",
    "stakeholders_incomplete": "rejected: stakeholders incomplete",
    "technical_requirements_unclear": "rejected: technical requirements unclear", "other": "rejected: other",
}  # fmt: skip
