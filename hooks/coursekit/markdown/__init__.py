"""CommonMark, GFM and directives inside Python-Markdown: `Markdown(extensions=["coursekit.markdown"])`.

In the order in which a page passes:

- front matter: `front_matter`, `metadata`, `yaml_faults`;
- the text on its way to the parser: `source`;
- tokens: `parser`, whose rules `first_characters` sorts, and its plugins `containers` (`dialects` tries a
  line as one), `gfm`, `mathematics`, `attributes`, `typography`;
- elements: `tree` grows them; `blocks`, `inlines`, `images`, `fences`, `figures` and, in their folders,
  `boxes`, `tabs`, `footnotes`, `formulas` know the tokens that need more than their tag. `slugs`, `outline`,
  `raw_html`, `open_tags`, `drawing_ids` and `diagrams` serve them;
- Python-Markdown around it: `extension`, which loads the parser and what follows it (`front_end`) once there
  is a page to read, and `ecosystem` for what else a site loads.

`options` is what whoever embeds it chooses, `document` what it tells beside the elements.

Bounds: containers nest to 100, elements to 200; an info string is read to 1,000 characters; a diagram is
drawn up to 50,000 characters, 10 s and 1 MB; a formula up to 1,000 commands and groups.
"""

from coursekit.markdown.document import Directive, Document, Heading, Link, Size
from coursekit.markdown.extension import CourseMarkdown, makeExtension

__all__ = ["CourseMarkdown", "Directive", "Document", "Heading", "Link", "Size", "makeExtension"]
