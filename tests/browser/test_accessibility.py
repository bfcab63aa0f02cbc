"""What axe-core finds on every kind of page: nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pygments.token import STANDARD_TYPES

from tests.browser.contrast import contrast
from tests.browser.local_server import serve
from tests.browser.recording import recorded_page
from tests.browser.test_link_report import reported
from tests.browser.test_theme import SCHEMES, open_in
from tests.building import build

__all__ = ["reported"]  # the fixture of a site with a full report

EVERYTHING = (Path(__file__).parents[1] / "cases" / "pages" / "everything.md").read_text(encoding="utf-8")
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


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_the_report(browser: Browser, reported: Path, width: int, scheme: str) -> None:
    with serve(reported) as origin, recorded_page(browser, origin) as (page, _):
        page.set_viewport_size({"width": width, "height": 800})
        open_in(page, scheme, "/rapport-liens/")
        page.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
        found = violations(page)
        assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_kind_of_code_can_be_read(page: Page, scheme: str) -> None:
    """Each class of Pygments' tokens, on the block, on a highlighted line, and in a box."""
    open_in(page, scheme, "/kubernetes/bonnes-pratiques/")
    kinds = sorted(filter(None, STANDARD_TYPES.values()))
    page.locator("article").evaluate(
        """(article, kinds) => {
          const tokens = kinds.map(kind => `<span class="${kind}">a</span>`).join("")
          const block = `<div class="highlight"><span class="filename">a.py</span><pre><code>${tokens}`
            + `<span class="hll">${tokens}</span></code></pre></div>`
          article.insertAdjacentHTML("afterbegin", `<div id="plain">${block}</div>`
            + `<div id="box" class="admonition warning"><p class="admonition-title">b</p>${block}</div>`)
        }""",
        kinds,
    )
    low = {}
    for place in ("#plain", "#box"):
        for line in ("code > ", ".hll > "):
            for kind in kinds:
                selector = f"{place} {line}.{kind}"
                if (ratio := contrast(page, selector)) < 4.5:
                    low[selector] = round(ratio, 2)
        if (ratio := contrast(page, f"{place} .filename")) < 4.5:
            low[f"{place} .filename"] = round(ratio, 2)
    assert not low
