"""What stands in site/ from earlier builds: what nobody has touched may be left, what is left over goes.

site/ is what a build into an empty folder makes: what a whole build has neither written nor left alone is
removed at its end, whoever had put it there: so it is before, where a file is to stand in the place of a
folder, or a folder in that of a file. What is hidden at the root MkDocs never cleans; of that, only what
builds have written goes (`remove`). A build that fails removes nothing else.
"""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from coursekit.files import State, state


class SiteFolder:
    """The folder as a build found it."""

    def __init__(self, root: Path) -> None:
        """Take note of what stands there."""
        self._root = root
        self._before: dict[str, State] = {}
        self._folders: set[str] = set()
        self._links: set[str] = set()
        self._look()
        self._left: set[str] = set()

    def make_way(self, paths: Iterable[str]) -> None:
        """Remove what stands in the way of files: a folder, a link, and what is to be a folder of theirs."""
        files, folders = set(paths), set[str]()
        for path in files:
            folder = os.path.dirname(path)  # noqa: PTH120 - of thousands, at each build
            while len(folder) > len(str(self._root)) and folder not in folders:
                folders.add(folder)
                folder = os.path.dirname(folder)  # noqa: PTH120 - as above
        for path in (folders & self._before.keys()) | (files & self._links):
            self.remove(path, self._before.pop(path))
        for path in files & self._folders:
            shutil.rmtree(path, ignore_errors=True)
            for below in [one for one in self._before if one.startswith(f"{path}{os.sep}")]:
                del self._before[below]

    def is_untouched(self, path: str, known: Sequence[int] | None) -> bool:
        """Tell whether a file is in the state that an earlier build had left it in."""
        return known is not None and self._before.get(path) == tuple(known)

    def overwrite(self, path: str) -> None:
        """Have a file written by this build, perhaps twice: a page in the place of another, or of a copy."""
        self._before.pop(path, None)
        self._left.discard(path)

    def leave(self, path: str) -> None:
        """Have a file left as it stands."""
        self._left.add(path)

    def state(self, path: str, written: int | None = None) -> State | None:
        """Return the state of a file, at the end of a build.

        `written` is the checksum of what was written: None where another build has written something else.
        """
        if path in self._left:
            return self._before[path]
        known = state(path)
        return known if written is None or (known and _checksum_of(path) == written) else None

    def remove_leftovers(self) -> None:
        """Remove what this build has neither written nor left, and folders where nothing is left."""
        for path, known in self._before.items():
            if path not in self._left:
                self.remove(path, known)

    def remove(self, path: str, known: Sequence[int]) -> None:
        """Remove a file in a state that is known, and folders where nothing is left."""
        if state(path) == tuple(known):
            with suppress(FileNotFoundError):  # another build was faster
                Path(path).unlink()
            self._remove_empty(Path(path).parent)

    def _remove_empty(self, folder: Path) -> None:
        while folder != self._root:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent

    def _look(self) -> None:
        """Take note of all that stands there, but for what is hidden at the root."""
        folders = [str(self._root)] if self._root.is_dir() else []
        while folders:
            # Another build may remove folders at the same time.
            with suppress(FileNotFoundError), os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith(".") and Path(entry.path).parent == self._root:
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                        self._folders.add(entry.path)
                    elif known := state(entry.path):
                        self._before[entry.path] = known
                        if entry.is_symlink():
                            self._links.add(entry.path)


def checksum(data: bytes) -> int:
    """Return what tells what was written from what another build may have written; faster than a digest."""
    return zlib.crc32(data)


def _checksum_of(path: str) -> int | None:
    try:
        return checksum(Path(path).read_bytes())
    except OSError:
        return None


_current: SiteFolder | None = None


def current() -> SiteFolder | None:
    """Return the folder of the build at hand; None where its files are written anew, all of them."""
    return _current


def use(folder: SiteFolder | None) -> None:
    """Make a folder the one of the build at hand."""
    global _current  # noqa: PLW0603 - stages of a build share it
    _current = folder
