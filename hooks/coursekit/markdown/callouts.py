"""The boxes that directives make: one table from the names authors write to a class and a French title."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Callout:
    """How a directive's box is shown."""

    kind: str  # class of the box beside `admonition`; synonyms share one
    title: str  # shown when the author gives no label
    known: bool = True  # False: a name outside the table, shown as a neutral box


UNKNOWN_KIND = "directive-inconnue"

# The course authors' own names first, then those of Material and of GitHub's alerts.
CALLOUTS: Mapping[str, Callout] = {
    "tip": Callout("tip", "Astuce"),
    "link": Callout("link", "Lien"),
    "warn": Callout("warning", "Attention"),
    "warning": Callout("warning", "Attention"),
    "exo": Callout("exo", "Exercice"),
    "correction": Callout("correction", "Correction"),
    "strong": Callout("strong", "Important"),
    "note": Callout("note", "Note"),
    "important": Callout("strong", "Important"),
    "caution": Callout("danger", "Prudence"),
    "danger": Callout("danger", "Danger"),
    "info": Callout("info", "Information"),
    "abstract": Callout("abstract", "Résumé"),
    "success": Callout("success", "Succès"),
    "question": Callout("question", "Question"),
    "failure": Callout("failure", "Échec"),
    "bug": Callout("bug", "Bogue"),
    "example": Callout("example", "Exemple"),
    "quote": Callout("quote", "Citation"),
}


class Callouts:
    """The table of one site."""

    def __init__(self, table: Mapping[str, Callout] = CALLOUTS) -> None:
        self._table = table

    def __contains__(self, name: str) -> bool:
        return name in self._table

    def box(self, name: str) -> Callout:
        """Return the box of the directive `name`; a name that is not in the table gives a neutral one."""
        return self._table.get(name) or Callout(f"{UNKNOWN_KIND} {name}", name, known=False)

    def nearest(self, name: str) -> str | None:
        """Return the known directive name an author most likely meant by `name`, if one is near.

        The boxes show French titles, so a title (`astuce`, `exercice`) means its name.
        """
        titles = {_folded(box.title): known for known, box in reversed(list(self._table.items()))}
        names = titles | {known: known for known in self._table}
        matches = difflib.get_close_matches(_folded(name), names, n=1, cutoff=0.7)
        return names[matches[0]] if matches else None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
