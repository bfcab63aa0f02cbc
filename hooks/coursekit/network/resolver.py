"""Names of hosts, looked up once a run; private addresses refused before anybody connects to one."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

from aiohttp.abc import AbstractResolver, ResolveResult

from coursekit.network.private import is_private

_THREADS = 32  # a lookup of a vanished host may take ten seconds
_TRIES = 3  # of a lookup that failed for the time being


class PrivateAddressError(OSError):
    """A name that leads to private addresses only."""


class Resolver(AbstractResolver):
    """The system's resolver, in threads of its own; the address that was judged is the one connected to."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._threads = ThreadPoolExecutor(_THREADS, "resolver")
        self._known: dict[tuple[str, int, int], asyncio.Task[list[ResolveResult]]] = {}
        self._tries: dict[str, int] = {}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a host; raises OSError."""
        key = (host, port, family)
        task = self._known.get(key)
        if task is None or (task.done() and self._is_worth_another(host, task)):
            self._tries[host] = self._tries.get(host, 0) + 1
            self._known[key] = task = asyncio.create_task(self._look_up(host, port, family))
        return await asyncio.shield(task)

    def _is_worth_another(self, host: str, task: asyncio.Task[list[ResolveResult]]) -> bool:
        error = task.exception()
        temporary = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        return temporary and self._tries[host] < _TRIES

    async def _look_up(self, host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
        loop = asyncio.get_running_loop()
        try:
            rows = await loop.run_in_executor(
                self._threads,
                lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family),
            )
        except UnicodeError as error:  # a label too long or empty
            raise socket.gaierror(socket.EAI_NONAME, str(error)) from error
        found = [_result(host, row[0], row[2], row[4]) for row in rows]
        allowed = [one for one in found if self._allow_private or not is_private(one["host"])]
        if not allowed:
            raise PrivateAddressError(0, ", ".join(sorted({one["host"] for one in found})))
        return allowed

    async def close(self) -> None:
        """Let go of the threads; one that still waits for an answer ends by itself."""
        for task in self._known.values():
            if not task.done():
                task.cancel()
            elif not task.cancelled():
                task.exception()  # seen, so that asyncio does not tell of it
        self._threads.shutdown(wait=False, cancel_futures=True)


def _result(
    host: str,
    family: int,
    protocol: int,
    address: tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes],
) -> ResolveResult:
    ip = str(address[0])
    if len(address) == 4 and address[3]:
        ip = f"{ip}%{address[3]}"  # a link-local one, with its interface
    return ResolveResult(
        hostname=host,
        host=ip,
        port=int(address[1]),
        family=family,
        proto=protocol,
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )
