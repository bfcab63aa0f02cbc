"""CommonMark, GFM and directives inside Python-Markdown: `Markdown(extensions=["coursekit.markdown"])`."""

from coursekit.markdown.document import Directive, Document, Heading, Link, Size
from coursekit.markdown.extension import CourseMarkdown, makeExtension

__all__ = ["CourseMarkdown", "Directive", "Document", "Heading", "Link", "Size", "makeExtension"]
