"""A project of one generator: built cold, unchanged and edited, each measured, and its site compared."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from tests.bench.builds.figures import COLD, EDITED, Cost
from tests.bench.builds.generators import ADDRESS, Generator

# What would change what is built, or how fast Python starts.
_UNWANTED = ("COURSE_PDF", "COURSE_CACHE", "PYTHONDONTWRITEBYTECODE")


class BuildError(Exception):
    """A build that failed, or did not show what it should have."""


class Project:
    """A folder that `generator` builds."""

    def __init__(self, generator: Generator, folder: Path, pages: Iterable[tuple[str, bytes]]) -> None:
        self.generator = generator
        self.differences: list[str] = []  # files that are not those of a clean build
        self._folder = folder
        self._edited_site: dict[str, bytes] | None = None  # digests; a clean build is to come
        self._clean_site: dict[str, bytes] | None = None  # of the sources as they are
        names = []
        for name, content in pages:
            path = folder / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            names.append(name)
        generator.set_up(folder)
        self._edited = middle_page(names)
        self._original = (folder / "docs" / self._edited).read_bytes()

    def build(self, kind: str, run: int) -> Cost:
        """Build once: `cold`, with neither site nor cache; `unchanged`; `edited`, with words of this run.

        Raises:
            BuildError: it failed, or what was added is not in the site.
        """
        word = f"mesure{run}"
        if kind == COLD:
            self._clean()
        elif kind == EDITED:
            added = f"\n\nVoici la phrase de la {word}.\n".encode()
            (self._folder / "docs" / self._edited).write_bytes(self._original.rstrip() + added)
        cost = self._build()
        if kind == EDITED and word.encode() not in self._written().read_bytes():
            raise BuildError(f"{self.generator.name}: what was added to {self._edited} is not in the site")
        if self.generator.is_ours:
            self._compare(kind)
        return cost

    def judge(self) -> None:
        """Compare the site with that of a clean build, which every `cold` build does too."""
        if self.generator.is_ours:
            self.build(COLD, 0)

    def _compare(self, kind: str) -> None:
        """Compare where an incremental and a clean build of the same sources are at hand."""
        found = digests(self._folder / "site")
        if kind == EDITED:
            self._edited_site, self._clean_site = found, None
            return
        what, other = (EDITED, self._edited_site) if kind == COLD else (kind, self._clean_site)
        if other is not None:
            self.differences += [f"{what}: {name}" for name in differences(found, other)]
        if kind == COLD:
            self._edited_site, self._clean_site = None, found

    def _clean(self) -> None:
        for name in self.generator.leftovers:
            shutil.rmtree(self._folder / name, ignore_errors=True)

    def _written(self) -> Path:
        page = Path(self._edited)
        folder = page.parent if page.stem == "index" else page.with_suffix("")
        return self._folder / "site" / folder / "index.html"

    def _build(self) -> Cost:
        cpu, wall, peak = run(self.generator.command, self._folder)
        files = (path for path in (self._folder / "site").rglob("*") if path.is_file())
        return Cost(cpu, wall, peak, sum(path.stat().st_size for path in files))


def run(command: Iterable[str], folder: Path) -> tuple[float, float, int]:
    """Run a command; return seconds of CPU and by the clock, and the most bytes of memory.

    CPU counts user and system, of the process and of those it has waited for; memory is that of the largest.

    Raises:
        BuildError: it failed.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    environment |= {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": ADDRESS}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        start = time.perf_counter()
        process = subprocess.Popen([*command], cwd=folder, env=environment, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)  # so that nobody waits for it again
        if process.returncode:
            log.seek(0)
            raise BuildError("\n".join([" ".join(command), *log.read().splitlines()[-8:]]))
    unit = 1 if sys.platform == "darwin" else 1024
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * unit


def middle_page(names: Iterable[str]) -> str:
    """Return the page in the middle of the sorted pages, but no README, which may be an index or none."""
    pages = sorted(name for name in names if name.endswith(".md") and not name.endswith("README.md"))
    return pages[len(pages) // 2]


def digests(folder: Path) -> dict[str, bytes]:
    """Return a digest of each file below `folder`, by its path there."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                found[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").digest()
    return found


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the paths that are in one only, or differ."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
