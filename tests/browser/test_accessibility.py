"""What axe-core finds on every kind of page: nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pygments.token import STANDARD_TYPES

from tests.browser.contrast import contrast, contrasts
from tests.browser.local_server import serve
from tests.browser.recording import recorded_page
from tests.browser.test_link_report import reported
from tests.browser.test_theme import GUIDE, SCHEMES, open_in
from tests.building import build

__all__ = ["reported"]  # the fixture of a site with a full report

EVERYTHING = (Path(__file__).parents[1] / "cases" / "pages" / "everything.md").read_text(encoding="utf-8")
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>'
WIDTHS = (1280, 360)  # CSS pixels: a desk, a small phone


def violations(page: Page) -> list[str]:
    """Return what axe-core holds against the page, best practices included: rule, element, reason."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:100]} ({reason['message']})"
        for one in found
        for node in one["nodes"]
        for reason in (node["any"] or node["all"] or node["none"])[:1]
    ]


def nothing(page: Page) -> None:
    """Leave the page as it opens."""


def everything_open(page: Page) -> None:
    """Unfold all boxes, and choose another tab."""
    page.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
    page.get_by_text("Fedora", exact=True).click()


def menu_open(page: Page) -> None:
    """Open the drawer, where the screen is small enough to have one."""
    if (button := page.get_by_role("button", name="Menu")).is_visible():
        button.click()
        page.get_by_role("link", name="Accueil").first.wait_for()


def search_open(page: Page) -> None:
    """Search for a word that is there."""
    page.get_by_role("button", name="Rechercher").click()
    page.keyboard.type("docker")
    page.locator("dialog mark").first.wait_for()


@dataclass(frozen=True, slots=True)
class View:
    """A page in one state."""

    address: str
    prepare: Callable[[Page], None] = nothing


VIEWS = {
    "home": View("/"),
    "course page": View("/cours/tout/"),
    "course page, unfolded": View("/cours/tout/", everything_open),
    "course page, menu": View("/cours/tout/", menu_open),
    "search": View("/cours/tout/", search_open),
    "course": View("/cours/"),
    "tags": View("/etiquettes/"),
    "not found": View("/404.html"),
}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build a course with everything in it; give its origin."""
    pages = {
        "cours/index.md": "---\ntitle: Le cours\n---\n\nCe cours dit tout, et le reste, en peu de mots.\n",
        "cours/tout.md": EVERYTHING,
        "cours/ecran.svg": PICTURE,
        "cours/suite.md": "---\ntags: [été]\n---\n\n# La suite\n",
        "autre/page.md": "# Une autre page\n",
    }
    built = build(tmp_path_factory.mktemp("everything"), pages, "--strict")
    assert built.returncode == 0, built.log
    with serve(built.folder / "site") as origin:
        yield origin


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(browser: Browser, everything: str, width: int, scheme: str) -> None:
    found = []
    with recorded_page(browser, everything) as (page, recording):
        page.set_viewport_size({"width": width, "height": 800})
        for name, view in VIEWS.items():
            open_in(page, scheme, view.address)
            view.prepare(page)
            found += [f"{name}: {problem}" for problem in violations(page)]
        assert not found, "\n".join(found)
        assert recording.problems() == []


# The most that WCAG's 1.4.12 has readers ask for.
SPACED = "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}"


def test_nothing_scrolls_sideways_at_400_percent_with_wide_letters(browser: Browser, everything: str) -> None:
    wide = {}
    with recorded_page(browser, everything) as (page, _):
        page.set_viewport_size({"width": 320, "height": 256})
        for name, view in VIEWS.items():
            open_in(page, "light", view.address)
            page.add_style_tag(content=SPACED)
            view.prepare(page)
            if (needed := page.evaluate("document.documentElement.scrollWidth")) > 320:
                wide[name] = needed
    assert wide == {}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_the_report(browser: Browser, reported: Path, width: int, scheme: str) -> None:
    with serve(reported) as origin, recorded_page(browser, origin) as (page, _):
        page.set_viewport_size({"width": width, "height": 800})
        open_in(page, scheme, "/rapport-liens/")
        page.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
        found = violations(page)
        assert not found, "\n".join(found)


# Boxes as the front end makes them, and whatever can stand in one: every token of Pygments, on the block and
# on a highlighted line; line numbers of either kind; inline elements with their looks.
SAMPLES = """(article, [kinds, boxes]) => {
  const tokens = kinds.map(kind => `<span class="${kind}">a</span>`).join("")
  const code = `<div class="highlight"><span class="filename">a.py</span><pre><code>`
    + `<span data-linenos="1"></span>${tokens}<span class="hll">${tokens}</span></code></pre></div>`
    + `<table class="highlighttable"><tr><td class="linenos"><span class="normal">1</span></td></tr></table>`
  const link = `<a href="#a">a <code>a</code></a>`
  const inline = `a <code>a</code> ${link} <mark>a <code>a</code> ${link}</mark> <ins>a</ins> <del>a</del>`
    + ` <kbd>a</kbd> <span class="keys"><kbd>a</kbd><span>+</span></span> <abbr title="b">a</abbr>`
    + ` <ins class="critic">a</ins> <del class="critic">a</del> <span class="critic comment">a</span>`
  const text = `<p>${inline}</p><blockquote><p>${inline}</p></blockquote>`
    + `<table><thead><tr><th>${inline}</th></tr></thead><tbody><tr><td>${inline}</td></tr></tbody></table>`
    + code
  const open = box => `<div id="${box}" class="admonition ${box}"><p class="admonition-title">${inline}</p>`
  const folded = box => `<details id="${box}-folded" class="${box}" open><summary>${inline}</summary>`
  article.innerHTML = `<div id="plain">${text}</div>`
    + boxes.map(box => `${open(box)}${text}</div>${folded(box)}${text}</details>`).join("")
}"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_can_be_read_wherever_it_stands(page: Page, scheme: str) -> None:
    open_in(page, scheme, GUIDE)
    boxes = page.locator("article :is(.admonition, details)[class]").evaluate_all(
        "found => found.map(box => [...box.classList].find(name => name !== 'admonition'))"
    )
    kinds = sorted(filter(None, STANDARD_TYPES.values()))
    page.locator("article").evaluate(SAMPLES, [kinds, sorted({*boxes})])
    found = contrasts(page, "article")
    assert len(found) > 1000
    assert {what: round(ratio, 2) for what, ratio in found.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_can_be_pressed_is_seen(page: Page, scheme: str) -> None:
    """Icons and lines, 3:1: nothing else tells where to press."""
    open_in(page, scheme, "/kubernetes/bonnes-pratiques/")
    page.locator(".md-code__button").first.wait_for()
    pressed = [".md-code__button", ".headerlink", ".course-search-button", ".md-header__option label"]
    assert {what: contrast(page, what) for what in pressed if contrast(page, what) < 3} == {}
