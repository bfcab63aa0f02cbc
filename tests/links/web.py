"""A small web on the loopback interface: what it answers is a function of host and path."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

Reply = tuple[int, Mapping[str, str], str]  # status, headers, body


def page(body: str = "<h1>Cours</h1><p>Contenu.</p>", title: str = "Cours") -> Reply:
    """Return an ordinary page."""
    return 200, {}, f"<!DOCTYPE html><html lang=fr><title>{title}</title>{body}</html>"


def gone() -> Reply:
    """Return what a server says of a page that it does not have."""
    return 404, {}, "<title>Introuvable</title>"


def sent_to(target: str, status: int = 301) -> Reply:
    """Return a redirect."""
    return status, {"Location": target}, ""


@dataclass
class Web:
    """The web while it is served."""

    answer: Callable[[str, str], Reply]  # of an address such as `127.0.0.1`, and a path with its query
    port: int = 0
    asked: Counter[str] = field(default_factory=Counter)  # `host/path` -> times
    at_once: Counter[str] = field(default_factory=Counter)  # host -> the most exchanges at one time
    held: threading.Event = field(default_factory=threading.Event)  # paths below /held wait for it
    waiting: threading.Event = field(default_factory=threading.Event)  # set once one waits
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
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                await self._answer(host, path, writer)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        finally:
            self._open[host] -= 1
            writer.close()

    async def _answer(self, host: str, path: str, writer: asyncio.StreamWriter) -> None:
        self.asked[f"{host}{path}"] += 1
        if path.startswith("/held"):
            self.waiting.set()
            await asyncio.to_thread(self.held.wait, 30)
        status, headers, body = gone() if path == "/robots.txt" else self.answer(host, path)
        content = body.encode()
        told = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(content)), **headers}
        lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in told.items()), "", ""]
        writer.write("\r\n".join(lines).encode() + content)
        await writer.drain()


@contextmanager
def served(answer: Callable[[str, str], Reply], hosts: tuple[str, ...] = ("127.0.0.1",)) -> Iterator[Web]:
    """Serve a web on one port of several loopback addresses for the time of the block."""
    web = Web(answer)
    loop = asyncio.new_event_loop()

    async def start() -> list[asyncio.Server]:
        first = await asyncio.start_server(web.serve, hosts[0], 0)
        web.port = first.sockets[0].getsockname()[1]
        return [first, *[await asyncio.start_server(web.serve, host, web.port) for host in hosts[1:]]]

    servers = loop.run_until_complete(start())
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


async def _stop(servers: list[asyncio.Server]) -> None:
    for server in servers:
        server.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
