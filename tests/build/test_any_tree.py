"""Any tree of pages builds to a whole site, with the project's own settings."""

from __future__ import annotations

from html.parser import HTMLParser

from tests.build.conftest import Build
from tests.building import Built


class _Links(HTMLParser):
    """Collects the targets of a page's links, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.targets.append(dict(attrs).get("href") or "")


def strict(build: Build, pages: dict[str, str]) -> Built:
    """Build pages that have no mistake."""
    built = build(pages, "--strict")
    assert built.returncode == 0, built.log
    return built


def test_pages_without_index_get_a_home_page_that_lists_them(build: Build) -> None:
    built = strict(build, {"reseaux.md": "# Réseaux\n", "systemes.md": "# Systèmes\n"})
    home = built.page("")
    assert "<h2>Les pages</h2>" in home
    assert {"reseaux/", "systemes/"} <= set(_Links(home).targets)


def test_courses_are_listed_with_their_introduction_and_size(build: Build) -> None:
    built = strict(
        build,
        {
            "docker/index.md": "---\ntitle: Docker\n---\n\n## Avant\n\nDes conteneurs, `&` des **images**.\n",
            "docker/tp/tp1.md": "# TP 1\n",
            "docker/tp/tp2.md": "# TP 2\n",
            "git/cours.md": "# Cours\n",
        },
    )
    home = built.page("")
    assert '<a class="courses__title" href="docker/">Docker</a>' in home
    assert "<p>Des conteneurs, &amp; des images.</p>" in home
    assert '<p class="courses__pages">3 pages</p>' in home
    # A course that nothing introduces leads to its first page.
    assert '<a class="courses__title" href="git/cours/">Git</a>' in home
    assert '<p class="courses__pages">1 page</p>' in home


def test_tagged_pages_get_a_page_that_lists_them(build: Build) -> None:
    built = strict(build, {"index.md": "# Accueil\n", "tp.md": "---\ntags: [Réseau]\n---\n\n# TP\n"})
    tags = built.page("etiquettes")
    assert "reseau/" in _Links(tags).targets
    assert "../../tp/" in _Links(built.page("etiquettes/reseau")).targets
    page = built.page("tp")
    assert "../etiquettes/reseau/" in _Links(page).targets


def test_license_is_shown_as_text_with_the_logo_drawn(build: Build) -> None:
    built = strict(build, {"index.md": '---\nlicense: "© <b>2025</b> \\U000F0D6B BY"\n---\n\n# Accueil\n'})
    home = built.page("")
    assert "\U000f0d6b" not in home
    assert "© &lt;b&gt;2025&lt;/b&gt;  <span>" in home
    assert "CC BY</span>" in " ".join(home.split()).replace(" </span>", "</span>")
