"""What building whole sites costs, beside plain Material and Zensical: `python -m tests.bench.build_speed`.

Pages, those of `--corpus FOLDER` or a made-up course, are built at several times their number: cold, again
without a change, and with one page edited. Ends with 1 when a target is missed, or when the project's site is
not, byte for byte, that of a clean build; with 2 when a build fails. No PDFs are made.

The report of .github/design is made on a quiet machine, from a checkout without changes, by
`python -m tests.bench.build_speed --corpus FOLDER --output .github/design`.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from coursekit.encoding import read
from tests.bench.builds import plot, report
from tests.bench.builds.course import Tree, copies, course
from tests.bench.builds.figures import KINDS, ONE_PAGE, Figures, Measure, targets
from tests.bench.builds.generators import MATERIAL, OURS, ZENSICAL, Generator, generators
from tests.bench.builds.project import BuildError, Project

_ONE_PAGE: Tree = {"index.md": b"# Cours\n\nUne seule page.\n"}


def main(argv: Sequence[str] | None = None) -> int:
    """Print the report; return 1 when a target is missed, 2 when nothing could be measured."""
    args = _arguments(argv)
    tree = _read(args.corpus) if args.corpus else course()
    chosen = [one for one in generators() if args.only in (None, one.name)]
    pages = sum(name.endswith(".md") for name in tree)
    if not pages or not chosen:
        print("nothing to build, or nothing to build it with", file=sys.stderr)
        return 2
    measures: list[Measure] = []
    differences: list[str] = []
    try:
        for times in (ONE_PAGE, *args.sizes):
            for one in _measure(chosen, tree, times, args.runs, differences):
                _tell(one)
                measures.append(one)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 2
    figures = Figures(measures)
    found = targets(figures)
    kind = "a folder of" if args.corpus else "a made-up course of"
    megabytes = sum(map(len, tree.values())) / 1e6
    text = report.markdown(
        figures,
        found,
        tree=f"{kind} {pages} pages, {megabytes:.1f} MB",
        runs=args.runs,
        differences=differences,
    )
    print(text, *differences, sep="\n")
    if args.output:
        args.output.mkdir(parents=True, exist_ok=True)
        (args.output / "speed.md").write_text(text + "\n", encoding="utf-8")
        (args.output / "speed.svg").write_text(plot.svg(figures), encoding="utf-8")
    if args.json:
        raw = {**report.surroundings(), "measures": [asdict(one) for one in measures]}
        args.json.write_text(json.dumps(raw, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return int(bool(differences) or any(target.is_missed for target in found))


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.build_speed")
    parser.add_argument("--corpus", type=Path, help="folder of Markdown pages; without it, a made-up course")
    parser.add_argument("--sizes", type=_sizes, default=[1, 4, 10], help="how many times the pages: 1,4,10")
    parser.add_argument("--runs", type=int, default=3, help="medians are taken of so many (3)")
    parser.add_argument("--only", choices=(OURS, MATERIAL, ZENSICAL), help="measure no other")
    parser.add_argument("--output", type=Path, help="folder where speed.md and speed.svg are written")
    parser.add_argument("--json", type=Path, help="file where all measures are written")
    return parser.parse_args(argv)


def _sizes(text: str) -> list[int]:
    """Read sizes; raise ValueError, which argparse tells, where one is none."""
    sizes = sorted({int(size) for size in text.split(",")})
    if sizes[0] < 1:
        raise ValueError(text)
    return sizes


def _read(folder: Path) -> dict[str, bytes]:
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return {name: _as_utf8(content) if name.endswith(".md") else content for name, content in files.items()}


def _as_utf8(content: bytes) -> bytes:
    """Return a page that the others can read; ours could have read any."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return read(content).text.encode()
    return content


def _measure(
    chosen: Iterable[Generator], tree: Tree, times: int, runs: int, differences: list[str]
) -> Iterator[Measure]:
    """Build in turns, so that a busy machine slows all; add to `differences` what no clean build makes.

    The one page is built once more than counted: Python writes its bytecode, the system reads files in.
    """
    first = 1
    if times == ONE_PAGE:
        tree, times_copied, first = _ONE_PAGE, 1, 0
    else:
        times_copied = times
    pages = sum(name.endswith(".md") for name in tree) * times_copied
    with tempfile.TemporaryDirectory() as name:
        projects = [Project(one, Path(name, one.name), copies(tree, times_copied)) for one in chosen]
        for run, kind, project in itertools.product(range(first, runs + 1), KINDS, projects):
            cost = project.build(kind, run)
            if run:
                yield Measure(project.generator.name, times, pages, kind, run, cost)
        for project in projects:
            project.judge()
            differences += [f"{pages} pages, {difference}" for difference in project.differences]


def _tell(one: Measure) -> None:
    print(
        f"{one.pages:6} pages {one.kind:9} {one.generator:9} {one.cost.cpu:7.2f} s of CPU",
        file=sys.stderr,
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
