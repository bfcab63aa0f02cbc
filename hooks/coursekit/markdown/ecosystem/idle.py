"""Which extensions of a site have nothing to work on, since the front end reads the page in their stead.

Tried one by one: whatever an extension registers where no text arrives any more, and that the front end does
not make up for, is syntax that would silently be shown as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension

from coursekit.markdown.ecosystem.neighbours import INLINE_PATTERNS
from coursekit.markdown.extension import CourseMarkdown
from coursekit.markdown.source import TAKE

# Modules whose syntax the front end reads by itself, or of which it uses what is registered.
_PROVIDED = frozenset({
    "coursekit.markdown.source",
    "markdown.extensions.abbr",
    "markdown.extensions.admonition",
    "markdown.extensions.def_list",
    "markdown.extensions.fenced_code",
    "markdown.extensions.footnotes",
    "markdown.extensions.md_in_html",
    "markdown.extensions.meta",  # front matter is MkDocs' affair
    "markdown.extensions.sane_lists",
    "markdown.extensions.tables",
    "markdown_callouts.github_callouts",
    "mdx_breakless_lists.mdx_breakless_lists",
    "pymdownx._bypassnorm",
    "pymdownx.arithmatex",
    "pymdownx.blocks.admonition",
    "pymdownx.blocks.details",
    "pymdownx.blocks.tab",
    "pymdownx.details",
    "pymdownx.magiclink",
    "pymdownx.quotes",
    "pymdownx.saneheaders",
    "pymdownx.superfences",
    "pymdownx.tabbed",
})  # fmt: skip

# Modules that only change how Python-Markdown's own parser, or what it leaves in the tree, is read.
_WITHOUT_TRACE = frozenset({"markdown.extensions.codehilite", "markdown.extensions.legacy_em"})


def idle_extensions(
    extensions: Sequence[str | Extension], configs: Mapping[str, dict[str, Any]]
) -> list[str]:
    """Return the extensions of `extensions` without effect, by the names they were given.

    `extensions` and `configs` are those of a `Markdown`; an extension that another program put there is named
    after its package.
    """
    return [_name(extension) for extension in extensions if _is_idle(extension, configs)]


def _name(extension: str | Extension) -> str:
    return extension if isinstance(extension, str) else type(extension).__module__.partition(".")[0]


def _is_idle(extension: str | Extension, configs: Mapping[str, dict[str, Any]]) -> bool:
    md = Markdown(extensions=[CourseMarkdown()])
    before = {id(processor) for processor in _out_of_reach(md)}
    if isinstance(extension, str):
        extension = md.build_extension(extension, configs.get(extension, {}))
    md.registerExtensions([extension], {})
    own = type(extension).__module__
    modules = {own} & _WITHOUT_TRACE
    for processor in _out_of_reach(md):
        if id(processor) not in before:
            module = type(processor).__module__
            # Several extensions put their blocks into one processor of this module.
            modules.add(own if module == "pymdownx.blocks" else module)
    return not modules <= _PROVIDED


def _out_of_reach(md: Markdown) -> Iterator[object]:
    """Yield the processors that no text reaches."""
    yield from md.parser.blockprocessors
    yield from list(md.preprocessors)[md.preprocessors.get_index_for_name(TAKE) :]
    yield from (md.inlinePatterns[name] for name in INLINE_PATTERNS if name in md.inlinePatterns)
