"""One page's elements -> Typst's code: who writes what, and what all who write share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from coursekit.html_tree import Element
from coursekit.pdf import blocks, code_blocks, inlines, lists, pictures, prose, tables
from coursekit.pdf.blocks import is_block
from coursekit.pdf.destinations import Destination
from coursekit.pdf.levels import Levels
from coursekit.pdf.pictures import shows_only_pictures
from coursekit.pdf.syntax import LONG, call, chunks, joined, paragraph, string
from coursekit.problem import Problem

# Typst refuses to lay out what is nested deeper than about thirty blocks; no paper is wide enough anyway.
_DEEPEST = 12
_NARROWEST = 8.0  # points that are left to something, however little there is
_LETTER = 6.0  # points: one of Inter or JetBrains Mono at the text's size, on average a little less

Node = Element | str
Handler = Callable[["Writer", Element, "Frame"], list[str]]

_BLOCKS: dict[str, Handler] = {
    **blocks.HANDLERS,
    **code_blocks.HANDLERS,
    **lists.HANDLERS,
    **pictures.BLOCKS,
    **tables.HANDLERS,
}
_INLINES: dict[str, Handler] = {**inlines.HANDLERS, **pictures.INLINES}


@dataclass(frozen=True, slots=True)
class Frame:
    """The room that an element has."""

    width: float  # points
    letter: float = _LETTER  # points that one takes
    depth: int = 0  # how many boxes and lists are around it
    is_lined: bool = False  # in text with a line through or below
    is_aside: bool = False  # in a note or in the head of a table, where headings head nothing

    def inside(self, margin: float) -> Frame:
        """Return the room inside a box or a list that takes `margin` points of the width."""
        return replace(self, width=max(self.width - margin, _NARROWEST), depth=self.depth + 1)

    @property
    def longest(self) -> int:
        """Return how many letters surely fit on a line, up to the longest words that need no break."""
        return max(min(int(self.width / self.letter), prose.LONGEST), 1)

    @property
    def is_full(self) -> bool:
        """Tell whether nothing more may be nested."""
        return self.depth >= _DEEPEST


@dataclass(slots=True)
class Writer:
    """What the writing of one page shares and leaves beside the code."""

    find: Callable[[str], Destination | None]  # a link's or an image's URL as written -> where it leads
    wanted: frozenset[str]  # identifiers that links lead to
    label: Callable[[str], str]  # identifier -> label
    target: Callable[[Destination], str]  # a place inside the book -> its label
    image: Callable[[str], bytes | None]  # an image's URL as written -> its content
    levels: Levels  # of the headings that come next
    lines: Mapping[str, int]  # heading's identifier -> its line in the author's file
    looks: Collection[str]  # classes of boxes whose look is known
    prefix: str  # of labels that are not identifiers
    answer_lines: int = 0  # to write on, where a correction is left out
    print_urls: bool = False  # whether a link to another site shows its URL in a footnote
    unshowable: frozenset[str] = frozenset()  # characters that no font has
    unusable: frozenset[str] = frozenset()  # names of images that cannot be set
    problems: list[Problem] = field(default_factory=list)
    assets: dict[str, bytes] = field(default_factory=dict)  # images by the names that the code has for them
    line: int = 0  # of the last heading
    notes: dict[str, Element] = field(default_factory=dict)  # footnotes by identifier
    written: set[str] = field(default_factory=set)  # identifiers that have their label
    written_notes: set[str] = field(default_factory=set)
    _space: bool = True  # whether a blank would be the second
    _word: int = 0  # characters since a line may have ended

    def problem(self, message: str) -> None:
        """Tell the author of something near the last heading."""
        found = Problem(self.line, message)
        if found not in self.problems:
            self.problems.append(found)

    def anchor(self, element: Element) -> list[str]:
        """Return the label of an element that links lead to."""
        identifier = element.attributes.get("id", "")
        if identifier not in self.wanted or identifier in self.written:
            return []
        self.written.add(identifier)
        return [call("anchor", string(self.label(identifier)))]

    def anchors(self, element: Element) -> list[str]:
        """Return the labels of an element and of all inside, which must stand before what Typst repeats."""
        return [label for one in element.walk() for label in self.anchor(one)]

    def blocks(self, nodes: Sequence[Node], frame: Frame) -> str:
        """Return the expression of a flow: runs of text become paragraphs, blocks stay."""
        return joined(self.flow(nodes, frame))

    def flow(self, nodes: Sequence[Node], frame: Frame, *, tight: bool = False) -> list[str]:
        """Return its expressions; in a `tight` one, runs of text are no paragraphs."""
        return [part for run in runs(nodes) for part in self.run(run, frame, tight=tight)]

    def run(self, run: Sequence[Node], frame: Frame, *, tight: bool = False) -> list[str]:
        """Return the expressions of a run of text, or of one block."""
        first = run[0]
        if isinstance(first, Element) and is_block(first):
            return self.block(first, frame)
        self._space, self._word = True, 0
        expressions = [joined(parts) for parts in chunks(self.inline_parts(run, frame))]
        if tight and sum(map(len, expressions)) < LONG:
            return expressions
        if shows_only_pictures(run):
            return [call("centred", expression) for expression in expressions]
        paragraphs = [paragraph(expression) for expression in expressions]
        if _announces(run):
            paragraphs[-1] = call("lead-in", paragraphs[-1])
        return paragraphs

    def block(self, element: Element, frame: Frame) -> list[str]:
        """Return the expressions of one block."""
        if not element.is_shown:
            return []
        handler = _BLOCKS.get(element.tag, blocks.container)
        return self.anchor(element) + handler(self, element, frame)

    def inlines(self, nodes: Sequence[Node], frame: Frame) -> str:
        """Return the expression of a run of text, without blanks at its beginning."""
        self._space, self._word = True, 0
        return joined(self.inline_parts(nodes, frame))

    def inline_parts(self, nodes: Sequence[Node], frame: Frame) -> list[str]:
        """Return the expressions of text inside a run."""
        parts: list[str] = []
        for node in nodes:
            if isinstance(node, str):
                parts += self._text(node, frame)
            elif node.is_shown:
                handler = _INLINES.get(node.tag, inlines.plain)
                parts += self.anchor(node) + handler(self, node, frame)
        return parts

    def leaf(self, expression: str) -> list[str]:
        """Return an expression behind which a blank counts."""
        self._space, self._word = False, 0
        return [expression]

    def line_break(self) -> list[str]:
        """Return a line break, behind which blanks do not count."""
        self._space, self._word = True, 0
        return ["linebreak()"]

    def showable(self, content: str) -> str:
        """Return a text with boxes for the characters that no font has."""
        return prose.showable(content, self.unshowable)

    def words(self, content: str, frame: Frame, *, is_code: bool = False) -> list[str]:
        """Return the expressions of text whose blanks count; long words go on from element to element."""
        first, last = prose.ends(content)
        parts = prose.text(content, self.unshowable, frame.longest, is_code=is_code)
        if self._word and first and self._word + first > frame.longest:
            parts.insert(0, prose.BREAK)
            self._word = 0
        self._word = self._word + last if first == len(content) else last
        self._space = content.endswith(" ") if content else self._space
        return parts

    def _text(self, content: str, frame: Frame) -> list[str]:
        content = prose.collapsed(content)
        return self.words(content.lstrip(" ") if self._space else content, frame)


def runs(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Divide a flow into blocks and the runs of text between them, leaving out those that are blank."""
    run: list[Node] = []
    for node in nodes:
        if isinstance(node, str) or not is_block(node):
            run.append(node)
            continue
        if not _is_blank(run):
            yield run
        run = []
        yield [node]
    if not _is_blank(run):
        yield run


def _announces(run: Sequence[Node]) -> bool:
    """Tell whether a paragraph ends with a colon."""
    last = next((node for node in reversed(run) if not isinstance(node, str) or node.strip()), "")
    return (last if isinstance(last, str) else last.text).rstrip().endswith(":")


def _is_blank(run: Sequence[Node]) -> bool:
    return all(isinstance(node, str) and not node.strip(" \t\n\r\f") for node in run)
