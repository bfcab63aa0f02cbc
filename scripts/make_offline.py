"""Pack the built site as a zip that is read without a server and without a network: see `--help`."""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from coursekit import messages as general
from coursekit.command_line import Parser
from coursekit.files import write_atomically
from coursekit.links import registered
from coursekit.links.history.rows import UnusableFileError
from coursekit.links.registered import Registered
from coursekit.network.pictures import fetch_pictures
from coursekit.offline import archive, copy, embeds, messages, names, styles
from coursekit.offline.addresses import Places
from coursekit.offline.pictures import Picture, picture
from coursekit.pdf import book
from coursekit.pdf.shelf import epoch
from coursekit.revisions import newest

_PROGRAM = "make_offline"
_USAGE = "%(prog)s [--no-fetch] [--output FICHIER.zip] [OPTION ...]"
_BAR = "{n_fmt} {unit} sur {total_fmt} |{bar}| encore {remaining}"
_READ_ME = "LISEZ-MOI.txt"


@dataclass(frozen=True, slots=True)
class _Site:
    """What a build left."""

    files: dict[str, bytes]  # by path from the root, those that the copy has no use for left out
    title: str
    url: str  # where it is published, ending in a slash; empty when nowhere
    registered: Registered

    @property
    def pages(self) -> list[str]:
        return [path for path in self.files if path.endswith(".html")]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 0 when the zip is made, 1 when it cannot be written.

    Wrong use ends the command with code 2, as argparse does (SystemExit).
    """
    args = _arguments(argv)
    try:
        return _run(args)
    except OSError as error:
        print(f"{error.filename or _PROGRAM}: {general.cannot_access(error)}", file=sys.stderr)
        return 1


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = Parser(
        _PROGRAM,
        usage=_USAGE,
        description="Fait du site construit une archive qui se lit sans serveur ni connexion : on la"
        " décompresse, on ouvre index.html. Les images d'autres sites y sont gardées, si elles répondent ;"
        " ce qui ne peut l'être est remplacé par un lien, et dit à la fin.",
        epilog="Code de retour : 0 l'archive est faite, 1 elle ne l'est pas, 2 mauvais usage.",
    )
    group = parser.group("options")
    group.add_argument("--no-fetch", action="store_true", help="ne demande aucune image à d'autres sites")
    group.add_argument(
        "--output", type=Path, metavar="FICHIER", help="archive à écrire (build/offline/<nom du site>.zip)"
    )
    group.add_argument(
        "--site", type=Path, default=Path("site"), metavar="DOSSIER", help="le site construit (site)"
    )
    group.add_argument(
        "--build",
        type=Path,
        default=Path("build"),
        metavar="DOSSIER",
        help="ce que la construction a laissé d'autre (build)",
    )
    group.add_argument(
        "--ca-bundle", type=Path, metavar="FICHIER", help="certificats en plus de ceux du système (PEM)"
    )
    group.add_argument(
        "--allow-private-hosts", action="store_true", help="demande aussi aux adresses privées ou locales"
    )
    group.add_argument("-h", "--help", action="help", help="montre cette aide")
    args = parser.read(argv)
    if not (args.site / "index.html").is_file():
        parser.error(messages.no_site(str(args.site)))
    return args


def _run(args: argparse.Namespace) -> int:
    site = _read(args)
    trees = {path: copy.parse(site.files[path]) for path in site.pages}
    wanted = {url: path for path, tree in reversed(trees.items()) for url in embeds.images(tree)}
    left_out = {url: path for path, tree in trees.items() for url in embeds.contents(tree)}
    del trees
    pictures = _known(wanted, args.build)
    missing = {url: messages.not_asked() for url in wanted if url not in pictures}
    if missing and not args.no_fetch:
        missing = _fetch(missing, pictures, args, site)
    files = _copied(site, pictures)
    output = args.output or args.build / "offline" / f"{archive.slug(site.title)}.zip"
    date = epoch(os.environ) or newest(args.site.absolute().parent) or 0
    packed = archive.pack(files, archive.slug(site.title), date)
    write_atomically(output, packed)
    told = {url: messages.image_left_out(url, reason) for url, reason in missing.items()}
    told |= {url: messages.content_left_out(url) for url in left_out}
    for line in sorted(_placed(site, told, wanted | left_out)) + list(names.troubles(files)):
        print(line, file=sys.stderr)
    print(messages.made(str(output), len(site.pages), len(packed) / 1e6, len(pictures)))
    return 0


def _read(args: argparse.Namespace) -> _Site:
    paths = sorted(path for path in args.site.rglob("*") if path.is_file())
    named = {path.relative_to(args.site).as_posix(): path for path in paths}
    files = {name: path.read_bytes() for name, path in named.items() if not copy.is_left_out(name)}
    title, url, links = "", "", Registered("")
    with suppress(OSError, book.UnusableBookError):
        known = book.load((args.build / "book.json").read_bytes())
        title, url = known.title, known.url and f"{known.url.rstrip('/')}/"
    with suppress(OSError, UnusableFileError):
        links = registered.load((args.build / "links.json").read_bytes())
    return _Site(files, title, url, links)


def _known(urls: Mapping[str, str], build: Path) -> dict[str, Picture]:
    """Return the images that were fetched for an earlier copy."""
    found: dict[str, Picture] = {}
    for url in urls:
        with suppress(OSError):
            if kept := picture(_shelf(build, url).read_bytes()):
                found[url] = kept
    return found


def _shelf(build: Path, url: str) -> Path:
    return build / "cache" / "images" / hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()


def _fetch(
    urls: Mapping[str, str], pictures: dict[str, Picture], args: argparse.Namespace, site: _Site
) -> dict[str, str]:
    """Ask for images: add those that come to `pictures`, return why the others did not."""
    refused: dict[str, str] = {}
    hidden = not sys.stderr.isatty()
    with tqdm(total=len(urls), unit="images", bar_format=_BAR, disable=hidden, leave=False) as bar:

        def observe(url: str, found: Picture | str) -> None:
            if isinstance(found, Picture):
                pictures[url] = found
                write_atomically(_shelf(args.build, url), found.data)
            else:
                refused[url] = found
            bar.update()

        asyncio.run(
            fetch_pictures(
                urls,
                observe,
                contact=site.registered.contact or site.url,
                ca_bundle=args.ca_bundle,
                allow_private=args.allow_private_hosts,
            )
        )
    return refused


def _copied(site: _Site, pictures: Mapping[str, Picture]) -> dict[str, bytes]:
    """Return the files of the copy, by their paths."""
    places = Places(site.files.keys(), site.url)
    fonts: set[str] = set()  # those that stand in a style sheet

    def read_font(path: str) -> bytes | None:
        if path in site.files:
            fonts.add(path)
        return site.files.get(path)

    files = {kept.path: kept.data for kept in pictures.values()}
    hidden = not sys.stderr.isatty()
    for path, data in tqdm(site.files.items(), unit="fichiers", bar_format=_BAR, disable=hidden, leave=False):
        if path.endswith(".html"):
            files[path] = copy.page(data, path, places, pictures)
        elif path.endswith(".css"):
            files[path] = styles.with_fonts(data.decode("utf-8", "surrogateescape"), path, read_font).encode(
                "utf-8", "surrogateescape"
            )
        else:
            files[path] = data
    text = messages.read_me(site.title, site.url).replace("\n", "\r\n")
    files.setdefault(_READ_ME, text.encode())
    return {path: data for path, data in files.items() if path not in fonts}


def _placed(site: _Site, told: Mapping[str, str], pages: Mapping[str, str]) -> set[str]:
    """Return each sentence with the places where its address is written, else with the page that shows it."""
    written = [link for link in site.registered.links if link.url in told and link.kind != "link"]
    placed = {link.url for link in written}
    lines = {f"{link.file}:{link.line}: {told[link.url]}" for link in written}
    return lines | {f"{pages[url]}: {told[url]}" for url in told if url not in placed}


if __name__ == "__main__":
    sys.exit(main())
