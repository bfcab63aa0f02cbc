r"""Formulas: `$…$` in a text, `$$…$$` on lines of its own, `math` fences. What stands in them is TeX.

Course texts are full of dollars that open nothing: `$HOME/bin:$PATH`, `$(nproc)`, `${x}`, `5 $`, `US$5`. The
rule is Pandoc's and GitHub's together, with what shells and prices ask for: an opening dollar stands behind
neither a letter nor a digit and before what can begin a formula; the *next* dollar closes it or it is none,
and stands neither behind a blank nor before a letter, a digit, `(` or `{`. There are no quotation marks and
no backquotes in a formula, and no words of a sentence (`$5 et 10$`): these are the author's text. remark-math
has no such conditions and would take all of it for formulas.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from coursekit import messages
from coursekit.markdown.slips import tell

_INLINE = re.compile(
    r"""(?P<dollars>\${1,2}) (?![\s$)?!\#@*,;:.'%&/}])
        (?P<tex>(?:\\.|[^\\$`"])++) (?<![\s/:(])
        (?P=dollars) (?![\w$({])""",
    re.VERBOSE | re.DOTALL,
)
_WORD = re.compile(r"\s(?:[^\W\d_]{2,}|à)\s")  # of a sentence
_TEX = re.compile(r"[\\^_={}<>+]")


def mathematics_plugin(md: MarkdownIt) -> None:
    """Read formulas; those on lines of their own may interrupt a paragraph, as fences do."""
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.after("fence", "math_block", _block, interrupts)
    md.inline.ruler.after("escape", "math_inline", _inline)
    md.core.ruler.after("block", "math_fences", _fences)


def _inline(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if state.src[start] != "$" or not _may_open(state.src[start - 1 : start]):
        return False
    match = _INLINE.match(state.src, start, state.posMax)
    if not match or (_WORD.search(match["tex"]) and not _TEX.search(match["tex"])):
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = match["tex"]
        token.markup = match["dollars"]
        token.meta = {"offset": start}
    state.pos = match.end()
    return True


def _may_open(before: str) -> bool:
    return not (before.isalnum() or before in ("$", "\\", "^", "_"))


def _block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if not state.src.startswith("$$", _start(state, start_line)) or state.is_code_block(start_line):
        return False
    first = _content(state, start_line)[2:]
    close_line = _close_line(state, start_line, end_line, first)
    if close_line is None:
        if not silent and not first:
            tell(state.env, start_line, messages.unclosed_formula())
        return False
    if silent:
        return True
    token = state.push("math_block", "math", 0)
    token.block = True
    token.map = [start_line, close_line + 1]
    token.markup = "$$"
    lines = state.getLines(start_line, close_line + 1, state.sCount[start_line], False).strip()
    token.content = lines[2:-2]
    state.line = close_line + 1
    return True


def _start(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line]


def _content(state: StateBlock, line: int) -> str:
    return state.src[_start(state, line) : state.eMarks[line]].rstrip()


def _close_line(state: StateBlock, start_line: int, end_line: int, first: str) -> int | None:
    """Return the line that ends with the closing dollars; `first` is what follows the opening ones.

    Dollars anywhere else are no formula's. Only a formula that opens on a line of its own may hold blank
    lines.
    """
    if "$$" in first:
        return start_line if first.strip("$").strip() and first.find("$$") == len(first) - 2 else None
    for line in range(start_line + 1, end_line):
        content = _content(state, line)
        if not content and first:
            return None
        if content and state.sCount[line] < state.blkIndent:
            return None  # left the list item or the quote
        if "$$" in content:
            return line if content.find("$$") == len(content) - 2 else None
    return None


def _fences(state: StateCore) -> None:
    """Show a fence of `math` as a formula, as GitHub does."""
    for token in state.tokens:
        if token.type == "fence" and token.info.split(maxsplit=1)[:1] == ["math"]:
            token.type = "math_block"
