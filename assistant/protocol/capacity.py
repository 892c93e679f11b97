"""Who has room for another handoff: open handoffs of each CSM against the policy's limit, or their own."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.packet import Noun, Status
from assistant.protocol.moments import Moment
from assistant.protocol.policy import Policy

ENDS = ("kickoff_held", "work_started", "follow_up_held", "churned")
"""What ends a handoff for the one who receives it, once it is accepted."""


class Load(Noun):
    """How much a CSM has on their hands."""

    login: str
    name: str
    open: int
    """Handoffs that are theirs and not over."""
    limit: int

    @property
    def room(self) -> int:
        """How many more fit; negative above the limit."""
        return self.limit - self.open

    @property
    def is_over(self) -> bool:
        return self.open > self.limit


def load_of(login: str, name: str, open_handoffs: int, policy: Policy) -> Load:
    """The load under the policy's limit for that person."""
    limit = policy.capacity.limits.get(login, policy.capacity.open_handoffs)
    return Load(login=login, name=name, open=open_handoffs, limit=limit)


def is_open(status: Status, moments: Iterable[Moment] | None) -> bool:
    """Whether a handoff still takes the CSM's time. `moments`: None where nobody knows what happened."""
    happened = {moment.kind for moment in moments or ()}
    if "churned" in happened:
        return False
    return status != "accepted" or not happened & set(ENDS)


def capacity_words(load: Load) -> str:
    """ "Mia Stone has 9 open handoffs, limit 8"."""
    many = "handoff" if load.open == 1 else "handoffs"
    return f"{load.name} has {load.open} open {many}, limit {load.limit}"
