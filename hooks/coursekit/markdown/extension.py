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
from markdown.preprocessors import Preprocessor

from coursekit.markdown import blocks, footnotes, inlines, tabs
from coursekit.markdown.document import Document, as_written
from coursekit.markdown.options import Options
from coursekit.markdown.parser import parser
from coursekit.markdown.tree import Tree

_HANDLERS = inlines.HANDLERS | blocks.HANDLERS | footnotes.HANDLERS | tabs.HANDLERS

# After snippets (32), which work on the source; before the normalisation of blanks (30).
_CAPTURE_PRIORITY = 31
# Before extensions that put placeholders into the source: critic (31.1), superfences' preserve_tabs (31.05).
_CLEAN_PRIORITY = 31.5

# Python-Markdown's own inline syntax, which the front end replaces.
_CORE_PATTERNS = (
    "backtick", "escape", "reference", "link", "image_link", "image_reference", "short_reference",
    "short_image_ref", "autolink", "automail", "linebreak", "html", "entity", "not_strong", "em_strong",
    "em_strong2",
)  # fmt: skip

# Python-Markdown marks its placeholders with STX and ETX, pymdownx with SOH and EOT until the source is
# normalised; an author's text never needs them.
_PLACEHOLDER_MARKS = str.maketrans("", "", "\u0001\u0002\u0003\u0004")
_NORMALISED_MARKS = str.maketrans("\u0001\u0004", "\u0002\u0003")


class CourseMarkdown(Extension):
    """CommonMark, GFM and directives. Settings are for whoever embeds it; authors need none."""

    def __init__(self, **settings: Any) -> None:
        self.config = {
            "resolve": [as_written, "Called with each Link; returns the URL to write"],
            "observers": [[], "Called with the Document once it is parsed"],
            "first_line": [1, "1-based line of the author's file on which the text starts"],
        }
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:
        """Put the front end in the place of Python-Markdown's parser."""
        front_end = FrontEnd(md, Options(**self.getConfigs()))
        md.preprocessors.register(_Clean(md), "coursekit_clean", _CLEAN_PRIORITY)
        md.preprocessors.register(front_end, "coursekit_capture", _CAPTURE_PRIORITY)
        md.parser.parseDocument = front_end.parse_document  # type: ignore[method-assign, assignment]
        for name in _CORE_PATTERNS:
            md.inlinePatterns.deregister(name, strict=False)


class _Clean(Preprocessor):
    """Takes the marks of placeholders out of an author's text, so that none can be forged."""

    def run(self, lines: list[str]) -> list[str]:
        return [line.translate(_PLACEHOLDER_MARKS) for line in lines]


class FrontEnd(Preprocessor):
    """Takes the source of each document and gives back its elements."""

    def __init__(self, md: Markdown, options: Options) -> None:
        super().__init__(md)
        self._markdown = md
        self._options = options
        self._source = ""

    def run(self, lines: list[str]) -> list[str]:
        """Keep the source; nothing is left for the preprocessors that follow."""
        # Without a last line end, markdown-it 4 reads beyond the text: `> - <!--` and `>`, say.
        source = "\n".join(lines).translate(_NORMALISED_MARKS)
        self._source = source if source.endswith("\n") else source + "\n"
        return []

    def parse_document(self, lines: list[str]) -> etree.ElementTree:
        """Return the document's elements; the lines were kept by `run`."""
        env: dict[str, Any] = {"options": self._options, "problems": []}
        tokens = parser().parse(self._source, env)
        tree = Tree(self._markdown, _HANDLERS, self._options)
        tree.document.problems.extend(env["problems"])
        tree.surplus_fences = env.get("surplus_fences", 0)
        for identifier in blocks.given_ids(tokens):
            tree.slugger.reserve(identifier)
        tree.grow(tokens)
        self._tell(tree.document)
        return etree.ElementTree(tree.root)

    def _tell(self, document: Document) -> None:
        document.problems.sort()
        for observe in self._options.observers:
            observe(document)


def makeExtension(**settings: Any) -> CourseMarkdown:
    """Return the extension, as `extensions=["coursekit.markdown"]` asks for it."""
    return CourseMarkdown(**settings)
