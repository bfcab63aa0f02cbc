"""All cases on one web: an address for each host, and names for those that have one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from coursekit.links.checking.exchange import Answer as Answered
from coursekit.links.checking.exchange import Failure, Fetch, Request
from tests.links.web import Asked, Reply, Web, served
from tests.links.wild import (
    addresses,
    anchors,
    bodies,
    passing,
    redirects,
    secure,
    soft,
    statuses,
    walls,
    wire,
)
from tests.links.wild.case import Answer, Case

SUBJECTS = (addresses, statuses, redirects, walls, soft, anchors, bodies, wire, passing, secure)
CASES = {
    f"{subject.__name__.rpartition('.')[2]}: {case.label}": case
    for subject in SUBJECTS
    for case in subject.CASES
}
_OWN = ""  # the origin of a host that has no name


@dataclass(frozen=True, slots=True)
class House:
    """A case while it is served."""

    case: Case
    origins: Mapping[str, str]  # by name -> by address; `_OWN` is that of the case's own address

    @property
    def url(self) -> str:
        """Return the link."""
        return self._whole(self.case.url)

    @property
    def suggestion(self) -> str | None:
        """Return what should be written instead of the link."""
        return self._whole(self.case.suggestion) if self.case.suggestion else None

    @property
    def has_names(self) -> bool:
        """Tell whether `through` is needed: other cases may have the same names."""
        return len(self.origins) > 1

    def _whole(self, url: str) -> str:
        return self.origins[_OWN] + url if url.startswith("/") else url

    def through(self, fetch: Fetch) -> Fetch:
        """Return a fetch that knows where the names are."""

        async def fetch_by_name(request: Request) -> Answered | Failure:
            parts = urlsplit(request.url)
            origin = f"{parts.scheme}://{parts.netloc}"
            if origin not in self.origins:
                return await fetch(request)
            url = self.origins[origin] + request.url.removeprefix(origin)
            return replace(await fetch(replace(request, url=url)), url=request.url)

        return fetch_by_name


@contextmanager
def built() -> Iterator[tuple[Web, dict[str, House]]]:
    """Serve all cases for the time of the block; yield the web, and each case's house by its label."""
    free = (f"127.0.{third}.{last}" for third in (12, 13, 14) for last in range(1, 255))
    secured = (f"127.0.11.{last}" for last in range(5, 25))  # certificates/several.pem names them
    answers: dict[str, Answer] = {}
    tenants: dict[str, Case] = {}
    addresses: dict[str, dict[str, str]] = {}  # label -> origin by name -> address
    for label, case in CASES.items():
        hosts = addresses[label] = {_OWN: next(free if case.certificate is None else secured)}
        answers[hosts[_OWN]] = case.answer
        tenants[hosts[_OWN]] = case
        for origin, answer in case.others.items():
            hosts[origin] = next(free)
            answers[hosts[origin]] = answer
        parts = urlsplit(case.url)
        if parts.netloc.endswith(".example"):
            hosts[f"{parts.scheme}://{parts.netloc}"] = hosts[_OWN]

    def reply(host: str, asked: Asked) -> Reply:
        if asked.path == "/robots.txt":
            return (host in tenants and tenants[host].robots) or Reply(404)
        return answers[host](asked)

    secure = {host: case.certificate for host, case in tenants.items() if case.certificate}
    strangers = {host: case.stranger for host, case in tenants.items() if case.stranger}
    with served(reply, tuple(answers), secure, strangers) as web:
        yield web, {label: _house(CASES[label], hosts, web.port) for label, hosts in addresses.items()}


def _house(case: Case, hosts: Mapping[str, str], port: int) -> House:
    scheme = "http" if case.certificate is None else "https"
    origins = {name: f"http://{address}:{port}" for name, address in hosts.items()}
    return House(case, {**origins, _OWN: f"{scheme}://{hosts[_OWN]}:{port}"})
