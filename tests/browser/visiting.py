"""A page opened and watched: what it asks for, what it weighs, what moves while it loads."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Page, Request, Route

# Layout shifts as the Layout Instability API tells them, with what moved.
_OBSERVE = """() => {
    window.shifts = [];
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) {
            if (entry.hadRecentInput) continue;
            const moved = entry.sources.map(({ node }) => {
                const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
                return element ? `${element.nodeName}.${element.getAttribute("class") ?? ""}` : "?";
            });
            window.shifts.push([entry.value, moved.join(' ')]);
        }
    }).observe({ type: "layout-shift", buffered: true });
}"""
_PAINTED = "() => performance.getEntriesByType('paint').length > 0"
# Two frames after the last font: what they moved has been told.
_SETTLED = """() => document.fonts.ready.then(() => new Promise(done =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))))"""
LEFT = "net::ERR_ABORTED"  # why a request failed whose page the reader has left
_COMPRESSED = (".woff2", ".woff", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".pdf")


@dataclass(frozen=True, slots=True)
class Visit:
    """What one opening of a page has shown."""

    shift: float  # the sum of all layout shifts
    moved: tuple[str, ...]  # the elements of each, by name and class
    requests: tuple[str, ...]  # addresses, in order
    failed: tuple[str, ...]  # those that nothing came of


def visit(page: Page, address: str, *, late_fonts: bool = False) -> Visit:
    """Open a page; with `late_fonts`, its fonts come after it has first been painted."""
    requests: list[str] = []
    failed: list[str] = []
    held: list[Route] = []

    def note_request(request: Request) -> None:
        requests.append(request.url)

    def note_failure(request: Request) -> None:
        if request.failure != LEFT:
            failed.append(request.url)

    def hold(route: Route) -> None:
        held.append(route)

    page.on("request", note_request)
    page.on("requestfailed", note_failure)
    if late_fonts:
        page.route("**/*.woff2", hold)
    page.goto(address, wait_until="domcontentloaded" if late_fonts else "load")
    page.evaluate(_OBSERVE)
    if late_fonts:
        page.wait_for_function(_PAINTED)
        page.route("**/*.woff2", lambda route: route.continue_())  # those asked for from now on
        for route in held:
            route.continue_()
    page.evaluate(_SETTLED)
    shifts = page.evaluate("() => window.shifts")
    page.remove_listener("request", note_request)
    page.remove_listener("requestfailed", note_failure)
    return Visit(
        sum(value for value, _ in shifts), tuple(moved for _, moved in shifts), tuple(requests), tuple(failed)
    )


def transfer(site: Path, root: str, addresses: Iterable[str]) -> dict[str, int]:
    """Return the bytes that a host with gzip sends for files of `site`, by their path, each once.

    `root` is where the site is: what is asked for elsewhere does not count.
    """
    sizes: dict[str, int] = {}
    for address in addresses:
        if not address.startswith(root):
            continue
        path = unquote(urlsplit(address.removeprefix(root)).path).lstrip("/")
        file = site / path
        file = file / "index.html" if file.is_dir() else file
        if file.is_file():
            data = file.read_bytes()
            sizes[path] = len(data if path.endswith(_COMPRESSED) else gzip.compress(data, 6))
    return sizes
