"""What builds keep: given back for its key alone, lost without harm."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import cache, facts, processes
from coursekit.cache import Cache

KEY, OTHER = b"key", b"other"
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda some: st.lists(some) | st.dictionaries(st.text(), some),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "build" / "pages.sqlite"


def opened(path: Path | None, told: list[str] | None = None, version: str = "1") -> Cache:
    return Cache(path, version, (told if told is not None else []).append)


def filled(path: Path) -> None:
    kept = opened(path)
    for number in range(40):
        kept.put(f"read/{number}", KEY, ["text " * number, number])
    kept.close(is_whole=True)


def test_a_value_is_given_back_for_its_key_alone(path: Path) -> None:
    filled(path)
    told: list[str] = []
    kept = opened(path, told)
    assert kept.get("read/3", KEY) == ["text text text ", 3]
    assert kept.get("read/3", OTHER) is kept.get("read/nowhere", KEY) is None
    assert told == []


@given(value=_JSON)
def test_values_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    path = tmp_path_factory.mktemp("any") / "pages.sqlite"
    kept = opened(path)
    kept.put("a", KEY, [value, "\ud800"])
    kept.put_text("b", KEY, f"{value}\ud800")
    assert kept.get("a", KEY) == [value, "\ud800"]
    kept.close(is_whole=False)
    kept = opened(path)
    assert kept.get("a", KEY) == [value, "\ud800"]
    assert kept.get_text("b", KEY) == f"{value}\ud800"


def test_what_a_whole_build_does_not_use_is_removed(path: Path) -> None:
    filled(path)
    for is_whole, left in ((False, 40), (True, 2)):
        kept = opened(path)
        kept.get("read/1", KEY)
        kept.put("read/2", OTHER, 0)
        kept.close(is_whole=is_whole)
        with sqlite3.connect(path) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (left,)
        connection.close()


def _with_bits_turned(data: bytes) -> bytes:
    random, changed = Random(1), bytearray(data)
    for _ in range(200):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _of_another_shape(data: bytes) -> bytes:
    path = Path(f"{os.environ['PYTEST_CURRENT_TEST'].split('::')[-1].split()[0].replace('/', '')}.sqlite")
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE kept (x)")
    connection.commit()
    connection.close()
    return path.read_bytes()


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "half-written": lambda data: data[: len(data) // 2],
    "bits turned": _with_bits_turned,
    "noise": lambda data: Random(2).randbytes(9000),
    "a text": lambda data: b"# Titre\n" * 999,
    "a database of something else": _of_another_shape,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_thrown_away(
    path: Path, damage: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    filled(path)
    path.write_bytes(damage(path.read_bytes()))
    told: list[str] = []
    kept = opened(path, told)
    for number in range(40):
        assert kept.get(f"read/{number}", KEY) in (None, ["text " * number, number])
    assert told == ["damaged"]
    kept.put("read/1", KEY, 1)
    kept.close(is_whole=True)
    assert opened(path, told).get("read/1", KEY) == 1
    assert told == ["damaged"]


def test_an_empty_file_is_as_good_as_none(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    told: list[str] = []
    assert opened(path, told).is_kept
    assert told == []


def test_a_file_of_another_version_is_thrown_away(path: Path) -> None:
    filled(path)
    told: list[str] = []
    kept = opened(path, told, "2")
    assert kept.get("read/1", KEY) is None
    assert told == ["other"]
    kept.close(is_whole=True)
    assert opened(path, told, "2").is_kept
    assert told == ["other"]


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("a file")
    kept = opened(tmp_path / "build" / "pages.sqlite")
    kept.put("a", KEY, 1)
    assert not kept.is_kept
    assert kept.get("a", KEY) is None
    kept.close(is_whole=True)


def test_two_builds_at_once(path: Path) -> None:
    first, second = opened(path), opened(path)
    for number in range(100):
        first.put(f"a/{number}", KEY, "x" * 1000)
        second.put(f"b/{number}", KEY, "y" * 1000)
    first.put("both", KEY, 1)
    second.put("both", OTHER, 2)
    first.close(is_whole=False)
    second.close(is_whole=False)
    kept = opened(path)
    assert kept.get("a/99", KEY) == "x" * 1000
    assert kept.get("b/99", KEY) == "y" * 1000
    assert kept.get("both", OTHER) == 2


def test_a_function_is_asked_once_a_text(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    monkeypatch.setattr(facts, "_functions", {})
    known = cache.remembered(length)
    for _ in range(2):
        monkeypatch.setattr(cache, "_current", opened(path))
        assert [known("été"), known("été"), known("")] == [3, 3, 0]
        cache.current().close(is_whole=True)
    assert asked == ["été", ""]
    monkeypatch.setattr(cache, "_current", opened(path))
    cache.current().facts.know("ailleurs", facts.known("ailleurs"))
    assert known("ailleurs") == 8
    assert asked == ["été", "", "ailleurs"]


def test_functions_of_one_name_in_several_modules(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def named(module: str, answer: int) -> Callable[[str], int]:
        def summary(text: str) -> int:
            return answer

        summary.__module__ = module
        return cache.remembered(summary)

    monkeypatch.setattr(facts, "_functions", {})
    monkeypatch.setattr(cache, "_current", opened(path))
    ours, theirs = named("coursekit.pages.summaries", 1), named("hooks/own.py", 2)
    assert [ours("été"), theirs("été")] == [1, 2]
    cache.current().facts.know("ailleurs", facts.known("ailleurs"))
    assert [ours("ailleurs"), theirs("ailleurs")] == [1, 2]


def test_what_is_rarely_asked_of_a_known_text_is_remembered_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(facts, "_functions", {})
    length = cache.remembered(len)
    shout = cache.remembered(lambda text: asked.append(text) or text.upper(), of_every_page=False)  # type: ignore[func-returns-value]
    for _ in range(2):
        monkeypatch.setattr(cache, "_current", opened(path))
        cache.current().facts.know("été", facts.known("été"))
        assert (length("été"), shout("été")) == (3, "ÉTÉ")
        cache.current().close(is_whole=True)
    assert asked == ["été"]


def test_slots_outlive_builds_that_use_what_was_made_with_them(path: Path) -> None:
    kept = opened(path)
    with kept.noting() as slots:
        kept.put("a", KEY, 1)
        kept.get("b", KEY)
    kept.put("c", KEY, 1)
    assert slots == ["a", "b"]
    kept.close(is_whole=True)
    for uses, left in (True, 1), (False, None):
        kept = opened(path)
        if uses:
            kept.use(slots)
        kept.close(is_whole=True)
        assert opened(path).get("a", KEY) == left


def test_a_fork_hands_over_what_it_puts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(path)
    first = opened(path)
    monkeypatch.setattr(cache, "_current", first)
    monkeypatch.setattr(cache, "_inherited", [])
    cache.enter_fork()
    assert cache.current() is first  # this process is none
    monkeypatch.setattr(cache, "_process", -1)
    for number in range(2):
        cache.enter_fork()
        assert cache.current() is not first
        assert cache.current().get("read/3", KEY) == ["text text text ", 3]
        cache.current().put(f"new/{number}", KEY, number)
        rows = cache.current().drain()
        assert [slot for slot, *_ in rows] == [f"new/{number}"]
        first.take(rows)
    assert cache._inherited == [first]
    first.close(is_whole=False)
    assert opened(path).get("new/1", KEY) == 1


def test_processes_share_work_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_processors", lambda: 2)
    ready: list[int] = []

    def double(number: int) -> tuple[int, int]:
        return number * ready[0], os.getpid()

    found = list(processes.forked(double, range(30), prepare=lambda: ready.append(2)))
    if found:  # the system can fork, and no other test has left a thread
        assert [double for double, _ in found] == list(range(0, 60, 2))
        assert os.getpid() not in {process for _, process in found}


@pytest.mark.parametrize(("processors", "items"), [(1, 100), (2, 3)], ids=["one processor", "few items"])
def test_processes_that_would_not_pay(monkeypatch: pytest.MonkeyPatch, processors: int, items: int) -> None:
    monkeypatch.setattr(processes, "_processors", lambda: processors)
    assert list(processes.forked(lambda number: number, range(items))) == []
