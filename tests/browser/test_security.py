"""The Content-Security-Policy of the site, as browsers follow it."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.local_server import serve
from tests.browser.recording import recorded_page
from tests.building import build

PAGE = """# Page

<script>document.title = "pris"</script>

<p onclick="document.title = 'pris'">clic</p>

[ailleurs](https://example.org/ "Un titre") et [ici](index.md)
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Build pages that try to run scripts of their own; give the site's folder and origin."""
    built = build(tmp_path_factory.mktemp("hostile"), {"index.md": "# Accueil\n", "page.md": PAGE})
    assert [warning.split(" : ")[0] for warning in built.warnings] == [
        "docs/page.md:3: script écrit dans la page",
        "docs/page.md:5: script écrit dans la page",
    ]
    with serve(built.folder / "site") as origin:
        yield built.folder / "site", origin


def test_scripts_of_a_page_do_not_run(browser: Browser, hostile: tuple[Path, str]) -> None:
    _, origin = hostile
    with recorded_page(browser, origin) as (page, recording):
        page.goto(f"{origin}/page/")
        page.get_by_text("clic").click()
        assert page.title() == "Page - Cours"
        ran = page.evaluate(
            "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
            " document.body.append(s); return window.ran === 1 }"
        )
        assert not ran
        assert len(recording.errors) == 3
        assert all("Content Security Policy" in error for error in recording.errors)


def test_code_made_from_text_does_not_run(browser: Browser, server: str) -> None:
    with recorded_page(browser, server) as (page, _):
        page.goto("/")
        refused = page.evaluate("""() => new Promise(resolve => {
            document.addEventListener("securitypolicyviolation", event => resolve(event.blockedURI))
            setTimeout("window.ran = true")
            setTimeout(() => window.ran && resolve("ran"), 1000)
        })""")
        assert refused == "eval"


def test_the_headers_allow_what_the_site_needs(browser: Browser, site: Path, server: str) -> None:
    """A host that sends what `_headers` says changes nothing for readers."""
    lines = (site / "_headers").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "/*"
    headers = dict(line.strip().split(": ", 1) for line in lines[1:])
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    with recorded_page(browser, server) as (page, recording):
        page.route(
            "**/*",
            lambda route: route.fulfill(response=(got := route.fetch()), headers={**got.headers, **headers}),
        )
        page.goto("/kubernetes/bonnes-pratiques/", wait_until="networkidle")
        assert page.evaluate("typeof __md_get") == "function"
        page.get_by_title("Passer au thème clair").click()
        page.reload(wait_until="networkidle")
        assert page.locator("body").get_attribute("data-md-color-media") == "(prefers-color-scheme: light)"
        assert recording.problems() == []


def test_a_link_elsewhere_says_so(browser: Browser, hostile: tuple[Path, str]) -> None:
    _, origin = hostile
    with recorded_page(browser, origin) as (page, _):
        page.goto(f"{origin}/page/")
        elsewhere = page.get_by_role("link", name="ailleurs (site externe)")
        assert elsewhere.get_attribute("rel") == "noopener external"
        assert (
            page.locator("article").get_by_role("link", name="ici", exact=True).get_attribute("rel") is None
        )


def test_an_author_sees_edits_at_once(browser: Browser, tmp_path: Path) -> None:
    """`mkdocs serve` writes a script into each page: there, and only there, it may run."""
    folder = build(tmp_path, {"index.md": "# Accueil\n"}).folder
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", place]
    with (
        subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as served,
        recorded_page(browser, f"http://{place}") as (page, recording),
    ):
        try:
            assert served.stderr is not None
            assert any("Serving on" in line for line in served.stderr)
            page.goto("/")
            (folder / "docs" / "index.md").write_text("# Accueil\n\n## Nouveau\n", encoding="utf-8")
            page.get_by_role("heading", name="Nouveau").wait_for()
            assert recording.problems() == []
        finally:
            served.kill()
