"""Which pages a tree lacks, decided on the names and texts of its files."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from add_missing_pages import missing_pages

CASES = json.loads((Path(__file__).parent.parent / "cases/missing_pages.json").read_text(encoding="utf-8"))


def destination(source: str) -> str:
    """Return where MkDocs publishes a page, with directory URLs."""
    path = PurePosixPath(source)
    if path.stem in ("index", "README"):
        return str(path.with_name("index.html"))
    return str(path.with_suffix("") / "index.html")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_missing_pages(case: dict[str, Any]) -> None:
    taken = {destination(source) for source in case["pages"]}
    pages = case["pages"].values()
    assert list(missing_pages(taken, pages, destination)) == case["added"]
