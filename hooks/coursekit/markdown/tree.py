"""The element tree under construction, and what the page has said so far."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from markdown import Markdown
from markdown.util import ETX, STX, AtomicString
from markdown_it.token import Token

from coursekit import messages
from coursekit.markdown import raw_html
from coursekit.markdown.document import Document
from coursekit.markdown.open_tags import OpenTags, Place
from coursekit.markdown.options import Options
from coursekit.markdown.parser import Lines
from coursekit.markdown.slugs import Slugger
from coursekit.problem import Problem

# Python-Markdown leaves `&name;` alone when it serialises: a literal one is escaped here, once.
_ENTITY = re.compile(r"&(?=#?\w+;)")
_OPEN_ENTITY = re.compile(r"&(?=#?\w*\Z)")  # what follows, such as an escaped `;`, may complete it

# Inline tokens whose content a reader sees.
_TEXTS = frozenset({"text", "escaped", "code_inline", "math_inline"})

# Elements in elements: toc recurses through them, and Python allows 1000 calls.
MAX_DEPTH = 200

# Elements of a paragraph's text, and itself: raw HTML that opens a block there outlives them.
_PHRASING = frozenset(("p", "em", "strong", "del", "a", "sup", "sub", "mark"))


def escape_entities(text: str) -> str:
    """Return `text` such that Python-Markdown's serialiser shows it letter for letter."""
    return _ENTITY.sub("&amp;", text) if "&" in text else text


def plain(tokens: Sequence[Token], *, html: bool = False) -> str:
    """Return the text that inline tokens show; with `html` (for a text alternative), raw HTML as text too."""
    parts = []
    for token in tokens:
        if token.type in _TEXTS or (html and token.type == "html_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.children:
            parts.append(plain(token.children, html=html or token.type == "image"))
    return "".join(parts)


class Tree:
    """One page's elements, grown token by token.

    A handler is told of the token at `tokens[index]`; without one, a token opens, closes or is an element of
    its own tag.
    """

    def __init__(self, md: Markdown, handlers: Mapping[str, Handler], options: Options) -> None:
        self.md = md
        self.options = options
        self.document = Document()
        self.slugger = Slugger()
        self.surplus_fences = 0  # closing fences left over by a mistake that was told at its opening
        self.root = etree.Element(md.doc_tag)
        self._handlers = handlers
        self._stack = [self.root]
        self._text: list[str] = []  # shown behind what the current element holds so far
        self._lines: Lines | None = None
        self._open_tags = OpenTags()

    def grow(self, tokens: Sequence[Token]) -> None:
        """Add the elements of `tokens` at the current place."""
        for index, token in enumerate(tokens):
            if handler := self._handlers.get(token.type):
                handler(self, tokens, index)
            elif token.nesting == 1:
                self.open(token.tag, attributes(token))
            elif token.nesting == -1:
                self.close()
            elif token.tag:
                self.leaf(token.tag)

    def grow_inline(self, inline: Token) -> None:
        """Add the elements of an inline token's children, which know their lines through it."""
        self._lines = Lines(inline, self.options.first_line)
        self.grow(inline.children or [])

    def open(self, tag: str, attributes: Mapping[str, str] | None = None) -> None:
        """Start an element that what follows goes into; too deep down, only what follows is kept."""
        if len(self._stack) >= MAX_DEPTH:
            self.stay()
            return
        self._put_text()
        self._stack.append(etree.SubElement(self._stack[-1], tag, dict(attributes or {})))

    def stay(self) -> None:
        """Start what has no element of its own, such as a tight list's paragraph; `close` ends it too."""
        self._stack.append(self._stack[-1])

    def close(self) -> None:
        """End the element started last, and with it what raw HTML opened there."""
        if ends := self._open_tags.leave(len(self._stack) - 1):
            self.html(ends)
        self._put_text()
        self._stack.pop()

    def leaf(self, tag: str, attributes: Mapping[str, str] | None = None, text: str | None = None) -> None:
        """Add an element that nothing goes into."""
        self._put_text()
        etree.SubElement(self._stack[-1], tag, dict(attributes or {})).text = text

    def text(self, text: str) -> None:
        """Add text, shown letter for letter."""
        self._text.append(_OPEN_ENTITY.sub("&amp;", escape_entities(text)) if "&" in text else text)

    def escaped(self, char: str) -> None:
        """Add a character that no other extension may take for its syntax, as Python-Markdown marks it."""
        self._text.append(f"{STX}{ord(char)}{ETX}")

    def atomic(self, text: str) -> None:
        """Fill the element started last with text that no inline pattern of another extension looks into."""
        self._stack[-1].text = AtomicString(escape_entities(text))

    def html(self, html: str) -> None:
        """Add HTML as it is."""
        self._text.append(self.md.htmlStash.store(html))

    def raw_html(self, source: str, line: int) -> None:
        """Add HTML that the author wrote on `line`."""
        depth = len(self._stack) - 1
        place = Place(depth, self._block_depth(), self._may_end, partial(self._unclosed, line))
        tame = self._open_tags.tame(source, place)
        self.html(raw_html.read(tame, line, self.document, self.options.resolve))

    def finish(self) -> None:
        """End the page, and what its raw HTML has left open."""
        if ends := self._open_tags.finish():
            if self._text and self._text[-1] == "\n":  # behind a block of HTML, and not its content
                self._text.pop()
            self.html(ends)
        self._put_text()

    def line(self, token: Token) -> int:
        """Return the token's 1-based line in the author's file."""
        if token.map:
            return self.options.first_line + token.map[0]
        return self._lines.of(token) if self._lines else self.options.first_line

    def problem(self, line: int, message: str) -> None:
        """Note an author's mistake on a line of the author's file."""
        self.document.problems.append(Problem(line, message))

    def _block_depth(self) -> int:
        """Return the place in the stack of what a block in raw HTML goes into: it ends a paragraph."""
        depth = len(self._stack) - 1
        while depth and (self._stack[depth].tag in _PHRASING or self._stack[depth] is self._stack[depth - 1]):
            depth -= 1
        return depth

    def _may_end(self, tag: str) -> bool:
        """Tell whether raw HTML may end an element of the page: not a `div`, which themes are made of."""
        return tag != "div" and any(element.tag == tag for element in self._stack)

    def _unclosed(self, line: int, opened: str, closing: str) -> None:
        self.problem(line, messages.unclosed_html(opened, closing))

    def _put_text(self) -> None:
        if not self._text:
            return
        text = "".join(self._text)
        self._text.clear()
        parent = self._stack[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text


Handler = Callable[[Tree, Sequence[Token], int], None]


def attributes(token: Token) -> dict[str, str]:
    """Return a token's HTML attributes, ready for the serialiser."""
    return {name: escape_entities(str(value)) for name, value in token.attrs.items()}
