"""How well lost characters are guessed, and how sure the guesses are:

    python -m tests.bench.encoding_guesses PAGES [--emojibase DIR --summaries FILE...] [--errors]

PAGES is a folder of sound pages (*.md). They are misread as code pages that drop bytes, repaired alone and
with what the other pages tell, and compared. With DIR and FILEs (see scripts/make_emoji_prior.py), pages of
a folder are repaired with a prior made from the pages of all folders of another name: no topic tells on
itself. Without, the shipped prior is used: right for pages of authors it never saw.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coursekit.encoding import Repair, SiteKnowledge, repair
from coursekit.encoding.prior import Prior, shipped_prior
from coursekit.encoding.values import Change
from scripts.make_emoji_prior import make_table
from tests.damage import may_lose, misread

_CODECS = ("cp1254", "cp1252")

PriorOf = Callable[[Path], Prior]


@dataclass
class Score:
    """Guesses counted against the truth."""

    lost: int = 0
    right: int = 0
    certain: int = 0
    certain_right: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, truth: str, guess: Change | None) -> None:
        """Count a lost character and its guess, None where none was made."""
        self.lost += 1
        if guess is None:
            self.errors[f"{truth} → rien"] += 1
            return
        right = guess.after == truth
        self.right += right
        self.certain += guess.certain
        self.certain_right += guess.certain and right
        if not right:
            self.errors[f"{truth} → {guess.after}"] += 1

    def __str__(self) -> str:
        lost, certain = max(1, self.lost), max(1, self.certain)
        return (
            f"{self.right}/{self.lost} justes ({self.right / lost:.1%}), "
            f"{self.certain / lost:.0%} dits sûrs dont {self.certain_right / certain:.1%} justes"
        )


def main(argv: Sequence[str] | None = None) -> int:
    """Print a line for each way of misreading and of repairing; return 0, or 2 when there is no page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--emojibase", type=Path)
    parser.add_argument("--summaries", type=Path, action="append", default=[])
    parser.add_argument("--errors", action="store_true", help="the commonest errors besides")
    args = parser.parse_args(argv)
    pages = {path: path.read_bytes().decode() for path in sorted(args.pages.rglob("*.md"))}
    if not pages:
        print(f"{args.pages} : aucune page", file=sys.stderr)
        return 2
    prior_of = _held_out(pages, args.emojibase, args.summaries) if args.emojibase else _shipped
    for codec in _CODECS:
        for with_site in (False, True):
            score = evaluate(pages, codec, prior_of, with_site=with_site)
            print(f"{codec}, {'avec' if with_site else 'sans'} le reste du site : {score}", flush=True)
            if args.errors:
                print("   ", ", ".join(f"{error} ({n})" for error, n in score.errors.most_common(20)))
    return 0


def evaluate(pages: Mapping[Path, str], codec: str, prior_of: PriorOf, *, with_site: bool) -> Score:
    """Misread each page, repair it, and count the guesses."""
    score = Score()
    for path, text in pages.items():
        if any(may_lose(char, codec) for char in set(text) if char > "\x7f"):
            others = (Repair(other) for name, other in pages.items() if name != path)
            site = SiteKnowledge.gather(others) if with_site else None
            repaired = repair(misread(text, codec, ""), site, prior=prior_of(path))
            for truth, guess in _compare(text, repaired, codec):
                score.add(truth, guess)
    return score


def _compare(text: str, repaired: Repair, codec: str) -> Iterator[tuple[str, Change | None]]:
    """Yield each character that lost bytes and what was guessed for it."""
    guesses: defaultdict[int, list[Change]] = defaultdict(list)
    for change in repaired.lost:
        guesses[change.line].append(change)
    for number, line in enumerate(text.split("\n"), start=1):
        lost = [char for char in line if char > "\x7f" and may_lose(char, codec)]
        found = guesses[number]
        for at, char in enumerate(lost):
            yield char, found[at] if len(found) == len(lost) else None


def _shipped(_: Path) -> Prior:
    return shipped_prior()


def _held_out(pages: Mapping[Path, str], emojibase: Path, summaries: Sequence[Path]) -> PriorOf:
    """Return the prior of each page: one that knows nothing of its topic."""
    texts = [path.read_text("utf-8", "replace") for path in summaries]
    priors: dict[str, Prior] = {}

    def prior_of(path: Path) -> Prior:
        topic = path.parent.name
        if topic not in priors:
            kept = [text for other, text in pages.items() if other.parent.name != topic]
            priors[topic] = Prior.from_json(make_table(kept, texts, emojibase))
        return priors[topic]

    return prior_of


if __name__ == "__main__":
    sys.exit(main())
