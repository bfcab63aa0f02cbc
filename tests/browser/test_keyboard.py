"""A reader without a mouse: everything is reached, seen and worked by the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.local_server import serve
from tests.browser.recording import recorded_page
from tests.browser.test_accessibility import EVERYTHING, PICTURE
from tests.building import build

# What has the focus: what it is, its name, whether its outline shows, whether it can be seen where it stands.
FOCUS = """() => {
  const node = document.activeElement
  if (node === document.body) return null
  const drawn = node.matches(".tabbed-set > input") ? node.labels[0] : node
  const style = getComputedStyle(node.matches(".md-option") ? node.nextElementSibling : node)
  const box = drawn.getBoundingClientRect()
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 20) / 2)
  return {
    tag: node.localName,
    name: node.getAttribute("aria-label") || node.title || node.textContent.trim(),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    covered: Boolean(top?.closest(".md-header")) && !node.closest(".md-header"),
    inDrawer: Boolean(node.closest("#__navigation")),
    shown: node.checkVisibility({visibilityProperty: true}),
  }
}"""


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build a page with everything in it and a neighbour; give the site's origin."""
    pages = {"cours/a.md": EVERYTHING, "cours/b.md": "# B\n", "cours/ecran.svg": PICTURE}
    built = build(tmp_path_factory.mktemp("keyboard"), pages)
    with serve(built.folder / "site") as origin:
        yield origin


@pytest.fixture
def page(browser: Browser, origin: str) -> Iterator[Page]:
    with recorded_page(browser, origin) as (page, recording):
        page.emulate_media(reduced_motion="reduce")
        yield page
        assert recording.problems() == []


def focused(page: Page) -> dict[str, Any]:
    """Return what has the focus."""
    found: dict[str, Any] = page.evaluate(FOCUS)
    return found


def stops(page: Page, key: str = "Tab") -> list[dict[str, Any]]:
    """Press a key until the focus has left the page; return everything that had it."""
    found: list[dict[str, Any]] = []
    for _ in range(200):
        page.keyboard.press(key)
        stop = page.evaluate(FOCUS)
        if stop is None:
            break
        if stop["tag"] != "iframe":  # the focus is inside, on a page of its own
            found.append(stop)
    return found


@pytest.mark.parametrize("width", [1280, 360])
def test_every_stop_is_seen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/cours/a/")
    page.locator(".md-code__button").first.wait_for()
    found = stops(page)
    assert found[0]["name"] == "Aller au contenu"
    assert len(found) > 25
    assert [stop for stop in found if not stop["outlined"]] == []
    assert [stop for stop in found if stop["covered"]] == []
    assert [stop for stop in found if not stop["shown"]] == []
    assert any(stop["inDrawer"] for stop in found) is (width == 1280), "a drawer that is shut is out of reach"
    names = [stop["name"] for stop in found]
    wanted = ["Afficher les corrections", "Ouvrir", "Copier dans le presse-papier"]
    wanted += ["Menu", "Tableau à faire défiler", "Formule à faire défiler"] if width == 360 else []
    assert [name for name in wanted if name not in names] == []
    assert "B" in page.locator(".md-footer__link--next").inner_text()


def test_the_skip_link_leads_to_the_text(page: Page) -> None:
    for address in ("/", "/cours/a/", "/etiquettes/", "/404.html"):
        page.goto(address)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "__content", address


def test_the_drawer_opens_and_shuts(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/cours/a/")
    menu = page.get_by_role("button", name="Menu")
    expect(menu).to_have_attribute("aria-expanded", "false")
    menu.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    here = page.get_by_role("navigation", name="Navigation").get_by_role("link", name="Tout à la fois")
    expect(here).to_be_focused()
    page.keyboard.press("Tab")
    assert focused(page)["name"] == "Table des matières"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page)["name"] == "Un niveau sauté"
    page.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_focused()


def test_leaving_the_drawer_shuts_it(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/cours/a/")
    menu = page.get_by_role("button", name="Menu")
    menu.press("Space")
    expect(menu).to_have_attribute("aria-expanded", "true")
    while focused(page)["inDrawer"]:
        page.keyboard.press("Tab")
    expect(menu).to_have_attribute("aria-expanded", "false")


def test_schemes_tabs_and_boxes(page: Page) -> None:
    page.goto("/cours/a/")
    scheme = page.get_by_role("radio", name="Couleurs du système")
    scheme.focus()
    page.keyboard.press("ArrowRight")
    page.locator("body[data-md-color-media='(prefers-color-scheme: light)']").wait_for()
    debian = page.locator(".tabbed-set > input").first
    debian.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("dnf install docker")).to_be_visible()
    summary = page.locator("summary", has_text="Correction").first
    summary.press("Enter")
    expect(page.get_by_text("Solution")).to_be_visible()


def test_each_button_copies_its_own_block(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/cours/a/")
    page.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
    buttons = page.locator(".md-code__button")
    buttons.first.wait_for()
    assert buttons.count() > 5
    for button in buttons.all():
        page.evaluate("navigator.clipboard.writeText('')")
        button.press("Enter")
        expect(page.locator(".md-dialog--active")).to_have_text("Copié dans le presse-papier")
        code = button.evaluate("button => button.closest('pre').querySelector('code').textContent")
        assert page.evaluate("navigator.clipboard.readText()").strip() == code.strip()


def test_back_to_the_top_begins_anew(page: Page) -> None:
    page.goto("/cours/a/")
    button = page.locator(".md-top")
    expect(button).not_to_be_visible()
    for place in (2000, 1000):  # it comes when one scrolls back
        page.evaluate(f"new Promise(done => {{ onscrollend = done; scrollTo(0, {place}) }})")
    expect(button).to_be_visible()
    button.press("Enter")
    title = page.get_by_role("heading", level=1)
    expect(title).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")
    expect(title).to_be_in_viewport()


def test_menus_work_without_scripts(browser: Browser, origin: str) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{origin}/cours/a/")
        expect(page.get_by_role("button", name="Menu")).to_be_hidden()
        page.locator("label.menu").click()
        page.get_by_role("navigation", name="Navigation").get_by_role("link", name="B", exact=True).click()
        assert page.url == f"{origin}/cours/b/"
