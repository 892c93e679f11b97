"""The ceiling on what a deal may cost: a call that could pass it does not go out."""

from __future__ import annotations

import threading

from assistant.errors import HandoffError


class Budget:
    """Counts what was spent and what calls under way may still cost. Dollars; no ceiling, no waiting."""

    def __init__(self, ceiling: float | None = None) -> None:
        self._ceiling = ceiling
        self._spent = 0.0
        self._reserved = 0.0
        self._settled = threading.Condition()

    @property
    def spent(self) -> float:
        return self._spent

    def reserve(self, most: float) -> None:
        """Set aside what a call may cost at most. Waits for calls under way, which mostly cost less.

        Raises HandoffError when the call could pass the ceiling though nothing else is under way.
        """
        with self._settled:
            while self._ceiling is not None and self._spent + self._reserved + most > self._ceiling:
                if self._reserved <= 0:
                    raise HandoffError(self._stop(most))
                self._settled.wait()
            self._reserved += most

    def settle(self, reserved: float, cost: float) -> None:
        """The call came back, or failed at no cost."""
        with self._settled:
            self._reserved = max(self._reserved - reserved, 0.0)
            if self._reserved < 1e-9:
                self._reserved = 0.0
            self._spent += cost
            self._settled.notify_all()

    def _stop(self, most: float) -> str:
        return (
            f"Stopped before HANDOFF_MAX_COST={self._ceiling:g} was passed: ${self._spent:.4f} spent, the "
            f"next question may cost up to ${most:.4f}. What was answered is kept: raise it and start again."
        )
