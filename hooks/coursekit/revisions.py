"""When each source first and last changed, as git knows it: for hooks, like `files`."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from coursekit.cache import Cache, current

_COMMIT = "\x01"  # begins the line of a commit, which no file's name does


class Revision(NamedTuple):
    """The commit in which a file last changed."""

    name: str  # abbreviated
    date: str  # of the commit, `2026-11-23`
    time: str = ""  # of the commit, `2026-11-23T08:30:00+01:00`
    created: str = ""  # that of the file's first commit; empty where the clone does not reach so far


def revisions(folder: Path) -> dict[str, Revision]:
    """Return the last commit of each file below `folder`, by path; empty without git or repository.

    Names with control characters, which git quotes, are left out, and so is what a shallow clone says nothing
    about: in its oldest commits every file seems new. Git is asked once for each state of the repository.
    """
    head = _git(folder, "rev-parse", "HEAD")
    return dict(_revisions(folder, head.strip())) if head else {}


def of_this_build(folder: Path) -> Mapping[str, Revision]:
    """Return the same, asked once a build: to start git takes longer than to write a page."""
    return _of_build(folder, current())


@lru_cache(maxsize=1)
def _of_build(folder: Path, build: Cache) -> Mapping[str, Revision]:
    return revisions(folder)


@lru_cache(maxsize=2)
def _revisions(folder: Path, head: str) -> dict[str, Revision]:
    found: dict[str, Revision] = {}
    unknown: set[str] = set()
    commit: Revision | None = None  # None: the end of a shallow clone
    for line in _git(
        folder, "log", f"--format={_COMMIT}%h %cs %cI %D", "--name-only", "--relative", "."
    ).splitlines():
        if line.startswith(_COMMIT):
            name, date, time, names = line.removeprefix(_COMMIT).split(" ", 3)
            commit = None if "grafted" in names.split(", ") else Revision(name, date, time)
        elif line:
            path = f"{folder}/{line}"
            if commit is None:
                unknown.add(path)
            else:
                last = found.get(path, commit)
                found[path] = Revision(last.name, last.date, last.time, commit.time)
    for path in unknown & found.keys():
        last = found[path]
        found[path] = Revision(last.name, last.date, last.time)
    return found


def newest(folder: Path) -> int | None:
    """Return when the newest commit was made, in seconds since 1970; None as above."""
    return int(told) if (told := _git(folder, "log", "-1", "--format=%ct").strip()) else None


def _git(folder: Path, *arguments: str) -> str:
    """Return what git says; nothing where it fails."""
    command = ["git", "-c", "core.quotePath=off", *arguments]
    environment = os.environ | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        told = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, check=True, timeout=60
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return told.stdout.decode(errors="replace")
