from pathlib import Path

import pytest

from extractors import read_as, read_folder, start_reading
from extractors.segments import SourceKind

CALL = "Ann Lo: Hello there.\nBo Li: Hi.\nAnn Lo: We start in May.\nBo Li: Good.\n"
SHARED = Path(__file__).parent.parent.parent / "shared" / "data"


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CALL, "utf-8")


def test_sub_folders_are_read_in_order_and_what_is_no_source_is_left_out(tmp_path: Path) -> None:
    write(
        tmp_path, "b/call.txt", "a call 2026-03-19.txt", "deal.yaml", "gold.yaml", ".hidden.txt", ".git/x.txt"
    )
    write(
        tmp_path, "b/.DS_Store", "Thumbs.db", "out/packet.json", "out/deal-summary.md", "z/Übersicht call.txt"
    )
    sources, unread = read_folder(tmp_path)
    assert [s.name for s in sources] == ["a call 2026-03-19.txt", "b/call.txt", "z/Übersicht call.txt"]
    assert unread == []


def test_a_draft_written_into_the_folder_itself_is_no_source(tmp_path: Path) -> None:
    write(tmp_path, "call.txt", "packet.json", "deal-summary.md", "commitment-log.csv")
    assert [s.name for s in read_folder(tmp_path)[0]] == ["call.txt"]


def test_every_unread_file_says_why_and_the_others_are_read(tmp_path: Path) -> None:
    write(tmp_path, "call.txt", "x.key", "song.mp3")
    (tmp_path / "empty.vtt").write_bytes(b"")
    sources, unread = read_folder(tmp_path)
    assert len(sources) == 1
    assert [name for name, _ in unread] == ["empty.vtt", "song.mp3", "x.key"]
    assert all(reason.startswith(f"Cannot read '{name}': ") for name, reason in unread)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "deal/call.txt", "secret.txt")
    (tmp_path / "deal" / "link.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "deal" / "lost.txt").symlink_to(tmp_path / "deal" / "nowhere.txt")
    sources, unread = read_folder(tmp_path / "deal")
    assert [s.name for s in sources] == ["call.txt"]
    assert "points outside" in unread[0][1]
    assert "leads nowhere" in unread[1][1]


def test_progress_is_told(tmp_path: Path) -> None:
    write(tmp_path, "call.txt")
    told: list[tuple[int, int, str]] = []
    read_folder(tmp_path, lambda *step: told.append(step))
    assert told == [(0, 1, "call.txt"), (1, 1, "")]


def test_a_folder_is_read_while_its_caller_goes_on(tmp_path: Path) -> None:
    write(tmp_path, "call.txt")
    assert start_reading(tmp_path).result() == read_folder(tmp_path)


@pytest.mark.parametrize(
    ("kind", "segment"),
    [("call", "turn"), ("notes", "paragraph"), ("contract", "clause"), ("amendment", "clause")],
)
def test_a_file_is_read_as_the_kind_that_is_given(tmp_path: Path, kind: SourceKind, segment: str) -> None:
    paper = "Agreement\n\n1. Fees\n\n1.1 Customer pays net 30.\n\n2. Term\n\n2.1 The term is two years.\n"
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(CALL if kind == "notes" else paper, "utf-8")
    sources = read_as(tmp_path, {"b.txt": kind, "mail.eml/none.pdf": kind})
    assert [(s.name, s.kind) for s in sources] == [("b.txt", kind)]
    assert segment in {s.kind for s in sources[0].segments}


@pytest.mark.skipif(not SHARED.exists(), reason="the shared real files are not here")
@pytest.mark.parametrize("part", ["broken", "transcripts", "emails"])
def test_every_real_file_is_read_or_refused_in_one_line(part: str) -> None:
    sources, unread = read_folder(SHARED / part)
    names = {p.name for p in (SHARED / part).iterdir()}
    assert {s.name.split("/")[0] for s in sources} | {name for name, _ in unread} == names
    assert all(len(reason) < 400 and "\n" not in reason for _, reason in unread)
    assert not [reason for _, reason in unread if "more than" in reason or "unusual" in reason]
