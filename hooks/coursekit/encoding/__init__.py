"""Gives back the characters of course pages: bytes or text in, sound text and a list of changes out.

    repair(text) -> Repair      undo mojibake in a text
    read(data) -> Repair        decode a file, then undo mojibake
    read_all(files) -> …        the same for the files of a site, each with what the others tell

Sound text comes back as it is. What an author settles in the front matter (`settings`) is obeyed.

What happens to a page, in the order of the modules: `raw` decodes its bytes; `detect` tells whether it may be
damaged and in which ways (`codepages`), and `mending` has the others work if so: `stretches` undoes what
stands outside ASCII in each such way (`reading`); `page` judges which lines, or which words (`partly`), are
damaged, by what undone characters tell in their places (`evidence`, `places`) outside of quotations
(`quoted`); `restore` writes them anew and chooses among the readings of lost bytes (`ranking`) by what pages
are made of (`prior`) and their `words`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from coursekit.encoding.detect import may_be_damaged, misread_mark
from coursekit.encoding.raw import decode
from coursekit.encoding.values import CERTAIN, Change, Repair, SiteKnowledge

__all__ = ["CERTAIN", "Change", "Repair", "SiteKnowledge", "is_damaged", "read", "read_all", "repair"]

if TYPE_CHECKING:
    from coursekit.encoding.prior import Prior

Key = TypeVar("Key")

_NO_SITE = SiteKnowledge()
_MARK = "\ufeff"


def read(
    data: bytes,
    site: SiteKnowledge | None = None,
    *,
    prior: Prior | None = None,
    suspect: Callable[[str], bool] = may_be_damaged,
) -> Repair:
    """Decode a file and undo its mojibake; never raises, what cannot be read is a problem of the result.

    `suspect` is `may_be_damaged`, or `is_damaged` by somebody who remembers its answers.
    """
    decoded = decode(data, prior)
    repaired = repair(decoded.text, site, prior=prior, suspect=suspect)
    encoding = decoded.encoding
    if repaired.text.startswith(_MARK) and encoding == "utf-8":
        encoding = "utf-8-sig"  # it was misread, or one too many
    return repaired._replace(
        text=repaired.text.removeprefix(_MARK),
        encoding=encoding,
        problems=decoded.problems + repaired.problems,
    )


def read_all(
    files: Mapping[Key, bytes],
    *,
    watch: Callable[[Collection[Key]], Iterable[Key]] = iter,
    suspect: Callable[[str], bool] = may_be_damaged,
) -> dict[Key, Repair]:
    """Read the files of a site; the damaged ones a second time, with what all of them tell.

    `watch` yields what it is given, and may show how far one is; `suspect` as `read` takes it.
    """
    first = {key: read(files[key], suspect=suspect) for key in watch(files.keys())}
    damaged = [key for key, repair in first.items() if repair.changes]
    site = SiteKnowledge.gather(first.values()) if damaged else None
    return first | {key: read(files[key], site) for key in watch(damaged)}


def is_damaged(text: str) -> bool:
    """Tell whether there is anything to repair, or to say, of a text; as long in the telling as a repair."""
    return may_be_damaged(text) and repair(text) != Repair(text)


def repair(
    text: str,
    site: SiteKnowledge | None = None,
    *,
    prior: Prior | None = None,
    suspect: Callable[[str], bool] = may_be_damaged,
) -> Repair:
    """Undo the mojibake of a text, as often as it was misread; lines, their ends and their number are kept.

    `site` is what the other pages tell; `prior` what course pages are made of, the shipped one by default;
    `suspect` as `read` takes it.
    """
    if mark := misread_mark(text):
        rest = repair(_MARK + text[len(mark) :], site, prior=prior)
        return rest._replace(changes=(Change(1, mark, _MARK, (_MARK,)), *rest.changes))
    if not suspect(text):
        return Repair(text)
    # What sound sites do not need: a twentieth of the time that a build takes to start.
    from coursekit.encoding.mending import mend  # noqa: PLC0415
    from coursekit.encoding.prior import shipped_prior  # noqa: PLC0415

    return mend(text, site or _NO_SITE, prior or shipped_prior())
