"""Proof that the recording of pages can fail: pages that do what the site must not."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.local_server import serve
from tests.browser.recording import recorded_page

ELSEWHERE = "http://elsewhere.invalid"  # a name that never resolves (RFC 2606)
REQUEST = "request to another origin: "


def problems_of(browser: Browser, folder: Path, body: str) -> list[str]:
    """Serve one page with this body, visit it until it is idle, and return what was held against it."""
    (folder / "index.html").write_text(f"<!doctype html><title>t</title>{body}", encoding="utf-8")
    with serve(folder) as origin, recorded_page(browser, origin) as (page, recording):
        page.goto("/", wait_until="networkidle")
        assert recording.requests[0] == f"{origin}/"
    return recording.problems()


def test_clean_page_has_no_problem(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("p { color: green }", encoding="utf-8")
    body = '<link rel="stylesheet" href="style.css"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'
    assert problems_of(browser, tmp_path, body) == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        pytest.param("<script>console.error('broken')</script>", "console: broken", id="console error"),
        pytest.param("<script>throw new Error('loose')</script>", "uncaught: ", id="uncaught exception"),
        pytest.param(
            "<script>Promise.reject(new Error('late'))</script>", "uncaught: ", id="rejected promise"
        ),
        pytest.param('<script src="missing.js"></script>', "console: Failed to load", id="missing file"),
        pytest.param(
            f'<img src="{ELSEWHERE}/a.png">', f"{REQUEST}{ELSEWHERE}/a.png", id="image from elsewhere"
        ),
        pytest.param(f"<script>fetch('{ELSEWHERE}/b')</script>", f"{REQUEST}{ELSEWHERE}/b", id="fetch"),
        pytest.param(f"<iframe src='{ELSEWHERE}/c'></iframe>", f"{REQUEST}{ELSEWHERE}/c", id="frame"),
        pytest.param(
            "<script>new WebSocket('ws://elsewhere.invalid/d')</script>",
            f"{REQUEST}ws://elsewhere.invalid/d",
            id="web socket",
        ),
        pytest.param(
            f"""<script>new Worker(URL.createObjectURL(new Blob(["fetch('{ELSEWHERE}/e')"])))</script>""",
            f"{REQUEST}{ELSEWHERE}/e",
            id="worker",
        ),
    ],
)
def test_recording_catches(browser: Browser, tmp_path: Path, body: str, problem: str) -> None:
    assert any(found.startswith(problem) for found in problems_of(browser, tmp_path, body))
