"""The boxes that containers make: one table from the names authors write to a kind and a French title."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Callout(NamedTuple):
    """How a container is shown."""

    kind: str  # class that synonyms share, what style sheets and scripts go by; blank-separated if several
    title: str  # shown when the author gives none
    folded: bool = False  # closed until a reader opens it, unless the author says otherwise
    known: bool = True  # False: a name outside the table, shown as a neutral box


class Look(NamedTuple):
    """What tells a kind of box apart on the page."""

    color: str | None = None  # of border, icon and title, on white: `#0369a1`; a dark scheme lightens it
    icon: str | None = None  # of the theme's icons: `material/dumbbell`


UNKNOWN_KIND = "directive-inconnue"

# Kind, title, names. Those that the theme draws (note, abstract, info, tip, success, question, warning,
# failure, danger, bug, example, quote) need no look.
_BOXES = (
    ("tip", "Astuce", "tip astuce hint truc"),
    ("tip", "Conseil", "conseil"),
    ("tip", "Bonne pratique", "bonne-pratique"),
    ("tip", "Indice", "indice"),
    ("link", "Lien", "link lien"),
    ("link", "Voir aussi", "voir-aussi seealso voir"),
    ("link", "Pour aller plus loin", "plus-loin aller-plus-loin pour-aller-plus-loin"),
    ("link", "Ressources", "ressources resources"),
    ("link", "Références", "références bibliographie"),
    ("warning", "Attention", "warning warn attention caution prudence"),
    ("warning", "Avertissement", "avertissement mise-en-garde"),
    ("danger", "Danger", "danger"),
    ("danger", "Erreur", "erreur error"),
    ("strong", "Important", "important strong essentiel"),
    ("strong", "À retenir", "à-retenir retenir takeaway"),
    ("note", "Note", "note"),
    ("note", "Remarque", "remarque remark observation"),
    ("note", "Rappel", "rappel reminder"),
    ("note", "Définition", "définition def"),
    ("note", "Démonstration", "démonstration"),
    ("note", "Preuve", "preuve proof"),
    ("info", "Info", "info"),
    ("info", "Information", "information"),
    ("info", "Le saviez-vous\u00a0?", "le-saviez-vous saviez-vous"),
    ("info", "À faire", "à-faire todo"),
    ("abstract", "Résumé", "résumé abstract summary tldr"),
    ("abstract", "Synthèse", "synthèse"),
    ("abstract", "Objectif", "objectif objective goal"),
    ("abstract", "Objectifs", "objectifs objectives goals"),
    ("abstract", "Prérequis", "prérequis prerequisites"),
    ("abstract", "Contexte", "contexte context"),
    ("abstract", "Théorème", "théorème theorem thm"),
    ("abstract", "Lemme", "lemme lemma"),
    ("abstract", "Proposition", "proposition"),
    ("abstract", "Corollaire", "corollaire corollary"),
    ("abstract", "Propriété", "propriété property"),
    ("abstract", "Axiome", "axiome axiom"),
    ("abstract", "Règle", "règle rule"),
    ("abstract", "Méthode", "méthode method"),
    ("exo", "Exercice", "exo exercice exercise"),
    ("exo", "Activité", "activité activity"),
    ("exo", "Problème", "problème problem"),
    ("exo", "Défi", "défi challenge"),
    ("exo", "TP", "tp"),
    ("exo", "TD", "td"),
    ("exo", "Consigne", "consigne"),
    ("exo", "Devoir", "devoir homework"),
    ("correction", "Correction", "correction"),
    ("correction", "Corrigé", "corrigé"),
    ("correction", "Solution", "solution"),
    ("correction", "Réponse", "réponse answer"),
    ("question", "Question", "question faq"),
    ("question", "Aide", "aide help"),
    ("question", "Quiz", "quiz qcm"),
    ("example", "Exemple", "exemple example"),
    ("example", "Démo", "démo"),
    ("success", "Succès", "succès success check done réussite"),
    ("failure", "Échec", "échec failure fail missing"),
    ("bug", "Bug", "bug bogue"),
    ("quote", "Citation", "citation quote cite"),
    ("details", "Détails", "details spoiler"),
)
_FOLDED = ("correction", "details")

CALLOUTS: Mapping[str, Callout] = MappingProxyType({
    name: Callout(kind, title, folded=kind in _FOLDED)
    for kind, title, names in _BOXES
    for name in names.split()
})  # fmt: skip

LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "link": Look("#0369a1", "material/link-variant"),
        "exo": Look("#7c3aed", "material/dumbbell"),
        "correction": Look("#15803d", "material/check-decagram"),
        "strong": Look("#c2185b", "material/alert-octagram"),
        "details": Look("#475569", "material/text-box-outline"),
        UNKNOWN_KIND: Look("#64748b", "material/help-box"),
    }
)


class Callouts:
    """The table of one site. Case, accents and hyphens of a name make no difference, nor does a plural."""

    def __init__(self, table: Mapping[str, Callout] = CALLOUTS, looks: Mapping[str, Look] = LOOKS) -> None:
        """Take names with their boxes, of which the last wins, and the looks of the classes of boxes."""
        self._table = table
        self._names = {_key(name): name for name in table}
        self._nearest: dict[str, str | None] = {}
        self.looks = looks

    @property
    def entries(self) -> tuple[Mapping[str, Callout], Mapping[str, Look]]:
        """Return all that a table consists of."""
        return self._table, self.looks

    def __contains__(self, name: str) -> bool:
        return self._listed(name) is not None

    def box(self, name: str) -> Callout:
        """Return the box of the container `name`; a name that is not in the table gives a neutral one."""
        listed = self._listed(name)
        if listed is None:
            return Callout(UNKNOWN_KIND, name[:1].upper() + name[1:], known=False)
        return self._table[listed]

    def spelled(self, name: str) -> str:
        """Return a name in the table's own case, in lower case when the table has another spelling."""
        listed = self._listed(name)
        return listed if listed is not None and listed.lower() == name.lower() else name.lower()

    def nearest(self, name: str) -> str | None:
        """Return the known name an author most likely meant by `name`, if one is near."""
        key = _key(name)
        if key not in self._nearest:  # slow, and asked for each box of an author who knows no better
            matches = difflib.get_close_matches(key, self._names, n=1, cutoff=0.7)
            self._nearest[key] = self._names[matches[0]] if matches else None
        return self._nearest[key]

    def _listed(self, name: str) -> str | None:
        key = _key(name)
        return self._names.get(key) or self._names.get(key.removesuffix("s"))


def _key(name: str) -> str:
    """Return what all spellings of a name share."""
    name = name.lower().replace("-", "").replace("_", "")
    if name.isascii():
        return name
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
