"""Keep the memory of links on a branch of its own: see `--help`.

It runs beside a token that may write, so nothing is installed for it: it needs git and Python alone, gh to
answer git's question for a password, and its sentences stand here.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

BRANCH = "links-ledger"
_REF = f"refs/heads/{BRANCH}"
# Name on the branch -> file of the project.
FILES = {
    "links-ledger.json": Path("build/links-ledger.json"),
    "report.json": Path("build/links-report/report.json"),
}
_ATTEMPTS = 5
_PATIENCE = 300  # seconds for one git command, which may move 100 MB
_NO_BRANCH = 2  # what `git ls-remote --exit-code` ends with when nothing has that name
_BOT = ("github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com")
_GIT = ("git", "-c", "credential.helper=", "-c", "credential.helper=!gh auth git-credential")
_ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    **{f"GIT_{who}_NAME": _BOT[0] for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": _BOT[1] for who in ("AUTHOR", "COMMITTER")},
}


class GitError(Exception):
    """What git said when it failed."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 0 when done, 1 when it could not be (wrong use ends with 2, SystemExit)."""
    args = _parser().parse_args(argv)
    try:
        if args.action == "restore":
            restore()
            return 0
        changed = save(args.pause)
    except (GitError, OSError) as error:
        print(f"keep_ledger: {error}", file=sys.stderr)
        return 1
    if output := os.environ.get("GITHUB_OUTPUT"):
        with Path(output).open("a", encoding="utf-8") as file:
            file.write(f"changed={'true' if changed else 'false'}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "keep_ledger",
        description=f"Garde la mémoire des liens et le dernier rapport sur la branche {BRANCH} du dépôt "
        "« origin », sans toucher aux fichiers de la branche en cours.",
        epilog="Code de retour : 0 fait (ou rien à faire), 1 impossible, 2 mauvais usage.",
    )
    parser.add_argument("action", choices=("restore", "save"), help="les reprendre, ou les enregistrer")
    parser.add_argument(
        "--pause", type=float, default=2, metavar="S", help="secondes avant le deuxième essai, puis le double"
    )
    return parser


def restore() -> None:
    """Write the project's files as the branch has them; none when there is no branch yet.

    Raises GitError when nobody knows whether there is one: a memory that cannot be reached is not an empty
    one, and must not be replaced by it.
    """
    tip = _tip()
    if tip is None:
        print(f"Pas encore de branche {BRANCH} : les liens n'ont pas de passé.")
        return
    for name, path in FILES.items():
        if not _git("ls-tree", tip, "--", name):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        part.write_bytes(_git("cat-file", "blob", f"{tip}:{name}"))
        part.replace(path)
        print(f"{path} : repris de la branche {BRANCH}.")


def save(pause: float) -> bool:
    """Push the project's files to the branch; tell whether they differ from what it had.

    Somebody else may push at the same moment, and networks fail: tried anew on what the branch has become.
    """
    for path in FILES.values():
        if not path.is_file():
            raise GitError(f"{path} manque ; rien n'est enregistré.")
    for attempt in range(_ATTEMPTS - 1):
        try:
            return _commit_and_push()
        except GitError as error:
            seconds = pause * 2**attempt
            print(f"Essai {attempt + 1} sur {_ATTEMPTS} manqué, le suivant dans {seconds:g} s.\n{error}")
            time.sleep(seconds)
    return _commit_and_push()


def _commit_and_push() -> bool:
    """Put the files on top of the branch as it now is, other files of it left alone."""
    tip = _tip()
    tree = _tree(tip)
    if tip and tree == _word("rev-parse", f"{tip}^{{tree}}"):
        print(f"La branche {BRANCH} est à jour.")
        return False
    parent = ["-p", tip] if tip else []
    commit = _word("commit-tree", tree, *parent, "-m", "Mémoire des liens")
    _git("push", "--quiet", "origin", f"{commit}:{_REF}")
    print(f"Branche {BRANCH} enregistrée.")
    return True


def _tip() -> str | None:
    """Fetch the branch; return its last commit, or None when there is no such branch."""
    try:
        _git("ls-remote", "--exit-code", "origin", _REF)
    except GitError as error:
        if getattr(error.__cause__, "returncode", None) == _NO_BRANCH:
            return None
        raise
    _git("fetch", "--quiet", "--no-tags", "--depth=1", "origin", _REF)
    return _word("rev-parse", "FETCH_HEAD")


def _tree(tip: str | None) -> str:
    """Return the tree of `tip` with the project's files in their places; the real index is left alone."""
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
        if tip:
            _git("read-tree", tip, env=index)
        for name, path in FILES.items():
            blob = _word("hash-object", "-w", "--no-filters", "--", str(path))
            _git("update-index", "--add", "--cacheinfo", f"100644,{blob},{name}", env=index)
        return _word("write-tree", env=index)


def _word(*arguments: str, env: Mapping[str, str] | None = None) -> str:
    return _git(*arguments, env=env).decode().strip()


def _git(*arguments: str, env: Mapping[str, str] | None = None) -> bytes:
    """Run git and return what it prints; raises GitError."""
    try:
        return subprocess.run(
            [*_GIT, *arguments],
            env={**os.environ, **_ENVIRONMENT, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_PATIENCE,
        ).stdout
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode(errors="replace").strip()
        raise GitError(f"git {arguments[0]} : {told or error.returncode}") from error
    except subprocess.TimeoutExpired as error:
        raise GitError(f"git {arguments[0]} : pas de réponse en {_PATIENCE} s") from error


if __name__ == "__main__":
    sys.exit(main())
