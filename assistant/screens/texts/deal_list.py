"""The words of the clocks in the list of deals."""

from __future__ import annotations

OVERDUE = "Overdue: {label}"
OVERDUE_SOME = "{number} overdue: {label} ..."
NEXT_HOURS = "{label}: {hours} h"
NEXT_DAYS = "{label}: {days} d"
