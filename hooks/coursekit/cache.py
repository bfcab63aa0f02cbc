"""What builds keep from one to the next: values in one file, which may be lost at any time.

What holds, whatever happens:

- A value stands in a slot (`read/docker/tp.md`) under a key, and is given back for that key alone. Whoever
  keeps a value puts everything into the key that it was made from (`coursekit.fingerprints`): there is no
  other invalidation, hence none to forget.
- A file of another version of the engine, of its packages or of Python is thrown away; so is one that
  cannot be read, in whole or in part. The build goes on without, and says so in a line.
- Values are JSON or text: a file from elsewhere can say what is wrong, but not run. The code of templates is
  the exception (`hooks/compile_templates`): whoever writes here is trusted as with Python's `__pycache__`.
- A build that is killed, or stopped by a mistake, leaves what it had written: SQLite's transactions are
  whole. Another build at the same time reads and writes the same file; a slot holds what was written last.
  A build that cannot write keeps nothing, and is right all the same.
- The file holds what the last whole build used: the rest is removed at its end.

The journal is not forced to the disk: after a power cut the file may be damaged, which is a reason to throw
it away like any other, since values bear a checksum. They are not compressed: to read thousands at each build
is what they are kept for.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from coursekit.facts import Facts, ask_of_every_page

_TIMEOUT = 5  # seconds to wait for another build's transaction
_BATCH = 4_000_000  # bytes to be written at once
_SCHEMA = """
    CREATE TABLE version (name TEXT);
    CREATE TABLE kept (slot TEXT PRIMARY KEY, key BLOB, value BLOB);
"""

T = TypeVar("T")
Row = tuple[str, bytes, bytes]  # slot, key, value as it is kept


class Cache:
    """Values of earlier builds and of this one; without a file, those of this one are forgotten too."""

    def __init__(self, path: Path | None, version: str, tell: Callable[[str], None]) -> None:
        """Open the file, or make it; `tell` is told the reason (`other`, `damaged`) why it was lost."""
        self._path = path
        self._version = version
        self._tell = tell
        self._used: list[str] = []  # slots, whenever they were
        self._pending: dict[str, tuple[bytes, bytes]] = {}
        self._size = 0  # of what is pending, bytes
        self.facts = Facts(self.get, self.put)
        self._connection = self._open()

    @property
    def is_kept(self) -> bool:
        """Whether there is a file."""
        return self._connection is not None

    def get(self, slot: str, key: bytes) -> Any:
        """Return the value that was put into the slot under this key, or None."""
        return self._read(slot, key, json.loads)

    def get_text(self, slot: str, key: bytes) -> str | None:
        """Return the text that was put into the slot under this key, or None."""
        return self._read(slot, key, str)

    def _read(self, slot: str, key: bytes, read: Callable[[str], T]) -> T | None:
        self._used.append(slot)
        if slot in self._pending:
            known, packed = self._pending[slot]
            return read(_unpack(packed)) if known == key else None
        if self._connection is None:
            return None
        try:
            row = self._connection.execute("SELECT key, value FROM kept WHERE slot = ?", [slot]).fetchone()
            return read(_unpack(row[1])) if row and row[0] == key else None
        except (sqlite3.Error, ValueError, TypeError):
            self._throw_away("damaged")
            return None

    def put(self, slot: str, key: bytes, value: Any) -> None:
        """Keep a value that JSON gives back as it is."""
        if self._connection is not None:
            self.take([(slot, key, _packed(value))])

    def put_text(self, slot: str, key: bytes, text: str) -> None:
        """Keep a text, which is read faster than JSON."""
        if self._connection is not None:
            self.take([(slot, key, _packed_text(text))])

    @contextmanager
    def noting(self) -> Iterator[list[str]]:
        """Note which slots are used meanwhile, for `use`."""
        noted: list[str] = []
        start = len(self._used)
        try:
            yield noted
        finally:
            noted += self._used[start:]

    def use(self, slots: Iterable[str]) -> None:
        """Have slots outlive this build: something that is kept was made with them."""
        self._used += slots

    def reopened(self) -> Cache:
        """Return one on the same file, for a fork of this process."""
        reopened = Cache(self._path, self._version, lambda reason: None)
        reopened.facts.inherit(self.facts)
        return reopened

    def drain(self) -> list[Row]:
        """Return what was put and is not written yet, and leave it to whoever asks."""
        rows = [(slot, key, packed) for slot, (key, packed) in self._pending.items()]
        self._pending.clear()
        self._size = 0
        return rows

    def take(self, rows: Iterable[Row]) -> None:
        """Keep what another process has put."""
        for slot, key, packed in rows:
            self._used.append(slot)
            self._pending[slot] = key, packed
            self._size += len(packed)
        if self._size > _BATCH:
            self._write()

    def close(self, *, is_whole: bool) -> None:
        """Write what is new; after a whole build, remove what it did not use."""
        self.facts.keep(is_whole=is_whole)
        self._write()
        if self._connection is not None:
            if is_whole:
                self._remove_unused()
            self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection | None:
        if self._path is None:
            return None
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._path, timeout=_TIMEOUT)
        except (OSError, sqlite3.Error):
            return None
        try:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA page_size = 16384")  # a page's HTML in two or so, not in a dozen
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                    for statement in filter(str.strip, _SCHEMA.split(";")):
                        connection.execute(statement)
                    connection.execute("INSERT INTO version VALUES (?)", [self._version])
            known = connection.execute("SELECT name FROM version").fetchall()
        except sqlite3.OperationalError as error:  # busy, read-only, full; no sign of damage
            connection.close()
            return self._start_anew("damaged") if "no such" in str(error) else None
        except sqlite3.DatabaseError:
            connection.close()
            return self._start_anew("damaged")
        if known != [(self._version,)]:
            connection.close()
            return self._start_anew("other")
        return connection

    def _start_anew(self, reason: str) -> sqlite3.Connection | None:
        self._tell(reason)
        path, self._path = self._path, None
        try:
            if path is not None:
                path.unlink(missing_ok=True)
        except OSError:
            return None
        self._path = path
        return self._open()

    def _throw_away(self, reason: str) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = self._start_anew(reason)

    def _write(self) -> None:
        if rows := self.drain():
            self._change("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)

    def _remove_unused(self) -> None:
        if self._connection is None:
            return
        try:
            known = {slot for (slot,) in self._connection.execute("SELECT slot FROM kept")}
        except sqlite3.Error:
            return
        self._change("DELETE FROM kept WHERE slot = ?", [(slot,) for slot in known - {*self._used}])

    def _change(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        if self._connection is None:
            return
        try:
            with self._connection:
                self._connection.executemany(statement, rows)
        except sqlite3.OperationalError:  # busy, read-only, full: this build keeps no more
            self._connection.close()
            self._connection = None
        except sqlite3.DatabaseError:
            self._throw_away("damaged")


def _packed(value: Any) -> bytes:
    """Return a value as it is kept."""
    return _packed_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _packed_text(text: str) -> bytes:
    """Return a text as it is kept: in UTF-8, behind its checksum."""
    data = text.encode("utf-8", "surrogatepass")
    return zlib.crc32(data).to_bytes(4, "big") + data


def _unpack(packed: bytes) -> str:
    """Return the text; raises ValueError where it is damaged."""
    data = memoryview(packed)[4:]
    if zlib.crc32(data) != int.from_bytes(packed[:4], "big"):
        raise ValueError("checksum")
    return str(data, "utf-8", "surrogatepass")


_current = Cache(None, "", lambda reason: None)
_process = os.getpid()
_inherited: list[Cache] = []  # by a fork, which must not even close them


def current() -> Cache:
    """Return the cache of the build at hand; one without a file where none was opened."""
    return _current


def use(cache: Cache) -> None:
    """Make a cache the one of the build at hand."""
    global _current  # noqa: PLW0603 - stages of a build share it
    _current = cache


def enter_fork() -> None:
    """Have a fork use a connection of its own: none may be shared, nor closed by another process.

    What is put in a fork is handed over to the process that writes it, by `Cache.drain` and `Cache.take`.
    """
    global _process  # noqa: PLW0603
    if _process != os.getpid():
        _process = os.getpid()
        _inherited.append(_current)
        use(_current.reopened())


def remembered(function: Callable[[str], T], *, of_every_page: bool = True) -> Callable[[str], T]:
    """Return a pure function of a text that is asked once a text, over all builds (`coursekit.facts`)."""
    if of_every_page:
        ask_of_every_page(function)
    return lambda text: _current.facts.remember(function, text)
