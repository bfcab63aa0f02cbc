"""The web client: one GET of `Fetch`, by aiohttp.

It does what browsers do where servers break rules, and tells exactly why no answer came.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp
from yarl import URL

from coursekit.links.checking.exchange import Answer, Failure, Request, Trouble
from coursekit.network import lenient
from coursekit.network.content import Decoder, wanted
from coursekit.network.private import is_private_literal
from coursekit.network.resolver import Resolver
from coursekit.network.troubles import trouble

# Connections in use. With those that wait a second for another request, and threads that look names up, they
# stay under the 1,024 files that a process may usually open.
_AT_ONCE = 256
_KEPT = 1.0  # seconds an idle connection is kept: to the same host, the next request follows at once or never
_HEAD_LINE = 32_768  # bytes of a line of a head, and how many lines: browsers take 256 KiB in all
_HEAD_LINES = 512

# What browsers send, but for the name: some servers give robots that ask for nothing a 403 or a 406.
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "fr,en;q=0.8",
    "Accept-Encoding": "gzip, deflate",
}
# Those of Python leave out what servers of old have and browsers still take: AES with CBC, RSA key exchange.
_CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:ECDHE+AES:RSA+AESGCM:RSA+AES:!aNULL:!PSK:!AESCCM"
_LEGACY_SERVER_CONNECT = 0x4  # ssl.OP_LEGACY_SERVER_CONNECT, from Python 3.12 on: servers before RFC 5746


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
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._resolver: Resolver
        self._session: aiohttp.ClientSession

    async def __aenter__(self) -> Self:
        self._resolver = Resolver(allow_private=self._allow_private)
        connector = aiohttp.TCPConnector(
            limit=0,  # ours, a semaphore, costs no shuffle of all hosts at each answer
            ssl=self._tls,
            resolver=self._resolver,
            use_dns_cache=False,  # the resolver remembers, failures too
            keepalive_timeout=_KEPT,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            headers=self._headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,  # aiohttp's is lost when one byte is wrong
            timeout=aiohttp.ClientTimeout(),  # none: each request has its own
            max_line_size=_HEAD_LINE,
            max_field_size=_HEAD_LINE,
            max_headers=_HEAD_LINES,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        await self._resolver.close()

    async def fetch(self, request: Request) -> Answer | Failure:
        """Send one GET; whatever a server or network does is an Answer or a Failure.

        Headers are decoded from UTF-8, their other bytes kept as lone surrogates (`surrogateescape`).
        """
        async with self._slots:
            start = asyncio.get_running_loop().time()
            try:
                return await self._exchange(request, start)
            except TimeoutError:
                kind, detail = Trouble.TIMEOUT, ""
            except (aiohttp.ClientError, OSError, ValueError) as error:
                kind, detail = trouble(error)
            return Failure(request.url, kind, detail, asyncio.get_running_loop().time() - start)

    async def _exchange(self, request: Request, start: float) -> Answer | Failure:
        """Raises TimeoutError when no whole head came in time, and what aiohttp and the system raise."""
        url = URL(request.url, encoded=True)
        host = url.raw_host or ""
        if not self._allow_private and is_private_literal(host):
            return Failure(request.url, Trouble.PRIVATE, host, 0)
        end = start + request.seconds
        try:
            async with asyncio.timeout_at(end):
                response = await self._session.get(url, headers=request.headers, allow_redirects=False)
        except aiohttp.ClientResponseError:  # a head, or what follows it, against the rules
            return await self._exchange_leniently(url, request, start)
        try:
            body, complete = await _read(response, request, end)
        finally:
            if response.content.at_eof():
                response.release()
            else:
                response.close()  # what is left of a body costs more than another connection
        return _answer(
            request, response.status, response.headers.items(), body, complete=complete, start=start
        )

    async def _exchange_leniently(self, url: URL, request: Request, start: float) -> Answer:
        places = await self._resolver.resolve(url.raw_host or "", url.port or 0)
        headers = {**self._headers, **request.headers}
        end = start + request.seconds
        read = await lenient.exchange(
            url, places[0]["host"], headers, self._tls, end=end, max_bytes=request.max_bytes
        )
        decoder = Decoder(_joined(read.headers).get("content-encoding", ""))
        try:
            body = decoder.feed(read.body, request.max_bytes)
        except ValueError:
            body = b""
        complete = read.complete and decoder.is_whole and len(read.body) <= request.max_bytes
        return _answer(request, read.status, read.headers, body, complete=complete, start=start)


def _tls(ca_bundle: Path | None) -> ssl.SSLContext:
    """Return what browsers take: TLS 1.2 or newer, certificates of the system and of SSL_CERT_FILE."""
    context = ssl.create_default_context()
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # Python 3.13 refuses what is merely badly written
    context.set_ciphers(_CIPHERS)
    context.options |= _LEGACY_SERVER_CONNECT
    if ca_bundle:
        context.load_verify_locations(ca_bundle)
    return context


def _user_agent(contact: str | None) -> str:
    """Return a name in the form that servers expect of robots that say who they are."""
    try:
        version = metadata.version("coursekit")
    except metadata.PackageNotFoundError:  # run from a checkout
        version = "0"
    told = f"; +{contact}" if contact else ""
    return f"Mozilla/5.0 (compatible; coursekit-links/{version}{told})"


async def _read(response: aiohttp.ClientResponse, request: Request, end: float) -> tuple[bytes, bool]:
    """Return the body, as far as it came, and whether that is all of it."""
    decoder = Decoder(", ".join(response.headers.getall("Content-Encoding", ())))
    kind = response.headers.get("Content-Type", "")
    limit = request.max_bytes if request.whole else wanted(kind, request.max_bytes)
    body = bytearray()
    try:
        async with asyncio.timeout_at(end):
            while len(body) < limit and (step := await response.content.readany()):
                body += decoder.feed(step, limit - len(body))
    except (TimeoutError, aiohttp.ClientError, OSError, ValueError):
        return bytes(body), False
    return bytes(body), decoder.is_whole and response.content.at_eof()


def _answer(
    request: Request,
    status: int,
    fields: Iterable[tuple[str, str]],
    body: bytes,
    *,
    complete: bool,
    start: float,
) -> Answer:
    fields = list(fields)
    cookies = tuple(value for name, value in fields if name.lower() == "set-cookie")
    seconds = asyncio.get_running_loop().time() - start
    return Answer(request.url, status, _joined(fields), cookies, body, complete, seconds)


def _joined(fields: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    headers: dict[str, str] = {}
    for name, value in fields:
        key = name.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return headers
