"""The Python-Markdown extension: block and inline parsing are replaced, everything around them is kept.

A preprocessor takes the source away before Python-Markdown normalises it (tabs, blanks), and `parseDocument`
answers with the elements that the CommonMark front end builds. What comes after (tree processors such as toc,
inline patterns of other extensions, post-processors) works as ever. `parseDocument` is no stable API: the
version is pinned, and `test_other_extensions_still_work` is the canary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown import Markdown
from markdown.extensions import Extension

from coursekit.markdown import drawing_ids, finishing
from coursekit.markdown.containers.callout_settings import read_callouts
from coursekit.markdown.document import as_written, unmeasured
from coursekit.markdown.ecosystem import neighbours, siblings
from coursekit.markdown.options import Options, drawn
from coursekit.markdown.source import Source

if TYPE_CHECKING:
    from xml.etree.ElementTree import ElementTree


class CourseMarkdown(Extension):
    """CommonMark, GFM and directives. Authors need none of the settings, but may add boxes (`callouts`)."""

    def __init__(self, **settings: Any) -> None:
        self.config = {
            "resolve": [as_written, "Called with each Link; returns the URL to write"],
            "measure": [unmeasured, "Called with each image's Link; returns its width and height, if known"],
            "lazy_images": [False, "Have images load when a reader comes near them"],
            "observers": [[], "Called with the Document once it is parsed"],
            "callouts": [{}, "Boxes of the site: {name: {title, like, color, icon, folded}}"],
            "draw": [drawn, "Called with each Mermaid diagram's source; returns the Diagram or a Fault"],
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
        options = Options(**settings)
        source = Source(md, options)

        def parse_document(lines: list[str]) -> ElementTree:
            """Return the document's elements; the lines were kept by its source."""
            from coursekit.markdown import front_end  # noqa: PLC0415 - builds that reuse every page do without

            return front_end.parse_document(md, source, options)

        md.parser.parseDocument = parse_document  # type: ignore[method-assign, assignment]
        # For Python-Markdown `math` is a block: a formula alone in a paragraph would take its place.
        md.block_level_elements = [tag for tag in md.block_level_elements if tag != "math"]
        siblings.register(md)
        drawing_ids.register(md)
        finishing.register(md)

    def reset(self) -> None:
        """Settle with the other extensions: Python-Markdown calls this once all are loaded."""
        neighbours.settle(self._markdown)


def makeExtension(**settings: Any) -> CourseMarkdown:
    """Return the extension, as `extensions=["coursekit.markdown"]` asks for it."""
    return CourseMarkdown(**settings)
