"""Where links lead, and the register of those that lead out."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from coursekit.links.anchors import anchors
from coursekit.links.register import LinkedPage, Register
from coursekit.links.targets import Dead, External, Internal, Other, Site
from coursekit.markdown import Link
from tests.cases_data import cases

FILES = (
    "index.md",
    "docker/cours.md",
    "docker/index.md",
    "linux/cours.md",
    "linux/tp.md",
    "linux/étape 2.md",
    "linux/img/a.png",
    "linux/mac/e\u0301te\u0301.md",
)
SITE = Site(FILES, "https://auteur.example")
PAGE = LinkedPage("linux/cours.md", "docs/linux/cours.md", "linux/cours/")


def link(url: str, **changes: Any) -> Link:
    return Link(url, "texte", 3, "link")._replace(**changes)


@cases("links/targets")
def test_targets(case: dict[str, Any]) -> None:
    target = SITE.target(link(case["url"], kind=case.get("kind", "link")), PAGE.source)
    match target:
        case External(url):
            assert url == case.get("external")
        case Internal(file, fragment, ending):
            assert (file, fragment, ending) == (
                case.get("internal"),
                case.get("fragment", ""),
                case.get("ending", ""),
            )
        case Dead(message):
            assert message == case.get("dead")
        case Other():
            assert case.get("other")


@given(st.text(max_size=30))
def test_any_url_has_a_target(url: str) -> None:
    target = SITE.target(link(url), PAGE.source)
    assert not isinstance(target, Internal) or target.file in FILES


def test_without_an_origin_a_page_from_elsewhere_is_a_problem() -> None:
    target = Site(FILES).target(link("/liens"), PAGE.source)
    assert isinstance(target, Dead)
    assert "extra.course.origin" in target.message


def test_an_origin_below_the_root_of_its_host() -> None:
    site = Site(FILES, "https://auteur.example/cours/")
    assert site.target(link("/liens?a#b"), PAGE.source) == External("https://auteur.example/cours/liens?a#b")


def test_a_page_that_no_other_can_link_to_links_to_itself() -> None:
    assert SITE.target(link("#a"), "brouillon.md") == Internal("brouillon.md", "a", "#a")


def register() -> Register:
    return Register(SITE, lambda source, page: f"URL({page.source} -> {source})", lambda source: BytesIO())


def test_markdown_links_lead_from_source_to_source_and_raw_ones_to_the_page() -> None:
    links = register()
    assert links.resolve(PAGE, link("/docker/cours#a")) == "../docker/cours.md#a"
    assert links.resolve(PAGE, link("étape 2.md")) == "%C3%A9tape%202.md"
    assert links.resolve(PAGE, link("#a")) == "#a"
    assert (
        links.resolve(PAGE, link("/docker/cours#a", raw=True)) == "URL(linux/cours.md -> docker/cours.md)#a"
    )
    assert links.resolve(PAGE, link("tp.md#a", raw=True)) == "URL(linux/cours.md -> linux/tp.md)#a"
    assert links.take_problems() == []


def test_a_relative_url_in_raw_html_may_be_seen_from_the_page() -> None:
    links = register()
    assert links.resolve(PAGE, link("../img/a.png", raw=True)) == "../img/a.png"
    assert links.take_problems() == []
    links.resolve(PAGE, link("../img/b.png", raw=True, kind="image"))
    assert [problem.message for _, problem in links.take_problems()] == ["image introuvable « ../img/b.png »"]


def test_the_register_has_each_occurrence_once_with_its_place() -> None:
    links = register()
    for line in (9, 2):
        links.resolve(PAGE, link("https://exemple.org/é", line=line))
    links.resolve(PAGE, link("/liens", line=5))
    links.resolve(PAGE, link("https://exemple.org/i.png", line=7, kind="image"))
    links.resolve(PAGE, link("/docker/cours", line=8))
    rows = json.loads(links.dump(""))["links"]
    assert [(row["line"], row["url"], row["kind"]) for row in rows] == [
        (2, "https://exemple.org/é", "link"),
        (5, "https://auteur.example/liens", "link"),
        (7, "https://exemple.org/i.png", "image"),
        (9, "https://exemple.org/é", "link"),
    ]
    assert rows[0] == {
        "file": "docs/linux/cours.md",
        "line": 2,
        "url": "https://exemple.org/é",
        "text": "texte",
        "kind": "link",
        "page": "linux/cours/",
        "course": "linux",
    }
    assert links.from_elsewhere("image") == {"docs/linux/cours.md": ["https://exemple.org/i.png"]}


RECALLED = (
    link("https://exemple.org/b", line=9),
    link("https://exemple.org/a.png", line=3, kind="image"),
    link("/docker/cours#absent", line=4),
    link("rien.md", line=5),
    link("mailto:a@exemple.org", line=6),
)


def test_what_was_found_is_recalled_without_being_resolved() -> None:
    first, second = register(), register()
    for one in RECALLED:
        first.resolve(PAGE, one)
    second.recall(PAGE, json.loads(json.dumps(first.found(PAGE))))
    docker = LinkedPage("docker/cours.md", "docs/docker/cours.md", "docker/cours/")
    for links in (first, second):
        links.add_page(docker, lambda: ["present"])
        links.check_fragments()
    assert first.dump("https://cours.example/") == second.dump("https://cours.example/")
    assert first.from_elsewhere("image") == second.from_elsewhere("image") != {}
    problems = first.take_problems()
    assert second.take_problems() == problems
    assert [problem.line for _, problem in problems] == [4, 5]


def test_a_page_that_is_read_on_keeps_what_was_found_before() -> None:
    links = register()
    for one in RECALLED:
        links.resolve(PAGE, one)
        links.found(PAGE)
    together = register()
    for one in RECALLED:
        together.resolve(PAGE, one)
    one, other = (json.loads(each.dump("")) for each in (links, together))
    for table in ("links", "internal"):
        assert sorted(map(str, one[table])) == sorted(map(str, other[table])) != []


def test_a_page_that_is_forgotten_has_no_links() -> None:
    links = register()
    links.resolve(PAGE, RECALLED[0])
    links.found(PAGE)
    links.forget(PAGE)
    assert links.dump("") == register().dump("")


def test_an_empty_register_is_json_too() -> None:
    empty = {"schema": 3, "site": [{"contact": ""}], "pages": [], "links": [], "internal": []}
    assert json.loads(register().dump("")) == empty


def test_fragments_are_checked_once_every_page_is_known() -> None:
    links = register()
    docker = LinkedPage("docker/cours.md", "docs/docker/cours.md", "docker/cours/")
    for url in ("/docker/cours#volumes", "/docker/cours#volume", "#ici", "#top", "/docker/cours#:~:text=a"):
        links.resolve(PAGE, link(url))
    links.resolve(PAGE, link("/docker/cours#volume"))  # twice on its line, told once
    links.add_page(docker, lambda: anchors('<h2 id="volumes">V</h2><h2 class=x id=réseaux>R</h2>'))
    links.add_page(PAGE, lambda: anchors('<a name="ici"></a>'))
    links.check_fragments()
    (path, problem), *rest = links.take_problems()
    assert not rest
    assert problem.at(path) == (
        "docs/linux/cours.md:3: ancre introuvable « /docker/cours#volume » ; vouliez-vous dire « #volumes » ?"
    )
    assert links.take_problems() == []
