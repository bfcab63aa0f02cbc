"""One question to a web server and what comes back: what `fetch` takes and gives."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Trouble(StrEnum):
    """Why no answer came."""

    DNS = "dns"  # no such host, as far as the resolver knows
    REFUSED = "refused"  # nobody listens
    UNREACHABLE = "unreachable"  # no route to the host
    RESET = "reset"  # the connection was cut before a whole head came
    TLS = "tls"  # a certificate or a handshake that browsers refuse too
    PROTOCOL = "protocol"  # what came is no HTTP, or beyond bounds
    TIMEOUT = "timeout"
    PRIVATE = "private"  # a private, loopback or link-local address, not asked


@dataclass(frozen=True, slots=True)
class Request:
    """A GET."""

    url: str  # absolute, ASCII, without fragment: to be sent exactly so
    seconds: float  # to be answered in, body included
    max_bytes: int  # of decoded body; reading stops there
    headers: Mapping[str, str] = field(default_factory=dict)  # beside the client's own: cookies, validators
    whole: bool = False  # False: of a body that is no text, only what tells its kind


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; its redirects are not followed."""

    url: str  # of the request
    status: int
    headers: Mapping[str, str]  # names in lower case; several of one name joined by ", "
    cookies: tuple[str, ...]  # values of Set-Cookie
    body: bytes  # decoded from its content coding; what came of it
    complete: bool  # False: cut by `max_bytes`, by the time, by the server, or by a broken coding
    seconds: float  # from the request to the end of the body


@dataclass(frozen=True, slots=True)
class Failure:
    """No answer."""

    url: str  # of the request
    trouble: Trouble
    detail: str  # the system's or library's own words, such as `certificate has expired`
    seconds: float


Fetch = Callable[[Request], Awaitable[Answer | Failure]]
