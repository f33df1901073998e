"""The vendored drawing library is what its recipe makes of the packages it names."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

VENDOR = Path(__file__).parents[2] / "kgraph" / "export" / "page" / "vendor"


def test_the_recipe_makes_the_same_bytes(tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        pytest.skip("needs npm")
    folder = tmp_path / "vendor"
    shutil.copytree(VENDOR, folder, ignore=shutil.ignore_patterns("node_modules", "*.min.js", "LICENCES.txt"))
    installed = subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=folder, capture_output=True)
    if installed.returncode:
        pytest.skip("npm has no registry to install from")
    subprocess.run(["npm", "run", "--silent", "build"], cwd=folder, check=True, capture_output=True)
    for name in ("sigma.min.js", "LICENCES.txt"):
        assert (folder / name).read_bytes() == (VENDOR / name).read_bytes()
