"""How fast links are asked, beside lychee: `python -m tests.bench.links_speed [URLS_FILE]...`

Two webs on the loopback interface, of a process of their own: `régulier`, 200 hosts with 10 pages each, and
`inégal`, where the k-th host has 150/k of them. A page takes 200 ms, every tenth 2 s. Both checkers run with
the same limits for a host; then the command runs again on the next night, with the ledger of the first. With
files (one URL a line), these are asked instead. Ends with 1 when a target is missed.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_LYCHEE = Path(sys.executable).parent / "lychee"
_AT_ONCE = 10
_RATE = 10  # requests a second to one host
_MOST_RATIO = 1.5  # of lychee's time
_MOST_WARM_RATIO = 0.5
_MOST_MEMORY = 120  # MB

_BODY = (
    "<!DOCTYPE html><html lang=fr><title>Cours</title>"
    + "".join(f"<h2 id=s{number}>Partie {number}</h2><p>{'mot ' * 40}</p>" for number in range(100))
    + "</html>"
).encode()


@dataclass(frozen=True, slots=True)
class Run:
    """What a run cost."""

    seconds: float
    megabytes: float  # of memory, at most
    at_once: int  # exchanges with one host, at most, as the server saw them
    processor: float  # seconds


# -- the web -------------------------------------------------------------------------------------------


class _Web:
    """Any address of 127.0.0.0/8; `/__most` tells how many were asked of one at once since the last time."""

    def __init__(self) -> None:
        self._under_way: Counter[str] = Counter()
        self._most = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                status, body = await self._answer(host, head.split(b" ", 2)[1].decode())
                length = len(body)
                fields = f"HTTP/1.1 {status} X\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\r\n"
                writer.write(fields.encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, host: str, path: str) -> tuple[int, bytes]:
        if path == "/__most":
            most, self._most = self._most, 0
            return 200, str(most).encode()
        if path == "/robots.txt":
            return 404, b""
        self._under_way[host] += 1
        self._most = max(self._most, self._under_way[host])
        try:
            await asyncio.sleep(2 if zlib.crc32((host + path).encode()) % 10 == 0 else 0.2)
        finally:
            self._under_way[host] -= 1
        return 200, _BODY


def _serve(ready: Connection) -> None:
    async def main() -> None:
        server = await asyncio.start_server(_Web().serve, "0.0.0.0", 0, backlog=4096)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


@contextmanager
def _web() -> Iterator[int]:
    """Serve the web in another process for the time of the block; give its port."""
    ours, its = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_serve, args=(its,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def _regular(port: int) -> list[str]:
    return [f"http://127.0.40.{host}:{port}/page{page}" for page in range(10) for host in range(1, 201)]


def _uneven(port: int) -> list[str]:
    return [
        f"http://127.0.{41 + host // 250}.{host % 250 + 1}:{port}/page{page}"
        for host in range(500)
        for page in range(max(1, 150 // (host + 1)))
    ]


# -- the checkers --------------------------------------------------------------------------------------


def _ours(folder: Path, urls: Path, *more: str) -> list[str]:
    script, out, memory = _ROOT / "scripts/check_links.py", folder / "out.json", folder / "ledger.json"
    asked = ["--urls", urls, "--json", out, "--ledger", memory, "--allow-private", "--rate", _RATE]
    return [sys.executable, str(script), *map(str, asked), *more]


def _lychee(urls: Path) -> list[str]:
    limits = ["--host-concurrency", _AT_ONCE, "--host-request-interval", f"{1000 // _RATE}ms"]
    asked = ["--max-concurrency", 256, "--timeout", 30, "--max-redirects", 20, "--no-progress", "--quiet"]
    return [str(_LYCHEE), *map(str, [*limits, *asked]), "--format", "json", str(urls)]


def _run(command: Sequence[str], folder: Path, origin: str | None) -> Run:
    """Run a checker to its end; raises CalledProcessError when it could not do its work."""
    _most(origin)
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(seconds, usage.ru_maxrss / 1024, _most(origin), usage.ru_utime + usage.ru_stime)


def _most(origin: str | None) -> int:
    if origin is None:
        return 0
    with urllib.request.urlopen(f"{origin}/__most", timeout=10) as answer:
        return int(answer.read())


# -- the table -----------------------------------------------------------------------------------------


def main(argv: Sequence[str] | None = None) -> int:
    """Print a table; return 1 when a target is missed, 2 when lychee is not there."""
    files = [Path(name) for name in (sys.argv[1:] if argv is None else argv)]
    if not _LYCHEE.exists():
        print(f"{_LYCHEE} : introuvable", file=sys.stderr)
        return 2
    print(
        f"{'':10}{'adresses':>9}{'':>9}{'s':>7}{'× lychee':>10}{'Mo':>6}{'à la fois':>11}{'ms/adresse':>12}"
    )
    if files:
        return max(_compare(file.stem, file.read_text().split(), None) for file in files)
    with _web() as port:
        webs = {"régulier": _regular(port), "inégal": _uneven(port)}
        return max(_compare(name, urls, f"http://127.0.0.1:{port}") for name, urls in webs.items())


def _compare(name: str, urls: Sequence[str], origin: str | None) -> int:
    folder = Path(tempfile.mkdtemp(prefix="links-speed-"))
    try:
        file = folder / "urls.txt"
        file.write_text("\n".join(urls) + "\n")
        theirs = _run(_lychee(file), folder, origin)
        cold = _run(_ours(folder, file, "--day", "2026-01-01"), folder, origin)
        answered = json.loads((folder / "out.json").read_text())
        warm = _run(_ours(folder, file, "--day", "2026-01-02"), folder, origin)
    finally:
        shutil.rmtree(folder)
    for label, run in (("lychee", theirs), ("froid", cold), ("chaud", warm)):
        ratio, each = run.seconds / theirs.seconds, 1000 * run.processor / len(urls)
        print(
            f"{name:10}{len(urls):9}{label:>9}{run.seconds:7.1f}{ratio:10.2f}{run.megabytes:6.0f}"
            f"{run.at_once:11}{each:12.2f}",
            flush=True,
        )
    return int(
        len(answered) != len(urls)
        or any(row["verdict"] != "ok" for row in answered)
        or cold.seconds > _MOST_RATIO * theirs.seconds
        or warm.seconds > _MOST_WARM_RATIO * theirs.seconds
        or max(cold.megabytes, warm.megabytes) > _MOST_MEMORY
        or cold.at_once > _AT_ONCE
    )


if __name__ == "__main__":
    sys.exit(main())
