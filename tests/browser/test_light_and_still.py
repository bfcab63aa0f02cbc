"""What a page weighs before anything is searched, and that nothing on it moves while it loads."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.visiting import transfer, visit

COURSE = "/kubernetes/bonnes-pratiques/"


def test_the_course_page_is_light(browser: Browser, server: str, site: Path) -> None:
    with browser.new_context() as context:
        seen = visit(context.new_page(), server + COURSE)
    sent = transfer(site, server, seen.requests)
    assert sum(sent.values()) <= 250_000, sent
    assert (site / COURSE.strip("/") / "index.html").stat().st_size <= 300_000


@pytest.mark.parametrize("late_fonts", [False, True])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("page", [COURSE, "/"])
def test_nothing_moves(browser: Browser, server: str, page: str, width: int, *, late_fonts: bool) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        seen = visit(context.new_page(), server + page, late_fonts=late_fonts)
    assert seen.shift == 0, seen.moved
    assert not seen.failed


def test_what_no_page_asks_for_is_not_published(site: Path) -> None:
    assert not [*site.rglob("*.map")]
    assert not [*site.rglob("lunr*")]
    assert not (site / "assets/javascripts/workers").exists()
