from __future__ import annotations

from extractors.documents.clause_items import ItemStack, sentences, split_long


def marks(*printed: str) -> list[str]:
    stack = ItemStack()
    return [stack.place(mark) for mark in printed]


def test_items_are_placed_at_their_depth() -> None:
    assert marks("(a)", "(i)", "(ii)", "(b)") == ["(a)", "(a)(i)", "(a)(ii)", "(b)"]


def test_i_after_h_is_a_letter() -> None:
    assert marks("(g)", "(h)", "(i)", "(j)")[-2:] == ["(i)", "(j)"]


def test_abbreviations_end_no_sentence() -> None:
    assert sentences("Acme Inc. The Provider pays. It does.") == ["Acme Inc. The Provider pays.", "It does."]


def test_nothing_is_lost_in_splitting() -> None:
    text = "One is here. Two is there. " * 50
    pieces = split_long(text.strip(), 100)
    assert " ".join(pieces) == text.strip() and max(map(len, pieces)) <= 100
