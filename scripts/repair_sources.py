"""Give course sources back the characters that a wrong encoding took: see `--help`."""

from __future__ import annotations

import argparse
import difflib
import json
import os
import shutil
import signal
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from coursekit import messages
from coursekit.encoding import Repair, SiteKnowledge, read

_COLOURS = {"+": "\033[32m", "-": "\033[31m", "@": "\033[36m"}
_PLAIN = "\033[0m"


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was found, and its repair."""

    path: Path
    data: bytes
    repair: Repair

    @property
    def repaired(self) -> bytes:
        """The bytes the file should have: its own when it is sound, or when it cannot be read."""
        if self.repair.problems or (
            not self.repair.changes and self.repair.encoding in ("utf-8", "utf-8-sig")
        ):
            return self.data
        mark = "utf-8-sig" if self.repair.encoding == "utf-8-sig" else "utf-8"
        return self.repair.text.encode(mark)

    @property
    def differs(self) -> bool:
        """Whether the file should be written anew."""
        return self.repaired != self.data


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 0 when all is sound or mended, 1 when something is not, 2 on wrong use."""
    args = _parser().parse_args(argv)
    missing = [path for path in args.paths if not path.exists()]
    if missing:
        for path in missing:
            print(messages.no_such_path(str(path)), file=sys.stderr)
        return 2
    sources, failed = _read_all(args.paths)
    if args.stdout:
        return _to_stdout(sources) if not failed else 1
    _report_problems(sources)
    if args.json:
        _print_json(sources)
    for source in sources:
        if args.diff and source.differs:
            _print_diff(source)
        if args.explain:
            _explain(source)
        if not (args.diff or args.explain or args.json or args.write) and source.differs:
            print(f"{source.path}: {_summary(source.repair)}")
    unreadable = failed or any(source.repair.problems for source in sources)
    if args.write:
        written = [_write(source, keep=args.orig) for source in sources if source.differs]
        return 1 if unreadable or not all(written) else 0
    return 1 if unreadable or any(source.differs for source in sources) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="repair_sources",
        description="Rétablit les caractères des sources Markdown abîmées par un mauvais encodage. "
        "Sans option, dit quels fichiers seraient changés.",
        epilog="Code de retour : 0 rien à réparer (ou tout réparé), 1 quelque chose à réparer, 2 mauvais "
        "usage.",
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="CHEMIN", help="fichier, ou dossier de *.md")
    action = parser.add_mutually_exclusive_group()
    action.add_argument(
        "--check", action="store_true", help="dit seulement ce qui serait changé (par défaut)"
    )
    action.add_argument("--write", action="store_true", help="écrit les fichiers réparés")
    action.add_argument(
        "--stdout", action="store_true", help="écrit le texte réparé d'un fichier sur la sortie"
    )
    parser.add_argument("--diff", action="store_true", help="montre les différences")
    parser.add_argument(
        "--explain", action="store_true", help="montre chaque changement et ce qu'il aurait pu être"
    )
    parser.add_argument("--json", action="store_true", help="montre les changements en JSON")
    parser.add_argument(
        "--orig", action="store_true", help="avec --write, garde l'original dans un fichier .orig"
    )
    return parser


def _read_all(paths: Sequence[Path]) -> tuple[list[Source], bool]:
    """Read and repair all files, each with what the others tell; also whether one could not be opened."""
    data: dict[Path, bytes] = {}
    failed = False
    for path in _files(paths):
        try:
            data[path] = path.read_bytes()
        except OSError as error:
            print(f"{path}: {messages.cannot_access(error.strerror or str(error))}", file=sys.stderr)
            failed = True
    first = {path: read(content) for path, content in data.items()}
    site = SiteKnowledge.gather(first.values())
    return [Source(p, data[p], read(data[p], site) if first[p].lost else first[p]) for p in data], failed


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*.md") if file.is_file())
        else:
            yield path


def _to_stdout(sources: Sequence[Source]) -> int:
    _report_problems(sources)
    for source in sources:
        sys.stdout.buffer.write(source.repaired)
    sys.stdout.buffer.flush()
    return 1 if any(source.repair.problems for source in sources) else 0


def _report_problems(sources: Sequence[Source]) -> None:
    for source in sources:
        for problem in source.repair.problems:
            print(problem.at(str(source.path)), file=sys.stderr)


def _summary(repair: Repair) -> str:
    if not repair.changes:
        return messages.transcoded_file(repair.encoding)
    return messages.would_repair(len(repair.lost), len(repair.changes))


def _print_diff(source: Source) -> None:
    before = source.data.decode(
        "utf-8" if source.repair.encoding.startswith("utf-8") else source.repair.encoding, "replace"
    )
    name = str(source.path)
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    old, new = (text.removeprefix("\ufeff").split("\n") for text in (before, source.repair.text))
    for line in difflib.unified_diff(old, new, name, name, lineterm=""):
        start = _COLOURS.get(line[:1]) if colour else None
        print(f"{start}{line}{_PLAIN}" if start else line)


def _explain(source: Source) -> None:
    for change in source.repair.changes:
        if change.lost:
            told = messages.explained_change(
                change.before, change.after, change.confidence, change.candidates[1:]
            )
        else:
            told = messages.explained_strict_change(change.before, change.after)
        print(f"{source.path}:{change.line}: {told}")


def _print_json(sources: Sequence[Source]) -> None:
    files = [
        {
            "path": str(source.path),
            "encoding": source.repair.encoding,
            "differs": source.differs,
            "changes": [
                {
                    "line": change.line,
                    "before": change.before,
                    "after": change.after,
                    "candidates": list(change.candidates),
                    "confidence": round(change.confidence, 3),
                    "lost": change.lost,
                }
                for change in source.repair.changes
            ],
            "problems": [
                {"line": problem.line, "message": problem.message} for problem in source.repair.problems
            ],
        }
        for source in sources
    ]
    print(json.dumps(files, ensure_ascii=False, indent=2))


def _write(source: Source, *, keep: bool) -> bool:
    """Replace a file by its repair in one step; False when somebody else wrote it meanwhile."""
    try:
        target = source.path.resolve(strict=True)  # a symbolic link stays one
        with _temporary(target) as temporary:
            temporary.write_bytes(source.repaired)
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
            if target.read_bytes() != source.data:
                print(f"{source.path}: {messages.changed_meanwhile()}", file=sys.stderr)
                return False
            if keep:
                shutil.copy2(target, target.with_name(target.name + ".orig"))
            temporary.replace(target)
    except OSError as error:
        print(f"{source.path}: {messages.cannot_access(error.strerror or str(error))}", file=sys.stderr)
        return False
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
