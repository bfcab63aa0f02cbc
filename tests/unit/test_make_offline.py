"""The command `scripts/make_offline.py`: a built site, and a small web that has its images."""

from __future__ import annotations

import os
import time
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from coursekit.links import registered
from coursekit.links.registered import Occurrence, Registered
from coursekit.network import pictures
from coursekit.offline.pictures import FOLDER
from tests.links.web import Asked, Reply, sent, served
from tests.loading import load_file
from tests.unit.test_images import png

PNG = (("Content-Type", "image/png"),)
BIG = png(600, 2) + bytes(9000)  # more than tells its kind
REPLIES = {
    "/un.png": Reply(body=BIG, headers=PNG),
    "/moved.png": sent("/un.png", 302),
    "/html.png": Reply(body=b"<!doctype html><title>Connexion</title>", headers=PNG),
    "/huge.png": Reply(body=png(9, 9) + bytes(20_000), headers=PNG),
    "/cut.png": Reply(
        raw=b"HTTP/1.1 200 X\r\nContent-Type: image/png\r\nContent-Length: 9000\r\n\r\n" + png(1, 1)
    ),
    "/loop.png": sent("/loop.png"),
}


def answer(host: str, asked: Asked) -> Reply:
    return REPLIES.get(asked.path, Reply(404))


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setattr(pictures, "_RATE", 500.0)
    return load_file("scripts/make_offline.py")


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, "utf-8")


def write_site(*images: str) -> None:
    shown = "".join(f'<p><img alt="Image {number}" src="{url}"></p>' for number, url in enumerate(images))
    write("site/index.html", f'<!doctype html><title>x</title><a href="tp/">TP</a>{shown}')
    write("site/tp/index.html", '<!doctype html><title>x</title><a href="..">Accueil</a>')
    write("site/404.html", "<title>x</title>")
    links = [Occurrence("docs/index.md", 7, url, "", "image", "", "") for url in images]
    write("build/links.json", registered.dump(Registered("", tuple(links))))


def unpack(file: str = "build/offline/site.zip") -> dict[str, bytes]:
    with zipfile.ZipFile(file) as opened:
        return {name.removeprefix("site/"): opened.read(name) for name in opened.namelist()}


def test_images_are_kept_and_asked_for_once(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with served(answer) as web:
        write_site(web.url("/un.png"), web.url("/moved.png"), web.url("/un.png"))
        assert command.main(["--allow-private-hosts"]) == 0
        first = Path("build/offline/site.zip").read_bytes()
        assert command.main(["--allow-private-hosts"]) == 0
        assert web.asked["127.0.0.1/un.png"] == 2, "itself, and where the other one leads"
        assert web.asked["127.0.0.1/moved.png"] == 1
    assert Path("build/offline/site.zip").read_bytes() == first
    held = unpack()
    (kept,) = (name for name in held if name.startswith(FOLDER))
    assert held[kept] == BIG
    assert held["index.html"].count(f'src="{kept}" width="600" height="2"'.encode()) == 3
    assert b'href="tp/index.html"' in held["index.html"]
    assert b'href="../index.html"' in held["tp/index.html"]
    assert sorted(held) == ["LISEZ-MOI.txt", kept, "index.html", "tp/index.html"]
    told = capsys.readouterr()
    assert told.err == ""
    assert told.out.splitlines()[0] == "build/offline/site.zip : 2 pages, 2 images d'autres sites, 0,0 Mo"


def test_what_could_not_be_kept_is_told(
    command: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_MOST_BYTES", 10_000)
    with served(answer) as web:
        paths = ("/html.png", "/huge.png", "/cut.png", "/loop.png", "/gone.png")
        write_site(*map(web.url, paths), "https://[::1")
        assert command.main(["--allow-private-hosts"]) == 0
        told = capsys.readouterr().err.replace(web.url(""), "")
    assert told.splitlines() == sorted(
        f"docs/index.md:7: image d'un autre site « {url} » remplacée par un lien ({reason})"
        for url, reason in (
            ("/html.png", "ce n'est pas une image que les navigateurs montrent"),
            ("/huge.png", "transfert interrompu, ou plus de 0 Mo"),
            ("/cut.png", "transfert interrompu, ou plus de 0 Mo"),
            ("/loop.png", "redirection sans issue"),
            ("/gone.png", "réponse 404"),
            ("https://[::1", "adresse mal formée"),
        )
    )
    assert unpack()["index.html"].count(b"Image en ligne") == 6


def test_private_addresses_are_not_asked(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with served(answer) as web:
        write_site(web.url("/un.png"))
        assert command.main([]) == 0
        assert not web.asked
    assert "remplacée par un lien (adresse privée" in capsys.readouterr().err


def test_no_fetch(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with served(answer) as web:
        write_site(web.url("/un.png"))
        assert command.main(["--no-fetch", "--allow-private-hosts", "--output", "a/b.zip"]) == 0
        assert not web.asked
    assert "(--no-fetch)" in capsys.readouterr().err
    with zipfile.ZipFile("a/b.zip") as opened:
        assert all(name.startswith("site/") for name in opened.namelist())


def test_the_zip_is_the_same_elsewhere(command: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    write_site()
    assert command.main([]) == 0
    first = Path("build/offline/site.zip").absolute()
    Path("else").mkdir(mode=0o700)
    with monkeypatch.context() as other:
        other.chdir("else")
        other.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        previous = os.umask(0o077)
        write_site()
        os.utime("site/index.html", (1, 1))
        assert command.main([]) == 0
        os.umask(previous)
        assert Path("build/offline/site.zip").read_bytes() == first.read_bytes()
    time.tzset()


def test_wrong_use(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    for argv, told in (
        ([], "« site » ne contient pas de site ; construisez-le d'abord, avec make site"),
        (["--nothing"], "option inconnue"),
    ):
        with pytest.raises(SystemExit) as ended:
            command.main(argv)
        assert ended.value.code == 2
        assert told in capsys.readouterr().err


def test_a_folder_that_cannot_be_written(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    write_site()
    write("occupied", "")
    assert command.main(["--output", "occupied/a.zip"]) == 1
    assert "occupied: accès impossible" in capsys.readouterr().err
