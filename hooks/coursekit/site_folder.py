"""What stands in site/ from earlier builds: what nobody has touched may be left, what is left over goes.

site/ is what a build into an empty folder makes: what a whole build has neither written nor left alone is
removed at its end, whoever had put it there. A build that fails removes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from coursekit.files import State, state


class SiteFolder:
    """The folder as a build found it."""

    def __init__(self, root: Path) -> None:
        """Take note of what stands there."""
        self._root = root
        self._before = _states(root)
        self._left: set[str] = set()

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

    def state(self, path: str) -> State | None:
        """Return the state of a file, at the end of a build."""
        return self._before[path] if path in self._left else state(path)

    def remove_leftovers(self) -> None:
        """Remove what this build has neither written nor left, and folders where nothing is left."""
        for path, known in self._before.items():
            if path not in self._left and state(path) == known:
                Path(path).unlink()
                self._remove_empty(Path(path).parent)

    def _remove_empty(self, folder: Path) -> None:
        while folder != self._root:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


def _states(root: Path) -> dict[str, State]:
    """Return the files below a folder, but those with a dot in front, which MkDocs never cleans."""
    found: dict[str, State] = {}
    folders = [str(root)] if root.is_dir() else []
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if not (entry.name.startswith(".") and Path(entry.path).parent == root):
                        folders.append(entry.path)
                elif known := state(entry.path):
                    found[entry.path] = known
    return found


_current: SiteFolder | None = None


def current() -> SiteFolder | None:
    """Return the folder of the build at hand; None where its files are written anew, all of them."""
    return _current


def use(folder: SiteFolder | None) -> None:
    """Make a folder the one of the build at hand."""
    global _current  # noqa: PLW0603 - stages of a build share it
    _current = folder
