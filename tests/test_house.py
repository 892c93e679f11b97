"""The floors of the house: who may import whom, what files may be called, how long they may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = {
    "extractors": 0,
    "prompts": 0,
    "assistant": 1,
    "assistant.errors": 1,
    "assistant.packet": 1,
    "assistant.settings": 1,
    "assistant.kept_patterns": 1,
    "assistant.logs": 1,
    "assistant.tracing": 1,
    "assistant.protocol": 2,
    "assistant.evidence": 2,
    "assistant.meanings": 2,
    "assistant.rules": 2,
    "assistant.readers": 3,
    "assistant.deal_file": 4,
    "assistant.pipeline": 4,
    "assistant.batch": 4,
    "assistant.review": 4,
    "assistant.desk": 4,
    "assistant.store": 4,
    "assistant.outbox": 4,
    "assistant.documents": 4,
    "assistant.practice": 4,
    "assistant.crm": 4,
    "assistant.queue": 4,
    "assistant.stopping": 4,
    "assistant.recordings": 4,
    "assistant.cli": 5,
    "assistant.server": 5,
    "assistant.terminal": 5,
    "assistant.batch_shown": 5,
    "assistant.api": 5,
    "assistant.screens": 5,
    "eval": 5,
    "app": 5,
    "tools": 5,
}
"""Module or package -> floor. `assistant` itself is only its `__init__`, which imports nothing."""
ONLY_IN = {
    "av": ("extractors.speech",),
    "faster_whisper": ("extractors.speech",),
    "gradio": ("assistant.screens",),
    "typer": ("assistant.cli",),
    "langchain": ("assistant.readers.llm",),
    "langchain_core": ("assistant.readers.llm",),
    "langchain_openai": ("assistant.readers.llm",),
    "openai": ("assistant.readers.llm",),
    "sqlalchemy": ("assistant.store",),
    "alembic": ("assistant.store",),
    "hubspot": ("assistant.crm",),
    "simple_salesforce": ("assistant.crm",),
    "mcp": ("assistant.api",),
    "typst": ("assistant.documents",),
    "procrastinate": ("assistant.queue",),
    "prometheus_client": ("assistant.server.metrics",),
    "opentelemetry": ("assistant.tracing",),
}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "manager", "service"}
LONGEST_FILE = 300
HEAVY = (
    "alembic", "av", "ctranslate2", "docx", "fastapi", "faster_whisper", "gradio", "holidays", "hubspot",
    "langchain", "langchain_core", "lxml", "mcp", "numpy", "onnxruntime", "openai", "procrastinate",
    "prometheus_client", "psycopg", "pydantic", "pypdf", "requests", "simple_salesforce", "sqlalchemy",
    "tokenizers", "typst", "yaml",
)  # fmt: skip


def product_files(root: Path) -> list[Path]:
    """Every Python file of the product, tools and tests included."""
    folders = [root / name for name in ("assistant", "eval", "extractors", "prompts", "tools", "tests")]
    return sorted([*root.glob("*.py"), *(file for folder in folders for file in folder.rglob("*.py"))])


def module_of(file: Path, root: Path) -> str:
    """`assistant/packet/deal.py` -> `assistant.packet.deal`."""
    if file == root:
        return ""
    parts = file.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(module: str) -> str | None:
    """The longest entry of FLOORS that holds the module; `assistant` holds nothing but itself."""
    parts = module.split(".")
    names = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((name for name in names if name in FLOORS and (name != "assistant" or module == name)), None)


def imports(file: Path, root: Path) -> Iterator[tuple[str, int]]:
    """Each imported module with its line, imports inside functions included."""
    package = module_of(file, root) if file.name == "__init__.py" else module_of(file.parent, root)
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            # `from assistant import pipeline` imports a module as well as a name.
            names = [f"{module}.{alias.name}" for alias in node.names]
            inner = [name for name in names if room(name) and room(name) != room(module)]
            yield from ((name, node.lineno) for name in inner or [module])


def forbidden_step(importer: str, imported: str) -> str | None:
    """Why `importer` may not import `imported`, or None when it may."""
    for library, homes in ONLY_IN.items():
        inside = any(importer == home or importer.startswith(home + ".") for home in homes)
        if imported.split(".")[0] == library and not inside:
            return f"{library} is imported in {', '.join(homes)} only"
    here, there = room(importer), room(imported)
    if here is None or there is None:
        return None
    if FLOORS[there] > FLOORS[here]:
        return f"floor {FLOORS[here]} imports up to floor {FLOORS[there]}"
    if {here, there} == {"extractors", "prompts"}:
        return "extractors and prompts do not know each other"
    readers = [".".join(m.split(".")[:3]) for m in (importer, imported) if m.startswith("assistant.readers.")]
    if len(readers) == 2 and {"assistant.readers.llm", "assistant.readers.embedded"} == set(readers):
        return "the two readers do not know each other"
    return None


def wrong_imports(root: Path) -> list[str]:
    """`file:line imports X: why`, for each import that goes the wrong way."""
    found = []
    for file in product_files(root):
        if file.relative_to(root).parts[0] == "tests":
            continue
        importer = module_of(file, root)
        if room(importer) is None:
            found.append(f"{file.relative_to(root)} stands on no floor; add it to FLOORS")
        for imported, line in imports(file, root):
            why = forbidden_step(importer, imported)
            if why:
                found.append(f"{file.relative_to(root)}:{line} imports {imported}: {why}")
    return found


def wrong_names(root: Path) -> list[str]:
    stems = [(file, set(file.stem.split("_"))) for file in product_files(root)]
    return [str(file.relative_to(root)) for file, words in stems if words & FORBIDDEN_NAMES]


def too_long(root: Path) -> list[str]:
    lengths = [(file, len(file.read_text("utf-8").splitlines())) for file in product_files(root)]
    return [f"{file.relative_to(root)}: {n} lines" for file, n in lengths if n > LONGEST_FILE]


def modules_after(code: str) -> set[str]:
    """Top-level names in sys.modules after the code ran in a process of its own."""
    show = code + "\nimport sys; print(' '.join(sorted({m.split('.')[0] for m in sys.modules})))"
    done = subprocess.run([sys.executable, "-c", show], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_imports_go_down_only() -> None:
    assert wrong_imports(ROOT) == []


def test_no_file_is_named_after_nothing() -> None:
    assert wrong_names(ROOT) == []


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    assert too_long(ROOT) == []


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    assert not modules_after("import assistant.cli") & set(HEAVY)


@pytest.mark.parametrize(
    ("path", "line", "why"),
    [
        ("assistant/packet/deal.py", "from assistant.rules import RULES", "floor 1 imports up to floor 2"),
        ("extractors/vtt.py", "import assistant.packet", "floor 0 imports up to floor 1"),
        ("extractors/vtt.py", "import prompts", "do not know each other"),
        ("assistant/rules/gaps.py", "from assistant import pipeline", "floor 2 imports up to floor 4"),
        ("assistant/rules/gaps.py", "from ..readers import embedded", "floor 2 imports up to floor 3"),
        ("assistant/readers/llm/judge.py", "import assistant.readers.embedded.judge", "two readers"),
        ("assistant/pipeline.py", "def f() -> None:\n    import typer", "typer is imported in"),
        ("assistant/attic.py", "import json", "stands on no floor"),
    ],
)
def test_a_wrong_import_is_named(tmp_path: Path, path: str, line: str, why: str) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text(line + "\n", "utf-8")
    assert [found for found in wrong_imports(tmp_path) if found.startswith(path) and why in found]


def test_a_downward_import_is_allowed(tmp_path: Path) -> None:
    file = tmp_path / "assistant/cli.py"
    file.parent.mkdir(parents=True)
    file.write_text("import typer\nfrom assistant import pipeline\nimport assistant.packet\n", "utf-8")
    assert wrong_imports(tmp_path) == []


def test_a_file_called_utils_is_named(tmp_path: Path) -> None:
    (tmp_path / "extractors").mkdir()
    (tmp_path / "extractors/text_utils.py").write_text("", "utf-8")
    assert wrong_names(tmp_path) == ["extractors/text_utils.py"]
