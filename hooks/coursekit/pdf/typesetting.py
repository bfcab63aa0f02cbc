"""One document set, whatever its pages hold: what Typst refuses is found, replaced and told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from coursekit.pdf.book import Book
from coursekit.pdf.chapters import IMAGES, Composed, Flaws, Options, Read
from coursekit.pdf.document import LOOKS, MAIN, TEMPLATE, compose
from coursekit.pdf.part import Part
from coursekit.pdf.syntax import call, string
from coursekit.problem import Problem

_ALONE = "alone.typ"
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


Press = Callable[[Mapping[str, bytes], str], bytes]  # files and the name of the main one -> a PDF


@dataclass(frozen=True, slots=True)
class Typeset:
    """One document."""

    pdf: bytes
    problems: Mapping[str, list[Problem]]  # by a page's source


def typeset(book: Book, part: Part, options: Options, read: Read, press: Press) -> Typeset:
    """Return the PDF of `part`; raises NotSetError only if it is not for what a page holds."""
    flaws = Flaws()
    while True:
        composed = compose(book, part, options, read, flaws)
        try:
            return Typeset(press(composed.files, MAIN), composed.problems)
        except NotSetError as error:
            found = _more(flaws, error, composed, press)
            if found == flaws:
                raise
            flaws = found


def _more(flaws: Flaws, error: NotSetError, composed: Composed, press: Press) -> Flaws:
    """Return what is known not to work after another try; each round knows more, or ends the search."""
    if not error.unshowable <= flaws.characters:
        return replace(flaws, characters=flaws.characters | error.unshowable)
    images = {
        name
        for name in composed.files
        if name.startswith(IMAGES) and not _works(composed, name, press, flaws)
    }
    if images:
        return replace(flaws, images=flaws.images | {name.removeprefix(IMAGES) for name in images})
    blocks = {place for place in composed.blocks if not _is_settable(composed, place, press, flaws)}
    return replace(flaws, blocks=flaws.blocks | blocks)


def _works(composed: Composed, image: str, press: Press, flaws: Flaws) -> bool:
    code = call("image", string(image), alt=string("x"))
    return _is_set(f"#{code}", {image: composed.files[image]}, press, flaws)


def _is_settable(composed: Composed, place: tuple[str, int], press: Press, flaws: Flaws) -> bool:
    code = composed.blocks[place]
    needed = {name: data for name, data in composed.files.items() if name.removeprefix(IMAGES) in code}
    template = {name: composed.files[name] for name in (TEMPLATE, LOOKS)}
    return _is_set(f"{_PRELUDE}#{{\n{code}\n}}", needed | template, press, flaws)


def _is_set(code: str, files: Mapping[str, bytes], press: Press, flaws: Flaws) -> bool:
    """Tell whether some code can be set alone, where what no font has has been replaced already."""
    try:
        press({**files, _ALONE: code.encode()}, _ALONE)
    except NotSetError as error:
        return not error.unshowable <= flaws.characters
    return True
