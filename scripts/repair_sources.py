"""Give course sources back the characters that a wrong encoding took: see `--help`."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import stat
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from tqdm import tqdm

from coursekit import messages
from coursekit.command_line import Parser
from coursekit.encoding import read_all
from coursekit.encoding.source import Source

_PROGRAM = "repair_sources"
_USAGE = """\
%(prog)s [--check | --write [--orig]] [--diff] [--explain] CHEMIN ...
        %(prog)s [--check | --write [--orig]] --json CHEMIN ...
        %(prog)s --stdout FICHIER"""
_OPTIONS = {
    "actions": {
        "check": "dit seulement ce qui serait changé (par défaut)",
        "write": "écrit les fichiers réparés",
        "orig": "avec --write, garde l'original dans un fichier .orig",
        "stdout": "écrit le texte réparé d'un fichier sur la sortie",
    },
    "affichage": {
        "diff": "montre les différences",
        "explain": "montre chaque changement et ce qu'il aurait pu être",
        "json": "montre les changements en JSON",
    },
}
_EXCLUSIVE = (("check", "write", "stdout"), ("stdout", "diff", "json"), ("stdout", "explain", "json"))
_COLOURS = {"+": "\033[32m", "-": "\033[31m", "@": "\033[36m"}
_PLAIN = "\033[0m"
_MANY_FILES = 20
_BAR = "{n_fmt} fichiers sur {total_fmt} |{bar}| encore {remaining}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 0 when all is sound or mended, 1 when something is not.

    Wrong use ends the command with code 2, as argparse does (SystemExit).
    """
    try:
        return _run(_arguments(argv))
    except OSError as error:  # of a folder or of the output; reading and writing a file tell their own
        print(f"{error.filename or _PROGRAM}: {messages.cannot_access(error)}", file=sys.stderr)
        return 1


def _run(args: argparse.Namespace) -> int:
    sources, failed = _read_all(args.paths)
    _report_problems(sources)
    failed = failed or any(source.repair.problems for source in sources)
    differing = [source for source in sources if source.differs]
    if args.stdout:
        sys.stdout.buffer.writelines(source.repaired for source in sources)
        sys.stdout.buffer.flush()
        return 1 if failed else 0
    if args.json:
        print(json.dumps([source.as_json() for source in sources], ensure_ascii=False, indent=2))
    for source in differing:
        _tell(source, args)
    if args.write:
        told = sys.stderr if args.json else sys.stdout  # JSON stands alone
        written = [_write(source, keep=args.orig, told=told) for source in differing]
        return 1 if failed or not all(written) else 0
    return 1 if failed or differing else 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line. All that can be wrong is checked here."""
    parser = _parser()
    args = parser.read(argv)
    for names in _EXCLUSIVE:
        given = [f"--{name}" for name in names if getattr(args, name)]
        if len(given) > 1:
            parser.error(messages.exclusive_options(given))
    if args.orig and not args.write:
        parser.error(messages.dependent_option("--orig", "--write"))
    if not args.paths:
        parser.error(messages.no_path())
    for path in args.paths:
        if not path.exists():
            parser.error(messages.no_such_path(str(path)))
    if args.stdout and (len(args.paths) > 1 or args.paths[0].is_dir()):
        parser.error(messages.single_file_option("--stdout"))
    return args


def _parser() -> Parser:
    parser = Parser(
        _PROGRAM,
        usage=_USAGE,
        description="Rétablit les caractères des sources Markdown abîmées par un mauvais encodage. "
        "Sans option, dit quels fichiers seraient changés.",
        epilog="Code de retour : 0 rien à réparer (ou tout réparé), 1 quelque chose à réparer, 2 mauvais "
        "usage.",
    )
    paths = parser.group("chemins")
    paths.add_argument("paths", nargs="*", type=Path, metavar="CHEMIN", help="fichier, ou dossier de *.md")
    for title, options in _OPTIONS.items():
        group = parser.group(title)
        for name, told in options.items():
            group.add_argument(f"--{name}", action="store_true", help=told)
    group.add_argument("-h", "--help", action="help", help="montre cette aide")
    return parser


def _read_all(paths: Sequence[Path]) -> tuple[list[Source], bool]:
    """Read and repair all files, each with what the others tell; also whether one could not be opened."""
    data: dict[Path, bytes] = {}
    refused: list[tuple[str | Path, OSError]] = []
    for path in _files(paths, lambda error: refused.append((error.filename, error))):
        try:
            data[path] = path.read_bytes()
        except OSError as error:
            refused.append((path, error))
    for name, refusal in refused:
        print(f"{name}: {messages.cannot_access(refusal)}", file=sys.stderr)
    repairs = read_all(data, watch=_watch)
    return [Source(path, data[path], repair) for path, repair in repairs.items()], bool(refused)


def _watch(files: Collection[Path]) -> Iterable[Path]:
    """Show a bar on a terminal while many files are read."""
    hidden = not sys.stderr.isatty() or len(files) < _MANY_FILES
    return tqdm(files, disable=hidden, leave=False, bar_format=_BAR, file=sys.stderr)


def _files(paths: Sequence[Path], refuse: Callable[[OSError], None]) -> Iterable[Path]:
    """Return the files that the paths lead to, each once, under the name that reached it first.

    `refuse` is told of folders that the system does not let one look into.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _sources(path, refuse) if path.is_dir() else [path]:
            found.setdefault(file.resolve(), file)
    return found.values()


def _sources(folder: Path, refuse: Callable[[OSError], None]) -> list[Path]:
    """Return the `*.md` files below a folder, in the order of their names."""
    files = [
        Path(parent, name)
        for parent, _, names in os.walk(folder, onerror=refuse)
        for name in names
        if name.endswith(".md")
    ]
    return sorted(file for file in files if file.is_file())


def _report_problems(sources: Sequence[Source]) -> None:
    for source in sources:
        for problem in source.repair.problems:
            print(problem.at(str(source.path)), file=sys.stderr)


def _tell(source: Source, args: argparse.Namespace) -> None:
    if args.diff or args.explain:
        if source.repair.transcoded:
            print(f"{source.path}: {messages.transcoded_file(source.repair.encoding)}")
        if args.diff:
            colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
            for line in source.difference():
                start = _COLOURS.get(line[:1]) if colour else None
                print(f"{start}{line}{_PLAIN}" if start else line)
        if args.explain:
            for explanation in source.explanations():
                print(explanation)
    elif not (args.json or args.write):
        print(f"{source.path}: {source.summary()}")


def _write(source: Source, *, keep: bool, told: TextIO) -> bool:
    """Replace a file by its repair in one step; False when refused, or somebody else wrote it meanwhile."""
    try:
        target = source.path.resolve(strict=True)  # a symbolic link stays one
        with _temporary(target) as temporary:
            temporary.write_bytes(source.repaired)
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
            if target.read_bytes() != source.data:
                print(f"{source.path}: {messages.changed_meanwhile()}", file=sys.stderr)
                return False
            original = target.with_name(target.name + ".orig")
            if keep and not original.exists():  # of two repairs, the first saw the original
                shutil.copy2(target, original)
            temporary.replace(target)
    except OSError as error:
        print(f"{source.path}: {messages.cannot_access(error)}", file=sys.stderr)
        return False
    print(f"{source.path}: {source.summary(written=True)}", file=told)
    return True


@contextmanager
def _temporary(target: Path) -> Iterator[Path]:
    """Yield a new file beside `target`; what is left of it is removed."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    os.close(handle)
    try:
        yield Path(name)
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `… | head` ends the command, quietly
    sys.exit(main())
