"""One document set, whatever its pages hold: what Typst refuses is found, replaced and told."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Protocol, TypeVar

from coursekit.pdf import messages, prose
from coursekit.pdf.book import Book
from coursekit.pdf.chapters import IMAGES, Composed, Flaws, Options, Read
from coursekit.pdf.document import LOOKS, MAIN, TEMPLATE, compose, template
from coursekit.pdf.part import Part
from coursekit.pdf.syntax import call, string
from coursekit.problem import Problem

_ALONE, _SIGNS = "alone.typ", "signs.svg"
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
# Code that stands alone must not miss what links of it lead to.
_PRELUDE = f"""#import "{TEMPLATE}": *
#let inward(id, body) = body
#let correction-reference(id) = []
#let note-again(id) = []
#let head(level, rank, body, plain) = heading(level: 1, body)
#set document(title: "x")
#set text(font: body-fonts)
"""


class NotSetError(Exception):
    """Typst refuses the code."""

    def __init__(self, message: str, unshowable: Iterable[str] = ()) -> None:
        """Take Typst's sentence, and the characters and joined emoji that no font has, if that is why."""
        super().__init__(message)
        self.unshowable = frozenset(unshowable)


_Item = TypeVar("_Item", bound=Hashable)


class Press(Protocol):
    """Typst."""

    def __call__(self, files: Mapping[str, bytes], main: str, *, checked: bool = True) -> bytes:
        """Return the PDF of `main`, one of `files`; raises NotSetError. Not `checked`: of no standard."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """One document."""

    pdf: bytes
    problems: Mapping[str, list[Problem]]  # by a page's source


def typeset(book: Book, part: Part, options: Options, read: Read, press: Press) -> Typeset:
    """Return the PDF of `part`; raises NotSetError only if it is not for what a page holds.

    Where Typst cannot keep to the standard for no reason that is found in a page, the PDF is of none.
    """
    flaws = Flaws(_without_glyph(book, part, press))
    while True:
        composed = compose(book, part, options, read, flaws)
        try:
            return Typeset(press(composed.files, MAIN), composed.problems)
        except NotSetError as error:
            found = _more(flaws, error, composed, press)
            if found == flaws:
                pdf = press(composed.files, MAIN, checked=False)
                told = composed.problems.setdefault(part.pages[0].source, [])
                told.append(Problem(0, messages.not_standard(str(error))))
                return Typeset(pdf, composed.problems)
            flaws = found


def _without_glyph(book: Book, part: Part, press: Press) -> frozenset[str]:
    """Return the characters and joined emoji of a book that no font has, or none in a drawing.

    They are tried by themselves: a book that is refused for one has been laid out for nothing, which takes
    as long and as much memory as laying it out again. A page alone does not.
    """
    if len(part.pages) < 2:
        return frozenset()
    html = "".join(page.html for page in part.pages)
    drawn = prose.signs("".join(_DRAWING.findall(html)))
    texts = "".join(f'<text y="9">x {escape(one)} x</text>' for one in sorted(drawn))
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" font-family="Inter">{texts}</svg>'
    )
    signs = (
        part for sign in sorted(prose.signs(html)) for part in [*prose.text(sign, frozenset()), "parbreak()"]
    )
    code = "; ".join([call("image", string(_SIGNS), alt=string("x")), *signs])
    try:
        press(
            {**template(book), _ALONE: f"{_PRELUDE}#{{{code}}}\n".encode(), _SIGNS: drawing.encode()}, _ALONE
        )
    except NotSetError as error:
        return error.unshowable
    return frozenset()


def _more(flaws: Flaws, error: NotSetError, composed: Composed, press: Press) -> Flaws:
    """Return what is known not to work after another try; each round knows more, or ends the search."""
    if not error.unshowable <= flaws.characters:
        return replace(flaws, characters=flaws.characters | error.unshowable)

    names = [name for name in composed.files if name.startswith(IMAGES)]

    def are_set(code: str, files: Mapping[str, bytes]) -> bool:
        try:
            press({**files, _ALONE: code.encode()}, _ALONE)
        except NotSetError as other:
            return not other.unshowable <= flaws.characters
        return True

    def are_images(names: Sequence[str]) -> bool:
        shown = (call("image", string(name), alt=string("x")) for name in names)
        code = "".join(f"#{one}\n" for one in shown)
        return are_set(code, {name: composed.files[name] for name in names})

    def are_blocks(places: Sequence[tuple[str, int]]) -> bool:
        code = "\n".join(composed.blocks[place] for place in places)
        known = (TEMPLATE, LOOKS, *(name for name in names if name.removeprefix(IMAGES) in code))
        return are_set(f"{_PRELUDE}#{{\n{code}\n}}", {name: composed.files[name] for name in known})

    if images := _failing(names, are_images):
        return replace(flaws, images=flaws.images | {name.removeprefix(IMAGES) for name in images})
    return replace(flaws, blocks=flaws.blocks | _failing(list(composed.blocks), are_blocks))


def _failing(items: Sequence[_Item], work: Callable[[Sequence[_Item]], bool]) -> set[_Item]:
    """Return those that do not work, tried by halves: there are few among very many."""
    if not items or work(items):
        return set()
    if len(items) == 1:
        return set(items)
    middle = len(items) // 2
    return _failing(items[:middle], work) | _failing(items[middle:], work)
