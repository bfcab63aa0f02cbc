"""When each source last changed, as git knows it: for hooks, like `files`."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

_COMMIT = "\x01"  # begins the line of a commit, which no file's name does


@dataclass(frozen=True, slots=True)
class Revision:
    """The commit in which a file last changed."""

    name: str  # abbreviated
    date: str  # of the commit, `2026-11-23`


def revisions(folder: Path) -> dict[Path, Revision]:
    """Return the last commit of each file below `folder`; empty without git, or outside a repository.

    Names with control characters, which git quotes, are left out.
    """
    found: dict[Path, Revision] = {}
    commit = Revision("", "")
    for line in _log(folder, f"--format={_COMMIT}%h %cs", "--name-only", "--relative", "."):
        if line.startswith(_COMMIT):
            name, _, date = line.removeprefix(_COMMIT).partition(" ")
            commit = Revision(name, date)
        elif line:
            found.setdefault(folder / line, commit)
    return found


def newest(folder: Path) -> int | None:
    """Return when the newest commit was made, in seconds since 1970; None as above."""
    return next((int(line) for line in _log(folder, "-1", "--format=%ct")), None)


def _log(folder: Path, *options: str) -> list[str]:
    command = ["git", "-c", "core.quotePath=off", "log", *options]
    environment = os.environ | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        told = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, check=True, timeout=60
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return told.stdout.decode(errors="replace").splitlines()
