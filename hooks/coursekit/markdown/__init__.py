"""CommonMark, GFM and directives inside Python-Markdown: `Markdown(extensions=["coursekit.markdown"])`.

In the order in which a page passes:

- front matter: `front_matter`, `metadata`, `yaml_faults`;
- the text on its way to the parser: `source`, `snippets`, `shield`;
- tokens: `parser`, and its plugins. Containers: `dialects` tries a line as one, `directives`, `fenced_divs`,
  `admonitions`, `content_tabs`, `slash_blocks`, `alerts` read theirs, `containers` and `directive_attributes`
  are what they share. GFM: `autolinks`, `autolinks_in_text`, `notes`, `labels`. Besides: `attributes`,
  `mathematics`, `escapes`, `typography`. For sites that load the usual extension: `abbreviations`,
  `definitions`, `highlights`, `subscripts`, `markdown_in_html`;
- elements: `tree` grows them; `blocks`, `inlines`, `boxes`, `tabs`, `footnotes`, `images`, `formulas`,
  `fences` and `figures` know the tokens that need more than their tag. With `callouts` (the table of boxes;
  `callout_settings` extends it, `callout_styles` gives it looks), `slugs`, `outline`, `raw_html`,
  `open_tags`, `tex`, `diagrams`;
- Python-Markdown around it: `extension`, `neighbours` (what is settled with other extensions), `ecosystem`
  (which have no effect), `siblings`, `colourless`.

`options` is what whoever embeds it chooses, `document` what it tells beside the elements.

Bounds: containers nest to 100, elements to 200; an info string is read to 1,000 characters; a diagram is
drawn up to 50,000 characters, 10 s and 1 MB; a formula up to 1,000 commands and groups.
"""

from coursekit.markdown.document import Directive, Document, Heading, Link, Size
from coursekit.markdown.extension import CourseMarkdown, makeExtension

__all__ = ["CourseMarkdown", "Directive", "Document", "Heading", "Link", "Size", "makeExtension"]
