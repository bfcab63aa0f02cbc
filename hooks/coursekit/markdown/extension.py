"""The Python-Markdown extension: block and inline parsing are replaced, everything around them is kept.

A preprocessor takes the source away before Python-Markdown normalises it (tabs, blanks), and `parseDocument`
answers with the elements that the CommonMark front end builds. What comes after (tree processors such as toc,
inline patterns of other extensions, post-processors) works as ever. `parseDocument` is no stable API: the
version is pinned, and `test_other_extensions_still_work` is the canary.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension

from coursekit.markdown import blocks, drawing_ids, finishing, inlines, outline
from coursekit.markdown.containers import boxes, tabs
from coursekit.markdown.containers.callout_settings import read_callouts
from coursekit.markdown.diagrams import draw
from coursekit.markdown.document import Document, as_written, unmeasured
from coursekit.markdown.ecosystem import neighbours, siblings
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


class CourseMarkdown(Extension):
    """CommonMark, GFM and directives. Authors need none of the settings, but may add boxes (`callouts`)."""

    def __init__(self, **settings: Any) -> None:
        self.config = {
            "resolve": [as_written, "Called with each Link; returns the URL to write"],
            "measure": [unmeasured, "Called with each image's Link; returns its width and height, if known"],
            "lazy_images": [False, "Have images load when a reader comes near them"],
            "observers": [[], "Called with the Document once it is parsed"],
            "callouts": [{}, "Boxes of the site: {name: {title, like, color, icon, folded}}"],
            "draw": [draw, "Called with each Mermaid diagram's source; returns the Diagram or a Fault"],
            "typography": ["", "`french`: blanks before `; : ! ?` and inside « » are unbreakable"],
            "first_line": [1, "1-based line of the author's file on which the text starts"],
        }
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:
        """Put the front end in the place of Python-Markdown's parser."""
        self._markdown = md
        md.registerExtension(self)
        settings = self.getConfigs()
        settings["callouts"] = read_callouts(settings["callouts"])
        md.parser.parseDocument = FrontEnd(md, Options(**settings)).parse_document  # type: ignore[method-assign, assignment]
        # For Python-Markdown `math` is a block: a formula alone in a paragraph would take its place.
        md.block_level_elements = [tag for tag in md.block_level_elements if tag != "math"]
        siblings.register(md)
        drawing_ids.register(md)
        finishing.register(md)

    def reset(self) -> None:
        """Settle with the other extensions: Python-Markdown calls this once all are loaded."""
        neighbours.settle(self._markdown)


class FrontEnd:
    """Gives back the elements of each document."""

    def __init__(self, md: Markdown, options: Options) -> None:
        """Build documents for `md`, with the choices `options`."""
        self._markdown = md
        self._options = options
        self._source = Source(md, options)

    def parse_document(self, lines: list[str]) -> etree.ElementTree:
        """Return the document's elements; the lines were kept by its source."""
        env: dict[str, Any] = {
            "options": self._options,
            "problems": [],
            "origins": self._source.origins,
            "abbreviations": neighbours.abbreviations(self._markdown),
        }
        tokens = parser(neighbours.plugins(self._markdown)).parse(self._source.text, env)
        tree = Tree(self._markdown, _HANDLERS, self._options)
        tree.document.problems += self._source.problems + env["problems"]
        tree.surplus_fences = env.get("surplus_fences", 0)
        outline.note(tree, tokens)
        tree.grow(tokens)
        tree.finish()
        self._tell(tree.document)
        return etree.ElementTree(tree.root)

    def _tell(self, document: Document) -> None:
        document.problems.sort()
        for observe in self._options.observers:
            observe(document)


def makeExtension(**settings: Any) -> CourseMarkdown:
    """Return the extension, as `extensions=["coursekit.markdown"]` asks for it."""
    return CourseMarkdown(**settings)
