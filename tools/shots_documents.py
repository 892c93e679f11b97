"""Pictures of documents' pages, and their faults: `python -m tools.shots_documents [FOLDER] [DEAL ...]`.

Word files go through LibreOffice, all PDF files through pdftoppm. Where one of the programs is absent, a line
says so. Default folder: out/shots/documents; deals: those of examples/.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from PIL import Image

from assistant.documents import Rendering
from assistant.packet import Packet
from assistant.protocol.policy import load_policy
from eval.drafting import draft_deals

ROOT = Path(__file__).resolve().parent.parent
DOTS = 60
"""An inch; enough to see ink."""
EDGE, FOOT = 1.1, 2.0
"""Centimetres at each edge that must be free of ink, and those of the foot, where a number is no content."""
PALE = 200
"""A grey as light as this is no ink."""
LEFT_OVER = re.compile(r"\{\{|\}\}|%\w+%|\[[A-Z]+ not named\]")


def missing() -> list[str]:
    """What this machine lacks, with the package that has it."""
    wanted = (("soffice", "libreoffice-writer"), ("pdftoppm", "poppler-utils"))
    return [
        f"No {program}: apt-get install {package}" for program, package in wanted if not shutil.which(program)
    ]


def write_all(packet: Packet, folder: Path) -> list[Path]:
    """Every Word document and the whole packet as PDF, written into the folder."""
    rendering = Rendering(packet, load_policy())
    names = [name for name in rendering.names() if name.endswith(".docx")] + ["packet.pdf"]
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(rendering.render(name))
    return [folder / name for name in names]


def to_pdf(files: Iterable[Path], folder: Path) -> list[Path]:
    """The Word files as PDF by LibreOffice, all in one start; PDF files as they are."""
    given = list(files)
    words = [str(file) for file in given if file.suffix == ".docx"]
    with tempfile.TemporaryDirectory() as home:
        command = ["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", "pdf"]
        subprocess.run(
            [*command, "--outdir", str(folder), *words], check=True, capture_output=True, timeout=300
        )
    return [folder / f"{file.stem}.pdf" if file.suffix == ".docx" else file for file in given]


def to_pages(file: Path, folder: Path) -> list[Path]:
    """A PNG a page, named after the document."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["pdftoppm", "-r", str(DOTS), "-png", str(file), str(folder / file.stem)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return sorted(folder.glob(f"{file.stem}-*.png"))


def faults(page: Path) -> Iterator[str]:
    """What is wrong with a page: nothing on it, or ink where the paper is cut."""
    with Image.open(page) as picture:
        ink = picture.convert("L").point([255 if grey < PALE else 0 for grey in range(256)])
    edge, foot = round(EDGE * DOTS / 2.54), round(FOOT * DOTS / 2.54)
    body = ink.crop((0, 0, ink.width, ink.height - foot))
    if body.getbbox() is None:
        yield f"{page.name}: nothing stands on the page"
        return
    sides = {
        "left": (0, 0, edge, ink.height), "right": (ink.width - edge, 0, ink.width, ink.height),
        "upper": (0, 0, ink.width, edge),
    }  # fmt: skip
    for side, box in sides.items():
        if ink.crop(box).getbbox() is not None:
            yield f"{page.name}: ink at the {side} edge"


def left_over(file: Path) -> Iterator[str]:
    """Placeholders that nobody filled in, on any page of the PDF."""
    from pypdf import PdfReader

    for number, page in enumerate(PdfReader(file).pages, start=1):
        for found in LEFT_OVER.findall(page.extract_text()):
            yield f"{file.name}, page {number}: {found}"


def shoot(packet: Packet, folder: Path) -> tuple[list[Path], list[str]]:
    """The pictures of all pages, and all that is wrong with them."""
    with tempfile.TemporaryDirectory() as work:
        documents = to_pdf(write_all(packet, Path(work)), Path(work))
        pages = [page for document in documents for page in to_pages(document, folder)]
        wrong = [fault for document in documents for fault in left_over(document)]
    return pages, wrong + [fault for page in pages for fault in faults(page)]


def main(arguments: list[str]) -> int:
    """Write the pictures, print a line a deal and one a fault; 1 where there is a fault."""
    if lacking := missing():
        print("\n".join([*lacking, "The documents are not pictured."]))
        return 0
    folder = Path(arguments[0]) if arguments else ROOT / "out" / "shots" / "documents"
    deals = [Path(name) for name in arguments[1:]] or sorted((ROOT / "examples").iterdir())
    wrong: list[str] = []
    for drafted in draft_deals([deal for deal in deals if deal.is_dir()]):
        pages, faulty = shoot(drafted.packet, folder / drafted.folder.name)
        print(f"{folder / drafted.folder.name}: {len(pages)} pages, {len(faulty)} faults")
        wrong += faulty
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
