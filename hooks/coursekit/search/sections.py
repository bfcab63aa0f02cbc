"""A page's final HTML -> its sections as plain text: what a reader sees, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from coursekit.html_tree import HIDING

# Between these, and within a word, no space is seen; any other element stands apart from what is around it.
_INLINE = (
    *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em"),
    "font",
    *("i", "ins", "kbd", "label", "mark", "output", "q", "ruby", "s", "samp", "small", "span", "strike"),
    *("strong", "sub", "sup", "time", "tspan", "tt", "u", "var", "wbr"),
    *("math", "menclose", "merror", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded"),
    *("mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup"),
    *("mtext", "munder", "munderover", "semantics"),
)
_NOT_READ = ", ".join(
    (
        # What shows nothing, or what only other browsers show.
        *("base", "head", "link", "meta", "noembed", "noframes", "noscript", "param", "script", "style"),
        *("template", "title", "[hidden]"),
        # Sources of formulas, what draws, what is operated, what other sites show.
        *("annotation", "annotation-xml", "button", "canvas", "defs", "desc", "iframe", "input", "marker"),
        *("metadata", "object", "option", "select", "symbol", "textarea"),
        *(".headerlink", ".linenos", ".linenodiv", ".lineno", ".footnote-backref", ".footnote-ref"),
        "[data-search-exclude]",  # what authors and extensions keep out of the theme's own search
    )
)
_TAG = "tag:"  # begins identifiers in the theme's lists of tags: tags find the pages themselves

# How browsers write HTML: an attribute's value stands in double quotes, a `<` of text is escaped.
# https://html.spec.whatwg.org/#serialising-html-fragments
_ATTRIBUTE = r'(?: =?[^ \t\n\f/>=]+="[^"]*+")'
_ATTRIBUTES = f"{_ATTRIBUTE}*+"
_UNSEEN = re.compile(rf"<(?:!--.*?--|/?+(?:{'|'.join(_INLINE)}){_ATTRIBUTES})>", re.DOTALL)
_SEEN = re.compile(rf"</?+[^ \t\n\f/>]++{_ATTRIBUTES}>")
_HEADING = re.compile(rf'<(h[1-6]){_ATTRIBUTE}*? id="([^"]+)"{_ATTRIBUTES}>(.*?)</\1>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it, up to the next heading."""

    identifier: str  # the heading's, for a link; empty for what stands above the page's first section
    title: str  # one line; empty like the identifier
    text: str  # one line


def sections(html: str) -> tuple[Section, ...]:
    """Return the sections of a page's content in its order; the first is what the title introduces.

    Folded boxes and code are read; drawings give their words, formulas their signs. A heading without
    an identifier, which no link could reach, is text of the section that it is in.
    """
    opening, *parts = _HEADING.split(_UNSEEN.sub("", _read(html)))
    found = [("", "", [opening])]
    for name, identifier, title, text in zip(*(parts[start::4] for start in range(4)), strict=True):
        if name == "h1" and len(found) == 1 and not any(map(_line, found[0][2])):
            found[0][2].append(text)  # the page's own title
        else:
            found.append((unescape(identifier), _line(title), [text]))
    read = (Section(identifier, title, _line("".join(text))) for identifier, title, text in found)
    return tuple(one for number, one in enumerate(read) if number == 0 or _is_kept(one))


def _is_kept(section: Section) -> bool:
    return bool(section.title or section.text) and not section.identifier.startswith(_TAG)


def _read(html: str) -> str:
    """Return what a browser would make of the content, without what is not read."""
    body = LexborHTMLParser(html.encode("utf-8", "replace")).body  # lone surrogates cannot be encoded
    if body is None:  # of an empty text
        return ""
    for node in body.css(_NOT_READ):
        node.decompose()
    for node in body.css("[style]"):
        if HIDING.search(node.attributes.get("style") or ""):
            node.decompose()
    for node in body.css("plaintext, xmp"):  # their text would be written as it is
        node.replace_with(f" {node.text()} ")
    return body.inner_html or ""


def _line(html: str) -> str:
    return " ".join(unescape(_SEEN.sub(" ", html)).split())
