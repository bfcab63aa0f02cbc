"""The web client: one GET of `Fetch`, by aiohttp.

Measured beside httpx on 2,000 addresses of 200 hosts: see tests/bench/links_speed.py.
"""

from __future__ import annotations

import asyncio
import errno
import ssl
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp
from yarl import URL

from coursekit.links.checking.exchange import Answer, Failure, Request, Trouble
from coursekit.network.resolver import PrivateAddressError, Resolver, is_private_literal

_AT_ONCE = 256  # connections in all: well under the 1,024 files a process may usually open
_HEAD_LINE = 65_536  # bytes of a line of a head; browsers take 256 KiB in all
_STEP = 65_536  # bytes of a body read at a time
_SAMPLE = 4096  # bytes of a body that has no text to read

# What browsers send, but for the name: some servers give robots that ask for nothing a 403 or a 406.
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "fr,en;q=0.8",
    "Accept-Encoding": "gzip, deflate",
}
_READ_TYPES = ("text/", "application/xhtml+xml", "application/xml", "application/json")
_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.ENETDOWN, errno.EHOSTDOWN}
_RESET = {errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED}


class Client:
    """A pool of connections, to be entered once for a whole run.

    Proxies of the environment are not used: behind one, it is the proxy that finds addresses, and private
    ones could not be refused. Cookies are the caller's to keep and send.
    """

    def __init__(
        self, *, contact: str | None = None, ca_bundle: Path | None = None, allow_private: bool = False
    ) -> None:
        """`contact` is a URL that tells a server's owner who asks; `ca_bundle` adds to the system's.

        Raises OSError (ssl.SSLError too) when the bundle cannot be read.
        """
        self._allow_private = allow_private
        self._tls = _tls(ca_bundle)
        self._headers = {"User-Agent": _user_agent(contact), **_HEADERS}
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            limit=0,  # ours, a semaphore, costs no shuffle of all hosts at each answer
            ssl=self._tls,
            resolver=Resolver(allow_private=self._allow_private),
            use_dns_cache=False,  # the resolver remembers, failures too
            keepalive_timeout=5,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            headers=self._headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(),  # none: each request has its own
            max_line_size=_HEAD_LINE,
            max_field_size=_HEAD_LINE,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._session is not None
        await self._session.close()

    async def fetch(self, request: Request) -> Answer | Failure:
        """Send one GET; whatever a server or network does is an Answer or a Failure."""
        async with self._slots:
            return await self._fetch(request)

    async def _fetch(self, request: Request) -> Answer | Failure:
        assert self._session is not None, "a client is entered before it is used"
        start = asyncio.get_running_loop().time()
        try:
            url = URL(request.url, encoded=True)
            if not self._allow_private and is_private_literal(url.host or ""):
                return Failure(request.url, Trouble.PRIVATE, url.host or "", 0)
            return await self._exchange(self._session, url, request, start)
        except TimeoutError:
            trouble, detail = Trouble.TIMEOUT, ""
        except (aiohttp.ClientError, OSError, ValueError) as error:
            trouble, detail = _trouble(error)
        return Failure(request.url, trouble, detail, asyncio.get_running_loop().time() - start)

    async def _exchange(
        self, session: aiohttp.ClientSession, url: URL, request: Request, start: float
    ) -> Answer:
        """Raises TimeoutError when no whole head came in time, and what aiohttp raises."""
        loop = asyncio.get_running_loop()
        end = start + request.seconds
        async with asyncio.timeout_at(end):
            response = await session.get(url, headers=request.headers, allow_redirects=False)
        try:
            body, complete = await _read(response, request.max_bytes, end)
        finally:
            if response.content.at_eof():
                response.release()
            else:
                response.close()  # what is left of a body costs more than another connection
        return Answer(
            request.url,
            response.status,
            _headers(response),
            tuple(response.headers.getall("Set-Cookie", ())),
            body,
            complete,
            loop.time() - start,
        )


def _tls(ca_bundle: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca_bundle:
        context.load_verify_locations(ca_bundle)
    return context


def _user_agent(contact: str | None) -> str:
    """Return a name in the form that servers expect of robots that say who they are."""
    return (
        f"Mozilla/5.0 (compatible; coursekit-links/1.0; +{contact or 'https://pypi.org/project/coursekit/'})"
    )


async def _read(response: aiohttp.ClientResponse, max_bytes: int, end: float) -> tuple[bytes, bool]:
    """Return the body, as far as it came, and whether that is all of it."""
    if response.content_type.startswith(_READ_TYPES) or "Content-Type" not in response.headers:
        limit = max_bytes
    else:
        limit = min(_SAMPLE, max_bytes)
    body = bytearray()
    try:
        async with asyncio.timeout_at(end):
            async for chunk in response.content.iter_chunked(_STEP):
                body += chunk
                if len(body) >= limit:
                    return bytes(body[:limit]), len(body) == limit and response.content.at_eof()
    except (TimeoutError, aiohttp.ClientError, OSError, ValueError):
        return bytes(body), False
    return bytes(body), True


def _headers(response: aiohttp.ClientResponse) -> Mapping[str, str]:
    """Return headers by lower-case name; bytes that are not UTF-8 stay as lone surrogates."""
    headers: dict[str, str] = {}
    for name, value in response.headers.items():
        key = name.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return headers


def _trouble(error: Exception) -> tuple[Trouble, str]:
    """Return what went wrong, and the system's or library's own words for it."""
    match error:
        case aiohttp.ClientConnectorDNSError(os_error=PrivateAddressError() as cause):
            return Trouble.PRIVATE, cause.strerror or ""
        case aiohttp.ClientConnectorDNSError(os_error=cause):
            return Trouble.DNS, cause.strerror or str(cause)
        case aiohttp.ClientConnectorCertificateError(certificate_error=reason):
            return Trouble.TLS, str(reason)
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return Trouble.TLS, str(error)
        case aiohttp.ServerDisconnectedError():
            return Trouble.RESET, ""
        case OSError():
            return _system_trouble(error), error.strerror or str(error)
        case _:
            return Trouble.PROTOCOL, f"{type(error).__name__}: {error}"


def _system_trouble(error: OSError) -> Trouble:
    code = error.errno
    if code == errno.ETIMEDOUT:
        return Trouble.TIMEOUT
    if code in _UNREACHABLE:
        return Trouble.UNREACHABLE
    if code in _RESET or not isinstance(error, aiohttp.ClientConnectorError):
        return Trouble.RESET
    return Trouble.REFUSED
