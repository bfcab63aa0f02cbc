"""Ask where the links of the course lead, remember it, and report what is broken: see `--help`."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TextIO

from tqdm import tqdm

from coursekit import messages as general
from coursekit.command_line import Parser
from coursekit.files import set_aside, write_atomically
from coursekit.links import messages, registered
from coursekit.links.checking.check import Limits
from coursekit.links.checking.results import Question, Result
from coursekit.links.history import due, ignores, ledger, shards
from coursekit.links.history.ledger import Ledger
from coursekit.links.history.night import Night, State, advance
from coursekit.links.history.outage import network_down
from coursekit.links.history.rows import UnusableFileError
from coursekit.links.registered import Occurrence, Registered
from coursekit.links.reporting import findings
from coursekit.links.reporting.archive import archived
from coursekit.links.reporting.as_json import dump as as_json
from coursekit.links.reporting.as_markdown import as_markdown
from coursekit.links.reporting.findings import Located, Report, Section
from coursekit.links.reporting.junit import as_junit
from coursekit.links.reporting.sarif import as_sarif
from coursekit.network.asking import ask
from coursekit.network.client import Client
from coursekit.network.crawl import Crawl, crawl
from coursekit.problem import Problem

_PROGRAM = "check_links"
_USAGE = """\
%(prog)s [--shard K/N] [--fix] [options]
        %(prog)s --urls FICHIER [options]
        %(prog)s merge RÉSULTATS.json ... [--fix] [options]"""
_EPILOG = "Code de retour : 0 rien de cassé, 1 liens cassés, 2 mauvais usage, 3 réseau en panne."
_BAR = "{n_fmt} liens sur {total_fmt} |{bar}| encore {remaining}"
_REGISTER = Path("build/links.json")
_SITE = Path("site")
_LEDGER = Path("build/links-ledger.json")
_REPORT = Path("build/links-report")
_IGNORES = Path(".linkignore")

CLEAN, BROKEN, WRONG, NETWORK_DOWN, INTERRUPTED = 0, 1, 2, 3, 130


@dataclass(frozen=True, slots=True)
class _Course:
    """What is to be checked."""

    urls: tuple[str, ...]  # as written, each once
    registered: Registered  # empty with --urls: no place is known, no site is crawled


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 0 when nothing is broken, 1 when something is, 3 when the network is down.

    Wrong use, or a file that cannot be read or written, is 2; an interrupted run 130, once it has written
    what it knows.
    """
    args = _arguments(argv)
    standard = sys.stdout
    try:
        with redirect_stdout(sys.stderr if str(args.json) == "-" else standard):  # JSON stands alone
            return _run(args, standard)
    except _UnusableInputError as error:
        print(f"{_PROGRAM}: {error}", file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or _PROGRAM}: {general.cannot_access(error)}", file=sys.stderr)
    return WRONG


class _UnusableInputError(ValueError):
    """A file that was named cannot be used, told in one sentence."""


def _run(args: argparse.Namespace, standard: TextIO) -> int:
    course = _course(args)
    memory = _memory(args)
    lines, problems = _ignore_lines()
    kept = ignores.apply(lines, course.urls, args.day)
    crawling = _Crawling(course.registered) if args.report and not args.shard and not args.urls else None
    found, interrupted = _results(args, course, kept.asked, memory)
    results = [*found, *kept.results]
    if args.json:
        _write_json(args.json, _in_order(results, course.urls), standard)
    if network_down(results, memory):
        print(messages.network_down(), file=sys.stderr)
        return NETWORK_DOWN
    if args.shard:
        return INTERRUPTED if interrupted else CLEAN
    night = advance(memory, results, day=args.day, wanted=course.urls, nights=args.nights)
    crawled = crawling.found() if crawling and not interrupted else Crawl((), 0, "")
    report = findings.report(
        night,
        course.registered.links,
        inside=crawled.findings,
        warned=[findings.Warned(problem.line, problem.message) for problem in (*problems, *kept.problems)],
        archived=_copies(args, night) if args.archive else {},
        cut=crawled.cut,
    )
    _write(args, course, night, report)
    _tell(report)
    if args.report:
        print(messages.summary(str(args.report), report.broken))
    if interrupted:
        return INTERRUPTED
    return BROKEN if report.broken else CLEAN


# -- the command line ----------------------------------------------------------------------------------


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line. All that can be wrong with it is said here."""
    parser = _parser()
    args = parser.read(argv)
    if args.parts:
        verb, *parts = args.parts
        if verb != "merge":
            parser.error(messages.unknown_verb(verb))
        if not parts:
            parser.error(messages.nothing_to_merge())
        args.parts = [Path(part) for part in parts]
    for one, other in (("parts", "urls"), ("parts", "shard"), ("urls", "fix"), ("shard", "fix")):
        if getattr(args, one) and getattr(args, other):
            parser.error(general.exclusive_options([_OPTION.get(name, f"--{name}") for name in (one, other)]))
    if args.shard and not args.json:
        parser.error(general.dependent_option("--shard", "--json"))
    for path in (args.urls, args.ca_bundle, *args.parts):
        if path and not path.is_file():
            parser.error(general.no_such_path(str(path)))
    if not args.urls:
        args.ledger = args.ledger or _LEDGER
        args.report = args.report or _REPORT
    # A list of addresses without memory has but this night.
    args.nights = args.nights or (2 if args.ledger else 1)
    return args


_OPTION = {"parts": "merge"}


def _parser() -> Parser:
    parser = Parser(
        _PROGRAM,
        usage=_USAGE,
        description="Vérifie où mènent les liens du cours : ceux du site construit, et ceux vers d'autres "
        "sites, avec la mémoire des nuits passées.",
        epilog=_EPILOG,
    )
    add = parser.group("liens").add_argument
    add("parts", nargs="*", metavar="merge RÉSULTATS.json", help="réunit ce que les parts ont écrit")
    add("--urls", type=Path, metavar="FICHIER", help="une adresse par ligne, au lieu des liens du cours")
    add("--shard", type=shards.Shard.parse, metavar="K/N", help="la part K de N, par serveur ; avec --json")
    add("--all", action="store_true", help="demande aussi les liens vus bons il y a peu")
    add = parser.group("réseau").add_argument
    seconds, rate = _number("secondes"), _number("demandes par seconde")
    add("--timeout", type=seconds, default=30.0, metavar="S", help="secondes pour un lien, 30 par défaut")
    add(
        "--rate",
        type=rate,
        default=10.0,
        metavar="N",
        help="demandes par seconde à un serveur, 10 par défaut",
    )
    add("--ca-bundle", type=Path, metavar="PEM", help="certificats en plus de ceux du système")
    add("--allow-private", action="store_true", help="demande aussi les adresses privées et locales")
    add("--archive", action="store_true", help="cherche des copies des liens cassés dans web.archive.org")
    add = parser.group("mémoire").add_argument
    add("--ledger", type=Path, metavar="FICHIER", help=f"ce qu'on sait des liens, {_LEDGER} par défaut")
    add("--nights", type=_count, metavar="N", help="nuits d'échec avant de dire un lien cassé, 2 par défaut")
    add("--day", type=_day, default=date.today(), metavar="AAAA-MM-JJ", help="la nuit d'un autre jour")
    add = parser.group("sorties").add_argument
    add("--report", type=Path, metavar="DOSSIER", help=f"le rapport, {_REPORT} par défaut")
    add("--json", type=Path, metavar="FICHIER", help="les résultats, « - » pour la sortie")
    add(
        "--fix",
        action="store_true",
        help="écrit dans le rapport fix.patch, qui met à jour les liens déplacés",
    )
    add("-h", "--help", action="help", help="montre cette aide")
    return parser


def _number(unit: str) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = 0.0
        if not 0.01 <= value <= 86_400:
            raise argparse.ArgumentTypeError(messages.no_number(text, unit))
        return value

    return read


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) < 1000):
        raise argparse.ArgumentTypeError(messages.no_number(text, "nuits"))
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(messages.no_day(text)) from None


# -- what is read --------------------------------------------------------------------------------------


def _course(args: argparse.Namespace) -> _Course:
    if args.urls:
        lines = (line.strip() for line in _text(args.urls).splitlines())
        return _Course(tuple(dict.fromkeys(line for line in lines if line)), Registered(_contact()))
    return _registered_course()


def _contact() -> str:
    """Return the site's own, when the command runs where one has been built."""
    with suppress(OSError, UnusableFileError):
        return registered.load(_REGISTER.read_bytes()).contact
    return ""


def _registered_course() -> _Course:
    try:
        known = registered.load(_REGISTER.read_bytes())
    except FileNotFoundError:
        raise _UnusableInputError(messages.no_register(str(_REGISTER))) from None
    except UnusableFileError as error:
        raise _UnusableInputError(messages.unusable(str(_REGISTER), str(error))) from error
    return _Course(tuple(dict.fromkeys(link.url for link in known.links)), known)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig", "surrogateescape")


def _memory(args: argparse.Namespace) -> Ledger:
    """Read the ledger; one that cannot be read is set aside, for somebody to look at."""
    if not args.ledger:
        return {}
    try:
        return ledger.load(args.ledger.read_bytes())
    except FileNotFoundError:
        return {}
    except UnusableFileError as error:
        aside = set_aside(args.ledger, date.today())
        print(f"{args.ledger}: {messages.ledger_set_aside(str(error), aside.name)}", file=sys.stderr)
        return {}


def _ignore_lines() -> tuple[list[ignores.Ignore], list[Problem]]:
    return ignores.parse(_text(_IGNORES)) if _IGNORES.is_file() else ([], [])


def _part(path: Path) -> list[Result]:
    try:
        return shards.load_results(path.read_bytes())
    except UnusableFileError as error:
        raise _UnusableInputError(messages.unusable(str(path), str(error))) from error


# -- what is asked -------------------------------------------------------------------------------------


def _results(
    args: argparse.Namespace, course: _Course, urls: Sequence[str], memory: Ledger
) -> tuple[Sequence[Result], bool]:
    """Return the results, asked for or read from parts, and whether Ctrl-C cut the asking short."""
    if args.parts:
        return shards.merge(_part(path) for path in args.parts), False
    return _ask(args, _questions(args, urls, memory), course.registered.contact)


def _questions(args: argparse.Namespace, urls: Sequence[str], memory: Ledger) -> list[Question]:
    wanted = [url for url in urls if not args.shard or args.shard.holds(url)]
    return [Question(url) for url in wanted] if args.all else due.due(wanted, memory, args.day)


def _ask(args: argparse.Namespace, questions: Sequence[Question], contact: str) -> tuple[list[Result], bool]:
    """Return the results, and whether Ctrl-C cut the asking short."""
    results: list[Result] = []

    async def ask_all() -> bool:
        with _progress(len(questions)) as advance_by_one:

            def observe(result: Result) -> None:
                results.append(result)
                advance_by_one()

            try:
                await ask(
                    questions,
                    observe,
                    contact=contact,
                    limits=Limits(seconds=args.timeout),
                    rate=args.rate,
                    ca_bundle=args.ca_bundle,
                    allow_private=args.allow_private,
                )
            except asyncio.CancelledError:  # what asyncio makes of Ctrl-C
                return True
        return False

    interrupted = asyncio.run(ask_all())
    if interrupted:
        print(messages.interrupted(len(results), len(questions)), file=sys.stderr)
    return results, interrupted


def _copies(args: argparse.Namespace, night: Night) -> Mapping[str, str]:
    """Ask the archive for copies of what is reported dead."""
    dead = {
        standing.result.url: standing.entry.last_good
        for standing in night.standings
        if standing.state in (State.NEW, State.PERSISTENT)
    }

    async def ask() -> Mapping[str, str]:
        async with Client(ca_bundle=args.ca_bundle) as client:
            return await archived(dead, client.fetch)

    return asyncio.run(ask())


class _Crawling:
    """The crawl of the built site, beside the asking of other sites."""

    def __init__(self, known: Registered) -> None:
        self._known = known
        self._found: Crawl | None = None
        # A daemon: Ctrl-C does not wait for it, and its child ends with what it writes to.
        self._thread = Thread(target=self._crawl, daemon=True)
        self._thread.start()

    def _crawl(self) -> None:
        self._found = crawl(_SITE, self._known)

    def found(self) -> Crawl:
        """Wait for what was found; tell when it is not all."""
        self._thread.join()
        if self._found is None:
            raise RuntimeError  # told by the thread
        if self._found.cut:
            print(f"{_PROGRAM}: {self._found.cut}", file=sys.stderr)
        return self._found


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], object]]:
    hidden = not sys.stderr.isatty()
    with tqdm(total=total, disable=hidden, leave=False, bar_format=_BAR, file=sys.stderr) as bar:
        yield partial(bar.update, 1)


# -- what is told --------------------------------------------------------------------------------------


def _in_order(results: Iterable[Result], urls: Sequence[str]) -> list[Result]:
    """Return results in the order of a course's links."""
    order = {url: place for place, url in enumerate(urls)}
    return sorted(results, key=lambda result: order.get(result.url, len(order)))


def _write_json(path: Path, results: Sequence[Result], standard: TextIO) -> None:
    text = shards.dump_results(results)
    if str(path) == "-":
        standard.write(text)
    else:
        write_atomically(path, text)


def _write(args: argparse.Namespace, course: _Course, night: Night, report: Report) -> None:
    """Write what lasts."""
    if args.ledger:
        write_atomically(args.ledger, ledger.dump(night.ledger))
    if args.report:
        _write_report(args.report, report, course.registered.links)
    if args.report and args.fix:
        _write_patch(args.report, night, course.registered.links)


def _write_report(folder: Path, report: Report, links: Sequence[Occurrence]) -> None:
    write_atomically(folder / "report.json", as_json(report))
    write_atomically(folder / "report.md", as_markdown(report, files=_files_url()))
    write_atomically(folder / "report.sarif", as_sarif(report))
    write_atomically(folder / "junit.xml", as_junit(report, links))


def _write_patch(folder: Path, night: Night, links: Sequence[Occurrence]) -> None:
    """Write what would mend the links that have moved; tell which ones it does not."""
    # The front end, which it reads pages with, takes half a second to import.
    from coursekit.links.reporting.patch import patch  # noqa: PLC0415

    moves = {
        standing.result.url: standing.result.suggestion
        for standing in night.standings
        if standing.state is State.MOVED and standing.result.suggestion
    }
    files = {link.file for link in links if link.url in moves}
    sources = {file: Path(file).read_bytes() for file in files if Path(file).is_file()}
    made = patch(sources, links, moves)
    write_atomically(folder / "fix.patch", made.text)
    for file, problem in made.problems:
        print(problem.at(file))
    if made.text:
        print(messages.patch_written(str(folder / "fix.patch")))


def _files_url() -> str:
    """Return the URL below which GitHub shows the sources of the commit that its machine is at."""
    server, repository, commit = (
        os.environ.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "SHA")
    )
    return f"{server}/{repository}/blob/{commit}/" if server and repository and commit else ""


def _tell(report: Report) -> None:
    """Print what an author should know, a line each."""
    for warned in report.warned:
        print(f"{_IGNORES}:{warned.line}: {warned.message}")
    for one in report.inside:
        print(Problem(one.line, one.message).at(one.file or one.page))
    for section in (Section.NEW, Section.PERSISTENT, Section.SUSPECT, Section.MOVED):
        for _, of_files in report.section(section):
            for _, located in of_files:
                for found in located:
                    print(_line(found, confirmed=section is not Section.SUSPECT))


def _line(one: Located, *, confirmed: bool) -> str:
    found = one.finding
    told = messages.verdict_line(found.verdict, found.url, found.evidence, confirmed=confirmed)
    return Problem(one.first.line, told).at(one.first.file) if one.first.file else told


if __name__ == "__main__":
    sys.exit(main())
