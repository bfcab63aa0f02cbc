"""Damaged pages in a real build."""

from __future__ import annotations

from tests.build.conftest import Build

PAGE = """\
---
title: ClÃ©s du site
encoding: |
  # 🔏 Clés
  {passage}
---

# ğŸ” ClÃ©s

DÃ©jÃ\u00a0 trouvÃ© : ğŸ”
"""


def test_what_an_author_settles_is_published_and_nothing_left_to_tell(build: Build) -> None:
    built = build({"cles.md": PAGE.format(passage="trouvé : 🔎")}, "--strict")
    assert built.returncode == 0
    html = built.page("cles")
    assert "🔏 Clés" in html
    assert "Déjà trouvé : 🔎" in html
    assert "<title>Clés du site" in html
    (told,) = [line for line in built.log if "encodage:" in line]
    assert told.endswith("docs/cles.md : 2 caractères perdus rétablis")


def test_a_passage_that_is_nowhere_is_told_where_it_was_written(build: Build) -> None:
    built = build({"cles.md": PAGE.format(passage="perdu : 🔎")}, "--strict")
    assert built.returncode == 1
    (warning,) = built.warnings
    assert warning.startswith("docs/cles.md:5: aucun caractère perdu ne se lit « perdu : 🔎 »")
    assert "🔏 Clés" in built.page("cles")
