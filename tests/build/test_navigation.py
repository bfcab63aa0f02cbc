"""Titles, order and courses come from the folders and the front matter alone."""

from __future__ import annotations

import re

from tests.build.conftest import Build


def navigation(html: str) -> list[str]:
    """Return the labels of the page's main navigation, in order."""
    nav = html[html.index('class="md-nav md-nav--primary"') : html.index('class="md-content"')]
    labels = re.findall(r'<span class="md-ellipsis">\s*(?:<span[^>]*>)?\s*([^<]+?)\s*<', nav)
    return list(dict.fromkeys(labels))


def test_folders_are_courses_in_their_authors_order(build: Build) -> None:
    built = build(
        {
            "index.md": "---\ntitle: Accueil\n---\n",
            "z-premier/index.md": "---\ntitle: 🐧 Linux\norder: 1\nlayout: X\n---\n\nIntro.\n",
            "z-premier/b.md": "---\ntitle: Deuxième\norder: 2\n---\n",
            "z-premier/c.md": "---\ntitle: Première\norder: 1\n---\n",
            "z-premier/a.md": "Texte.\n\n## Sans ordre ni titre\n",
            "a-second/tp.md": "# Titre du TP\n",
            "b-troisieme/index.md": "Texte.\n\n# Titre de l'index\n",
            "b-troisieme/README.md": "# Pour le dépôt\n",
            "b-troisieme/tp.md": "# Autre TP\n",
        },
        "--strict",
    )
    assert built.returncode == 0, built.log
    html = built.page("z-premier/c")
    assert navigation(html) == [
        "Accueil", "🐧 Linux", "Première", "Deuxième", "Sans ordre ni titre",
        "A second", "Titre de l'index",
    ]  # fmt: skip
    assert navigation(built.page("a-second/tp"))[-3:] == ["A second", "Titre du TP", "Titre de l'index"]
    assert navigation(built.page("b-troisieme"))[-2:] == ["Titre de l'index", "Autre TP"]
    assert not any("README" in line for line in built.log if not line.startswith("INFO"))
    assert re.search(r'rel="next"[^>]*href="../b/"|href="../b/"[^>]*rel="next"', html)


def test_titles_that_the_navigation_spells_out_stay(build: Build) -> None:
    pages = {"index.md": "# Accueil\n", "a.md": "Texte.\n\n## Un titre\n"}
    built = build(pages, "--strict", more="\nnav:\n  - Départ: index.md\n  - De la navigation: a.md\n")
    assert built.returncode == 0, built.log
    assert "<title>De la navigation - Cours</title>" in built.page("a")
    assert navigation(built.page("a"))[:2] == ["Départ", "De la navigation"]


# Front matter of other generators and slips of the pen, and how many warnings each deserves.
FRONT_MATTER = {
    "balises": ("title: Les <b>balises</b> & co", 0),
    "nombre": ("title: 2025", 0),
    "titre-absent": ("title:", 0),
    "titre-vide": ("title: ''\ntags: []", 0),
    "titre-liste": ("layout: x\ntitle: [a, b]", 1),
    "tags-texte": ("tags: docker", 0),
    "tags-nombres": ("tags: [2025, 1.5]", 0),
    "tags-vides": ("tags:", 0),
    "tags-table": ("tags: {a: b}", 1),
    "ordre-texte": ("order: premier", 1),
    "modele-absent": ("template: absent.html", 0),
    "icone-absente": ("icon: absente\nstatus: x", 0),
    "cles-inconnues": ("layout: '@layouts/CoursePartLayout.astro'\nhide: true\nsearch: 3", 0),
    "cle-nombre": ("1: a", 0),
}


def test_no_front_matter_breaks_the_build(build: Build) -> None:
    pages = {
        f"cours/{name}.md": f"---\n{block}\n---\n\n# TP\n\nTexte.\n"
        for name, (block, _) in FRONT_MATTER.items()
    }
    built = build({"index.md": "# A\n", **pages})
    assert built.returncode == 0, built.log
    for name, (_, warnings) in FRONT_MATTER.items():
        assert "Texte." in built.page(f"cours/{name}")
        told = [warning for warning in built.warnings if f"docs/cours/{name}.md:" in warning]
        assert len(told) == warnings, (name, told)
    assert "docs/cours/titre-liste.md:3: la clé « title » de l'en-tête" in "".join(built.warnings)
    assert "<title>Les &lt;b&gt;balises&lt;/b&gt; &amp; co - Cours</title>" in built.page("cours/balises")
    assert "<b>balises" not in built.page("cours/nombre"), "nor in the navigation"
    assert "<title>2025 - Cours</title>" in built.page("cours/nombre")


def test_few_courses_are_on_every_page(build: Build) -> None:
    built = build({"index.md": "# Accueil\n", "a/x.md": "# X\n", "a/b/y.md": "# Y\n", "c/z.md": "# Z\n"})
    assert navigation(built.page("a/x")) == ["Accueil", "A", "X", "B", "C"]
    assert navigation(built.page("a/b/y")) == ["Accueil", "A", "X", "B", "Y", "C"]
    assert 'href="../../c/z/"' in built.page("a/x"), "a course without an index is entered by its first page"


def test_pages_do_not_grow_with_the_site(build: Build) -> None:
    course = {"moi/index.md": "# Moi\n"} | {f"moi/p{n:03}.md": f"# Page {n}\n" for n in range(100)}
    others = {f"c{n:02}/index.md": f"# Cours {n}\n" for n in range(20)}
    built = build(course | others)
    entries = navigation(built.page("moi/p050"))
    assert entries[:3] == ["Accueil", "Tous les cours", "Moi"]
    assert entries[3:-1] == [f"Page {n}" for n in range(20, 80)][: len(entries) - 4]
    assert entries[-1] == "Toutes les pages (101)"
    assert len(entries) <= 65
    assert 'href="../..#cours"' in built.page("moi/p050")
    assert 'id="cours"' in built.page(".")
    assert navigation(built.page("."))[:4] == ["Accueil", "Cours 0", "Cours 1", "Cours 2"]


def test_pages_without_a_course_show_those_around(build: Build) -> None:
    pages = {f"p{n:03}.md": f"# Page {n}\n" for n in range(100)}
    built = build(pages | {"p050.md": "---\ntags: [été]\n---\n\n# Page 50\n"})
    entries = navigation(built.page("p050"))
    assert entries[0] == "Accueil"
    assert {"Page 49", "Page 50", "Page 51"} <= {*entries}
    assert "Page 5" not in entries
    assert len(entries) <= 65
    assert "Page 49" not in navigation(built.page("etiquettes/ete")), "which the navigation leaves out"


def test_headings_are_listed_without_landmarks_of_their_own(build: Build) -> None:
    headings = "".join(f"## Partie {n}\n\n### Exemple\n\n#### Détail\n\n" for n in range(50))
    built = build({"index.md": "# Accueil\n", "cours/a.md": f"# A\n\n{headings}"})
    html = built.page("cours/a")
    names = re.findall(r'<nav[^>]*aria-label="([^"]*)"', html)
    assert len(names) == len({*names}) <= 6
    assert html.count('href="#partie-49"') == 3, "beside the page, in the drawer, at the heading"
    assert len(html) < 100_000
