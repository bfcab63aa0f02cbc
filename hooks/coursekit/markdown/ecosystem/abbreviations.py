"""Definitions of abbreviations (`*[HTML]: …`), read where a site switches `abbr` on.

They are kept for the tree processor of Python-Markdown's own extension, which marks the words.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

# A letter is asked for: words of digits alone also stand in Python-Markdown's placeholders.
_DEFINITION = re.compile(r"\*\[(?P<word>(?=[^\]]*[^\W\d_])[^\[\]\\]+)\][ ]?:[ \t]*(?P<meaning>.*)")


def abbreviations_plugin(md: MarkdownIt) -> None:
    """Take definitions out of the text into `env["abbreviations"]`, word to meaning."""
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference"]}
    md.block.ruler.before("list", "abbreviation", _definition, interrupts)


def _definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("*[", start) or state.is_code_block(start_line):
        return False
    if not (match := _DEFINITION.fullmatch(state.src, start, state.eMarks[start_line])):
        return False
    meaning = match["meaning"].strip()
    next_line = start_line + 1
    if not meaning and next_line < end_line:  # the meaning may stand on a line of its own
        meaning = state.getLines(next_line, next_line + 1, state.blkIndent, False).strip()
        next_line += 1
    if not meaning:
        return False
    if not silent:
        abbreviations: dict[str, str] = state.env["abbreviations"]
        abbreviations[match["word"].strip()] = "" if meaning in ('""', "''") else meaning
        state.line = next_line
    return True
