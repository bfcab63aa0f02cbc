"""Every French sentence of the link checker: evidence, report, command."""

from __future__ import annotations

# -- history -------------------------------------------------------------------------------------------


def no_json(line: int | None = None) -> str:
    """Say that a file of ours is no JSON; the line is 1-based."""
    return f"ce n'est pas du JSON (ligne {line})" if line else "ce n'est pas du JSON lisible"


def not_ours() -> str:
    """Say that a file is JSON, but none that we wrote."""
    return "ce JSON n'a pas la forme attendue"


def other_schema(schema: int, *, newer: bool) -> str:
    """Say that another version wrote a file."""
    version = "plus récente" if newer else "plus ancienne"
    return f"écrit par une version {version} (schéma {schema})"


def damaged_row(number: int) -> str:
    """Say which row of a file cannot be read, from 1."""
    return f"le lien n° {number} est abîmé"


def repeated_link() -> str:
    """Say that a ledger holds a link twice."""
    return "un lien y est deux fois"


def ledger_set_aside(reason: str, name: str) -> str:
    """Say that the ledger cannot be used, and under which name it is kept."""
    return (
        f"historique des liens inutilisable : {reason} ; il est gardé sous « {name} », un nouveau commence "
        "cette nuit"
    )


def bad_shard(text: str, most: int) -> str:
    """Say that `--shard` is no K/N."""
    return f"« {text} » n'est pas une part K/N ; écrivez par exemple 1/4 (K de 1 à N, N au plus {most})"


def ignored_link(line: int, reason: str) -> str:
    """Return the evidence of an ignored link: the line of `.linkignore` and what its author says there."""
    return f"ignoré par .linkignore:{line}" + (f" : {reason}" if reason else "")


def several_patterns() -> str:
    """Say that a line of `.linkignore` holds a space within what it ignores."""
    return "une ligne ignore une seule adresse ; mettez « # » devant le commentaire, %20 pour une espace"


def regular_expression(pattern: str, suggestion: str) -> str:
    """Say that a line of `.linkignore` is a regular expression."""
    return (
        f"« {pattern} » ressemble à une expression rationnelle ; écrivez l'adresse, avec « * » pour "
        f"n'importe quels caractères : {suggestion}"
    )


def ignores_everything(pattern: str) -> str:
    """Say that a line of `.linkignore` covers all links."""
    return f"« {pattern} » ignorerait tous les liens ; nommez un site, par exemple https://example.org/"


def bad_expiry() -> str:
    """Say that the date of a line of `.linkignore` cannot be read."""
    return "date illisible, la ligne ne compte pas ; écrivez « # jusqu'au 2027-01-31 : raison »"


def expired_ignore(pattern: str, until: str) -> str:
    """Say that a line of `.linkignore` no longer counts; `until` is an ISO date."""
    return f"« {pattern} » n'est plus ignoré depuis le {until} ; repoussez la date ou supprimez la ligne"


def unused_ignore(pattern: str) -> str:
    """Say that a line of `.linkignore` matches no link."""
    return f"« {pattern} » ne correspond à aucun lien du cours ; supprimez la ligne ou corrigez l'adresse"
