"""French spacing: no line may break before `; : ! ?` nor inside « ».

The signs keep the blanks that their author wrote, made unbreakable: a narrow one before `; ! ?`, a full one
before `:` and inside guillemets, which get theirs where there is none (Imprimerie nationale, « Lexique des
règles typographiques »). A blank that a sign of code follows stays: `:x:`, `!important`, `::`.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence

from markdown_it.token import Token

NARROW, FULL = "\u202f", "\u00a0"

_SIGNS = re.compile(
    r"""(?<=\S)[ ](?= (?P<narrow>;(?=\s|\Z) | [!?]+(?=[\s)\]»”"….,]|\Z)) | :(?=\s|\Z))
      | (?P<opening>«)[ ]?(?=\S)
      | (?<=\S)[ ]?(?P<closing>»)""",
    re.VERBOSE,
)
_LEAF = "\ufffc"  # stands for code, an image or a formula: no blank


def french(text: str) -> str:
    """Return a text with French spacing; nothing but its blanks changes."""
    return _SIGNS.sub(_spaced, text)


def _spaced(match: re.Match[str]) -> str:
    if match["opening"]:
        return match["opening"] + FULL
    if match["closing"]:
        return FULL + match["closing"]
    return NARROW if match["narrow"] else FULL


def apply(children: Sequence[Token]) -> None:
    """Give French spacing to the text of an inline token's children; code, HTML and formulas stay."""
    matches = deque(_SIGNS.finditer("".join(map(_shown, children))))
    end = 0
    for token in children:
        start, end = end, end + len(_shown(token))
        parts, done = [], start
        while matches and matches[0].start() < end:
            match = matches.popleft()
            if match.end() <= end:  # else a link starts with the blank, and keeps it
                parts += [token.content[done - start : match.start() - start], _spaced(match)]
                done = match.end()
        if parts:
            token.content = "".join(parts) + token.content[done - start :]


def _shown(token: Token) -> str:
    if token.type == "text":
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return "" if token.nesting else _LEAF
