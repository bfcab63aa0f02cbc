"""What becomes of a link: answers of a web in memory, and the verdicts that they are worth."""

from __future__ import annotations

import asyncio
import random
import re
from typing import Any
from urllib.parse import urlsplit

from coursekit.links.checking.addresses import parse
from coursekit.links.checking.check import Asked, Limits, check
from coursekit.links.checking.exchange import Answer, Failure, Request, Trouble
from coursekit.links.checking.results import Result
from coursekit.links.checking.robots import Robots
from tests.cases_data import cases

_LIMITS = Limits(seconds=9.0, delays=(0.0, 0.0, 0.0))
_WORDS = ["alpha", "bêta", "gamma", "delta", "epsilon", "zêta", "êta", "thêta", "iota", "kappa", "nu"]


class Web:
    """A web in memory: by URL, path or host, the answers in turn; the last one stays.

    Whatever is not named answers 404. In bodies, `{path}` is the path that was asked, `{noise}` other words
    each time.
    """

    def __init__(self, answers: dict[str, Any]) -> None:
        self._answers = answers
        self.asked: list[Request] = []

    async def fetch(self, request: Request) -> Answer | Failure:
        before = sum(1 for one in self.asked if one.url == request.url)
        self.asked.append(request)
        parts = urlsplit(request.url)
        path = request.url.partition(parts.netloc)[2]
        keys = [request.url, path, parts.path, f"{parts.netloc}/*", parts.path.rpartition("/")[0] + "/*", "*"]
        if parts.path == "/robots.txt":
            keys = keys[:3]
        found = next((self._answers[key] for key in keys if key in self._answers), {"status": 404})
        one: dict[str, Any] = found[min(before, len(found) - 1)] if isinstance(found, list) else found
        if "cookie" in one and one["cookie"] not in request.headers.get("Cookie", ""):
            one = one["without"]
        return _answer(request, one, path)


def _answer(request: Request, one: dict[str, Any], path: str) -> Answer | Failure:
    seconds = one.get("seconds", 0.01)
    if seconds > request.seconds:
        return Failure(request.url, Trouble.TIMEOUT, "", request.seconds)
    if "trouble" in one:
        return Failure(request.url, Trouble(one["trouble"]), one.get("detail", ""), seconds)
    headers = {"content-type": one.get("type", "text/html; charset=utf-8"), **one.get("headers", {})}
    if "to" in one:
        headers["location"] = one["to"].replace("{path}", path)
    noise = " ".join(random.sample(_WORDS, 8))
    text = one.get("body", "").replace("{path}", path).replace("{noise}", noise)
    text = re.sub(r"\{(\d+) words\}", lambda match: " ".join(["mot"] * int(match[1])), text)
    if "title" in one:
        text = f"<html><head><title>{one['title']}</title></head><body>{text}</body></html>"
    body = text.encode()[: request.max_bytes]
    cookies = tuple(one.get("cookies", ()))
    complete = bool(one.get("complete", True))
    return Answer(
        request.url, one.get("status", 301 if "to" in one else 200), headers, cookies, body, complete, seconds
    )


def ask(url: str, web: Web, **more: Any) -> Result:
    """Check one link in a web."""
    address = parse(url)
    assert address
    asked = Asked(address.sent, {url: address.fragment}, **more)
    (result,) = asyncio.run(check(asked, web.fetch, _LIMITS, Robots(web.fetch)))
    return result


@cases("links/verdicts")
def test_verdict(case: dict[str, Any]) -> None:
    web = Web(case["web"])
    result = ask(case["url"], web)
    assert result.verdict == case["verdict"], result.evidence
    for name in ("cause", "suggestion", "final_url", "status"):
        if name in case:
            assert getattr(result, name) == case[name]
    if "asked" in case:  # how many requests, that for robots.txt aside
        assert len([one for one in web.asked if not one.url.endswith("/robots.txt")]) == case["asked"]
    assert result.evidence
    assert "\n" not in result.evidence
