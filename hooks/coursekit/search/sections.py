"""A page's final HTML -> its sections as plain text: what a reader sees, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from coursekit.html_tree import Element, parse

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Between these, and within a word, no space is seen; any other element stands apart from what is around it.
_INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em"),
        "font",
        *("i", "ins", "kbd", "label", "mark", "output", "q", "ruby", "s", "samp", "small", "span", "strike"),
        *("strong", "sub", "sup", "time", "tspan", "tt", "u", "var", "wbr"),
        *("math", "menclose", "merror", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded"),
        *("mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup"),
        *("mtext", "munder", "munderover", "semantics"),
    }
)
# Sources of formulas, what draws, what is operated, what other sites show.
_NOT_READ = frozenset(
    {
        *("annotation", "annotation-xml", "button", "canvas", "defs", "desc", "iframe", "input", "marker"),
        *("metadata", "object", "option", "select", "symbol", "textarea"),
    }
)
_MACHINERY = frozenset({"headerlink", "linenos", "linenodiv", "lineno", "footnote-backref", "footnote-ref"})
_TAG = "tag:"  # begins identifiers in the theme's lists of tags: tags find the pages themselves
_EXCLUDED = "data-search-exclude"  # what authors and extensions keep out of the theme's own search


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it, up to the next heading."""

    identifier: str  # the heading's, for a link; empty for what stands above the page's first section
    title: str  # one line; empty like the identifier
    text: str  # one line


@dataclass(slots=True)
class _Open:
    """A section that is being read."""

    identifier: str = ""
    title: str = ""
    pieces: list[str] = field(default_factory=list)


def sections(html: str) -> tuple[Section, ...]:
    """Return the sections of a page's content in its order; the first is what the title introduces.

    Folded boxes and code are read; drawings give their words, formulas their signs. A heading without
    an identifier, which no link could reach, is text of the section that it is in.
    """
    read = [_Open()]
    _read(parse(html), read)
    found = [Section(one.identifier, one.title, _line(one.pieces)) for one in read]
    return tuple(one for number, one in enumerate(found) if number == 0 or _is_kept(one))


def _is_kept(section: Section) -> bool:
    return bool(section.title or section.text) and not section.identifier.startswith(_TAG)


def _read(element: Element, read: list[_Open]) -> None:
    for child in element.children:
        if isinstance(child, str):
            read[-1].pieces.append(child)
        elif not _is_read(child):
            continue
        elif child.tag in _HEADINGS and child.attributes.get("id"):
            title = _line(_words(child))
            if child.tag == "h1" and _is_empty(read):
                continue  # the page's own title
            read.append(_Open(child.attributes["id"], title))
        elif child.tag in _INLINE:
            _read(child, read)
        else:
            read[-1].pieces.append(" ")
            _read(child, read)
            read[-1].pieces.append(" ")


def _is_read(element: Element) -> bool:
    return (
        element.is_shown
        and element.tag not in _NOT_READ
        and _EXCLUDED not in element.attributes
        and _MACHINERY.isdisjoint(element.classes)
    )


def _is_empty(read: list[_Open]) -> bool:
    return len(read) == 1 and not _line(read[0].pieces)


def _words(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif _is_read(child):
            yield "" if child.tag in _INLINE else " "
            yield from _words(child)


def _line(pieces: Iterator[str] | list[str]) -> str:
    return " ".join("".join(pieces).split())
