"""A real browser on the real site. A page that complains or asks another origin fails its test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import find_browser
from tests.browser.local_server import serve
from tests.browser.recording import Recording, recorded_page

# The browser must speak to nobody but the local server, nor ask anything at its first start.
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests last: they are the slowest, and Playwright's loop then blocks no asyncio test."""
    here = Path(__file__).parent
    items.sort(key=lambda item: here in item.path.parents)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return one headless Chromium for the whole run.

    Playwright leaves its sandbox off by default, which root and containers need.
    """
    executable = find_browser()
    if executable is None:
        pytest.fail(
            "aucun navigateur : lancez « make test », qui l'installe ou dit comment faire", pytrace=False
        )
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """Return the origin under which the built site is served."""
    with serve(site) as origin:
        yield origin


@pytest.fixture
def recorded(browser: Browser, server: str) -> Iterator[tuple[Page, Recording]]:
    """Return a page on the site and its recording; what is not allowed in it fails the test at the end."""
    with recorded_page(browser, server) as (page, recording):
        yield page, recording
    if problems := recording.problems():
        pytest.fail("\n".join(problems), pytrace=False)


@pytest.fixture
def page(recorded: tuple[Page, Recording]) -> Page:
    """Return a recorded page: `page.goto("/kubernetes/bonnes-pratiques/")`."""
    return recorded[0]


@pytest.fixture
def recording(recorded: tuple[Page, Recording]) -> Recording:
    """Return what `page` did so far."""
    return recorded[1]


@pytest.fixture
def site_pages(site: Path) -> list[str]:
    """Return the paths of all pages of the site."""
    indexes = sorted(site.rglob("index.html"))
    return [f"/{index.parent.relative_to(site).as_posix()}/".replace("/./", "/") for index in indexes]
