"""Hours of a promise against hours of a clause."""

from assistant.evidence.hours import read_hours
from assistant.readers.embedded.open_hours import compare_hours


def test_longer_hours_are_better() -> None:
    clause = read_hours("from 08:00 to 18:00")
    assert compare_hours(read_hours("from 7:00 to 18:00")[0], clause) == (
        "better", "07:00 to 18:00", "08:00 to 18:00",
    )  # fmt: skip
    assert compare_hours(read_hours("from 9:00 to 17:00")[0], clause) is not None
    assert compare_hours(read_hours("from 9:00 to 17:00")[0], []) is None
