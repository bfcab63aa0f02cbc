"""Images in a real browser: nothing moves when they arrive, and an author's size is the one shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.local_server import serve
from tests.building import build_strictly
from tests.unit.test_images import png

PAGE = """\
# Images

![large](large.png) ![mesurée](a.png) ![demi](a.png){width=50%}

![carrée](a.png){width=150 height=150} ![haute](a.png){height=60} ![à part](a.png){style="height:30px"}

![sans taille](sans.svg){height=40}

La suite.
{#suite}
"""
FILES: dict[str, str | bytes] = {
    "index.md": PAGE,
    "a.png": png(300, 200),
    "large.png": png(3000, 1000),
    "sans.svg": '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>',
}
BOXES = """() => Object.fromEntries([...document.querySelectorAll('article img')].map(image => {
    const box = image.getBoundingClientRect();
    return [image.alt, [Math.round(box.width), Math.round(box.height)]];
}))"""

ARRIVED = "() => Promise.all([...document.images].map(image => image.decode())).then(() => null)"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    return build_strictly(tmp_path, FILES)


def boxes(page: Page) -> dict[str, tuple[int, int]]:
    return {alt: (width, height) for alt, (width, height) in page.evaluate(BOXES).items()}


def test_nothing_moves_when_images_arrive(browser: Browser, built: Path) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    with serve(built) as origin, browser.new_context(base_url=origin) as context:
        page = context.new_page()
        page.route("**/*.png", hold)
        with page.expect_request("**/a.png"):
            page.goto("/", wait_until="domcontentloaded")
        page.locator("#suite").scroll_into_view_if_needed()
        before, place = boxes(page), page.locator("#suite").bounding_box()
        del before["à part"]  # the author's own style, which says nothing of its width
        assert all(width > 1 and height > 1 for width, height in before.values()), before
        page.route("**/*.png", lambda route: route.continue_())  # those asked for from now on
        for route in held:
            route.continue_()
        page.evaluate(ARRIVED)
        after = boxes(page)
        assert {alt: after[alt] for alt in before} == before
        assert page.locator("#suite").bounding_box() == place


def test_sizes_shown(browser: Browser, built: Path) -> None:
    with serve(built) as origin, browser.new_context(base_url=origin) as context:
        page = context.new_page()
        page.goto("/", wait_until="load")
        page.locator("#suite").scroll_into_view_if_needed()
        page.evaluate(ARRIVED)
        shown = boxes(page)
        column = page.locator("article p").first.bounding_box()
        assert column is not None
        assert shown["mesurée"] == (300, 200)
        assert shown["carrée"] == (150, 150)
        assert shown["haute"] == (90, 60)
        assert shown["à part"] == (45, 30)
        assert shown["sans taille"][1] == 40
        for alt, width, ratio in (("large", column["width"], 3), ("demi", column["width"] / 2, 1.5)):
            assert shown[alt][0] == pytest.approx(width, abs=1)
            assert shown[alt][0] / shown[alt][1] == pytest.approx(ratio, rel=0.02)
