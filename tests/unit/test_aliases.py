"""Aliases of folders, and files of docs/ that are not published."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.links import settings
from coursekit.links.targets import Dead, Internal
from coursekit.markdown import Link
from coursekit.problem import UnusableSettingError
from tests.cases_data import cases

FILES = (
    "index.md",
    "assets/logo.png",
    "assets/notes.md",
    "assets/été.png",
    "linux/cours.md",
    "linux/img/a.png",
    "linux/tp.md",
)
ALIASES = {"@assets/": "assets/", "~/": "/", "@assets/linux/": "linux/img"}
SITE = settings.site(
    {"origin": "https://auteur.example", "aliases": ALIASES},
    FILES,
    {"linux/brouillon.md": "draft", "linux/.prive.png": "excluded"},
)


@cases("links/aliases")
def test_aliases(case: dict[str, Any]) -> None:
    target = SITE.target(Link(case["url"], "", 3, case.get("kind", "link")), "linux/cours.md")
    if isinstance(target, Internal):
        assert (target.file, target.ending) == (case.get("internal"), case.get("ending", ""))
    else:
        assert isinstance(target, Dead)
        assert target.message == case["dead"]


@given(st.lists(st.sampled_from(["@assets/", "~/", "..", "/", "%2e%2e", "linux", "tp", ".md"])).map("".join))
def test_an_alias_never_leads_out_of_the_site(url: str) -> None:
    target = SITE.target(Link(url, "", 1, "link"), "linux/cours.md")
    assert not isinstance(target, Internal) or target.file in FILES


def test_no_settings() -> None:
    site = settings.site({"aliases": None}, FILES, {})
    assert site.origin is None
    assert site.aliases == {}


@pytest.mark.parametrize(
    ("aliases", "words"),
    [
        (["@assets/"], "doit être une suite de « préfixe: dossier »"),
        ("@assets/", "doit être une suite de « préfixe: dossier »"),
        ({"@assets": "assets/"}, "« @assets » n'est pas un début de chemin"),
        ({"/": "assets/"}, "« / » n'est pas un début de chemin"),
        ({"../": "assets/"}, "« ../ » n'est pas un début de chemin"),
        ({"https://a/": "assets/"}, "« https://a/ » n'est pas un début de chemin"),
        ({3: "assets/"}, "« 3 » n'est pas un début de chemin"),
        ({"@assets/": None}, "« @assets/ » doit mener à un dossier de docs/, pas à « None »"),
        ({"@assets/": "../src/assets"}, "pas à « ../src/assets »"),
        ({"@assets/": "a/../../b"}, "pas à « a/../../b »"),
    ],
)
def test_settings_that_cannot_be_used(aliases: object, words: str) -> None:
    with pytest.raises(UnusableSettingError, match=r"^extra\.course\.aliases") as error:
        settings.site({"aliases": aliases}, FILES, {})
    assert words in str(error.value)
