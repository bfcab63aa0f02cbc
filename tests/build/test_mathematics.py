"""Formulas on a built site: the page, its table of contents, its title, the search, the warnings."""

from __future__ import annotations

import re

from tests.build.conftest import Build
from tests.searching import searched

PAGE = """\
---
tags: [a]
---

# Le $CO_2e$ total

Vaut $\\frac{a}{b}$.

## Avec $\\foo$

$$
x = 1
$$
"""


def test_formulas_reach_every_part_of_the_site(build: Build) -> None:
    built = build({"index.md": "# Accueil\n", "cours.md": PAGE})
    (warning,) = built.warnings
    assert warning.startswith("docs/cours.md:9: formule affichée en TeX : commande inconnue « \\foo »")
    html = built.page("cours")
    assert "<title>Le CO_2e total - Cours</title>" in html
    contents = re.findall(r'<a href="#[^"]*" class="md-nav__link">(.*?)</a>', html, re.DOTALL)
    assert "Avec \\foo" in [re.sub("<[^>]+>", "", entry).strip() for entry in contents]
    assert len(re.findall(r"<math\b", html)) == 3
    assert '<math display="block"><semantics>' in html
    assert '<annotation encoding="application/x-tex" data-search-exclude>\\frac{a}{b}</annotation>' in html
    assert "\u0002" not in html
    sections = {one.title: one.text for one in searched(built.folder / "site")["cours/"]}
    assert "Vaut ab." in sections[""]
    assert "x=1" in sections["Avec $\\foo$"]
