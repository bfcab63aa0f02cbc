"""The search as readers use it: what it finds, keyboard, folders, screen readers, what a page may not do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.local_server import serve
from tests.browser.recording import recorded_page
from tests.browser.test_theme import open_in
from tests.building import build
from tests.cases_data import cases, labelled
from tests.conftest import ROOT

COURSE = {path.name: path.read_text("utf-8") for path in (ROOT / "tests/cases/search_course").glob("*.md")}
HOSTILE = "# <img src=x onerror=alert(1)> perlimpinpin\n\n`<script>alert(1)</script>` perlimpinpin & co\n"
FLAT = {"docs_dir: docs\n": "docs_dir: docs\nuse_directory_urls: false\n"}  # as a folder wants them
RESULTS = ".course-search__results"
FOUND = """query => {
  const {pages, isPartial, isNear} = engine.search(query, 30)
  return {pages: pages.map(page => [page.url, page.sections.map(section => section.url)]), isPartial, isNear}
}"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    built = build(tmp_path_factory.mktemp("course"), COURSE | {"hostile.md": HOSTILE})
    assert built.returncode == 0, built.log
    with serve(built.folder / "site") as origin:
        yield origin


@pytest.fixture
def reader(browser: Browser, course: str) -> Iterator[Page]:
    """Return a recorded page on the course's home."""
    with recorded_page(browser, course) as (page, recording):
        page.goto("/")
        yield page
    assert recording.problems() == []


@pytest.fixture(scope="module")
def engine(browser: Browser, course: str) -> Iterator[Page]:
    """Return a page whose `engine` answers queries as the dialog's does."""
    with recorded_page(browser, course) as (page, recording):
        page.goto("/")
        ask(page, "git")
        page.evaluate("async () => { window.engine = await courseSearch.engine() }")
        yield page
    assert recording.problems() == []


def ask(page: Page, query: str) -> None:
    """Open the search as a reader does, type, and wait for results."""
    page.keyboard.press("Control+k")
    page.keyboard.type(query)
    page.locator(f"{RESULTS} a").first.wait_for()


@cases("search_queries")
def test_a_query_finds(engine: Page, case: dict[str, Any]) -> None:
    found = engine.evaluate(FOUND, case["query"])
    if case["first"] is None:
        assert found["pages"] == []
        return
    (url, sections), *_ = found["pages"]
    page, _, identifier = case["first"].partition("#")
    assert url == page
    if identifier:
        assert unquote(sections[0]) == case["first"]
    assert set(case.get("also", ())) <= {url for url, _ in found["pages"]}
    assert found["isPartial"] is case.get("isPartial", False)
    assert found["isNear"] is case.get("isNear", False)


def test_accents_change_nothing(engine: Page) -> None:
    for one, other in (("réseau", "reseau"), ("déployer ", "DEPLOYER "), ("cœur", "coeur"), ("été", "ete")):
        assert engine.evaluate(FOUND, one) == engine.evaluate(FOUND, other)


def test_nothing_is_fetched_before_the_search_is_opened(browser: Browser, course: str) -> None:
    with recorded_page(browser, course) as (page, recording):
        page.goto("/", wait_until="networkidle")
        heavy = ("/search/index.js", "minisearch.js", "search-engine.js")
        assert not [url for url in recording.requests if url.endswith(heavy)]
        ask(page, "git")
        assert len([url for url in recording.requests if url.endswith(heavy)]) == 3


def test_the_keyboard_is_enough(reader: Page) -> None:
    reader.keyboard.press("/")
    assert reader.get_by_role("textbox", name="Rechercher").evaluate("it => it === document.activeElement")
    reader.keyboard.type("données volumes")
    links = reader.locator(f"{RESULTS} a")
    links.first.wait_for()
    focused = "links => links.indexOf(document.activeElement)"
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("End", -1), ("Home", 0)):
        reader.keyboard.press(key)
        assert links.evaluate_all(focused) == place % links.count()
    reader.keyboard.press("ArrowUp")
    assert links.evaluate_all(focused) == -1  # in the field again
    reader.keyboard.press("Escape")
    assert not reader.locator("#course-search").is_visible()
    reader.keyboard.press("Control+k")
    reader.locator(f"{RESULTS} a").first.wait_for()
    reader.keyboard.press("ArrowDown")
    reader.keyboard.press("ArrowDown")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/conteneurs/?h=*#les-volumes-de-donn*")


def test_the_search_opens_again_while_its_field_still_has_the_focus(reader: Page) -> None:
    """A browser takes the focus out of a closed dialog as it next draws the page, later than the next key."""
    ask(reader, "branc")
    key = "new KeyboardEvent('keydown', {key: 'k', ctrlKey: true, bubbles: true})"
    opens = f"() => {{ const dialog = document.querySelector('#course-search'); dialog.close(); \
        document.querySelector('.course-search__input').dispatchEvent({key}); return dialog.open }}"
    assert reader.evaluate(opens)


def test_letters_typed_on_a_result_go_on_with_the_query(reader: Page) -> None:
    ask(reader, "branc")
    reader.keyboard.press("ArrowDown")
    reader.keyboard.type("p")  # a shortcut of the theme elsewhere
    assert reader.get_by_role("textbox", name="Rechercher").input_value() == "brancp"


def test_enter_opens_the_best_result(reader: Page) -> None:
    ask(reader, "ordonnanceur")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/kubernetes/**")


def test_a_field_keeps_its_slash(reader: Page) -> None:
    reader.evaluate("document.querySelector('article').append(document.createElement('textarea'))")
    reader.locator("article textarea").press("/")
    assert reader.locator("article textarea").input_value() == "/"
    assert not reader.locator("#course-search").is_visible()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("hippopotame", "Rien sur « hippopotame »."),
        ("zinzolin", "1 page trouvée."),
        ("volume introuvablissime", "Aucune page n’a tous ces mots ; 1 page en a une partie."),
        ("kuberntes", "1 page trouvée avec des mots proches."),
    ],
)
def test_the_answer_is_said(reader: Page, query: str, said: str) -> None:
    reader.get_by_role("button", name="Rechercher").click()
    reader.keyboard.type(query)
    reader.get_by_role("status").filter(has_text=said).wait_for()


def test_the_words_found_are_marked(reader: Page) -> None:
    ask(reader, "reseau")
    marks = reader.locator(f"{RESULTS} mark").all_inner_texts()
    assert {"Réseau", "réseaux"} <= set(marks)
    assert {mark.lower() for mark in marks} <= {"réseau", "réseaux"}


def test_the_page_shows_what_was_found(reader: Page) -> None:
    ask(reader, "zinzolin")
    reader.locator(f"{RESULTS} a[href*='ploiement']").first.click()
    reader.get_by_text("Le mot de la fin est zinzolin.").wait_for()
    marked = "[...CSS.highlights.get('course-search') ?? []].map(String)"
    assert reader.evaluate(marked) == ["zinzolin"]
    reader.keyboard.press("Escape")
    assert reader.evaluate(marked) == []


def test_text_of_pages_is_no_code(reader: Page) -> None:
    ask(reader, "perlimpinpin")
    results = reader.locator(RESULTS)
    assert "<script>alert(1)</script>" in results.inner_text()
    assert results.locator("img, script").count() == 0


@pytest.mark.parametrize("label", ["accents left out", "C++", "verb finds noun", "typo", "folded correction"])
def test_a_folder_is_searched_without_a_server(browser: Browser, folder: Path, label: str) -> None:
    case = labelled("search_queries")[label]
    with browser.new_context() as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto((folder / "index.html").as_uri())
        ask(page, case["query"])
        link = page.locator(f"{RESULTS} a").first
        name = case["first"].partition("/")[0]
        assert f"/{name}.html?h=" in str(link.evaluate("link => link.href"))
        link.click()
        page.wait_for_url(f"**/{name}.html?h=*")
        page.wait_for_function("CSS.highlights.get('course-search')?.size > 0")
        assert errors == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = build(tmp_path_factory.mktemp("folder"), COURSE, edits=FLAT)
    assert built.returncode == 0, built.log
    return built.folder / "site"


def test_without_script_there_is_no_button(browser: Browser, course: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(course)
        assert not page.locator("[data-course-search]").is_visible()


def test_an_index_that_is_missing_is_said(browser: Browser, course: str) -> None:
    with recorded_page(browser, course) as (page, _):
        page.route("**/search/index.js", lambda route: route.abort())
        page.goto("/")
        page.keyboard.press("Control+k")
        page.get_by_role("status").filter(has_text="n’a pas pu être chargée").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_open_dialog_is_accessible(reader: Page, scheme: str, width: int) -> None:
    reader.set_viewport_size({"width": width, "height": 740})
    open_in(reader, scheme, "/")
    ask(reader, "conteneur")
    found = Axe().run(reader, context="#course-search").response["violations"]
    assert found == [], json.dumps(found, indent=1)[:2000]
    small = reader.locator("#course-search :is(a, button)").evaluate_all(
        "all => all.filter(it => Math.min(it.offsetWidth, it.offsetHeight) < 44).length"
    )
    assert small == 0
