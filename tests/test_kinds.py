import pytest

from extractors.kinds import contract_kind, recognise_kind
from extractors.segments import Segment, Source

LEGAL = (
    "This Agreement is made by the parties. Customer shall pay. Either party may terminate. "
    "Confidential information stays confidential. Liability is limited. Governing law is Ohio's."
)


def paper(title: str | None, text: str = LEGAL, name: str = "x.pdf") -> Source:
    segment = Segment(id="s0001", text=text, kind="clause", locator="p. 1")
    return Source(name=name, kind="contract", sha256="0", title=title, segments=(segment,))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("MASTER SUBSCRIPTION AGREEMENT", "contract"),
        ("Amended and Restated Master Services Agreement", "contract"),
        ("Amendment No. 2 to Master Services Agreement", "amendment"),
        ("Change Order 3", "amendment"),
        ("First Addendum to Agreement", "amendment"),
        ("Data Processing Addendum", "contract"),
        ("ORDER FORM", "order_form"),
        ("Order Form to the Master Agreement", "order_form"),
        ("Statement of Work No. 1", "order_form"),
        ("Master Agreement with Order Form", "contract"),
    ],
)
def test_the_title_tells_the_kind_of_a_paper(title: str, kind: str) -> None:
    assert recognise_kind(paper(title)) == kind


def test_without_a_title_the_name_decides_among_papers() -> None:
    assert recognise_kind(paper(None, name="2026 Amendment.pdf")) == "amendment"
    assert recognise_kind(paper(None, name="scan.pdf")) == "contract"


def test_a_paper_without_contract_words_is_notes() -> None:
    assert (
        recognise_kind(paper(None, "We make pumps. Our pumps are quiet. Buy pumps.", "agreement.pdf"))
        == "notes"
    )


def test_an_amendment_may_say_so_in_its_first_lines_only() -> None:
    assert contract_kind("Acme Master Agreement", "This Amendment is made as of May 1.") == "amendment"


def test_an_order_form_may_bear_the_title_of_its_agreement() -> None:
    opening = (
        "Order Form. The terms of this Order Form are these. This Order Form is governed by the Agreement."
    )
    assert contract_kind("Cloud Service Agreement", opening) == "order_form"


def test_calls_and_mails_stay_what_their_form_says() -> None:
    turn = Segment(
        id="s0001", text="Order form amendment agreement", kind="turn", locator="turn 1", speaker="Ann"
    )
    assert recognise_kind(Source(name="contract.vtt", kind="call", sha256="0", segments=(turn,))) == "call"
    assert (
        recognise_kind(Source(name="agreement.eml", kind="email", sha256="0", title="Order form")) == "email"
    )


def _paper(*texts: str) -> Source:
    segments = tuple(
        Segment(id=f"s{i}", text=text, kind="clause", locator=f"line {i}") for i, text in enumerate(texts)
    )
    return Source(name="signed.pdf", kind="contract", sha256="0", title="Order Form", segments=segments)


def test_an_agreement_behind_its_order_form_is_the_contract() -> None:
    form = ("Order Form", "Customer: Tarn Valley", "Fees: $4,000", "Term: 12 months", "Users: 40")
    clauses = tuple(f"{i}. The parties shall observe clause {i} of this Agreement." for i in range(30))
    assert recognise_kind(_paper(*form, "Master Services Agreement", *clauses)) == "contract"
    assert recognise_kind(_paper(*form, "Master Services Agreement", *clauses[:6])) == "order_form"
