"""The parser: CommonMark, GFM and container directives as markdown-it tokens that know where they stand."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Callable

import mdurl
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from coursekit import messages
from coursekit.markdown.attributes import attributes_plugin
from coursekit.markdown.containers.dialects import dialects_plugin
from coursekit.markdown.ecosystem.escapes import escapes_plugin
from coursekit.markdown.first_characters import sort_rules
from coursekit.markdown.gfm.autolinks import autolinks_plugin
from coursekit.markdown.gfm.labels import labels_plugin
from coursekit.markdown.gfm.notes import notes_plugin
from coursekit.markdown.mathematics.syntax import mathematics_plugin
from coursekit.markdown.slips import tell

# Deeper nesting than this is beyond any course; the bound keeps recursion off Python's limit.
MAX_NESTING = 100
_GFM = {"tasklists": True, "strikethrough_single_tilde": True}

_POSITIONED = ("link", "image", "autolink", "html_inline")
_CONTAINERS = (
    "blockquote_open", "list_item_open", "directive_open", "div_open", "tab_open", "footnote_reference_open",
    "dd_open",
)  # fmt: skip
_SCRIPT_SCHEMES = ("javascript:", "vbscript:", "data:")

Plugin = Callable[[MarkdownIt], None]
_PLUGINS: tuple[Plugin, ...] = (
    notes_plugin, autolinks_plugin, dialects_plugin, attributes_plugin, mathematics_plugin, escapes_plugin,
)  # fmt: skip
InlineRule = Callable[[StateInline, bool], bool]


@functools.cache
def parser(plugins: frozenset[Plugin] = frozenset()) -> MarkdownIt:
    """Return the parser of course pages, with more syntax from `plugins`; it keeps no state between pages."""
    md = commonmark_parser()
    md.options.update(_GFM)
    md.enable(["table", "strikethrough"])
    for plugin in (*_PLUGINS, *plugins):
        plugin(md)
    md.core.ruler.after("block", "nesting", _tell_too_deep)
    sort_rules(md)
    return md


def commonmark_parser() -> MarkdownIt:
    """Return a new parser of CommonMark 0.31.2 and nothing else, that `parser` adds the rest to."""
    md = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    md.use(labels_plugin)
    # Destinations stay as their author wrote them, but for the bytes that a URL cannot hold.
    md.normalizeLink = _encode  # type: ignore[method-assign]
    md.normalizeLinkText = _unchanged  # type: ignore[method-assign]
    md.validateLink = _is_harmless  # type: ignore[method-assign]
    rules = dict(zip(md.inline.ruler.get_active_rules(), md.inline.ruler.getRules(""), strict=True))
    for name in _POSITIONED:
        md.inline.ruler.at(name, _positioned(rules[name]))
    return md


def _encode(url: str) -> str:
    return mdurl.encode(url)


def _unchanged(link: str) -> str:
    return link


def _is_harmless(url: str) -> bool:
    """Refuse destinations that run code: such a link is shown as its source."""
    url = url.strip().lower()
    return not url.startswith(_SCRIPT_SCHEMES) or url.startswith("data:image/")


def _positioned(rule: InlineRule) -> InlineRule:
    """Wrap an inline rule so that its tokens carry the offset where it matched."""

    @functools.wraps(rule)
    def wrapped(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[count:]:
                token.meta.setdefault("offset", start)
        return True

    return wrapped


class Lines:
    """Line numbers of the tokens inside one inline token."""

    def __init__(self, inline: Token, first_line: int) -> None:
        """`first_line`: the 1-based line of the file on which the parsed text starts."""
        self._start = first_line + (inline.map[0] if inline.map else 0)
        # With a snippet inside, lines that follow one another do not do so in the author's file.
        self._rows = [first_line + origin for origin in inline.meta.get("origins", ())]
        self._content = inline.content
        self._ends: list[int] | None = None  # offsets of the line ends; few texts are asked for them

    def of(self, token: Token) -> int:
        """Return the line of a child token; a token that knows no offset is on the first line."""
        if self._ends is None:
            self._ends = [match.start() for match in re.finditer("\n", self._content)]
        row = bisect_left(self._ends, token.meta.get("offset", 0))
        return self._rows[row] if row < len(self._rows) else self._start + row


def _tell_too_deep(state: StateCore) -> None:
    """Note a problem for each container so deep that the parser left out what stands in it."""
    for token in state.tokens:
        if token.type in _CONTAINERS and token.level >= MAX_NESTING - 1:
            tell(state.env, token.map[0] if token.map else 0, messages.too_deep())
