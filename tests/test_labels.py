import pytest

from extractors.talk.labels import accepted, looks_like_name, read_label


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Jane Roe (Acme)", ("Jane Roe", None, "Acme")),
        ("Jane Roe, VP Ops, Acme", ("Jane Roe", "VP Ops", "Acme")),
        ("Jane Roe (she/her)", ("Jane Roe", None, None)),
        ("Jane Roe (Guest)", ("Jane Roe", None, None)),
        ("Bob Lee | Contoso", ("Bob Lee", None, "Contoso")),
        ("**Ana de la Cruz**", ("Ana de la Cruz", None, None)),
    ],
)
def test_a_label_is_taken_apart(label: str, expected: tuple[str, str | None, str | None]) -> None:
    found = read_label(label)
    assert (found.name, found.title, found.organization) == expected


@pytest.mark.parametrize(
    "name", ["Jane Roe", "O'Neil", "Ludwig van der Berg", "Speaker 1", "Siân Ó Briain", "Dr. Ann-Marie Lo"]
)
def test_names(name: str) -> None:
    assert looks_like_name(name)


@pytest.mark.parametrize(
    "text", ["Pricing note", "Next Steps", "Action Items", "we will", "Q3 2026", "Subject", ""]
)
def test_no_names(text: str) -> None:
    assert not looks_like_name(text)


def test_a_lower_case_name_counts_where_every_line_has_a_label() -> None:
    assert accepted(["spencer", "Ann Lo", "Ann Lo", "Bo Li"], lines=4) == {"spencer", "Ann Lo", "Bo Li"}


def test_a_remark_before_a_colon_is_no_speaker() -> None:
    assert accepted(["Ann Lo", "Bo Li", "Pricing note", "so"], lines=40) == {"Ann Lo", "Bo Li"}


def test_an_attendee_speaks_even_once() -> None:
    assert accepted(["plato"], known=["Plato"], lines=50) == {"plato"}
