"""What goes out: messages are planned from the clocks, kept once, claimed, sent and marked.

Nothing goes out twice by itself. A message is marked "sending" in a transaction of its own before it is sent,
and "sent" afterwards. Where the program dies in between, a file is written again under the same name (it is
the same file); a mail or a webhook's post may have arrived or not: it becomes "unsure" and a person decides.
"""

from assistant.outbox.letter import Letter
from assistant.outbox.planning import Plan, is_spot_checked, plans
from assistant.outbox.senders import SENDERS, Refused, Sender, TryAgain, Unsure, sender_of
from assistant.outbox.sending import Outcome, send_waiting, take_up_abandoned
from assistant.outbox.writing import message_rows, write

__all__ = [
    "SENDERS", "Letter", "Outcome", "Plan", "Refused", "Sender", "TryAgain", "Unsure", "is_spot_checked",
    "message_rows", "plans", "send_waiting", "sender_of", "take_up_abandoned", "write",
]  # fmt: skip
