"""Folded boxes as a reader meets them: mouse, keyboard, links, search, print, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.contrast import contrast
from tests.browser.local_server import serve
from tests.browser.recording import recorded_page
from tests.browser.test_theme import open_in
from tests.building import build, build_strictly

EXERCISES = """\
# TP

Voir [un](#un), [deux](#deux), [le titre](#profond), <a id="ici" href="#trois">trois</a>.

## Questions

::::exo
Combien ?

:::correction{#un}
Amarante.
:::
::::

:::solution
??? note "Plus"
    Garance.

    ::: {#deux}
    Vermillon.
    :::

    ### Profond

    Cinabre.
:::

## Suite

:::details{#trois}
Zinzolin, amarante.
:::

<p style="height: 200vh"></p>
"""
PAGES = {
    "index.md": "# Accueil\n\n:::details\nRien.\n:::\n\n[TP](tp.md)\n",
    "tp.md": EXERCISES,
    "autre.md": "# Autre\n\n:::correction\nCarmin.\n:::\n",
}
SWITCH = ".corrections"


@pytest.fixture(scope="module")
def boxes_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve(build_strictly(tmp_path_factory.mktemp("boxes"), PAGES)) as origin:
        yield origin


@pytest.fixture
def tp(browser: Browser, boxes_server: str) -> Iterator[Page]:
    """Return the page of exercises, opened by a reader who was never there."""
    with recorded_page(browser, boxes_server) as (page, recording):
        page.goto("/tp/")
        page.locator(SWITCH).wait_for()
        yield page
    assert recording.problems() == []


@pytest.fixture
def without_script(browser: Browser, boxes_server: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, base_url=boxes_server)
    page = context.new_page()
    page.goto("/tp/")
    yield page
    context.close()


WORDS = ("Amarante.", "Garance.", "Vermillon.", "Cinabre.", "Zinzolin, amarante.")


def seen(page: Page) -> list[str]:
    """Return the texts of folded boxes that are shown."""
    return [text for text in WORDS if page.get_by_text(text, exact=True).is_visible()]


def switch(page: Page, *, on: bool) -> Locator:
    """Return the switch for corrections, in this state."""
    return page.get_by_role("switch", name="Afficher les corrections", checked=on)


def test_the_switch_opens_and_closes_all_corrections(tp: Page) -> None:
    assert seen(tp) == []
    switch(tp, on=False).click()
    switch(tp, on=True).wait_for()
    assert seen(tp) == ["Amarante."]  # the note in a correction is not one
    assert tp.get_by_text("Plus", exact=True).is_visible()
    for key in ("Enter", "Space", "Enter"):
        switch(tp, on=switch(tp, on=True).count() == 1).press(key)
    switch(tp, on=False).wait_for()
    assert seen(tp) == []


def test_the_switch_tells_what_is_shown(tp: Page) -> None:
    for number, are_shown in enumerate((False, True)):
        tp.locator("details.correction > summary").nth(number).click()
        switch(tp, on=are_shown).wait_for()


def test_the_choice_is_remembered_on_other_pages(tp: Page) -> None:
    tp.locator(SWITCH).click()
    tp.goto("/autre/")
    switch(tp, on=True).wait_for()
    assert tp.get_by_text("Carmin.").is_visible()
    tp.locator(SWITCH).click()
    tp.goto("/tp/")
    switch(tp, on=False).wait_for()
    assert seen(tp) == []


def test_a_page_without_corrections_has_no_switch(tp: Page) -> None:
    tp.goto("/", wait_until="networkidle")
    assert tp.locator("details").count() == 1
    assert tp.locator(SWITCH).count() == 0


def test_a_browser_that_refuses_storage_still_has_the_switch(tp: Page) -> None:
    tp.add_init_script(
        """const refused = () => { throw new DOMException('refused', 'SecurityError') }
        for (const name of ['getItem', 'setItem', 'removeItem'])
          Storage.prototype[name] = function (key) { return key === 'corrections' ? refused() : null }"""
    )
    tp.reload()
    for is_on in (False, True, False):
        switch(tp, on=is_on).click()


def test_the_keyboard_opens_a_box(tp: Page) -> None:
    tp.locator("#ici").focus()
    tp.keyboard.press("Tab")
    while tp.evaluate("document.activeElement.localName") != "summary":
        tp.keyboard.press("Tab")
    tp.keyboard.press("Enter")
    assert seen(tp) == ["Amarante."]
    outline = tp.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("un", ["Amarante."]),
        ("deux", ["Garance.", "Vermillon.", "Cinabre."]),
        ("le titre", ["Garance.", "Vermillon.", "Cinabre."]),
        ("trois", ["Zinzolin, amarante."]),
    ],
)
def test_a_link_opens_the_boxes_around_its_target(tp: Page, link: str, shown: list[str]) -> None:
    anchor = tp.locator("article p").first.get_by_role("link", name=link, exact=True)
    anchor.click()
    tp.get_by_text(shown[-1], exact=True).wait_for()
    assert seen(tp) == shown
    # Closed by the reader, it opens again.
    for summary in reversed(tp.locator("details[open] > summary").all()):
        summary.click()
    assert seen(tp) == []
    anchor.click()
    tp.get_by_text(shown[-1], exact=True).wait_for()
    assert seen(tp) == shown


def test_an_address_opens_the_boxes_around_its_target(tp: Page) -> None:
    tp.goto("/")
    tp.goto("/tp/#deux")
    tp.get_by_text("Vermillon.", exact=True).wait_for()
    tp.wait_for_function("document.getElementById('deux').getBoundingClientRect().top < innerHeight")
    tp.goto("/")
    tp.goto("/tp/#%")  # no fragment at all
    switch(tp, on=False).wait_for()


def test_a_search_opens_what_it_finds_in_its_section(tp: Page) -> None:
    tp.get_by_role("button", name="Rechercher").click()
    tp.keyboard.type("amarant")
    tp.locator(".course-search__results a[href*='#questions']").first.click()
    tp.get_by_text("Amarante.", exact=True).wait_for()
    assert seen(tp) == ["Amarante."]  # the other place of the word is in another section


def test_the_text_of_folded_boxes_is_found_by_the_browser(tp: Page) -> None:
    """A link to a text stands for searching in the page: both open what hides it."""
    tp.goto("/")
    tp.goto("/tp/#:~:text=Zinzolin")
    tp.get_by_text("Zinzolin, amarante.").wait_for()


def test_boxes_are_printed_open_corrections_if_they_are_shown(tp: Page) -> None:
    tp.emulate_media(media="print")
    tp.get_by_text("Zinzolin, amarante.").wait_for()
    assert seen(tp) == ["Zinzolin, amarante."]
    assert not tp.locator(SWITCH).is_visible()
    tp.emulate_media(media="screen")
    tp.get_by_text("Zinzolin, amarante.").wait_for(state="hidden")
    switch(tp, on=False).click()
    tp.emulate_media(media="print")
    tp.get_by_text("Cinabre.").wait_for()
    assert seen(tp) == list(WORDS)
    tp.emulate_media(media="screen")
    tp.get_by_text("Cinabre.").wait_for(state="hidden")
    switch(tp, on=True).wait_for()


def test_boxes_work_without_script(without_script: Page) -> None:
    assert not without_script.locator(SWITCH).is_visible()
    assert seen(without_script) == []
    without_script.locator("article summary").first.click()
    assert seen(without_script) == ["Amarante."]
    without_script.emulate_media(media="print")
    assert seen(without_script) == list(WORDS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_switch_and_titles_can_be_read(tp: Page, scheme: str) -> None:
    open_in(tp, scheme, "/tp/")
    tp.locator(SWITCH).wait_for()
    assert contrast(tp, SWITCH) >= 4.5
    tp.locator(SWITCH).hover()
    assert contrast(tp, SWITCH) >= 4.5
    assert contrast(tp, "details.correction > summary") >= 4.5


def test_pages_shown_without_loading_have_their_switch(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    with serve(tmp_path / "site") as origin:  # which instant loading wants to know
        instant = {"  features:\n": "  features:\n    - navigation.instant\n"}
        build(tmp_path, PAGES, "--strict", edits=instant, site_url=f"{origin}/")
        context = browser.new_context()
        page = context.new_page()
        page.goto(origin)
        page.wait_for_load_state("networkidle")
        page.evaluate("window.sameDocument = true")
        page.locator("article").get_by_role("link", name="TP").click()
        switch(page, on=False).click()
        assert seen(page) == ["Amarante."]
        assert page.evaluate("window.sameDocument") is True
        assert page.locator(SWITCH).count() == 1
        context.close()
