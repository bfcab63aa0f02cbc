"""What is wrong with a YAML block, in a word that a message can be made of, and on which of its lines.

PyYAML's own sentences are English and differ between its two loaders: what they have in common is matched.
"""

from __future__ import annotations

import re
from typing import Final, Literal

import yaml

Fault = Literal[
    "colon", "tab", "quote", "bracket", "special", "colonless", "indentation", "date", "control", "unknown"
]

# Tried in this order on « context: problem »; True: the line to look at is where it was left open.
_SENTENCES: Final[tuple[tuple[str, Fault, bool], ...]] = (
    ("mapping values are not allowed", "colon", False),
    ("quoted scalar", "quote", True),
    ("flow sequence", "bracket", True),
    ("flow mapping", "bracket", True),
    ("flow node", "bracket", True),
    ("cannot start any token", "special", False),
    ("alias", "special", False),
    ("anchor", "special", False),
    ("directive", "special", False),
    ("tag", "special", False),
    ("block scalar", "special", False),
    ("could not find expected ':'", "colonless", True),
    ("block mapping", "indentation", False),
    ("block collection", "indentation", False),
    ("block sequence", "indentation", False),
)
# What the line itself says, where the loader's sentence fits many mistakes.
_LOOKS: Final[tuple[tuple[re.Pattern[str], Fault], ...]] = (
    (re.compile(r"^[^:]*\t"), "tab"),
    (re.compile(r":[ ]+[\"']"), "quote"),
    (re.compile(r":[ ]+[{\[]"), "special"),
)
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?")


def diagnose(error: Exception, block: str) -> tuple[int, Fault]:
    """Return the 0-based line of `block` to look at, and what is wrong there."""
    if isinstance(error, yaml.MarkedYAMLError):
        return _marked(error, block)
    if isinstance(error, yaml.reader.ReaderError):
        return block.count("\n", 0, error.position), "control"
    if isinstance(error, ValueError) and (date := _DATE.search(block)):
        return block.count("\n", 0, date.start()), "date"
    return 0, "unknown"


def _marked(error: yaml.MarkedYAMLError, block: str) -> tuple[int, Fault]:
    sentence = f"{error.context or ''}: {error.problem or ''}"
    fault, opened = next(
        ((fault, opened) for words, fault, opened in _SENTENCES if words in sentence), ("unknown", False)
    )
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    lines = block.split("\n")
    line = min(mark.line if mark else 0, len(lines) - 1)
    while line and not lines[line].strip():
        line -= 1  # the loader noticed past the end of what is wrong
    if fault in ("special", "indentation", "unknown"):
        fault = next((told for pattern, told in _LOOKS if pattern.search(lines[line])), fault)
    return line, fault
