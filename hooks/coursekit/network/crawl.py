"""The built site, crawled: LinkChecker in a process of its own, over a server of this machine.

LinkChecker has no deadline of its own, and can stall: it is watched, and killed when nothing comes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any
from urllib.parse import quote

import coursekit
from coursekit.links import messages
from coursekit.links.crawled import FAULTS, DeadLink
from coursekit.links.registered import Registered
from coursekit.links.reporting import inside
from coursekit.links.reporting.findings import InsideFinding
from coursekit.network.static_server import serve

_CHILD = (sys.executable, "-P", "-X", "utf8", "-m", "coursekit.network.linkchecker_child")
_LINE = 65_536  # bytes of a line; longer ones are not ours
_MOST = 10_000  # dead links: nobody reads more


@dataclass(frozen=True, slots=True)
class Crawl:
    """What a crawl found."""

    findings: tuple[InsideFinding, ...]
    pages: int  # of the site
    cut: str  # why not all has been seen, in a sentence; empty when all has


def crawl(
    site: Path,
    registered: Registered,
    *,
    watch: Callable[[int], None] = lambda checked: None,
    seconds: float = 300.0,
    silence: float = 60.0,
    child: Sequence[str] = _CHILD,
) -> Crawl:
    """Ask for all that the pages of a built site ask for; return what is not there.

    Blocks for `seconds` at most for each 500 pages begun (187 of 150 kB take 30 to 50 s), or until nothing
    has come for `silence` seconds. `watch` is told how many URLs have been asked. Only the site is asked:
    never another one, and nothing outside the path that it is published at, which is another site too.
    `child` is the command of the process that crawls.
    """
    files = sorted(_files(site))
    pages = [quote(os.fsencode(file.removesuffix("index.html"))) for file in files if _is_page(file)]
    if not pages:
        return Crawl((), 0, messages.no_site(str(site)))
    with serve(site, _root(registered.root)) as base, _started(child, base, pages) as process:
        heard = _Heard(base, watch)
        cut = heard.listen(process, seconds * ceil(len(pages) / 500), silence)
    return Crawl(tuple(inside.findings(heard.dead, registered, files)), len(pages), cut)


def _files(site: Path) -> Iterator[str]:
    for parent, _, names in os.walk(site):
        folder = Path(parent).relative_to(site)
        yield from ((folder / name).as_posix() for name in names)


def _is_page(file: str) -> bool:
    return file.endswith((".html", ".htm"))


def _root(path: str) -> str:
    """Return the path that a site is published at as a server is asked for it, with its slashes."""
    inner = quote(path.strip("/"), safe="/%")
    return f"/{inner}/" if inner else "/"


@contextmanager
def _started(child: Sequence[str], base: str, pages: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start the child in an empty folder, which is its home too, with an environment of its own."""
    with tempfile.TemporaryDirectory(prefix="coursekit-crawl-", ignore_cleanup_errors=True) as home:
        starts = Path(home, "pages")
        starts.write_text("".join(f"{base}{page}\n" for page in pages), encoding="ascii")
        with (
            starts.open("rb") as asked,
            subprocess.Popen(
                [*child, base],
                cwd=home,
                env=_environment(home),
                stdin=asked,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,  # what is not ours is passed over, its last line kept
            ) as process,
        ):
            try:
                yield process
            finally:
                process.kill()


def _environment(home: str) -> Mapping[str, str]:
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    package = str(Path(coursekit.__file__).parent.parent)
    return kept | {"PYTHONPATH": package, "HOME": home, "XDG_DATA_HOME": home, "LANGUAGE": "C"}


class _Heard:
    """What the child has said so far."""

    def __init__(self, base: str, watch: Callable[[int], None]) -> None:
        self.dead: list[DeadLink] = []
        self._base = base
        self._watch = watch
        self._is_done = False
        self._last = ""  # line that is none of ours

    def listen(self, process: subprocess.Popen[bytes], seconds: float, silence: float) -> str:
        """Take in what the child says until it ends, or is ended; return why it was cut, empty when not."""
        assert process.stdout is not None
        lines: Queue[bytes] = Queue(maxsize=1000)
        Thread(target=_pass_on, args=(process.stdout, lines), daemon=True).start()
        if cut := self._listen(lines, seconds, silence):
            process.kill()
            with suppress(Empty):
                while lines.get(timeout=1):  # until the thread has seen that the child is gone
                    pass
            return cut
        return "" if self._is_done else messages.crawl_failed(process.wait(), self._last)

    def _listen(self, lines: Queue[bytes], seconds: float, silence: float) -> str:
        end = time.monotonic() + seconds
        while True:
            left = end - time.monotonic()
            try:
                line = lines.get(timeout=max(0.0, min(silence, left)))
            except Empty:
                return messages.crawl_silent(silence) if silence < left else messages.crawl_too_long(seconds)
            if not line:
                return ""
            self._take(line)
            if len(self.dead) >= _MOST:
                return messages.crawl_too_many(_MOST)
            if left <= 0:
                return messages.crawl_too_long(seconds)

    def _take(self, line: bytes) -> None:
        try:
            told = json.loads(line)
        except (ValueError, RecursionError):
            told = None
        match told:
            case {"dead": [str(), str(), str(), str(fault), str()] as row} if fault in FAULTS:
                self.dead.append(self._dead_link(row))
            case {"checked": int(checked)}:
                self._watch(checked)
            case {"done": True}:
                self._is_done = True
            case _:
                self._last = line.decode(errors="replace").strip() or self._last

    def _dead_link(self, row: list[Any]) -> DeadLink:
        page, target, text, fault, near = row
        return DeadLink(page.removeprefix(self._base), target.removeprefix(self._base), text, fault, near)


def _pass_on(output: IO[bytes], lines: Queue[bytes]) -> None:
    """Pass on each line, and at the end an empty one."""
    with suppress(ValueError, OSError):  # closed meanwhile
        while line := output.readline(_LINE):
            lines.put(line)
    lines.put(b"")
