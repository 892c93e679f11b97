import sys
from pathlib import Path

import pytest

from extractors.sandbox import Limits, Sandbox

CALL = "Ann Lo: Hello there.\nBo Li: Hi.\nAnn Lo: We start in May.\nBo Li: Good.\n"


@pytest.fixture
def call(tmp_path: Path) -> Path:
    path = tmp_path / "Zoë's call.txt"
    path.write_text(CALL, "utf-8")
    return path


def test_a_file_is_read_in_another_process(call: Path) -> None:
    with Sandbox() as sandbox:
        sources, reason = sandbox.read(call, "Zoë's call.txt")
    assert reason is None
    assert (sources[0].name, len(sources[0].segments)) == ("Zoë's call.txt", 4)


def test_a_child_that_dies_costs_one_file_only(call: Path) -> None:
    with Sandbox() as sandbox:
        assert sandbox.read(call, "a.txt")[1] is None
        assert sandbox._child is not None
        sandbox._child.kill()
        sandbox._child.wait()
        assert sandbox.read(call, "b.txt")[1] is None


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_is_read(call: Path, tmp_path: Path) -> None:
    slow = tmp_path / "slow.json"
    slow.write_text(
        '[{"speaker": "A", "text": "hi there", "start": 1}'
        + ',{"speaker":"B","text":"so","start":2}' * 200_000
        + "]"
    )
    with Sandbox(Limits(seconds=0.2)) as sandbox:
        sources, reason = sandbox.read(slow, "slow.json")
        assert (sources, reason is not None and "more than 0.2 s" in reason) == ([], True)
        assert "\n" not in str(reason)
    with Sandbox() as sandbox:
        assert sandbox.read(call, "a.txt")[1] is None


def test_a_file_over_the_limit_is_not_even_opened(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with Sandbox() as sandbox:
        sources, reason = sandbox.read(big, "big.txt")
        assert sandbox._child is None
    assert sources == []
    assert "it has 200 MB, the limit is 100 MB" in str(reason)


@pytest.mark.skipif(sys.platform != "linux", reason="memory limits are Linux's")
def test_a_file_that_eats_memory_is_refused_in_one_line(call: Path, tmp_path: Path) -> None:
    greedy = tmp_path / "greedy.txt"
    greedy.write_bytes(b"word " * (12 * 1024 * 1024))
    with Sandbox(Limits(memory=300, seconds=30)) as sandbox:
        sources, reason = sandbox.read(greedy, "greedy.txt")
        assert sources == []
        assert "memory" in str(reason)
        assert sandbox.read(call, "a.txt")[1] is None
