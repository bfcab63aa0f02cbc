"""Cases as data: JSON files under tests/cases, one list of labelled objects each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

_FOLDER = Path(__file__).parent / "cases"


def cases(*names: str) -> pytest.MarkDecorator:
    """Parametrize a test's `case` with the objects of each `tests/cases/<name>.json`, labels as ids."""
    rows = [row for name in names for row in labelled(name).values()]
    return pytest.mark.parametrize("case", [pytest.param(row, id=row["label"]) for row in rows])


def labelled(name: str) -> dict[str, dict[str, Any]]:
    """Return the objects of `tests/cases/<name>.json` by their labels."""
    rows: list[dict[str, Any]] = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    known = {row["label"]: row for row in rows}
    assert len(known) == len(rows), f"{name}.json names two cases alike"
    return known
