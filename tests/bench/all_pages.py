"""What every page of a site asks for, weighs and moves: `python -m tests.bench.all_pages [--corpus FOLDER]`.

The site is built from FOLDER's Markdown, without it from the project's own; `--built` takes a project that is
built already. Each page is opened in Chromium, from a server and from the unpacked copy for a disk. Ends with
1 when a page asks another site for something that is no image of its author's, complains, or misses a target.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from coursekit.links import registered
from tests.browser.chromium import find_browser
from tests.browser.conftest import FLAGS
from tests.browser.local_server import serve
from tests.browser.visiting import Visit, transfer, visit
from tests.building import build
from tests.conftest import ROOT

_MOST_SHIFT = 0.01
_MOST_HTML = 300_000  # bytes
_MOST_TRANSFER = 250_000  # bytes, gzip


def main(argv: Sequence[str] | None = None) -> int:
    """Print what was found; return 1 when a page does what it must not."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.all_pages")
    parser.add_argument("--corpus", type=Path, help="dossier de pages Markdown, construit comme un seul site")
    parser.add_argument("--built", type=Path, help="projet déjà construit, avec ses dossiers site et build")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as name:
        project = args.built or _build(Path(name, "project"), args.corpus or ROOT / "docs")
        copy = _unpack(project, Path(name))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
            with serve(project / "site") as origin:
                faults = _open_all(browser, project, project / "site", origin)
            faults += _open_all(browser, project, copy, copy.as_uri())
            browser.close()
    return 1 if faults else 0


def _build(project: Path, folder: Path) -> Path:
    project.mkdir()
    files = {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    build(project, files)
    return project


def _unpack(project: Path, folder: Path) -> Path:
    """Return the folder of the copy for a disk."""
    archive = folder / "copy.zip"
    script = str(ROOT / "scripts/make_offline.py")
    command = [sys.executable, script, "--no-fetch", "--output", str(archive)]
    told = subprocess.run(command, cwd=project, check=True, capture_output=True, text=True)
    print(told.stdout.strip())
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder / "copy")
    return next((folder / "copy").iterdir())


def _open_all(browser: Browser, project: Path, site: Path, root: str) -> list[str]:
    """Open every page below `root`; return what is wrong, one line each."""
    links = registered.load((project / "build/links.json").read_bytes()).links
    embedded = {link.url for link in links if link.kind == "image"}
    faults: list[str] = []
    weights: list[tuple[int, int, str]] = []  # bytes of HTML, bytes sent, path
    errors: list[str] = []
    with browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR") as context:
        context.route(lambda url: not _is_own(url, root), lambda route: route.abort())
        page = context.new_page()
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        for file in sorted(site.rglob("*.html")):
            path = file.relative_to(site).as_posix()
            errors.clear()
            seen = visit(page, f"{root}/{path}")
            for fault in _faults(seen, root, embedded, errors):
                faults.append(f"{root[:4]} {path}: {fault}")
                print(faults[-1], flush=True)
            sent = transfer(site, root, seen.requests)
            weights.append((file.stat().st_size, sum(sent.values()), path))
    return faults + _weigh(weights, root)


def _is_own(url: str, root: str) -> bool:
    return url.startswith(root) or urlsplit(url).scheme in ("data", "blob", "about")


def _faults(seen: Visit, root: str, embedded: set[str], errors: Iterable[str]) -> list[str]:
    asked = [url for url in seen.requests if not _is_own(url, root)]
    faults = [f"demande à un autre site : {url}" for url in asked if url not in embedded]
    faults += [f"sans réponse : {url}" for url in seen.failed if url not in asked]
    faults += [f"erreur : {error}" for error in errors if "net::ERR_FAILED" not in error]
    if seen.shift > _MOST_SHIFT:
        faults.append(f"déplacement de {seen.shift:.3f} : {'; '.join(seen.moved)}")
    return faults


def _weigh(weights: Sequence[tuple[int, int, str]], root: str) -> list[str]:
    """Print what pages weigh; return those that weigh too much."""
    html, sent = [weight[0] for weight in weights], [weight[1] for weight in weights]
    print(
        f"{root[:4]} : {len(weights)} pages ; HTML {statistics.median(html) / 1000:.0f} ko (médiane),"
        f" {max(html) / 1000:.0f} ko (au plus)"
        + (f" ; transfert {max(sent) / 1000:.0f} ko (au plus)" if root.startswith("http") else "")
    )
    if not root.startswith("http"):
        return []
    heavy = [
        f"{path}: {one / 1000:.0f} ko de HTML, {whole / 1000:.0f} ko transférés"
        for one, whole, path in weights
        if one > _MOST_HTML or whole > _MOST_TRANSFER
    ]
    print(*heavy, sep="\n")
    return heavy


if __name__ == "__main__":
    sys.exit(main())
