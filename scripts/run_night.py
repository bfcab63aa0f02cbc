"""One night of scripts/check_links.py on GitHub's machines: see `--help`.

The memory of links must stay as it was when the command crashed (Python ends with 1 then, as if links were
broken) or when a machine had no network; this tells those nights from the others.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PARTS = Path("build/night")  # what the machines tell each other
REPORT = Path("build/links-report")
LEDGER = Path("build/links-ledger.json")
_COMMAND = (sys.executable, "scripts/check_links.py")
_OUTCOMES = {0: "clean", 1: "broken", 3: "network-down"}
_SUMMARY = 1_000_000  # bytes; GitHub refuses a summary beyond 1 MiB
# A warning, not a failure: it passes by itself, mends nothing to be told by mail, and the report says of
# which night it is.
_NO_NETWORK = (
    "::warning title=Liens::Le réseau de cette machine était en panne : la nuit ne compte pas, "
    "le rapport, la mémoire et le ticket restent ceux de la nuit précédente."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 0 when the night went through, else what made it fail."""
    args = _parser().parse_args(argv)
    return ask(args.share) if args.share else report()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "run_night",
        description="Vérifie les liens sur une ou plusieurs machines de GitHub. Avec une part K/N, interroge "
        f"cette part et écrit ce qu'elle a dit dans {PARTS}/ ; sans part, réunit ce que toutes y ont écrit "
        "et fait le rapport.",
    )
    parser.add_argument("share", nargs="?", metavar="K/N", help="la part de cette machine")
    return parser


def ask(share: str) -> int:
    """Ask one share of the links and leave its results, or a word that this machine had no network."""
    name = share.replace("/", "-of-")
    part = PARTS / f"part-{name}.json"
    PARTS.mkdir(parents=True, exist_ok=True)
    part.unlink(missing_ok=True)
    code = _run("--shard", share, "--json", str(part))
    if _OUTCOMES.get(code) == "network-down":
        (PARTS / f"network-down-{name}").touch()
        return 0
    return 0 if code in _OUTCOMES and part.exists() else code or 1


def report() -> int:
    """Join the parts, write the report, and tell the workflow the night's outcome."""
    shutil.rmtree(REPORT, ignore_errors=True)  # of an earlier night
    if any(PARTS.glob("network-down-*")):
        outcome = "network-down"
    else:
        code = _run("merge", *sorted(map(str, PARTS.glob("part-*.json"))))
        if code not in _OUTCOMES:
            return code
        outcome = _OUTCOMES[code]
    if outcome == "network-down":
        print(_NO_NETWORK)
    elif not ((REPORT / "report.json").is_file() and LEDGER.is_file()):
        return 1
    else:
        _append("GITHUB_STEP_SUMMARY", (REPORT / "report.md").read_bytes()[:_SUMMARY])
    _append("GITHUB_OUTPUT", f"outcome={outcome}\n".encode())
    return 0


def _run(*arguments: str) -> int:
    return subprocess.run([*_COMMAND, *arguments], check=False).returncode


def _append(variable: str, text: bytes) -> None:
    """Add to the file that GitHub names in an environment variable."""
    if path := os.environ.get(variable):
        with Path(path).open("ab") as file:
            file.write(text)


if __name__ == "__main__":
    sys.exit(main())
