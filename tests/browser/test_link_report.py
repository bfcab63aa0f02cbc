"""The report of the links as its author reads it, on a phone and on a desk, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from coursekit.links.reporting import as_json
from coursekit.links.reporting.findings import InsideFinding, Section, Warned
from tests.browser.contrast import contrast
from tests.browser.local_server import serve
from tests.browser.recording import recorded_page
from tests.browser.test_theme import SCHEMES, open_in
from tests.building import build_strictly
from tests.unit.test_links_report import finding, night, place

REPORT = "/rapport-liens/"
LONG = f"https://long.example/{'chemin' * 60}"
HOSTILE = "<img src=x onerror=alert(1)><script>alert(1)</script>"


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site whose report holds something of everything; return its folder."""
    folder = tmp_path_factory.mktemp("report")
    since: dict[str, Any] = {
        "failing_since": date(2026, 11, 12),
        "last_good": date(2026, 11, 1),
        "failures": 9,
    }
    shown = night(
        finding(LONG, archived=LONG, **since),
        finding(HOSTILE, evidence=HOSTILE * 9),
        finding("http://m.example", Section.MOVED, suggestion="https://m.example"),
        *(finding(f"https://{section}.example", section, **since) for section in Section),
        inside=(InsideFinding("docs/docker/tp.md", 4, "docker/tp/", "a.png", "", "image absente", "docker"),),
        warned=(Warned(3, "ne correspond à aucun lien"),),
    )
    file = folder / "build" / "links-report" / "report.json"
    file.parent.mkdir(parents=True)
    more = (*shown.places, *(place(LONG, line=n, file=f"docs/docker/{'x' * 90}.md") for n in range(9)))
    file.write_text(as_json.dump(replace(shown, places=more)), encoding="utf-8")
    return build_strictly(folder, {"index.md": "# Accueil\n", "docker/tp.md": "# TP\n"})


@pytest.fixture
def page(browser: Browser, reported: Path) -> Iterator[Page]:
    with serve(reported) as origin, recorded_page(browser, origin) as (page, recording):
        yield page
        assert recording.problems() == []


@pytest.mark.parametrize("width", [390, 1280])
def test_it_fits_its_screen_with_everything_unfolded(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(REPORT)
    for summary in page.locator("article summary").all():
        summary.click()
    assert page.locator("article li:visible").count() == page.locator("article li").count() > 12
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_headings_go_down_one_level_at_a_time(page: Page) -> None:
    page.goto(REPORT)
    levels = page.locator("article :is(h1, h2, h3, h4, h5, h6)").evaluate_all(
        "all => all.map(heading => Number(heading.tagName[1]))"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_its_contents_lead_to_sections_and_places_to_pages(page: Page) -> None:
    page.goto(REPORT)
    contents = page.locator("article ul").first.locator("a")
    assert contents.count() == 8
    for link in contents.all():
        target = link.get_attribute("href") or ""
        assert page.locator(f"article h2{target}").inner_text() == link.inner_text()
    page.locator("article").get_by_role("link", name="ligne 3").first.click()
    page.get_by_role("heading", level=1, name="TP").wait_for()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_it_can_be_read(page: Page, scheme: str) -> None:
    open_in(page, scheme, REPORT)
    parts = (
        "article li",
        "article li a",
        "article li code",
        "article h4",
        "article summary",
        ".link-report__cost",
    )
    assert not {what: ratio for what in parts if (ratio := contrast(page, what)) < 4.5}
