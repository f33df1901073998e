"""What a reading depends on is told by its fingerprint: all of the code, and the model."""

import ast
from pathlib import Path

import pytest

from kgraph import fingerprint

ENGINE = Path(fingerprint.__file__).parent


def imported(file):
    """The files of kgraph that a file imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("kgraph"):
            for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)):
                module = ENGINE.joinpath(*name.split(".")[1:]).with_suffix(".py")
                if module.is_file():
                    yield module


@pytest.mark.parametrize("patterns", [fingerprint._READING, fingerprint._EXTRACTION], ids=["reading", "extraction"])
def test_whatever_the_code_imports_is_told_too(patterns):
    for pattern in patterns:
        assert list(ENGINE.glob(pattern)), pattern
    files = {path for pattern in patterns for path in ENGINE.glob(pattern)}
    joining = ENGINE / "build.py"  # imports both halves, and what runs and keeps them
    assert not {module for file in files - {joining} if file.suffix == ".py" for module in imported(file)} - files


def test_another_model_is_another_extraction_but_no_other_reading(tmp_path):
    model = tmp_path / "model"
    model.mkdir()
    (model / "model.onnx").write_bytes(b"one")
    one = fingerprint.fingerprints(None, str(model), None)
    (model / "model.onnx").write_bytes(b"two")
    two = fingerprint.fingerprints(None, str(model), None)
    assert one.extraction != two.extraction and one.reading == two.reading
