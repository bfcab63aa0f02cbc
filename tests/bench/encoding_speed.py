"""How fast text is repaired, beside ftfy: `python -m tests.bench.encoding_speed [MEGABYTES]...`

The text is the course page again and again, each copy with words of its own, sound and damaged as that
page was. Ends with 1 when a speed is below its target or time grows faster than the text.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import ftfy

from coursekit.encoding import read, repair
from tests.damage import misread

COURSE = Path(__file__).parents[2] / "docs/kubernetes/bonnes-pratiques.md"
_SIZES = (1, 10, 100)  # megabytes of UTF-8
_TARGETS = {"sain": 50.0, "abîmé": 2.0}  # MB/s
_MOST_GROWTH = 1.5  # how much slower a megabyte may be in a text of ten times the length
_FTFY = ftfy.TextFixerConfig(unescape_html=False, uncurl_quotes=False, fix_latin_ligatures=False)


def main(argv: Sequence[str] | None = None) -> int:
    """Print a table; return 1 when a target is missed."""
    sizes = [float(size) for size in argv or sys.argv[1:]] or list(_SIZES)
    page = read(COURSE.read_bytes()).text
    repair(_text(page, 0.02, damaged=True))  # loads what the package ships
    missed = False
    print(f"{'texte':8}{'Mo':>8}{'Mo/s':>8}{'× ftfy':>8}{'mémoire (Mo)':>14}")
    for name, target in _TARGETS.items():
        speeds: list[float] = []
        for size in sizes:
            text = _text(page, size, damaged=name == "abîmé")
            speed = _speed(lambda text: repair(text).text, text)
            ratio = f"{speed / _speed(_ftfy, text):8.1f}" if size <= 1 else f"{'':8}"
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{name:8}{size:8.0f}{speed:8.1f}{ratio}{memory:14.0f}", flush=True)
            missed |= speed < target or bool(speeds and speed * _MOST_GROWTH < speeds[-1])
            speeds.append(speed)
    return 1 if missed else 0


def _text(page: str, megabytes: float, *, damaged: bool) -> str:
    """Return about so much of the page; every line of every copy has a word that no other has."""
    lines = page.split("\n")
    copies = range(max(1, round(megabytes * 1e6 / len(page.encode()))))
    text = "\n".join(f"{line} mot{copy}" if line else "" for copy in copies for line in lines)
    return misread(text, "cp1254", "") if damaged else text


def _speed(fix: Callable[[str], str], text: str) -> float:
    """Return megabytes a second, in UTF-8; the better of two runs for short texts."""
    seconds = []
    for _ in range(1 if len(text) > 5e6 else 2):
        start = time.perf_counter()
        fix(text)
        seconds.append(time.perf_counter() - start)
    return len(text.encode()) / 1e6 / min(seconds)


def _ftfy(text: str) -> str:
    return ftfy.fix_text(text, _FTFY)


if __name__ == "__main__":
    sys.exit(main())
