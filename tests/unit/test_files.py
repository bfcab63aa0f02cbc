"""Files that survive: a writer killed, a full disk, a folder that takes nothing."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from coursekit.files import set_aside, write_atomically

HOOKS = Path(__file__).parents[2] / "hooks"
DAY = date(2026, 11, 23)

_WRITER = """
import sys
from pathlib import Path
from coursekit.files import write_atomically
for number in range(10_000):
    write_atomically(Path(sys.argv[1]), "ab"[number % 2] * 2_000_000)
    if number == int(sys.argv[2]):
        print("on the way", flush=True)
"""


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    file = tmp_path / "a/b/links.json"
    write_atomically(file, "é\n\r\n")
    assert file.read_bytes() == "é\n\r\n".encode()
    write_atomically(file, "")
    assert file.read_bytes() == b""
    assert list(file.parent.iterdir()) == [file]
    plain = tmp_path / "plain"
    plain.touch()
    assert file.stat().st_mode == plain.stat().st_mode  # others may read it, as any file of ours


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("folder/file")
    write_atomically(tmp_path / "link", "a")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "folder/file").read_text(encoding="utf-8") == "a"


@pytest.mark.parametrize("after", range(4))
def test_a_killed_writer_leaves_a_whole_file(tmp_path: Path, after: int) -> None:
    file = tmp_path / "links.json"
    command = [sys.executable, "-c", _WRITER, str(file), str(after)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(HOOKS)}
    ) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == b"on the way\n"
        writer.kill()
    assert writer.returncode < 0  # it was not done
    text = file.read_text(encoding="utf-8")
    assert text in ("a" * 2_000_000, "b" * 2_000_000)
    write_atomically(file, "the next night")
    assert file.read_text(encoding="utf-8") == "the next night"


def test_no_room_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "links.json"
    write_atomically(file, "old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))  # the write itself fails, half-way
    try:
        with pytest.raises(OSError, match="File too large"):
            write_atomically(file, "new" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_disk_that_is_full_only_when_synchronized(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fsync(handle: int) -> None:
        raise error

    file = tmp_path / "links.json"
    write_atomically(file, "old")
    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(type(error)):
        write_atomically(file, "new")
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_folders_that_take_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (
        tmp_path / "file/links.json",
        tmp_path / "file/a/links.json",
        Path("/proc/links.json"),
        tmp_path,
    ):
        with pytest.raises(OSError, match=r"\[Errno "):
            write_atomically(path, "a")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_what_utf_8_cannot_write_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write_atomically(tmp_path / "a", "\ud800")
    assert list(tmp_path.iterdir()) == []


def test_files_set_aside_are_all_kept(tmp_path: Path) -> None:
    names = []
    for text in ("first", "second", "third"):
        (tmp_path / "links.json").write_text(text, encoding="utf-8")
        aside = set_aside(tmp_path / "links.json", DAY)
        names.append(aside.name)
        assert aside.read_text(encoding="utf-8") == text
    assert names == ["links.json.2026-11-23", "links.json.2026-11-23.2", "links.json.2026-11-23.3"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    with pytest.raises(FileNotFoundError):
        set_aside(tmp_path / "links.json", DAY)
