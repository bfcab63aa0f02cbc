"""Boxes that a site adds in mkdocs.yml: how they show, and what a wrong setting says."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.build.conftest import Build
from tests.searching import all_text

PAGE = "# TP\n\n:::vocabulaire\nx\n:::\n\n::: maison Chez vous\ny\n:::\n\n:::tip\nz\n:::\n"


def settings(callouts: object) -> str:
    """Return lines for mkdocs.yml; a key that stands twice is the last one."""
    extensions: list[Any] = [{"coursekit.markdown": {"callouts": callouts}}]
    return "\n" + yaml.safe_dump({"markdown_extensions": extensions}, allow_unicode=True)


def test_boxes_of_a_site_have_their_look(build: Build) -> None:
    callouts = {
        "vocabulaire": {"title": "Vocabulaire", "color": "#b45309", "icon": "material/book-open-variant"},
        "maison": {"like": "correction"},
        "tip": {"icon": "octicons/star-24"},
    }
    built = build({"index.md": PAGE}, "--strict", more=settings(callouts))
    assert built.returncode == 0, built.log
    page = built.page("")
    assert '<div class="admonition vocabulaire">\n<p class="admonition-title">Vocabulaire</p>' in page
    assert '<details class="maison correction">\n<summary>Chez vous</summary>' in page
    assert "assets/stylesheets/callouts.css" in page
    sheet = (built.folder / "site/assets/stylesheets/callouts.css").read_text(encoding="utf-8")
    for name in ("vocabulaire", "tip", "exo"):  # from the theme's own files
        assert f"--md-admonition-icon--{name}: url('data:image/svg+xml" in sheet
    assert ".vocabulaire { --callout-color: #b45309; border-color: var(--callout-color); }" in sheet
    assert "mask-image: var(--md-admonition-icon--tip)" in sheet


def test_an_icon_given_to_the_theme_stays(build: Build) -> None:
    pages = {"index.md": ":::exo\nx\n:::\n"}
    variable = "--md-admonition-icon--exo:"
    theme = {"name": "material", "custom_dir": "overrides", "icon": {"admonition": {"exo": "material/pen"}}}
    built = build(pages, "--strict", more="\n" + yaml.safe_dump({"theme": theme}))
    assert built.returncode == 0, built.log
    assert built.page("").count(variable) == 1
    assert variable not in (built.folder / "site/assets/stylesheets/callouts.css").read_text("utf-8")


@pytest.mark.parametrize(
    ("callouts", "words"),
    [
        (
            {"tip": {"colour": "#fff"}},
            "réglage inconnu « colour » pour « tip » ; vouliez-vous dire « color » ?",
        ),
        ({"tip": {"icon": "material/bok"}}, "icône introuvable « material/bok » pour l'encadré « tip »"),
    ],
)
def test_a_wrong_setting_stops_the_build(build: Build, callouts: object, words: str) -> None:
    built = build({"index.md": "# A\n"}, more=settings(callouts))
    assert built.returncode == 1
    assert words in built.log[-1]
    assert "Traceback" not in "\n".join(built.log)


def test_folded_boxes_are_searched(build: Build) -> None:
    page = "# TP\n\n## Un\n\n:::correction\nzinzolin\n\n??? note\n    amarante\n:::\n"
    built = build({"tp.md": page}, "--strict")
    assert built.returncode == 0, built.log
    text = all_text(built.folder / "site")
    assert "zinzolin" in text
    assert "amarante" in text
