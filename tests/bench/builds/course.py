"""Pages to build: a made-up French course, the same at each call, and copies of any tree of pages."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

Tree = Mapping[str, bytes]  # path below docs/ -> content

_COURSES = {
    "conteneurs": "Conteneurs",
    "reseaux": "Réseaux",
    "bases-de-donnees": "Bases de données",
    "systeme": "Système",
}
_PAGES = 9  # of a course, beside its index
_SECTIONS = 7

_WHO = (
    "Le serveur", "Un conteneur", "La base de données", "Le réseau", "Une image", "L'ordonnanceur",
    "Le noyau", "Un processus", "La passerelle", "Le système de fichiers", "Un administrateur", "L'équipe", "Le pare-feu",
)  # fmt: skip
_DOES = (
    "conserve", "redémarre", "surveille", "sauvegarde", "chiffre", "décrit", "remplace", "partage", "limite",
    "déploie", "vérifie", "transmet", "refuse", "journalise", "prépare", "répartit",
)  # fmt: skip
_WHAT = (
    "les données de l'application", "chaque requête reçue", "la configuration du service", "les droits d'accès",
    "la mémoire disponible", "les connexions en attente", "le fichier `config.yml`", "un volume **persistant**",
    "les journaux de la veille", "l'état souhaité", "les paquets _perdus_", "la clé publique",
)  # fmt: skip
_WHEN = (
    "à chaque démarrage", "pendant la mise à jour", "avant la sauvegarde", "sans interrompre le service",
    "dès qu'un nœud disparaît", "comme on l'a vu plus haut", "sur les machines de production", "en cas d'échec",
    "si la charge augmente", "au premier appel", "une fois par nuit",
)  # fmt: skip
_SUBJECTS = (
    "Installer", "Configurer", "Sauvegarder", "Surveiller", "Mettre à jour", "Sécuriser", "Dépanner",
    "Automatiser", "Comprendre", "Mesurer",
)  # fmt: skip
_OBJECTS = (
    "le service",
    "les volumes",
    "le réseau",
    "les accès",
    "les journaux",
    "l'image",
    "la base",
    "le nœud",
)
_TAGS = ("docker", "linux", "réseau", "sécurité", "stockage", "tp", "débutant", "avancé")
_BOXES = ("tip", "note", "attention", "exercice", "info", "important")
_CODE = (
    """```bash
docker run --detach --name web{n} --publish {n}80:80 nginx:1.2{n}
docker logs --follow web{n} | grep -v "GET /sante" >> /var/log/web{n}.log
```""",
    """```python
def moyenne_{n}(valeurs: list[float]) -> float:
    \"\"\"Renvoie la moyenne des {n} premières valeurs.\"\"\"
    return sum(valeurs[:{n}]) / {n}  # jamais vide
```""",
    """```yaml
services:
  web{n}:
    image: "nginx:1.2{n}"
    ports: ["{n}80:80"]
    volumes:
      - donnees{n}:/usr/share/nginx/html
```""",
    """```sql
SELECT nom, COUNT(*) AS total FROM mesures
WHERE jour > '2026-01-0{n}' GROUP BY nom HAVING COUNT(*) > {n};
```""",
)


def course() -> dict[str, bytes]:
    """Return some forty pages, about as long as those of real courses; equal at each call."""
    names = [(folder, number) for folder in _COURSES for number in range(1, _PAGES + 1)]
    pages = {f"{folder}/{_name(number)}": _page(folder, number) for folder, number in names}
    pages |= {f"{folder}/index.md": _index(folder, title) for folder, title in _COURSES.items()}
    return {name: text.encode() for name, text in pages.items()}


def copies(tree: Tree, times: int) -> Iterator[tuple[str, bytes]]:
    """Yield the paths and contents of `times` copies of a tree, each in a folder; of one, the tree itself.

    Each page of a copy says which it is: what is remembered by content must not know the other copies' pages.
    """
    for number in range(times):
        folder, last = (
            (f"copie-{number:02}/", f"\n\nCopie {number} de ce cours.\n") if times > 1 else ("", "")
        )
        for name, content in tree.items():
            yield (
                folder + name,
                content.rstrip() + last.encode() if last and name.endswith(".md") else content,
            )


def _name(number: int) -> str:
    return f"page-{number:02}.md"


def _index(folder: str, title: str) -> str:
    links = "\n".join(f"- [Partie {number}]({_name(number)})" for number in range(1, _PAGES + 1))
    return f"---\ntags:\n- {_TAGS[len(folder) % len(_TAGS)]}\n---\n# {title}\n\nCe cours a {_PAGES} parties :\n\n{links}\n"


def _page(folder: str, number: int) -> str:
    source = random.Random(f"{folder} {number}")  # seeded by text: the same with any Python 3
    tags = "\n".join(f"- {tag}" for tag in source.sample(_TAGS, 2))
    sections = "\n\n".join(_section(source, rank) for rank in range(1, _SECTIONS + 1))
    title = f"{source.choice(_SUBJECTS)} {source.choice(_OBJECTS)}"
    other = source.choice([name for name in _COURSES if name != folder])
    return f"""---
title: "Partie {number} : {title}"
order: {number}
tags:
{tags}
---
# {title}

{_paragraph(source)} Avant de commencer, relisez la [partie {number % _PAGES + 1}]({_name(number % _PAGES + 1)}#section-2)
et le cours voisin, [{_COURSES[other]}](../{other}/index.md).

{sections}
"""


def _section(source: random.Random, rank: int) -> str:
    n = source.randint(1, 9)
    rows = "\n".join(
        f"| `option-{row}` | {source.choice(_WHAT)} | {source.randint(1, 500)} |" for row in range(4)
    )
    parts = {
        1: f"| Option | Effet | Valeur |\n|---|---|--:|\n{rows}",
        2: f"Le débit moyen vaut $d = \\frac{{n}}{{t_{n}}}$, d'où :\n\n$$\\sum_{{i=1}}^{{{n}}} x_i^2 \\leq \\sqrt{{{n} + n}}$$",
        3: f"- [x] {_sentence(source)}\n- [ ] {_sentence(source)}\n- [ ] {_sentence(source)}",
        4: f"1. {_sentence(source)}\n2. {_sentence(source)}\n   - {_sentence(source)}\n   - {_sentence(source)}",
        5: f"{_sentence(source)}[^{rank}]\n\n[^{rank}]: Voir <https://example.com/{n}>.",
    }
    box = f":::{source.choice(_BOXES)}\n{_paragraph(source)}\n:::"
    return "\n\n".join(
        (
            f"## {source.choice(_SUBJECTS)} {source.choice(_OBJECTS)} {{#section-{rank}}}",
            _paragraph(source),
            source.choice(_CODE).replace("{n}", str(n)),
            parts.get(rank, box),
            f"### Pour aller plus loin ({rank})",
            _paragraph(source),
            "\n".join(f"- {_sentence(source)}" for _ in range(4)),
        )
    )


def _paragraph(source: random.Random) -> str:
    return " ".join(_sentence(source) for _ in range(source.randint(3, 6)))


def _sentence(source: random.Random) -> str:
    return f"{source.choice(_WHO)} {source.choice(_DOES)} {source.choice(_WHAT)} {source.choice(_WHEN)}."
