"""The other extensions on a page: what the front end keeps them from.

Done once all are loaded (`Extension.reset`), whatever their order in `mkdocs.yml`.
"""

from __future__ import annotations

import re
from typing import Any

from markdown import Markdown
from markdown.inlinepatterns import Pattern

from coursekit import messages
from coursekit.markdown.ecosystem.colourless import spare_styles
from coursekit.problem import UnusableSettingError

# Inline syntax that CommonMark has read already: Python-Markdown's own names, which others put theirs under,
# and those of formulas and footnotes.
INLINE_PATTERNS = (
    "backtick", "escape", "reference", "link", "image_link", "image_reference", "short_reference",
    "short_image_ref", "autolink", "automail", "linebreak", "html", "entity", "not_strong", "em_strong",
    "em_strong2", "arithmatex-inline", "footnote",
)  # fmt: skip

# Of the same: task lists, and attributes, for which any braces behind an element would do.
TREE_PROCESSORS = ("task-list", "attr_list")

# pymdownx's emphasis, strikethrough and highlighting, which share the pattern `delimiter` with carets.
_DELIMITERS = ("*", "_", "~", "=")

# Patterns that would also match inside words: `root:x:0`, `a:b:c`, `std::vector`, `i++j++`. A shortcode may
# touch another one.
_NEIGHBOURS = {
    "emoji": (r"(?<![\w:])", r"(?!\w|:(?![+\-\w]+:(?!\w)))"),
    "keys": (r"(?<![\w+])", r"(?![\w+])"),
    "keys-custom": (r"(?<![\w+])", r"(?![\w+])"),
}


def settle(md: Markdown) -> None:
    """Take from the other extensions what is the front end's to read; may be called again.

    Raises UnusableSettingError for a setting that would empty every fence.
    """
    if "fenced_raw_block" in md.preprocessors:
        raise UnusableSettingError(messages.preserve_tabs())
    spare_styles(md)
    for name in INLINE_PATTERNS:
        md.inlinePatterns.deregister(name, strict=False)
    for name in TREE_PROCESSORS:
        md.treeprocessors.deregister(name, strict=False)
    if "delimiter" in md.inlinePatterns:
        shared: Any = md.inlinePatterns["delimiter"]
        for token in _DELIMITERS:
            shared.remove(token)
        if not shared.tokens:
            md.inlinePatterns.deregister("delimiter")
    if "snippet" in md.preprocessors:  # `source` puts them in
        md.preprocessors["snippet"].run = _unchanged  # type: ignore[method-assign]
    for name, (before, after) in _NEIGHBOURS.items():
        if name in md.inlinePatterns:
            _delimit(md.inlinePatterns[name], before, after)


def _unchanged(lines: list[str]) -> list[str]:
    return lines


def _delimit(pattern: Pattern, before: str, after: str) -> None:
    source = pattern.compiled_re.pattern.strip()
    if not source.startswith(before):
        source = source.removeprefix("(?x)")
        pattern.compiled_re = re.compile(f"{before}(?:{source}){after}", pattern.compiled_re.flags)
