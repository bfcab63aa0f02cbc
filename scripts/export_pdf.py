"""Set the pages of the built site as PDFs: see `--help`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote

from tqdm import tqdm

from coursekit import messages as general
from coursekit.command_line import Parser
from coursekit.files import write_atomically
from coursekit.pdf import book, messages, settings, shelf
from coursekit.pdf.book import Book
from coursekit.pdf.settings import Settings
from coursekit.pdf.shelf import Document, Made, Shelf

_PROGRAM = "export_pdf"
_USAGE = """\
%(prog)s [--page PAGE ... | --course COURS ... | --site] [OPTION ...]
        %(prog)s --page docs/cours/tp.md --edition student --output tp.pdf"""
_BAR = "{n_fmt} PDF sur {total_fmt} |{bar}| encore {remaining}"
_MANY = 5  # documents from which on a bar is worth its line
_FLAGS = {
    "numbered": "numérote les titres",
    "print_urls": "donne en note l'adresse des liens vers d'autres sites",
    "archive": "produit du PDF/A-3a, pour l'archivage, en plus de PDF/UA-1",
}


@dataclass(frozen=True, slots=True)
class _Bound:
    """A PDF as it is told of."""

    file: Path
    made: Made


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 0 when every PDF is made, 1 when one is not.

    Wrong use ends the command with code 2, as argparse does (SystemExit).
    """
    args = _arguments(argv)
    started = time.monotonic()
    bound: list[_Bound] = []
    failed = False
    try:
        for one in _progress(_make(args), len(args.documents)):
            bound.append(one)
            if one.made.pages and not args.json:
                print(messages.made(str(one.file), one.made.pages, is_new=one.made.is_new))
    except OSError as error:
        print(f"{error.filename or _PROGRAM}: {general.cannot_access(error)}", file=sys.stderr)
        failed = True
    for source, problem in shelf.told(one.made for one in bound):
        print(problem.at(source), file=sys.stderr)
    if args.json:
        print(json.dumps(_summary(bound, time.monotonic() - started), ensure_ascii=False, indent=2))
    return 1 if failed or not all(one.made.pages for one in bound) else 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line. All that can be wrong with it is said here."""
    parser = _parser()
    args = parser.read(argv)
    if args.edition == "student" and args.corrections:
        parser.error(general.exclusive_options(["--edition student", "--corrections"]))
    try:
        args.known = book.load(args.book.read_bytes())
    except FileNotFoundError:
        parser.error(messages.no_book(str(args.book)))
    except (OSError, book.UnusableBookError):
        parser.error(messages.unusable_book(str(args.book)))
    said = {field.name: getattr(args, field.name, None) for field in fields(Settings)}
    args.settings = replace(
        args.known.settings, **{name: value for name, value in said.items() if value is not None}
    )
    args.documents = list(_documents(parser, args))
    if not args.documents:
        parser.error(messages.empty_book())
    if args.output and len(args.documents) > 1 and args.output.suffix == ".pdf":
        parser.error(messages.one_file_for_many(str(args.output)))
    return args


def _parser() -> Parser:
    parser = Parser(
        _PROGRAM,
        usage=_USAGE,
        description="Compose en PDF les pages du site construit : toutes, chaque cours et le site entier si"
        " rien n'est demandé. Les réglages d'« extra.course.pdf », dans mkdocs.yml, valent sauf option"
        " contraire.",
        epilog="Code de retour : 0 tous les PDF sont faits, 1 l'un ne l'est pas, 2 mauvais usage.",
    )
    wanted = parser.group("que composer")
    wanted.add_argument(
        "--page", action="append", default=[], metavar="PAGE", help="une page : docs/cours/tp.md"
    )
    wanted.add_argument(
        "--course", action="append", default=[], metavar="COURS", help="un cours : son dossier ou son titre"
    )
    wanted.add_argument("--site", action="store_true", help="tout le site, en un livre")
    how = parser.group("comment")
    for name, choices, told in (
        ("edition", settings.EDITIONS, "avec les corrections (teacher) ou sans (student)"),
        ("corrections", settings.CORRECTIONS, "à leur place (in-place) ou à la fin (at-end)"),
        ("paper", settings.PAPERS, "papier"),
    ):
        how.add_argument(f"--{name}", type=_one_of(choices), metavar="|".join(choices), help=told)
    how.add_argument(
        "--answer-lines", type=_number, metavar="N", help="lignes où écrire, à la place d'une correction"
    )
    how.add_argument("--contents", type=_number, metavar="N", help="niveaux de titres du sommaire, 0 : aucun")
    for name, told in _FLAGS.items():
        how.add_argument(f"--{name.replace('_', '-')}", action="store_true", default=None, help=told)
    rest = parser.group("fichiers")
    rest.add_argument("--output", type=Path, metavar="CHEMIN", help="fichier .pdf, ou dossier (build/pdf)")
    rest.add_argument(
        "--book",
        type=Path,
        default=Path("build", "book.json"),
        metavar="FICHIER",
        help="ce que la construction du site a laissé (build/book.json)",
    )
    rest.add_argument("--json", action="store_true", help="résume en JSON")
    rest.add_argument("-h", "--help", action="help", help="montre cette aide")
    return parser


def _one_of(choices: Sequence[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise argparse.ArgumentTypeError(messages.unknown_choice(text, choices))
        return text

    return read


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 3):
        raise argparse.ArgumentTypeError(messages.no_small_number(text))
    return int(text)


def _documents(parser: Parser, args: argparse.Namespace) -> Iterator[Document]:
    """Yield what is asked for."""
    known: Book = args.known
    everything = not (args.page or args.course or args.site)
    pages, courses, whole = (shelf.documents(known, [scope], args.settings) for scope in settings.SCOPES)
    for name in args.page:
        yield _found(
            parser, name, {key: one for one in pages for key in _page_names(one)}, messages.unknown_page
        )
    for name in args.course:
        yield _found(
            parser, name, {key: one for one in courses for key in _course_names(one)}, messages.unknown_course
        )
    if everything:
        yield from [*pages, *courses]
    if everything or args.site:
        yield from whole


def _found(
    parser: Parser, name: str, known: Mapping[str, Document], unknown: Callable[[str, str], str]
) -> Document:
    key = name.strip("/").removeprefix("./")
    if key not in known:
        near = get_close_matches(key, known, n=1)
        parser.error(unknown(name, near[0] if near else ""))
    return known[key]


def _page_names(document: Document) -> Iterator[str]:
    """Yield what an author may call a page: its source, with or without docs/, or its URL."""
    page = document.part.pages[0]
    yield page.source
    yield page.source.partition("/")[2]
    yield unquote(page.url).strip("/")


def _course_names(document: Document) -> Iterator[str]:
    course = document.part.courses[0]
    yield course.folder
    yield course.title


def _make(args: argparse.Namespace) -> Iterator[_Bound]:
    """Make the PDFs: in build/pdf, where they are kept until their pages change, or where asked for."""
    folder = args.book.parent / "pdf"
    kept = Shelf(args.known, folder, args.book.parent.parent, args.settings, shelf.epoch(os.environ))
    if not args.output:
        for made in kept.make(args.documents):
            yield _Bound(folder / made.name, made)
        return
    for document in args.documents:
        file = args.output if args.output.suffix == ".pdf" else args.output / document.name
        pdf, one = kept.bound(document)
        if pdf:
            write_atomically(file, pdf)
        yield _Bound(file, one)


def _progress(bound: Iterable[_Bound], total: int) -> Iterable[_Bound]:
    hidden = not sys.stderr.isatty() or total < _MANY
    return tqdm(bound, total=total, disable=hidden, leave=False, bar_format=_BAR, file=sys.stderr)


def _summary(bound: Sequence[_Bound], seconds: float) -> dict[str, object]:
    return {
        "seconds": round(seconds, 2),
        "pages": sum(one.made.pages for one in bound),
        "documents": [
            {
                "file": str(one.file),
                "pages": one.made.pages,
                "new": one.made.is_new,
                "warnings": [
                    {"file": source, "line": problem.line, "message": problem.message}
                    for source, problem in shelf.told([one.made])
                ],
            }
            for one in bound
            if one.made.pages
        ],
        "failed": [str(one.file) for one in bound if not one.made.pages],
    }


if __name__ == "__main__":
    sys.exit(main())
