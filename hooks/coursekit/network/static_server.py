"""A folder served on this machine as static hosts do it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import BinaryIO, ClassVar


@contextmanager
def serve(folder: Path, path: str = "/") -> Iterator[str]:
    """Serve `folder` below `path`, which begins and ends in `/`; yield the URL of that.

    A folder shows its index.html, or nothing; without its final `/` it is redirected.
    """

    class Handler(_Handler):
        root = str(folder.resolve())
        prefix = path

    with _Server(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{path}"
        finally:
            server.shutdown()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that has seen enough hangs up."""


class _Handler(SimpleHTTPRequestHandler):
    root: ClassVar[str]
    prefix: ClassVar[str]
    timeout = 30

    def __init__(self, request: object, client_address: object, server: object) -> None:
        super().__init__(request, client_address, server, directory=self.root)  # type: ignore[arg-type]

    def send_head(self) -> BytesIO | BinaryIO | None:
        if self.path.startswith(self.prefix):
            with suppress(ValueError):  # no file can have that name
                return super().send_head()
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def list_directory(self, path: object) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
