"""Keep one issue that tells which links are broken: see `--help`.

It runs beside a token that may write, so nothing is installed for it: it needs gh and Python alone, and its
sentences stand here.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

LABEL = "liens cassés"
TITLE = "Liens cassés"
MARKER = "<!-- rapport des liens : ce ticket est tenu à jour chaque nuit -->"
_PATIENCE = 60  # seconds for one request
_REPOSITORY = "repos/{owner}/{repo}"  # gh fills it in, from GH_REPO or the clone


class GitHubError(Exception):
    """What gh said when it failed."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 0 when done, 1 when it could not be (wrong use ends with 2, SystemExit)."""
    args = _parser().parse_args(argv)
    try:
        body = f"{MARKER}\n{args.report.read_text(encoding='utf-8')}"
        print(tell(body, broken=args.outcome == "broken"))
    except (GitHubError, OSError) as error:
        print(f"tell_issue: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "tell_issue",
        description="Ouvre, met à jour ou ferme le ticket GitHub qui dit quels liens sont cassés. Fermé "
        "comme « not planned », il n'est plus rouvert.",
        epilog="Code de retour : 0 fait (ou rien à faire), 1 impossible, 2 mauvais usage.",
    )
    parser.add_argument("outcome", choices=("broken", "clean"), help="des liens sont cassés, ou aucun")
    parser.add_argument("report", type=Path, metavar="RAPPORT", help="le texte du ticket, en Markdown")
    return parser


def tell(body: str, *, broken: bool) -> str:
    """Bring the issue in line with the night; return what was done. Nobody is ever sent a comment."""
    if not _ask("GET", _REPOSITORY)["has_issues"]:
        return "Ce dépôt n'a pas de tickets : rien n'est signalé."
    ours = [issue for issue in _labelled() if _is_ours(issue)]
    opened = [issue for issue in ours if issue["state"] == "open"]
    if not broken:
        return _close(opened, body)
    if opened:
        return _update(opened[0], body)
    return _reopen(ours[0], body) if ours else _open(body)


def _update(issue: Mapping[str, Any], body: str) -> str:
    number = issue["number"]
    if _lines(issue["body"]) == _lines(body):
        return f"Ticket {number} : déjà à jour."
    _change(number, {"body": body})
    return f"Ticket {number} : mis à jour."


def _reopen(issue: Mapping[str, Any], body: str) -> str:
    """Open an issue again, unless its author wants none: one more every night is what makes people deaf."""
    number = issue["number"]
    if issue["state_reason"] == "not_planned":
        return f"Ticket {number} : fermé comme « not planned », il le reste."
    _change(number, {"body": body, "state": "open"})
    return f"Ticket {number} : rouvert."


def _close(issues: Sequence[Mapping[str, Any]], body: str) -> str:
    for issue in issues:
        _change(issue["number"], {"body": body, "state": "closed", "state_reason": "completed"})
    return "\n".join(f"Ticket {issue['number']} : fermé." for issue in issues) or "Rien à signaler."


def _open(body: str) -> str:
    try:
        _ask("POST", f"{_REPOSITORY}/labels", {"name": LABEL, "color": "b60205"})
    except GitHubError as error:
        if "already_exists" not in str(error):
            raise
    issue = _ask("POST", f"{_REPOSITORY}/issues", {"title": TITLE, "body": body, "labels": [LABEL]})
    return f"Ticket {issue['number']} : ouvert."


def _labelled() -> list[dict[str, Any]]:
    """Return the issues that have the label, newest first; the last hundred are more than enough."""
    query = f"labels={quote(LABEL)}&state=all&sort=created&direction=desc&per_page=100"
    issues: list[dict[str, Any]] = _ask("GET", f"{_REPOSITORY}/issues?{query}")
    return issues


def _is_ours(issue: Mapping[str, Any]) -> bool:
    """Tell whether it is an issue, no pull request, that this command once opened."""
    return "pull_request" not in issue and (issue["body"] or "").startswith(MARKER)


def _lines(body: str) -> list[str]:
    """Return the lines of a body, which may come back with other ends than they were sent with."""
    return body.strip().splitlines()


def _change(number: int, fields: Mapping[str, Any]) -> None:
    _ask("PATCH", f"{_REPOSITORY}/issues/{number}", fields)


def _ask(method: str, path: str, fields: Mapping[str, Any] | None = None) -> Any:
    """Ask GitHub's API; return its JSON. Raises GitHubError."""
    command = ["gh", "api", "--method", method, path]
    if fields is not None:
        command += ["--input", "-"]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(fields) if fields is not None else "",
            capture_output=True,
            check=True,
            encoding="utf-8",
            timeout=_PATIENCE,
        )
        return json.loads(done.stdout)
    except subprocess.CalledProcessError as error:
        raise GitHubError(f"{method} {path} : {error.stderr.strip()} {error.stdout.strip()}") from error
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise GitHubError(f"{method} {path} : {error}") from error


if __name__ == "__main__":
    sys.exit(main())
