"""requirements.lock: what it may hold, and when it no longer fits pyproject.toml."""

from __future__ import annotations

import pytest

from tools.lock import LOCK, ROOT, problems

PYPROJECT = """
[project]
dependencies = ["pydantic>=2.12,<3", "Types_Thing"]
[dependency-groups]
dev = ["pytest>=8"]
"""


def test_a_lock_that_fits_has_no_problems() -> None:
    assert problems(PYPROJECT, "# made\npydantic==2.14.3\npytest==9.2.0\ntypes-thing==1.0\n") == []


@pytest.mark.parametrize(
    ("lock", "words"),
    [
        ("pydantic==2.14.3\npytest==9.2.0\n", "Types_Thing is missing"),
        ("pydantic==3.0\npytest==9.2.0\ntypes-thing==1.0\n", "pydantic is locked at 3.0"),
        ("pytest==9.2.0\npydantic==2.14.3\ntypes-thing==1.0\n", "not sorted"),
        ("pydantic==2.14.3 --hash=sha256:00\npytest==9.2.0\ntypes-thing==1.0\n", "not a plain name==version"),
        (
            "pydantic @ https://x.example/a.whl\npytest==9.2.0\ntypes-thing==1.0\n",
            "not a plain name==version",
        ),
    ],
)
def test_what_does_not_fit_is_said(lock: str, words: str) -> None:
    assert [line for line in problems(PYPROJECT, lock) if words in line]


def test_the_committed_lock_fits() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    assert problems(pyproject, LOCK.read_text("utf-8")) == []
