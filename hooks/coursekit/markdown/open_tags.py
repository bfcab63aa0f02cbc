"""Raw HTML that neither closes what is not its own nor swallows what follows it.

A page stands inside a theme's elements: a stray `</div>` would end them, and `<iframe src="…"/>` or an
unclosed comment would take the rest of the page for its content. Authors see neither in their own renderers,
which read each page as a fragment, and each piece of its HTML from a fresh start. Tags, comments and raw text
are told apart as the HTML Standard's tokenizer does (13.2.5), in linear time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

# HTML Standard 13.1.2: nothing goes into these; and a paragraph ends by itself.
_UNCOUNTED = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "p", "source", "track", "wbr",
))  # fmt: skip
# Their content is text up to their own end tag (13.2.6).
_RAW_TEXT = frozenset(("iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"))
# 13.2.4.3: an open one comes back in each paragraph that follows, and they may overlap.
_FORMATTING = frozenset((
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
))  # fmt: skip
# End tags that make an element of their own, and so never end another.
_ALWAYS = ("p", "br")
# Within these a `/` ends an element, as in XML, and there are no raw texts.
_FOREIGN = ("svg", "math")
# 13.2.4.2, « scope »: an end tag does not reach beyond these.
_USUAL_BOUNDS = ("caption", "marquee", "object", "table", "td", "template", "th")
_BOUNDS = (
    {"li": (*_USUAL_BOUNDS, "ol", "ul")}
    | dict.fromkeys(("dd", "dt"), (*_USUAL_BOUNDS, "dl"))
    | dict.fromkeys(
        ("caption", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"), ("table", "template")
    )
)
# Elements that end where another one of their list begins.
_ENDS = {"li": ("li",), "dd": ("dd", "dt"), "dt": ("dd", "dt")}

_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*+)(?:[^>=]|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+>"""
)
_TAG_START = re.compile(r"</?[A-Za-z]")
# Declarations and instructions are comments, too, up to the next `>`.
_COMMENT_START = re.compile(r"<(?:!--|!\[CDATA\[|[!?/])")
_LONGEST_QUOTE = 30  # characters of an unfinished tag that a message shows


class Place(NamedTuple):
    """Where in a page a piece of HTML stands: depths count the elements of the page's Markdown around it."""

    depth: int  # of the innermost one, 0 for the page itself
    block_depth: int  # of the innermost one that a block would not end, as it ends a paragraph
    may_end: Callable[[str], bool]  # tells whether an end tag of that name may end one of them
    unclosed: Callable[[str, str], None]  # is told what is left open, and what would have closed it


class OpenTags:
    """What the raw HTML of one page has opened and not closed, piece after piece in the page's order."""

    def __init__(self) -> None:
        self._blocks: list[tuple[str, int]] = []  # name, and depth of the element it stands in
        self._places: defaultdict[str, list[int]] = defaultdict(list)  # of each name in `_blocks`
        # Number of `_blocks` where each was opened: beyond one of those, an end tag may fail to end it.
        self._formatting: defaultdict[str, list[int]] = defaultdict(list)
        self._raw_text: tuple[str, Place] | None = None  # the element whose content is being read

    def tame(self, source: str, place: Place) -> str:
        """Return a piece of HTML without what would harm the page around it."""
        return "".join(self._pieces(source, place))

    def leave(self, depth: int) -> str:
        """Return the end tags of what stands in the element at `depth` or deeper, which ends here."""
        if not self._blocks and not self._raw_text:
            return ""
        ends = []
        if self._raw_text and self._raw_text[1].depth >= depth:
            name, place = self._raw_text
            self._raw_text = None
            ends.append(f"</{name}>")
            place.unclosed(f"<{name}>", ends[0])
        while self._blocks and self._blocks[-1][1] >= depth:
            ends.append(f"</{self._pop()}>")
        return "".join(ends)

    def finish(self) -> str:
        """Return the end tags of all that is open at the end of the page."""
        left = [f"</{name}>" * len(opened) for name, opened in self._formatting.items()]
        return self.leave(0) + "".join(left)

    def _pieces(self, source: str, place: Place) -> Iterator[str]:
        done = 0
        while (at := self._next(source, done)) >= 0:
            yield source[done:at]
            if tag := _TAG.match(source, at):
                done = tag.end()
                yield self._read(tag, place)
            elif _TAG_START.match(source, at):
                # Up to the end of the piece these would be attributes, which nobody sees.
                place.unclosed(source[at : at + _LONGEST_QUOTE].partition("\n")[0], ">")
                return
            elif mark := _COMMENT_START.match(source, at):
                closing = self._closing(mark[0])
                # `<!-->` and `<!--->` are comments, too.
                end = source.find(closing, at + 2)
                if end < 0:
                    place.unclosed(mark[0], closing)
                    yield source[at:] + closing
                    return
                done = end + len(closing)
                yield source[at:done]
            else:
                done = at + 1
                yield "<"
        yield source[done:]

    def _next(self, source: str, start: int) -> int:
        """Return where the next markup may begin; in a raw text, only its end tag is markup."""
        if not self._raw_text:
            return source.find("<", start)
        ending = re.compile(rf"</{self._raw_text[0]}(?=[\s/>])", re.IGNORECASE).search(source, start)
        if not ending:
            return -1
        self._raw_text = None
        return ending.start()

    def _read(self, tag: re.Match[str], place: Place) -> str:
        """Take note of a tag, and return what to write for it."""
        name = tag["name"].lower()
        if name == "plaintext":  # no tag ends it
            return ""
        if tag["end"]:
            return self._end(name, tag[0], place)
        ends = "".join(map(self._close, _ENDS.get(name, ())))
        is_foreign = self._is_foreign()
        if name in _FORMATTING:
            self._formatting[name].append(len(self._blocks))
        elif name in _RAW_TEXT and not is_foreign:
            self._raw_text = (name, place)
        elif name not in _UNCOUNTED and not (is_foreign and tag[0].endswith("/>")):
            self._blocks.append((name, place.block_depth))
            self._places[name].append(len(self._blocks) - 1)
        return ends + tag[0]

    def _closing(self, mark: str) -> str:
        if mark == "<!--":
            return "-->"
        return "]]>" if mark == "<![CDATA[" and self._is_foreign() else ">"

    def _is_foreign(self) -> bool:
        return any(map(self._places.get, _FOREIGN))

    def _end(self, name: str, tag: str, place: Place) -> str:
        """Return an end tag, behind those of what stands open inside; nothing for one that fits nowhere."""
        if self._places[name]:
            return self._close(name) or tag  # out of reach, it is ignored by every browser
        if name in _FORMATTING:
            if (opened := self._formatting[name]) and opened[-1] == len(self._blocks):
                opened.pop()
            return tag
        return tag if name in _ALWAYS or name in _RAW_TEXT or place.may_end(name) else ""

    def _close(self, name: str) -> str:
        """Return the end tags up to the last open element of that name; none when it is out of reach."""
        place = self._last(name)
        if place < 0 or place < max(map(self._last, _BOUNDS.get(name, _USUAL_BOUNDS))):
            return ""
        return "".join(f"</{self._pop()}>" for _ in range(len(self._blocks) - place))

    def _last(self, name: str) -> int:
        places = self._places.get(name)
        return places[-1] if places else -1

    def _pop(self) -> str:
        name, _ = self._blocks.pop()
        self._places[name].pop()
        return name
