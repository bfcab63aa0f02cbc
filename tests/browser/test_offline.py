"""The copy for a disk, opened from `file://`: every page, every link, fonts, menus, no request to anyone."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request
from selectolax.lexbor import LexborHTMLParser

from tests.browser.recording import LOCAL_SCHEMES
from tests.browser.visiting import LEFT
from tests.conftest import ROOT

COURSE = "kubernetes/bonnes-pratiques/index.html"


@pytest.fixture(scope="module")
def copy(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copie d'été")
    script = str(ROOT / "scripts/make_offline.py")
    command = [sys.executable, script, "--no-fetch", "--site", str(site), "--output", "x.zip"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    with zipfile.ZipFile(folder / "x.zip") as opened:
        opened.extractall(folder)
    return next(path for path in folder.iterdir() if path.is_dir())


@pytest.fixture
def page(browser: Browser, copy: Path) -> Iterator[Page]:
    """Return a page whose requests and errors must be none but its own files'."""
    wrong: list[str] = []

    def note_request(url: str) -> None:
        if not url.startswith(copy.as_uri()) and urlsplit(url).scheme not in LOCAL_SCHEMES:
            wrong.append(url)

    def note_failure(request: Request) -> None:
        if request.failure != LEFT:
            wrong.append(request.url)

    with browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR") as context:
        opened = context.new_page()
        opened.on("request", lambda request: note_request(request.url))
        opened.on("requestfailed", note_failure)
        opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        yield opened
        opened.evaluate("0")
    assert not wrong


def test_every_page_opens(page: Page, copy: Path) -> None:
    for file in sorted(copy.rglob("*.html")):
        page.goto(file.as_uri(), wait_until="load")
        assert page.locator("main").count() == 1


def test_every_link_leads_to_a_file(copy: Path) -> None:
    dead = []
    for file in copy.rglob("*.html"):
        for node in LexborHTMLParser(file.read_bytes()).css("[href], [src]"):
            address = node.attributes.get("href") or node.attributes.get("src") or ""
            path = unquote(urlsplit(address).path)
            if path and not urlsplit(address).scheme and not (file.parent / path).is_file():
                dead.append(f"{file.name}: {address}")
    assert not dead


def test_fonts_and_styles_are_there(browser: Browser, copy: Path) -> None:
    # Not the page of the fixture: the tools read its file a second time, and complain that they may not.
    page = browser.new_page()
    page.goto((copy / COURSE).as_uri())
    page.evaluate("() => document.fonts.ready.then(() => null)")
    devtools = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        devtools.send(f"{domain}.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    for selector, font in (("article h1", "Inter"), ("article pre code", "JetBrains Mono")):
        node = devtools.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        shown = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert any(one["familyName"].startswith(font) for one in shown), shown
    assert page.evaluate("() => [...document.styleSheets].every(sheet => sheet.ownerNode.sheet !== null)")
    assert not [*copy.rglob("*.woff2")], "they stand in the style sheet"
    page.close()


def test_a_reader_goes_through_it(page: Page, copy: Path) -> None:
    page.goto((copy / "index.html").as_uri())
    page.locator("article a[href*='kubernetes']").first.click()
    page.wait_for_url("**/kubernetes/index.html")
    page.goto((copy / COURSE).as_uri())
    page.locator(".md-nav--secondary a").nth(2).click()
    page.wait_for_url("**/index.html#*")
    page.locator("button.md-clipboard, .md-code__button").first.wait_for(state="attached")
    page.locator("[data-md-component=logo]").first.click()
    page.wait_for_url(f"{copy.as_uri()}/index.html")


def test_a_search(page: Page, copy: Path) -> None:
    page.goto((copy / COURSE).as_uri())
    page.locator("[data-course-search]").click()
    page.keyboard.type("deployer kubernetes")
    result = page.locator(".course-search__page").first
    result.wait_for()
    result.click()
    page.wait_for_url("**/index.html?h=*")
    assert page.locator("main h1").count() == 1


def test_the_choice_of_colours_is_kept(page: Page, copy: Path) -> None:
    page.goto((copy / "index.html").as_uri())
    page.locator("[data-md-component=palette] label:visible").click()
    chosen = page.locator("body").get_attribute("data-md-color-media")
    page.goto((copy / COURSE).as_uri())
    assert page.locator("body").get_attribute("data-md-color-media") == chosen != "(prefers-color-scheme)"
