"""Time of one packet's documents, the largest example's: `python -m tools.bench_documents [PACKET]`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from assistant.documents import Rendering
from assistant.packet import Packet
from assistant.packet.packet_file import read_packet
from assistant.protocol.policy import load_policy
from eval.drafting import draft_deals

ROOT = Path(__file__).resolve().parent.parent
SECONDS, DOCUMENTS = 10.0, 20
"""What so many documents of one packet may take."""


def measure(packet: Packet) -> list[tuple[str, float, int]]:
    """Name, CPU seconds and bytes of each document, in the order of the packet's list."""
    rendering, policy = [], load_policy()
    for name in Rendering(packet, policy).names():
        begun = time.process_time()
        # Each from the start, as a download renders it.
        size = len(Rendering(packet, policy).render(name))
        rendering.append((name, time.process_time() - begun, size))
    return rendering


def main(arguments: list[str]) -> int:
    """Print the dearest documents and the sum; 1 when the dearest twenty take longer than they may."""
    if arguments:
        packet = read_packet(Path(arguments[0]))
    else:
        deals = [path for path in (ROOT / "examples").iterdir() if path.is_dir()]
        packet = max((d.packet for d in draft_deals(deals)), key=lambda p: len(p.commitments))
    rows = sorted(measure(packet), key=lambda row: -row[1])
    for name, seconds, size in rows[:5]:
        print(f"{name:<28}{seconds:8.2f} CPU s{size / 1000:10.0f} kB")
    dearest, whole = sum(row[1] for row in rows[:DOCUMENTS]), sum(row[1] for row in rows)
    print(f"{'the dearest ' + str(DOCUMENTS):<28}{dearest:8.2f} CPU s of {SECONDS:g} allowed")
    print(f"{'all ' + str(len(rows)):<28}{whole:8.2f} CPU s")
    return 1 if dearest > SECONDS else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
