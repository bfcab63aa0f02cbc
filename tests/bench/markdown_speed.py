"""How fast pages render, beside what Material recommends: `python -m tests.bench.markdown_speed [FOLDER]`.

Every page of the folder (the course in docs/ when none is given) is converted by both in turn, so that a busy
machine slows both; diagrams come from memory, as on the site they come from their cache. Ends with 1 when the
front end takes more than its share of the time.
"""

from __future__ import annotations

import functools
import re
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markdown import Markdown

from coursekit.encoding import read
from coursekit.markdown.diagrams import draw
from coursekit.markdown.front_matter import split
from tests.site_settings import markdown_settings

DOCS = Path(__file__).parents[2] / "docs"
_MOST = 0.6  # of the usual configuration's time
_ROUNDS = 5
# The list that Material's reference recommends, its emoji and snippets aside, which want files.
_USUAL = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "toc", "tables",
    "pymdownx.betterem", "pymdownx.caret", "pymdownx.details", "pymdownx.highlight", "pymdownx.inlinehilite",
    "pymdownx.keys", "pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tabbed",
    "pymdownx.tasklist", "pymdownx.tilde",
]  # fmt: skip
_USUAL_SETTINGS: dict[str, dict[str, Any]] = {
    "toc": {"permalink": True},
    "pymdownx.highlight": {"anchor_linenums": True, "line_spans": "__span", "pygments_lang_class": True},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
}


def main(argv: Sequence[str] | None = None) -> int:
    """Print medians and their ratio; return 1 when the target is missed."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    folder = Path(arguments[0]) if arguments else DOCS
    pages = [split(read(path.read_bytes()).text).body for path in sorted(folder.rglob("*.md"))]
    if not pages:
        print(f"aucune page dans {folder}", file=sys.stderr)
        return 2
    contenders: dict[str, Mapping[str, Any]] = {
        "Material": {"extensions": _USUAL, "extension_configs": _USUAL_SETTINGS},
        "coursekit": _ours(),
    }
    # `:::x` is unknown to Python-Markdown: written as it writes its boxes, they cost it what they cost.
    translated = {"Material": [_boxes(page) for page in pages], "coursekit": pages}
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(_ROUNDS + 1):  # the first loads lexers and tables
        for name, settings in contenders.items():
            taken = _seconds(translated[name], settings)
            if turn:
                seconds[name].append(taken)
    medians = {name: statistics.median(taken) / len(pages) * 1000 for name, taken in seconds.items()}
    ratio = medians["coursekit"] / medians["Material"]
    print(f"{len(pages)} pages, {sum(map(len, pages)) / 1e6:.2f} million de caractères, {_ROUNDS} tours")
    for name, median in medians.items():
        print(f"{name:10}{median:8.1f} ms par page")
    print(f"rapport   {ratio:8.2f} (au plus {_MOST})")
    return 1 if ratio > _MOST else 0


def _ours() -> Mapping[str, Any]:
    settings = markdown_settings()
    settings["extension_configs"]["coursekit.markdown"]["draw"] = functools.cache(draw)
    return settings


def _seconds(pages: Sequence[str], settings: Mapping[str, Any]) -> float:
    start = time.process_time()
    for page in pages:
        # A new instance a page, as MkDocs does.
        Markdown(extensions=settings["extensions"], extension_configs=settings["extension_configs"]).convert(
            page
        )
    return time.process_time() - start


def _boxes(page: str) -> str:
    """Write a page's directives as Python-Markdown's admonitions."""
    lines: list[str] = []
    depth = 0
    for line in page.split("\n"):
        if re.match(r"\s*:{3,}\s*$", line):
            depth = max(0, depth - 1)
        elif opener := re.match(r"\s*:{3,}\s*(\w+)(?:\[(.*)\])?", line):
            lines += ["", "    " * depth + f'!!! {opener[1]} "{opener[2] or opener[1]}"']
            depth += 1
        else:
            lines.append("    " * depth + line if line else line)
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
