"""What a page asked for and what it complained of, and what of that is not allowed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Route

# A resource under one of these is inside the page or the browser: nothing is fetched.
LOCAL_SCHEMES = frozenset({"about", "blob", "data"})


@dataclass(slots=True)
class Recording:
    """Everything that one page, its workers and its popups did."""

    origin: str  # the only origin they may ask anything of, such as http://127.0.0.1:8000
    requests: list[str] = field(default_factory=list)  # every address asked for, in order
    errors: list[str] = field(default_factory=list)  # console errors and uncaught exceptions

    def is_allowed(self, address: str) -> bool:
        """Tell whether the site itself, or nobody at all, is asked."""
        parts = urlsplit(address)
        return parts.scheme in LOCAL_SCHEMES or f"{parts.scheme}://{parts.netloc}" == self.origin

    def problems(self) -> list[str]:
        """Return what a clean page does not do, one line each."""
        elsewhere = [f"request to another origin: {url}" for url in self.requests if not self.is_allowed(url)]
        return elsewhere + self.errors


def record(context: BrowserContext, origin: str) -> Recording:
    """Record everything in `context` from now on, and let no request leave for another origin."""
    recording = Recording(origin)

    def stay_home(route: Route) -> None:
        if recording.is_allowed(route.request.url):
            route.continue_()
        else:
            route.abort()

    context.route("**/*", stay_home)
    context.on("request", lambda request: recording.requests.append(request.url))
    context.on(
        "console",
        lambda message: (
            recording.errors.append(f"console: {message.text}") if message.type == "error" else None
        ),
    )
    context.on("weberror", lambda error: recording.errors.append(f"uncaught: {error.error}"))
    context.on(
        "page", lambda page: page.on("websocket", lambda socket: recording.requests.append(socket.url))
    )
    return recording


@contextmanager
def recorded_page(browser: Browser, origin: str) -> Iterator[tuple[Page, Recording]]:
    """Open a page whose relative addresses start at `origin`, and record it until the block ends."""
    # A service worker would answer requests before anyone could see them.
    with browser.new_context(base_url=origin, locale="fr-FR", service_workers="block") as context:
        recording = record(context, origin)
        page = context.new_page()
        yield page, recording
        for opened in context.pages:
            opened.wait_for_load_state()
            opened.evaluate("0")  # one round trip: what the page has said so far has now arrived
