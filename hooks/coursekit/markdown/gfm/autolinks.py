"""Bare addresses as links, GFM's extension: `www.a.fr`, `https://a.fr/b`, `a@b.fr`, `mailto:a@b.fr`.

The grammar is GFM 0.29's, "Autolinks (extension)". There are two passes, like in
micromark-extension-gfm-autolink-literal and mdast-util-gfm-autolink-literal 2: one while inlines are parsed,
so that `https://a.fr/*b*` is one address, and one over the text that is left, for what stands behind other
punctuation (`<www.a.fr>`, `[https://a.fr]`). But between `<` and `>` an address is CommonMark's own matter,
and text where it is none of its autolinks (`<https://a.fr b>`); only `www.`, which it does not know, is
linked there.

Time is linear: each candidate is looked at once, and what a failed one has read is not read again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any, cast

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from coursekit.markdown.gfm.autolinks_in_text import link_text, link_tokens

# Where an inline rule may start; text runs up to the next of them, or to an address. A rule that starts on
# another character wants it added here.
TERMINATORS = "\n!$&*<=[\\]_`{~"
_TERMINATOR = re.compile(f"[{re.escape(TERMINATORS)}]")

_URL = re.compile(r"(?<![a-z<])https?://|(?<![^\s(*_\[\]~])www\.", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![\w.+/<-])(?:mailto:|(?P<xmpp>xmpp:))?[\w.+-]++@[\w-]*+(?:\.(?=[a-z0-9])[\w-]*+)++(?<=[a-z])"
    r"(?(xmpp)(?:/[a-z0-9@.]*[a-z0-9])?)",
    re.IGNORECASE | re.ASCII,
)
_DOMAIN = re.compile(r"[\w.\-\u0300-\u036f]*+")
# Marks at the end of an address belong to the sentence.
_TRAIL = re.compile(r"""(?:[!"'),.:;*?_~]|\](?![(\[])|&[a-z]+;)*+(?=[\s<]|\][(\[]|\Z)""", re.IGNORECASE)
_PATH = re.compile(r"[^\s<\]]*+(?:\](?![(\[])[^\s<\]]*+)*+")  # `](` and `][` end a link's text
_TRAILING = frozenset("""]!"'),.:;*?_~""")


def is_plain(source: str) -> bool:
    """Tell whether an inline text is nothing but text: no rule starts in it, and it holds no address."""
    return not (_TERMINATOR.search(source) or _may_hold_url(source) or "@" in source)


def _may_hold_url(source: str) -> bool:
    return "://" in source or "ww." in source.lower()


class Literals:
    """The addresses that one inline text may hold."""

    def __init__(self, source: str) -> None:
        self._ends: dict[int, int] = {}  # start of each candidate -> its end; -1: not looked for yet
        if _may_hold_url(source):
            self._ends |= dict.fromkeys((match.start() for match in _URL.finditer(source)), -1)
        if "@" in source:
            self._ends |= {match.start(): match.end() for match in _EMAIL.finditer(source)}
        self._starts = sorted(self._ends)
        self._brackets = _OpenBrackets()
        self._dead = 0  # candidates before this offset share the domain of one that is none

    def __bool__(self) -> bool:
        """Whether there is a candidate."""
        return bool(self._starts)

    def next_start(self, position: int, stop: int) -> int:
        """Return the first candidate behind `position`, or `stop` when that comes first."""
        index = bisect_right(self._starts, position)
        return min(stop, self._starts[index]) if index < len(self._starts) else stop

    def end(self, state: StateInline) -> int:
        """Return the end of the address that starts where the parser stands; -1 when there is none."""
        start = state.pos
        if start not in self._ends or start < self._dead or self._brackets.any(state):
            return -1
        if (end := self._ends[start]) < 0:
            end, self._dead = _url_end(state.src, start)
        return end


@dataclass(slots=True)
class _OpenBrackets:
    """Whether a `[` awaits its `]`: until it is known whether that makes a link, an address waits."""

    depth: int = 0
    tokens: int = 0  # tokens looked at
    pending: int = 0  # characters looked at of the text that is no token yet

    def any(self, state: StateInline) -> bool:
        for token in state.tokens[self.tokens :]:
            if token.type == "text":
                self._count(token.content[self.pending :])
            self.pending = 0
        self.tokens = len(state.tokens)
        self._count(state.pending[self.pending :])
        self.pending = len(state.pending)
        return self.depth > 0

    def _count(self, text: str) -> None:
        if "[" in text or "]" in text:
            for char in text:
                if char == "[":
                    self.depth += 1
                elif char == "]" and self.depth:
                    self.depth -= 1


def autolinks_plugin(md: MarkdownIt) -> None:
    """Read bare addresses."""
    md.inline.ruler.at("text", _text)
    md.core.ruler.after("text_join", "autolinks_in_text", link_text)


def _literals(state: StateInline) -> Literals:
    """Return the candidates of the inline text being parsed; kept beside what the parser remembers of it."""
    memory: dict[Any, Any] = state.cache
    if (literals := memory.get(Literals)) is None:
        literals = memory[Literals] = Literals(state.src)
    return cast("Literals", literals)


def _text(state: StateInline, silent: bool) -> bool:
    literals, stop = _literals(state), state.posMax
    if literals and not silent and state.linkLevel <= 0 and (end := literals.end(state)) >= 0:
        link = link_tokens(state.src[state.pos : end], state.level, state.pos, state.md)
        if state.pending:
            state.pushPending()
        state.tokens.extend(link)
        state.tokens_meta.extend([None] * len(link))
        state.pos = end
        return True
    if literals:
        stop = literals.next_start(state.pos, stop)
    if found := _TERMINATOR.search(state.src, state.pos, stop):
        stop = found.start()
    if stop == state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : stop])
    state.pos = stop
    return True


def _url_end(source: str, start: int) -> tuple[int, int]:
    """Return the end of the URL at `start`, or -1, and how far its domain condemns later candidates."""
    after = source.find("//", start, start + 8) + 2 if source[start] in "hH" else start + 4
    domain = _DOMAIN.match(source, after)
    assert domain is not None
    stripped = domain[0].rstrip("._")
    if not _TRAIL.match(source, after + len(stripped)):
        stripped = domain[0]
    last_two = stripped.rsplit(".", 2)[-2:]
    if not stripped[:1].isalnum():
        return -1, 0
    if any("_" in segment for segment in last_two):
        return -1, domain.end() - len(".".join(last_two))
    path = _PATH.match(source, after + len(stripped))
    assert path is not None
    return _without_trail(source, path.start(), path.end()), 0


def _without_trail(source: str, start: int, end: int) -> int:
    """Return the end of the path `source[start:end]` without the marks behind it."""
    at = last = end
    while at > start:
        if source[at - 1] not in _TRAILING:
            break
        at = last = at - 1
        if source[at] == ";":  # `&amp;` as a whole belongs to the sentence
            name = at
            while name > start and source[name - 1].isascii() and source[name - 1].isalpha():
                name -= 1
            if start < name < at and source[name - 1] == "&":
                at = last = name - 1
    if last < end:  # but a closing parenthesis that the path opened belongs to the path
        missing = source.count("(", start, last) - source.count(")", start, last)
        while last < end and source[last] == ")" and missing > 0:
            last, missing = last + 1, missing - 1
    return last
