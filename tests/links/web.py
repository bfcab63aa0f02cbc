"""A small web on the loopback interface: what it answers is a function of host and path."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
import struct
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

CERTIFICATES = Path(__file__).parent / "certificates"
_PORTS_TRIED = 5  # a port that is free at one address may be taken at another

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to a case's host."""

    path: str  # with its query
    headers: Mapping[str, str]  # by lower-case name
    times: int  # how often this path has been asked, this time included
    method: str = "GET"


@dataclass(frozen=True, slots=True)
class Reply:
    """What comes back."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    raw: bytes | None = None  # instead of all that: the bytes on the wire, then the end of the connection
    hangs: bool = False  # after `raw`, if any, nothing more, and no end
    resets: bool = False  # the connection is cut, before a word
    talk: Talk | None = None  # instead of all that: says what it likes, then the end of the connection


def html(title: str, body: str = "", *, head: str = "", status: int = 200, **headers: str) -> Reply:
    """Return a page; `Set_Cookie="a=1"` is a header."""
    text = f"<!DOCTYPE html><html lang=fr><head><meta charset=utf-8><title>{title}</title>{head}</head><body>"
    told = (
        ("Content-Type", "text/html; charset=utf-8"),
        *((k.replace("_", "-"), v) for k, v in headers.items()),
    )
    return Reply(status, f"{text}<h1>{title}</h1>{body}</body></html>".encode(), told)


def sent(target: str, status: int = 301, **headers: str) -> Reply:
    """Return a redirect."""
    return Reply(status, b"", (("Location", target), *((k.replace("_", "-"), v) for k, v in headers.items())))


NOT_FOUND = html("Introuvable", status=404)


@dataclass
class Web:
    """The web while it is served."""

    answer: Callable[[str, Asked], Reply]  # of a host's address
    port: int = 0
    asked: Counter[str] = field(default_factory=Counter)  # `host/path` -> times
    methods: Counter[str] = field(default_factory=Counter)
    came: dict[str, list[float]] = field(default_factory=dict)  # host -> when requests came, monotonic
    at_once: Counter[str] = field(default_factory=Counter)  # host -> the most exchanges at one time
    held: threading.Event = field(default_factory=threading.Event)  # paths below /held wait for it
    waiting: threading.Event = field(default_factory=threading.Event)  # set once one waits
    strangers: Mapping[str, Talk] = field(default_factory=dict)  # hosts that do not wait for a request
    _open: Counter[str] = field(default_factory=Counter)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of a path."""
        return f"http://{host}:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection until it is closed."""
        host = writer.get_extra_info("sockname")[0]
        self._open[host] += 1
        self.at_once[host] = max(self.at_once[host], self._open[host])
        try:
            if host in self.strangers:
                await self.strangers[host](reader, writer)
                return
            while True:
                reply = await self._reply(host, await reader.readuntil(b"\r\n\r\n"))
                if not await _send(reply, reader, writer):
                    break
        except asyncio.CancelledError:
            writer.transport.abort()  # the loop ends: there is no time for a goodbye
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._open[host] -= 1
            writer.close()

    async def _reply(self, host: str, head: bytes) -> Reply:
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        self.asked[f"{host}{path}"] += 1
        self.methods[method] += 1
        self.came.setdefault(host, []).append(time.monotonic())
        if path.startswith("/held"):
            self.waiting.set()
            await asyncio.to_thread(self.held.wait, 30)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return self.answer(host, Asked(path, headers, self.asked[f"{host}{path}"], method))


async def _send(reply: Reply, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    """Send a reply; return whether the connection may go on."""
    if reply.resets:
        reset(writer)
        return False
    if reply.talk:
        await reply.talk(reader, writer)
        return False
    if reply.raw is None and not reply.hangs:
        told = {"Content-Length": str(len(reply.body))} if reply.status not in (204, 304) else {}
        told |= dict(reply.headers)
        lines = [f"HTTP/1.1 {reply.status} X", *(f"{name}: {value}" for name, value in told.items()), "", ""]
        writer.write("\r\n".join(lines).encode() + reply.body)
    else:
        writer.write(reply.raw or b"")
    await writer.drain()
    if reply.hangs:
        await reader.read()  # until the client has had enough
    return reply.raw is None


def reset(writer: asyncio.StreamWriter) -> None:
    """Have the connection end by a reset once it is closed."""
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)


@contextmanager
def served(
    answer: Callable[[str, Asked], Reply],
    hosts: Sequence[str] = ("127.0.0.1",),
    secure: Mapping[str, str | ssl.SSLContext] | None = None,
    strangers: Mapping[str, Talk] | None = None,
) -> Iterator[Web]:
    """Serve a web on one port of several loopback addresses for the time of the block.

    `secure` names the certificate, a file of `certificates/`, that a host shows, or all its settings.
    """
    web = Web(answer, strangers=strangers or {})
    loop = asyncio.new_event_loop()
    try:
        servers = loop.run_until_complete(_start(web, hosts, secure or {}))
    except OSError as error:
        loop.close()
        if error.errno != errno.EADDRNOTAVAIL:
            raise
        pytest.skip("only Linux has all of 127.0.0.0/8 on its loopback interface")
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield web
    finally:
        web.held.set()
        asyncio.run_coroutine_threadsafe(_stop(servers), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _start(
    web: Web, hosts: Sequence[str], secure: Mapping[str, str | ssl.SSLContext]
) -> list[asyncio.Server]:
    for tried in range(1, _PORTS_TRIED + 1):
        servers: list[asyncio.Server] = []
        port = 0
        try:
            for host in hosts:
                tls = tls_settings(secure[host]) if host in secure else None
                servers.append(await asyncio.start_server(web.serve, host, port, ssl=tls))
                port = servers[0].sockets[0].getsockname()[1]
        except OSError as error:
            await _stop(servers)
            if error.errno != errno.EADDRINUSE or tried == _PORTS_TRIED:
                raise
        else:
            web.port = port
            break
    return servers


def tls_settings(name: str | ssl.SSLContext) -> ssl.SSLContext:
    """Return a server's settings; a name is that of the certificate it shows."""
    if isinstance(name, ssl.SSLContext):
        return name
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{name}.pem")
    return context


async def _stop(servers: list[asyncio.Server]) -> None:
    for server in servers:
        server.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
