"""Sentences that an author or a reader of a PDF reads, in French. One function each."""

from __future__ import annotations

from collections.abc import Sequence

_ON_SCREEN = {
    "iframe": "Contenu intégré",
    "video": "Vidéo",
    "audio": "Son",
    "object": "Contenu intégré",
    "embed": "Contenu intégré",
}


def empty_heading() -> str:
    """A heading without text, which PDF/UA forbids."""
    return "titre vide, laissé hors du PDF ; supprimez-le, ou écrivez-le"


def skipped_level(title: str) -> str:
    """A heading that leaves out a level below the one before."""
    return (
        f"le titre « {title} » saute un niveau, remonté dans le PDF ; mettez-lui un seul « # » de plus qu'au"
        " titre dont il dépend"
    )


def image_left_out(source: str) -> str:
    """An image that is not a file of the site, or that cannot be set."""
    return (
        f"image laissée hors du PDF, remplacée par son texte : « {source} » ; placez-la dans docs/, en PNG,"
        " JPEG, GIF, WebP ou SVG"
    )


def drawing_left_out() -> str:
    """SVG in the page that cannot be read."""
    return "dessin SVG illisible, laissé hors du PDF ; ouvrez-le dans un éditeur de dessin pour le réparer"


def block_not_set() -> str:
    """A paragraph, a table… that the typesetter refuses."""
    return "passage que le PDF ne peut composer : son texte y est sans mise en forme ; simplifiez-le"


def too_many_columns(count: int) -> str:
    """A table that no paper is wide enough for."""
    return f"tableau de {count} colonnes, dont le PDF met les cases l'une sous l'autre ; découpez-le"


def left_on_screen(tag: str) -> str:
    """A frame, a film or a sound."""
    return f"« <{tag}> » ne s'imprime pas : le PDF en donne l'adresse ; dites à côté ce qu'on y trouve"


def on_screen_only(tag: str) -> str:
    """What stands for it where its author gives no title."""
    return f"{_ON_SCREEN.get(tag, 'Contenu intégré')} en ligne"


def characters_left_out(chars: Sequence[str]) -> str:
    """Characters that no font has."""
    listed = ", ".join(f"{char} (U+{ord(char[0]):04X})" for char in chars)
    return f"aucune police du PDF n'a ces caractères, remplacés par leur code : {listed}"


def image() -> str:
    """What stands for an image without text."""
    return "image"


def drawing() -> str:
    """What stands for a drawing without text."""
    return "dessin"


def page_licence(licence: str) -> str:
    """The licence below a page."""
    return f"Licence de cette page\u00a0: {licence}"


def corrections() -> str:
    """The title above the corrections that stand at the end."""
    return "Corrections"


def untitled() -> str:
    """The title of a document that has none, which PDF/UA forbids."""
    return "Sans titre"


# -- mkdocs.yml -----------------------------------------------------------------------------------------


def bad_setting(key: str, value: object, choices: Sequence[str]) -> str:
    """A value of `extra.course.pdf` that is none of those known."""
    return f"extra.course.pdf.{key}\u00a0: « {value} » est inconnu ; choisissez parmi {', '.join(choices)}"


def unknown_setting(key: object, choices: Sequence[str]) -> str:
    """A key of `extra.course.pdf` that is none of those known."""
    return f"extra.course.pdf\u00a0: la clé « {key} » est inconnue ; les clés sont {', '.join(choices)}"


def settings_not_a_mapping() -> str:
    """`extra.course.pdf` that is no mapping."""
    return (
        "extra.course.pdf doit être une liste de réglages, comme « paper: a5 », ou « false » pour aucun PDF"
    )
