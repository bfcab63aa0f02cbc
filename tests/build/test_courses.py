"""A course as its readers see it: what pages say of themselves, lists, tags, feed, what is read next."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest

from coursekit.pdf import book
from tests import building
from tests.build.conftest import Build
from tests.building import Built

PAGES = {
    "index.md": "# Accueil\n",
    "a/index.md": "---\ntitle: Cours A\n---\n\nLe premier cours de ce site.\n",
    "a/un.md": "---\ntags: [Docker, C++]\nverified: 2026-03-01\nlicense: CC BY-SA 4.0\n---\n\n# Un\n\n"
    "Une première page, qui dit bien assez de choses.\n",
    "a/plus/deux.md": "---\ntags: docker\ndescription: Une phrase <choisie>.\n---\n\n# Deux\n",
    "b/index.md": "# Cours B\n\nIl mène à [trois](trois.md#rien-dautre).\n",
    "b/trois.md": "---\ntags: [docker, '<i>/..']\nverified: 2020-01-31\n---\n\n# Trois\n\n## Rien d'autre\n",
}
COMMITTED = ("a/index.md", "a/un.md")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("courses")
    who = {f"GIT_{who}_{what}": "x@y.z" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = os.environ | who | {"GIT_CONFIG_GLOBAL": os.devnull}
    environment |= {"GIT_AUTHOR_DATE": "2026-02-01T08:00Z", "GIT_COMMITTER_DATE": "2026-02-01T08:00Z"}
    for name in COMMITTED:
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGES[name], encoding="utf-8")
    for command in (["init", "-q"], ["add", "docs"], ["commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=folder, env=environment, check=True, capture_output=True)
    built = building.build(folder, PAGES, "--strict", site_url="https://a.b/c/")
    assert built.returncode == 0, built.log
    return built


def line(html: str) -> str:
    """Return the text of the line below a page's title, without its buttons."""
    _, found, rest = html.partition('<aside class="md-facts facts">')
    text = re.sub(r"<[^>]*>", " ", rest.partition('<div class="facts__actions">')[0])
    return " ".join(text.split()) if found else ""


def test_pages_say_how_long_they_take_and_how_old_they_are(built: Built) -> None:
    page = built.page("a/un")
    assert line(page) == "1 min de lecture Mis à jour le 1er février 2026 Contenu vérifié le 1er mars 2026"
    assert '<time datetime="2026-02-01">' in page
    assert page.index("</h1>") < page.index('class="md-facts facts"') < page.rindex("Une première page")
    assert line(built.page("a")) == "Mis à jour le 1er février 2026"
    assert line(built.page("a/plus/deux")) == "1 min de lecture"  # not committed
    assert [line(built.page(url)) for url in ("", "etiquettes", "etiquettes/docker")] == [""] * 3


def test_an_old_page_says_so(built: Built) -> None:
    assert "depuis plus de deux ans" in built.page("b/trois")
    assert "depuis plus de deux ans" not in built.page("a/plus/deux")


def test_the_text_stays_its_authors(built: Built) -> None:
    book = (built.folder / "build" / "book.json").read_text(encoding="utf-8")
    assert "min de lecture" not in book
    assert "Étiquette «" not in book


def test_an_index_lists_its_pages_unless_it_leads_to_all(built: Built) -> None:
    _, _, listed = built.page("a").partition('<ul class="pages">')
    assert 'href="un/">Un</a>' in listed
    assert "Une première page, qui dit bien assez de choses." in listed
    assert '<span class="pages__title">Plus</span>' in listed
    assert "Une phrase &lt;choisie&gt;." in listed
    assert 'class="pages"' not in built.page("b")


def test_one_reads_on_within_a_course(built: Built) -> None:
    def led(url: str) -> list[str]:
        return re.findall(r'<link rel="(?:prev|next)" href="([^"]*)"', built.page(url))

    assert led("a") == ["un/"]
    assert led("a/un") == ["../", "../plus/deux/"]
    assert led("a/plus/deux") == ["../../un/"]
    assert led("b") == ["trois/"]


def test_each_tag_has_a_page(built: Built) -> None:
    tags = built.page("etiquettes")
    assert '<a href="docker/">docker</a> <span>3 pages</span>' in tags  # two of three write it so
    assert "../a/un/" not in tags.partition("tag-list")[2].partition("</ul>")[0]
    docker = built.page("etiquettes/docker")
    assert re.findall(r'class="pages__title" href="([^"]*)"', docker) == [
        "../../a/un/", "../../a/plus/deux/", "../../b/trois/",
    ]  # fmt: skip
    assert '<span class="pages__course">Cours A</span>' in docker
    assert '<a href="../../etiquettes/c-plus-plus/" class="md-tag">C++</a>' in built.page("a/un")
    assert "&lt;i&gt;/.." in built.page("etiquettes/i")
    assert "etiquettes/docker/" in (built.folder / "site" / "sitemap.xml").read_text(encoding="utf-8")


def test_the_feed_tells_what_git_knows(built: Built) -> None:
    root = ElementTree.parse(built.folder / "site" / "atom.xml").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{atom}entry")
    assert [entry.findtext(f"{atom}id") for entry in entries] == ["https://a.b/c/a/", "https://a.b/c/a/un/"]
    assert entries[1].findtext(f"{atom}summary") == "Une première page, qui dit bien assez de choses."
    assert '<link rel="alternate" type="application/atom+xml"' in built.page("b/trois")


def test_a_licence_leads_to_its_deed(built: Built) -> None:
    page = built.page("a/un")
    assert 'href="https://creativecommons.org/licenses/by-sa/4.0/deed.fr"' in page
    assert page.partition('class="md-page-licence"')[2].partition("</aside>")[0].count("<svg") == 3


def test_without_an_address_there_is_no_feed_and_no_directories_are_needed(
    build: Build, tmp_path: Path
) -> None:
    pages = PAGES | {"etiquettes/docker.md": "# À moi\n"}
    built = build(pages, "--strict", more="use_directory_urls: false\n")
    assert built.returncode == 0, built.log
    site = tmp_path / "site"
    assert not (site / "atom.xml").exists()
    assert "atom+xml" not in (site / "index.html").read_text(encoding="utf-8")
    assert 'href="etiquettes/docker.html"' in (site / "etiquettes.html").read_text(encoding="utf-8")
    assert "../a/un.html" in (site / "etiquettes" / "c-plus-plus.html").read_text(encoding="utf-8")
    assert "À moi" in (site / "etiquettes" / "docker.html").read_text(encoding="utf-8")
    assert any("docs/etiquettes/docker.md" in told and "« docker »" in told for told in built.log)


def test_what_is_added_to_a_page_can_be_told_from_its_text(built: Built) -> None:
    """Programs that read a page's text leave out what `md-` marks, and find what its author wrote."""
    told = book.load((built.folder / "build" / "book.json").read_bytes())
    pages = {page.url: page for course in told.courses for page in course.pages}
    assert len(pages) > 3
    for url, page in pages.items():
        document = html5lib.parse(built.page(url), namespaceHTMLElements=False)
        (article,) = document.iter("article")
        for child in list(article):
            if child.tag in ("aside", "nav") and (child.get("class") or "").startswith("md-"):
                article.remove(child)
        shown = " ".join("".join(article.itertext()).split())
        written = " ".join("".join(html5lib.parseFragment(page.html).itertext()).split())
        assert shown in (written, f"{page.title} {written}"), url
