"""CommonMark, GFM and directives inside Python-Markdown: `Markdown(extensions=["coursekit.markdown"])`."""

from coursekit.markdown.document import Document, Link
from coursekit.markdown.extension import CourseMarkdown, makeExtension

__all__ = ["CourseMarkdown", "Document", "Link", "makeExtension"]
