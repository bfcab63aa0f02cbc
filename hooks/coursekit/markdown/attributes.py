"""Attribute lists: `{#id .class key="value"}` or `{: … }`, as Pandoc, kramdown and Python-Markdown have them.

In CommonMark braces are text, so a list acts only where nothing else can be meant: at the end of a heading,
behind a blank; right behind a link, an image, emphasis or code; alone on the last line of a paragraph. Each
of its words is an identifier, a class, or one of the keys below: `{{ .Values.image }}`, `{ clé }`, `${name}`
and `{job="api"}` stay text, and so does a list with `onclick` or `href`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

# What may be said of any element, or of a link or an image; nothing that runs code or leads elsewhere.
_KEYS = frozenset({
    "align", "decoding", "dir", "download", "fetchpriority", "height", "hreflang", "lang", "loading", "rel",
    "role", "style", "target", "title", "translate", "width",
})  # fmt: skip
_KEY_FAMILIES = ("aria-", "data-")

# Possessive throughout: a list is read once, whatever it turns out to be.
_WORD = (
    r"""\#[^\s{}]++ | \.-?[^\W\d][\w-]*+ | [A-Za-z][\w-]*+=(?:"[^"\n]*+" | '[^'\n]*+' | [^\s{}"'=<>`]++)"""
)
_LIST = re.compile(rf"\{{ :?[ \t]*+ (?: (?:{_WORD}) (?:[ \t]++|(?=\}})) )++ \}} (?!\}})", re.VERBOSE)
_WORDS = re.compile(_WORD, re.VERBOSE)

_ALONE = ("image", "code_inline")  # tokens that are a whole element
_PAIRED = ("link_close", "em_close", "strong_close", "s_close")


def attributes_plugin(md: MarkdownIt) -> None:
    """Read attribute lists into the attributes of the tokens that they belong to."""
    md.inline.ruler.push("attribute_list", _attribute_list)
    md.core.ruler.after("inline", "attribute_lists", _attach)


def _read(text: str) -> dict[str, str] | None:
    """Return the attributes of a list, braces included; None when a key is not among those above."""
    given: dict[str, str] = {}
    for word in _WORDS.findall(text, 1):
        if word.startswith("#"):
            given["id"] = word[1:]
        elif word.startswith("."):
            given["class"] = f"{given.get('class', '')} {word[1:]}".strip()
        else:
            key, _, value = word.partition("=")
            key = key.lower()
            if key not in _KEYS and not key.startswith(_KEY_FAMILIES):
                return None
            given[key] = value[1:-1] if value[0] in "\"'" else value
    return given


def _attribute_list(state: StateInline, silent: bool) -> bool:
    """Set aside what may be a list; whether it is one shows once emphasis has found its ends."""
    if silent or state.src[state.pos] != "{":
        return False  # what looks for the end of a link's text takes braces for text, as CommonMark does
    match = _LIST.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    is_last = match.end() == len(state.src)
    if state.pending and not (is_last and state.pending[-1] in " \t"):
        return False  # behind a word
    if (given := _read(match[0])) is None:
        return False
    token = state.push("attribute_list", "", 0)
    token.content = match[0]
    token.meta = {"given": given, "offset": state.pos}
    state.pos = match.end()
    return True


def _attach(state: StateCore) -> None:
    for index, token in enumerate(state.tokens):
        if token.type == "inline" and token.children and "{" in token.content:
            owner = state.tokens[index - 1]
            if owner.type == "paragraph_open" and owner.hidden:  # its text stands in the item itself
                owner = state.tokens[index - 2]
            _attach_to_block(owner, token.children)
            token.children = _attach_inside(token.children)


def _attach_to_block(owner: Token, children: list[Token]) -> None:
    """Give a list at the end to the heading, or alone on its line to the paragraph, and take it off."""
    if children[-1].type != "attribute_list":
        return
    before = children[-2] if len(children) > 1 else None
    is_alone = before is not None and before.type in ("softbreak", "hardbreak")
    is_heading = owner.type == "heading_open" and (
        before is None or (before.type == "text" and before.content.endswith((" ", "\t")))
    )
    if before and is_alone and owner.type in ("paragraph_open", "list_item_open", "heading_open"):
        del children[-2]
    elif before and is_heading:
        before.content = before.content.rstrip(" \t")
    elif not is_heading:
        return
    _give(owner, children.pop())


def _attach_inside(children: Sequence[Token]) -> list[Token]:
    """Give each list to the element right before it; what is left becomes text."""
    kept: list[Token] = []
    open_elements: list[Token] = []
    target: Token | None = None  # the element that has just ended
    for token in children:
        if token.type == "attribute_list":
            if target:
                _give(target, token)
                continue
            token.type = "text"
        if token.children:
            token.children = _attach_inside(token.children)
        kept.append(token)
        if token.nesting == 1:
            open_elements.append(token)
        opened = open_elements.pop() if token.nesting == -1 and open_elements else token
        if token.type in _PAIRED and not _is_bare_address(opened):
            target = opened
        elif token.type != "text" or token.content:  # delimiters leave empty text behind
            target = token if token.type in _ALONE else None
    return kept


def _is_bare_address(token: Token) -> bool:
    return token.type == "link_open" and token.info == "auto" and token.markup != "autolink"


def _give(target: Token, attribute_list: Token) -> None:
    given: dict[str, str] = dict(attribute_list.meta["given"])
    if "class" in given:
        given["class"] = f"{target.attrs.get('class', '')} {given['class']}".strip()
    target.attrs |= given
    target.meta.setdefault("offset", attribute_list.meta["offset"])
