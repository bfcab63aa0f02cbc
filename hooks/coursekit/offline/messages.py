"""What readers and authors are told of the copy for a disk, in French."""

from __future__ import annotations


def read_me(title: str, site_url: str) -> str:
    """The text beside the pages."""
    published = f"Le site à jour : {site_url}\n\n" if site_url else ""
    return (
        f"{title}\n\n"
        "Ce dossier contient tout le site : il se lit sans connexion.\n\n"
        "1. Si ce n'est pas fait, décompressez l'archive (clic droit, « Extraire tout… »).\n"
        "2. Ouvrez le fichier index.html avec votre navigateur.\n\n"
        f"{published}"
        "Les liens vers d'autres sites demandent une connexion.\n"
    )


def online_image(text: str) -> str:
    """What stands for an image of another site that could not be kept; `text` says what it shows."""
    return f"Image en ligne\u00a0: {text}"


def online_content(text: str) -> str:
    """What stands for a film, a sound or a frame of another site."""
    return f"Contenu en ligne\u00a0: {text}"


def image_left_out(url: str, reason: str) -> str:
    """An image of another site that is not in the copy."""
    return f"image d'un autre site « {url} » remplacée par un lien ({reason})"


def content_left_out(url: str) -> str:
    """A film, a sound or a frame of another site."""
    return f"contenu d'un autre site « {url} » remplacé par un lien"


def not_asked() -> str:
    """Why an image was not fetched."""
    return "--no-fetch"


def answered(status: int) -> str:
    """Why an image could not be had: what its server said."""
    return f"réponse {status}"


def no_image() -> str:
    """Why an image could not be had: something else came."""
    return "ce n'est pas une image que les navigateurs montrent"


def cut_off(megabytes: int) -> str:
    """Why an image could not be had: not all of it came."""
    return f"transfert interrompu, ou plus de {megabytes} Mo"


def bad_address() -> str:
    """Why an image could not be had: it has no address of the web."""
    return "adresse mal formée"


def bad_redirect() -> str:
    """Why an image could not be had: its server sends on to nowhere."""
    return "redirection sans issue"


def name_refused(path: str) -> str:
    """A file that Windows cannot unpack."""
    return f"« {path} » : nom que Windows refuse ; renommez la page ou le fichier"


def name_too_long(path: str) -> str:
    """A file whose path is too long for Windows, once it is below other folders."""
    return f"« {path} » : chemin trop long pour Windows ; raccourcissez un nom"


def names_alike(path: str, other: str) -> str:
    """Two files that are one on systems which take capitals for small letters."""
    return f"« {path} » et « {other} » ne font qu'un sous Windows et macOS ; renommez-en un"


def no_site(folder: str) -> str:
    """Nothing to copy yet."""
    return f"« {folder} » ne contient pas de site ; construisez-le d'abord, avec make site"


def made(file: str, pages: int, megabytes: float, images: int) -> str:
    """The zip, when it is there."""
    size = f"{megabytes:.1f}".replace(".", ",")
    s = "s" if pages > 1 else ""
    kept = f", {images} image{'s' if images > 1 else ''} d'autres sites" if images else ""
    return f"{file} : {pages} page{s}{kept}, {size} Mo"
