"""Make `hooks/coursekit/encoding/prior.json`: what characters course pages are made of.

    make_emoji_prior.py COURSES --emojibase DIR [--summaries FILE]... [--without GLOB] [--output FILE]

COURSES is a folder of clean course pages (*.md); only counts of it are kept, for words only their first
letters beside an emoji. DIR is the unpacked npm package `emojibase-data` (MIT; it holds the annotations of
Unicode CLDR, Unicode License). A FILE of summaries is any text of one-line package descriptions.
"""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from coursekit.encoding.codepages import FAMILIES
from coursekit.encoding.words import stems

OUTPUT = Path(__file__).parents[1] / "hooks/coursekit/encoding/prior.json"
_HOLES = frozenset(
    byte
    for family in FAMILIES
    for forward in family.forward
    for byte in range(0x80, 256)
    if not forward[byte]
)


def main(argv: Sequence[str] | None = None) -> int:
    """Write the table; return 0, or 2 when there is nothing to count."""
    parser = argparse.ArgumentParser(description="Construit la table des caractères vraisemblables.")
    parser.add_argument("courses", type=Path, help="dossier de pages saines (*.md)")
    parser.add_argument("--emojibase", type=Path, required=True, help="paquet npm emojibase-data, déballé")
    parser.add_argument(
        "--summaries", type=Path, action="append", default=[], help="descriptions de logiciels"
    )
    parser.add_argument("--without", metavar="MOTIF", help="écarte les pages dont le chemin suit ce motif")
    parser.add_argument(
        "--output", type=Path, default=OUTPUT, help="fichier écrit (défaut : celui du paquet)"
    )
    args = parser.parse_args(argv)
    pages = [
        page.read_text("utf-8")
        for page in sorted(args.courses.rglob("*.md"))
        if not (args.without and page.relative_to(args.courses).match(args.without))
    ]
    if not pages:
        print(f"{args.courses} : aucune page", file=sys.stderr)
        return 2
    summaries = [path.read_text("utf-8", "replace") for path in args.summaries]
    table = make_table(pages, summaries, args.emojibase)
    args.output.write_text(json.dumps(table, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")
    return 0


def make_table(pages: Sequence[str], summaries: Iterable[str], emojibase: Path) -> dict[str, Any]:
    """Return the content of `prior.json` (see coursekit.encoding.prior)."""
    text_style, keywords = read_emojibase(emojibase)
    letters = Counter(char for page in pages for char in page if char > "\x9f")
    technical = Counter(char for text in summaries for char in text if is_symbol(char))
    return {
        "letters": dict(letters),
        "technical": {char: count for char, count in technical.items() if count > 1},
        "emoji": "".join(sorted(keywords)),
        "text_style": "".join(sorted(text_style)),
        "keywords": {
            char: " ".join(sorted(words)) for char, words in keywords.items() if may_lose_a_byte(char)
        },
        "uses": count_uses(pages, keywords.keys()),
    }


def read_emojibase(folder: Path) -> tuple[set[str], dict[str, set[str]]]:
    """Return the emoji shown as text by default, and the stems of each emoji's names and tags."""
    text_style: set[str] = set()
    keywords: dict[str, set[str]] = defaultdict(set)
    for language in ("fr", "en"):
        for entry in json.loads((folder / language / "data.json").read_text("utf-8")):
            emoji = entry["emoji"].removesuffix("\ufe0f")
            for tone in entry.get("skins", []):
                for char in tone["emoji"][1:2]:
                    keywords.setdefault(char, set())
            if len(emoji) != 1:
                continue
            if entry["type"] == 0:
                text_style.add(emoji)
            keywords[emoji] |= stems(" ".join([entry["label"], *entry.get("tags", [])]))
    return text_style, dict(keywords)


def count_uses(pages: Iterable[str], emoji: Iterable[str]) -> dict[str, dict[str, int]]:
    """Count, for each emoji that may lose a byte, on how many lines each stem stands beside it."""
    uses: dict[str, Counter[str]] = {char: Counter() for char in emoji if may_lose_a_byte(char)}
    for page in pages:
        for line in page.split("\n"):
            if line.isascii():
                continue
            words = stems(line)
            for char in set(line) & uses.keys():
                uses[char].update(words)
    kept = {char: {word: n for word, n in counts.items() if n > 1} for char, counts in uses.items()}
    return {char: counts for char, counts in kept.items() if counts}


def is_symbol(char: str) -> bool:
    """Tell whether a character is a symbol, a number or a mark of typography, that of East Asia left out."""
    in_blocks = "\u2000" < char < "\u3000" or char > "\U0001f000"
    return in_blocks and unicodedata.category(char)[0] in "SNP"


def may_lose_a_byte(char: str) -> bool:
    """Tell whether some code page has no character for one of the bytes of `char`."""
    return any(byte in _HOLES for byte in char.encode())


if __name__ == "__main__":
    sys.exit(main())
