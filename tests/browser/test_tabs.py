"""Content tabs as a reader meets them: with the mouse, with the keyboard alone, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.local_server import serve
from tests.browser.recording import recorded_page
from tests.building import build_strictly
from tests.searching import unpack

TEXT = """\
# Onglets

Avant <a id="avant" href="#onglets">un lien</a>.

=== "Linux"
    Avec *apt*.

=== "macOS"
    Avec brew.

    === "Intel"
        Ancien.
    === "ARM"
        Nouveau.

=== "Windows"
    Avec [winget](#onglets).

/// tab | Oui
Bien sûr.
///
/// tab | Non
    select: true
Surtout pas.
///
"""


@pytest.fixture(scope="module")
def tabs_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site of one page, made with the project's own settings."""
    with serve(build_strictly(tmp_path_factory.mktemp("tabs"), {"index.md": TEXT})) as origin:
        yield origin


@pytest.fixture
def tabs_page(browser: Browser, tabs_server: str) -> Iterator[Page]:
    with recorded_page(browser, tabs_server) as (page, recording):
        page.goto("/")
        yield page
    assert recording.problems() == []


def seen(page: Page) -> list[str]:
    """Return the texts of the blocks that are shown."""
    texts = ("Avec apt.", "Avec brew.", "Ancien.", "Nouveau.", "Avec winget.", "Bien sûr.", "Surtout pas.")
    shown = page.locator("article").inner_text()
    return [text for text in texts if text in shown]


def test_the_first_tab_is_shown_or_the_one_its_author_chose(tabs_page: Page) -> None:
    assert seen(tabs_page) == ["Avec apt.", "Surtout pas."]


def test_a_click_switches_its_own_set_only(tabs_page: Page) -> None:
    tabs_page.get_by_text("macOS", exact=True).click()
    assert seen(tabs_page) == ["Avec brew.", "Ancien.", "Surtout pas."]
    tabs_page.get_by_text("ARM", exact=True).click()
    assert seen(tabs_page) == ["Avec brew.", "Nouveau.", "Surtout pas."]


def test_the_keyboard_alone_reaches_and_switches_tabs(tabs_page: Page) -> None:
    tabs_page.locator("#avant").focus()
    tabs_page.keyboard.press("Tab")
    first = tabs_page.get_by_role("radio", name="Linux")
    assert first.evaluate("node => node === document.activeElement")
    tabs_page.keyboard.press("ArrowRight")
    assert seen(tabs_page) == ["Avec brew.", "Ancien.", "Surtout pas."]
    tabs_page.keyboard.press("Tab")  # into the shown block, where the set inside is
    tabs_page.keyboard.press("ArrowRight")
    assert seen(tabs_page) == ["Avec brew.", "Nouveau.", "Surtout pas."]
    assert tabs_page.get_by_role("radio", name="ARM").is_checked()


def test_the_tab_in_focus_can_be_told_apart(tabs_page: Page) -> None:
    """The buttons themselves are invisible: the theme marks their labels."""
    tabs_page.locator("#avant").focus()
    label = tabs_page.locator("label", has_text="Linux")
    plain = label.evaluate("node => getComputedStyle(node).color")
    tabs_page.keyboard.press("Tab")
    tabs_page.wait_for_function(
        "([node, colour]) => getComputedStyle(node).color !== colour",
        arg=[label.element_handle(), plain],
    )


def test_tabs_switch_without_javascript(browser: Browser, tabs_server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(tabs_server)
    page.get_by_text("macOS", exact=True).click()
    assert page.get_by_text("Avec brew.").is_visible()
    assert not page.get_by_text("Avec apt.").is_visible()
    context.close()


def test_every_tab_is_printed(tabs_page: Page) -> None:
    tabs_page.emulate_media(media="print")
    assert len(seen(tabs_page)) == 7


def test_every_tab_is_found_by_search(tabs_server: str, tabs_page: Page) -> None:
    rows = unpack(tabs_page.request.get(f"{tabs_server}/search/index.js").text())
    text = " ".join(section[2] for row in rows for section in row[4])
    assert all(word in text for word in ("Linux", "brew", "Nouveau", "winget", "Surtout"))
