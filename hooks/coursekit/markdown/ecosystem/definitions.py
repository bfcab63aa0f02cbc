"""Definition lists (`Terme`, then `: définition`), read where a site switches `def_list` on."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.deflist import deflist_plugin

_DEFINITION = re.compile(r":[ \t]+\S")


def definitions_plugin(md: MarkdownIt) -> None:
    """Read definition lists as Python-Markdown's extension does: only a colon opens a definition."""
    deflist_plugin(md)
    names = md.block.ruler.get_active_rules()
    rule = md.block.ruler.getRules("")[names.index("deflist")]

    def definitions(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        # The plugin also takes `~` for a mark, which authors write for « environ ».
        marked = start_line
        if not silent:
            marked += 1
            if marked < end_line and state.isEmpty(marked):
                marked += 1
        if marked >= end_line:
            return False
        start = state.bMarks[marked] + state.tShift[marked]
        return bool(_DEFINITION.match(state.src, start)) and rule(state, start_line, end_line, silent)

    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    md.block.ruler.at("deflist", definitions, interrupts)
