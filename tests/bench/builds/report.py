"""The figures as Markdown: targets, tables, and what they were measured on."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.bench.builds.figures import KINDS, ONE_PAGE, Cost, Figures, Target, ratio
from tests.bench.builds.generators import OURS
from tests.conftest import ROOT

_NONE = "–"
_HOW = """\
- *cold*: neither site nor cache; *unchanged*: the same once more; *edited*: a sentence more in the page in
  the middle.
- CPU is user and system, memory that of the largest process, MB are 10⁶ bytes; medians of {runs} runs, in
  each of which the generators take turns.
- A tree of pages is copied 1 and more times; each page of a copy says which it is. What stands alike in all
  copies, a diagram say, is drawn once.
- Start-up is the same build of a site of one page. Targets are judged with it included.
"""


def markdown(
    figures: Figures, targets: Iterable[Target], *, tree: str, runs: int, differences: Sequence[str]
) -> str:
    """Return the whole report; `tree` says of what pages, `differences` what no clean build makes."""
    facts = [f"- {name}: {fact}" for name, fact in surroundings().items()]
    return "\n\n".join(
        (
            "# How fast sites are built",
            f"Made by `python -m tests.bench.build_speed`: {tree}.\n\n![Cost by pages](speed.svg)",
            "## Targets",
            _targets(targets, differences),
            "## CPU, start-up included (seconds)",
            _cpu(figures, [ONE_PAGE, *figures.times], without_start=False),
            "## CPU, start-up subtracted (seconds)",
            _cpu(figures, figures.times, without_start=True),
            "## Time by the clock, memory, size",
            _others(figures),
            "## How",
            _HOW.format(runs=runs) + "\n".join(facts),
        )
    )


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 2) -> str:
    """Return a Markdown table whose columns after the first `left` are numbers."""
    marks = ["---"] * left + ["--:"] * (len(header) - left)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, marks, *rows))


def _targets(targets: Iterable[Target], differences: Sequence[str]) -> str:
    rows = [
        (
            target.text,
            "not measured" if target.value is None else "**missed**" if target.is_missed else "met",
            _number(target.most),
            _number(target.value),
            _number(target.without_start),
        )
        for target in targets
    ]
    identical = "**missed**" if differences else "met"
    rows.append(("files that differ from a clean build's", identical, "0", str(len(differences)), _NONE))
    header = ("The project's", "", "at most", "start-up included", "start-up subtracted")
    return table(header, rows)


def _cpu(figures: Figures, sizes: Iterable[int], *, without_start: bool) -> str:
    others = [name for name in figures.generators if name != OURS]
    rows = []
    for times in sizes:
        for kind in KINDS if times in figures.pages else ():
            cpu = {
                name: figures.cpu((name, times, kind), without_start=without_start)
                for name in figures.generators
            }
            beside = [_number(ratio(cpu.get(OURS), cpu[name])) for name in others]
            rows.append((str(figures.pages[times]), kind, *map(_number, cpu.values()), *beside))
    header = ("Pages", "Build", *figures.generators, *(f"{OURS} ÷ {name}" for name in others))
    return table(header, rows)


def _others(figures: Figures) -> str:
    columns: list[tuple[str, Callable[[Cost], float]]] = [
        ("wall (s)", lambda cost: cost.wall),
        ("peak (MB)", lambda cost: cost.peak / 1e6),
        ("site (MB)", lambda cost: cost.size / 1e6),
    ]
    rows = []
    for times, pages in figures.pages.items():
        for kind in KINDS:
            costs = [figures.cost(name, times, kind) for name in figures.generators]
            rows.append(
                (
                    str(pages),
                    kind,
                    *(_number(figure(cost) if cost else None) for _, figure in columns for cost in costs),
                )
            )
    header = ("Pages", "Build", *(f"{name}, {what}" for what, _ in columns for name in figures.generators))
    return table(header, rows)


def _number(value: float | None) -> str:
    if value is None:
        return _NONE
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.3g}"


def surroundings() -> dict[str, str]:
    """Return what machine and which versions figures come from; nothing that names a path."""
    packages = ("mkdocs", "mkdocs-material", "zensical")
    versions = [f"{name} {found}" for name in packages if (found := _version(name))]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "Machine": f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB of memory",
        "System": f"{_system()}, {platform.python_implementation()} {platform.python_version()}",
        "Versions": ", ".join([f"coursekit {_version('coursekit')} ({_commit()})", *versions]),
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _commit() -> str:
    """Return the commit that is checked out, if it is what is measured."""
    git = ("git", "-C", str(ROOT))
    try:
        changed = subprocess.run((*git, "status", "--porcelain"), capture_output=True, text=True, check=True)
        commit = subprocess.run(
            (*git, "rev-parse", "--short", "HEAD"), capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "no commit"
    return "changes not committed" if changed.stdout else f"commit {commit.stdout.strip()}"


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.M)
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return f"{platform.system()} {platform.release()}"
