"""Answers that break the rules of HTTP, as some servers do unnoticed: browsers show them all the same.

Two equal lengths, a length beside chunks, bytes after the body, a head with a line that is no field: aiohttp
refuses them, and rightly so where one server speaks for another. The standard library reads them.
"""

from __future__ import annotations

import asyncio
import http.client
import io
import ssl
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, cast

from yarl import URL

if TYPE_CHECKING:
    import socket

_STEP = 65_536
_HEAD = 65_536  # bytes of a head


class Reading(NamedTuple):
    """What such an answer holds."""

    status: int
    headers: list[tuple[str, str]]  # UTF-8, other bytes as lone surrogates
    body: bytes  # still in its content coding
    complete: bool


async def exchange(
    url: URL, host: str, headers: Mapping[str, str], tls: ssl.SSLContext, *, end: float, max_bytes: int
) -> Reading:
    """Send one GET to `host`, an address; raises OSError, TimeoutError, or ValueError for what is no HTTP.

    `end` is in the loop's time.
    """
    context = tls if url.scheme == "https" else None
    async with asyncio.timeout_at(end):
        reader, writer = await asyncio.open_connection(
            host, url.port, ssl=context, server_hostname=url.raw_host if context else None
        )
    received = bytearray()
    try:
        async with asyncio.timeout_at(end):
            writer.write(_head(url, headers))
            while len(received) < _HEAD + max_bytes and (step := await reader.read(_STEP)):
                received += step
    except (TimeoutError, OSError):
        if not received:
            raise
    finally:
        writer.transport.abort()  # as with `certificates.shown_by`
    return _parse(bytes(received))


def _head(url: URL, headers: Mapping[str, str]) -> bytes:
    fields = {"Host": url.host_port_subcomponent or "", **headers, "Connection": "close"}
    lines = [f"GET {url.raw_path_qs} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    if any("\r" in line or "\n" in line for line in lines):
        raise ValueError("header with a line break")
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape")


class _Received:
    """What came, as the standard library expects it: a socket."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, mode: str) -> io.BytesIO:
        return io.BytesIO(self._data)


def _parse(data: bytes) -> Reading:
    response = http.client.HTTPResponse(cast("socket.socket", _Received(data)), method="GET")
    try:
        response.begin()
    except http.client.HTTPException as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error
    if not response.chunked and len(set(response.headers.get_all("Content-Length", []))) > 1:
        raise ValueError("lengths that differ")  # browsers refuse it too
    try:
        body, complete = response.read(), True
    except http.client.IncompleteRead as error:
        body, complete = error.partial, False
    headers = [
        (name, value.encode("latin-1").decode("utf-8", "surrogateescape"))
        for name, value in response.getheaders()
    ]
    return Reading(response.status, headers, body, complete)
