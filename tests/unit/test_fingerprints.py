"""What stands for a value changes with it, and with nothing else."""

from __future__ import annotations

import datetime
import functools
import re
import urllib.parse
from pathlib import Path
from typing import Any

import pytest

from coursekit.fingerprints import UnknownValueError, contents, fingerprint, version
from coursekit.pages.navigation import Entry
from coursekit.problem import Problem

SAME: dict[str, tuple[Any, Any]] = {
    "plain": ([1, "é", None, {"a": (1, 2)}], [1, "é", None, {"a": [1, 2]}]),
    "sets": ({"b", "a"}, {"a", "b"}),
    "dataclasses": (Problem(1, "x"), Problem(1, "x")),
    "functions of packages": (urllib.parse.quote, urllib.parse.quote),
    "what encloses functions of packages": (
        functools.partial(urllib.parse.quote, safe="/"),
        functools.partial(urllib.parse.quote, safe="/"),
    ),
}
DIFFERENT: dict[str, tuple[Any, Any]] = {
    "text and number": ("1", 1),
    "order": ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    "dates": (datetime.date(2026, 1, 1), datetime.date(2026, 1, 2)),
    "date and text": (datetime.date(2026, 1, 1), "2026-01-01"),
    "nested": ([["a"], "b"], [["a", "b"]]),
    "fields of dataclasses": (Problem(1, "x"), Problem(2, "x")),
    "fields of tuples": (Entry("a", "b"), Entry("a", "b", is_current=True)),
    "functions": (urllib.parse.quote, urllib.parse.unquote),
    "what a partial function is given": (
        functools.partial(urllib.parse.quote, safe="/"),
        functools.partial(urllib.parse.quote, safe=""),
    ),
}
UNKNOWN: dict[str, Any] = {
    "an object": object(),
    "a function of ours": lambda: 1,
    "a method": Path().exists,
    "within": {"a": [re.compile("a")]},
    "itself": (circle := [1], circle.append(circle))[0],  # type: ignore[func-returns-value, arg-type]
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_the_same(one: Any, other: Any) -> None:
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_different(one: Any, other: Any) -> None:
    assert fingerprint(one) != fingerprint(other)


@pytest.mark.parametrize("value", UNKNOWN.values(), ids=UNKNOWN)
def test_what_cannot_be_told(value: Any) -> None:
    with pytest.raises(UnknownValueError):
        fingerprint(value)


def test_files(tmp_path: Path) -> None:
    seen = {contents(tmp_path)}
    (tmp_path / "a").mkdir()
    for name, text in (("a/b", "c"), ("a/b", "d"), ("ab", "c"), ("été", "")):
        (tmp_path / name).write_text(text)
        seen.add(contents(tmp_path))
    assert len(seen) == 5
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "x.pyc").write_bytes(b"x")
    (tmp_path / "a" / "circle").symlink_to(tmp_path)
    assert contents(tmp_path) in seen


def test_a_package_that_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "some-1.0.dist-info").mkdir()
    before = version([])
    assert version([]) == before
    (tmp_path / "some-1.0.dist-info").rename(tmp_path / "some-1.1.dist-info")
    assert version([]) != before
