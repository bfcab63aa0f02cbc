"""Sentences that an author or a reader of a PDF reads, in French. One function each."""

from __future__ import annotations

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


def left_on_screen(tag: str) -> str:
    """A frame, a film or a sound."""
    return f"« <{tag}> » ne s'imprime pas : le PDF en donne l'adresse ; dites à côté ce qu'on y trouve"


def on_screen_only(tag: str) -> str:
    """What stands for it where its author gives no title."""
    return f"{_ON_SCREEN.get(tag, 'Contenu intégré')} en ligne"


def characters_left_out(chars: str) -> str:
    """Characters that no font has."""
    listed = ", ".join(f"{char} (U+{ord(char):04X})" for char in chars)
    return f"aucune police du PDF n'a ces caractères, remplacés par leur code : {listed}"


def page_not_set(reason: str) -> str:
    """A page that the typesetter refuses."""
    return f"page laissée hors du PDF, qui ne peut être composée : {reason}"


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
