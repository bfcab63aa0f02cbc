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


def not_standard(reason: str) -> str:
    """A PDF that Typst cannot make accessible."""
    return f"PDF composé hors de la norme PDF/UA ({reason}) ; divisez la page, ou signalez ce défaut"


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


# -- the command ----------------------------------------------------------------------------------------


def made(file: str, pages: int, *, is_new: bool) -> str:
    """One PDF, when it is there."""
    s = "s" if pages > 1 else ""
    return f"{file} : {pages} page{s}" + ("" if is_new else ", déjà à jour")


def not_set(file: str, reason: str) -> str:
    """A PDF that cannot be made, whatever is replaced in its pages."""
    return f"« {file} » ne peut être composé ({reason}) ; « pdf: false », dans l'en-tête, écarte une page"


def no_book(file: str) -> str:
    """Nothing to set yet."""
    return f"« {file} » manque ; construisez d'abord le site, avec make site ou mkdocs build"


def unusable_book(file: str) -> str:
    """A file that another version has written."""
    return f"« {file} » est illisible ou d'une autre version ; reconstruisez le site, avec make site"


def empty_book() -> str:
    """A site without a page to print."""
    return "rien à composer ; le site n'a aucune page à imprimer"


def one_file_for_many(file: str) -> str:
    """One file asked for several PDFs."""
    return f"plusieurs PDF ne tiennent pas dans « {file} » ; donnez un dossier à --output"


def unknown_choice(value: str, choices: Sequence[str]) -> str:
    """An option's value that is none of those known."""
    return f"« {value} » est inconnu ; choisissez parmi {', '.join(choices)}"


def no_small_number(value: str) -> str:
    """An option's value that is no number."""
    return f"« {value} » n'est pas un nombre de 0 à 99"


def unknown_page(name: str, near: str) -> str:
    """A page that is not in the book."""
    return f"la page « {name} » n'est pas dans le livre ; " + (
        f"vouliez-vous dire « {near} » ?" if near else "les pages sont celles de docs/ que le menu montre"
    )


def unknown_course(name: str, near: str) -> str:
    """A course that is not in the book."""
    return f"le cours « {name} » n'existe pas ; " + (
        f"vouliez-vous dire « {near} » ?" if near else "un cours est un dossier de docs/"
    )
