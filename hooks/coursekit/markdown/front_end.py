"""A page's elements: what its source keeps, read by the parser and grown into a tree."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from typing import Any

from markdown import Markdown

from coursekit.markdown import blocks, inlines, outline
from coursekit.markdown.containers import boxes, tabs
from coursekit.markdown.ecosystem import syntax
from coursekit.markdown.gfm import footnotes
from coursekit.markdown.mathematics import formulas
from coursekit.markdown.options import Options
from coursekit.markdown.parser import parser
from coursekit.markdown.source import Source
from coursekit.markdown.tree import Tree

_HANDLERS = {
    name: handler
    for room in (inlines, blocks, boxes, tabs, formulas, footnotes)
    for name, handler in room.HANDLERS.items()
}


def parse_document(md: Markdown, source: Source, options: Options) -> etree.ElementTree:
    """Return the elements of the document that `source` keeps, and tell of it."""
    env: dict[str, Any] = {
        "options": options,
        "problems": [],
        "origins": source.origins,
        "abbreviations": syntax.abbreviations(md),
    }
    tokens = parser(syntax.plugins(md)).parse(source.text, env)
    tree = Tree(md, _HANDLERS, options)
    tree.document.problems += source.problems + env["problems"]
    tree.surplus_fences = env.get("surplus_fences", 0)
    outline.note(tree, tokens)
    tree.grow(tokens)
    tree.finish()
    tree.document.problems.sort()
    for observe in options.observers:
        observe(tree.document)
    return etree.ElementTree(tree.root)
