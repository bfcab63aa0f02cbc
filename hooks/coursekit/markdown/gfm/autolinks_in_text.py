"""Bare addresses in the text that the inline rules left, `autolinks`' second pass; and the links of both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.common.utils import isLinkClose, isLinkOpen
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_URL = re.compile(r"(?<![a-z0-9])(?:https?://|www(?=\.))(?P<domain>[\w-]*+\.[\w.-]*+)", re.I | re.A)
_EMAIL = re.compile(r"(?<![\w.+<-])(?:mailto:|xmpp:)?[\w.+-]++@[\w-]++(?:\.[\w-]++)++(?<![\d_-])", re.ASCII)
_REST = re.compile(r"[^\t\n\r <]*")
_SCHEME = re.compile(r"https?://|mailto:|xmpp:", re.IGNORECASE)
_IS_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)


def link_tokens(address: str, level: int, offset: int, md: MarkdownIt) -> list[Token]:
    """Return the tokens of a link to a bare address; `offset`: where it stands in its block's text."""
    scheme = ""
    if not _SCHEME.match(address):
        scheme = "mailto:" if _IS_EMAIL.fullmatch(address) else "http://"
    attrs: dict[str, str | int | float] = {"href": md.normalizeLink(scheme + address)}
    meta = {"offset": offset}
    return [
        Token("link_open", "a", 1, attrs, level=level, info="auto", meta=meta),
        Token("text", "", 0, content=address, level=level + 1),
        Token("link_close", "a", -1, level=level, info="auto"),
    ]


def link_text(state: StateCore) -> None:
    """Link the addresses in the text that the inline rules left."""
    for block in state.tokens:
        if block.type == "inline" and block.children and ("@" in block.content or "." in block.content):
            block.children = list(_with_links(block, state.md))


def _with_links(block: Token, md: MarkdownIt) -> Iterator[Token]:
    depth = 0
    offset = 0
    for token in block.children or []:
        if token.type in ("link_open", "link_close"):
            depth += token.nesting
        elif token.type == "html_inline":
            depth += isLinkOpen(token.content)
            depth = max(0, depth - isLinkClose(token.content))
        if token.type != "text" or depth:
            yield token
            continue
        done = 0
        for start, end in _in_text(token.content):
            if start > done:
                yield Token("text", "", 0, content=token.content[done:start], level=token.level)
            address = token.content[start:end]
            offset = max(offset, block.content.find(address, offset))
            yield from link_tokens(address, token.level, offset, md)
            done = end
        if done:
            token.content = token.content[done:]
        if token.content:
            yield token


def _in_text(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each address in a text, in its order."""
    if "@" not in text and "://" not in text and "ww." not in text.lower():
        return
    at = 0
    url, email = _URL.search(text), _EMAIL.search(text)
    while url or email:
        if url and (not email or url.start() <= email.start()):
            if end := _url_in_text(text, url):
                yield url.start(), end
            at = end or url.end()
        elif email:
            yield email.span()
            at = email.end()
        # Each is looked for again only from behind what was found: neither reads the text twice.
        if url and url.start() < at:
            url = _URL.search(text, at)
        if email and email.start() < at:
            email = _EMAIL.search(text, at)


def _url_in_text(text: str, match: re.Match[str]) -> int:
    """Return the end of a URL in left-over text, 0 when it is none."""
    before = text[match.start() - 1] if match.start() else " "
    www = match[0][0] in "wW"
    if before.isalnum() or (before == "<" and not www) or not match["domain"].strip("."):
        return 0
    domain = "www" + match["domain"] if www else match["domain"]
    if domain[0] in "-_." or any(
        segment and ("_" in segment or segment.strip("-") == "") for segment in domain.rsplit(".", 2)[-2:]
    ):
        return 0
    rest = _REST.match(text, match.end())
    assert rest is not None
    whole = text[match.start() : rest.end()]
    end = match.start() + len(whole.rstrip("!\"&'),.:;<>?]}"))
    missing = text.count("(", match.start(), end) - text.count(")", match.start(), end)
    while missing > 0 and (close := text.find(")", end, rest.end())) >= 0:
        end, missing = close + 1, missing - 1
    return end
