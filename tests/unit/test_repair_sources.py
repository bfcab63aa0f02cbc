"""The command `scripts/repair_sources.py`."""

from __future__ import annotations

import errno
import json
import os
import pty
import re
import subprocess
import sys
import termios
from pathlib import Path
from types import ModuleType

import pytest

from tests.loading import load_file

SCRIPT = Path(__file__).parents[2] / "scripts/repair_sources.py"
DAMAGED = "# DÃ©jÃ\u00a0 prÃªt\r\nfin ğŸ”\n".encode()
REPAIRED = "# Déjà prêt\r\nfin 🔍\n".encode()


@pytest.fixture
def command() -> ModuleType:
    return load_file("scripts/repair_sources.py")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "cours" / "tp.md"
    path.parent.mkdir()
    path.write_bytes(DAMAGED)
    (path.parent / "sound.md").write_text("Été\n", "utf-8")
    (path.parent / "other.txt").write_bytes(DAMAGED)
    return path


def test_check_names_what_it_would_change(
    command: ModuleType, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--check", str(page.parent)]) == 1
    assert capsys.readouterr().out.startswith(f"{page}: à réparer : ")
    assert page.read_bytes() == DAMAGED
    assert command.main(["--check", str(page.parent / "sound.md")]) == 0


def test_write_keeps_mode_and_line_ends(command: ModuleType, page: Path) -> None:
    page.chmod(0o640)
    assert command.main(["--write", "--orig", str(page.parent)]) == 0
    assert page.read_bytes() == REPAIRED
    assert page.stat().st_mode & 0o777 == 0o640
    assert page.with_name("tp.md.orig").read_bytes() == DAMAGED
    assert (page.parent / "other.txt").read_bytes() == DAMAGED
    assert sorted(path.name for path in page.parent.iterdir()) == [
        "other.txt",
        "sound.md",
        "tp.md",
        "tp.md.orig",
    ]
    assert command.main(["--check", str(page.parent)]) == 0


def test_a_second_repair_keeps_the_first_original(command: ModuleType, page: Path) -> None:
    assert command.main(["--write", "--orig", str(page)]) == 0
    page.write_bytes(page.read_bytes() + "dÃ©jÃ\u00a0\n".encode())
    assert command.main(["--write", "--orig", str(page)]) == 0
    assert page.read_bytes() == REPAIRED + "déjà\n".encode()
    assert page.with_name("tp.md.orig").read_bytes() == DAMAGED


def test_write_follows_a_symbolic_link(command: ModuleType, page: Path) -> None:
    link = page.with_name("lien.md")
    link.symlink_to(page)
    assert command.main(["--write", str(link)]) == 0
    assert link.is_symlink()
    assert page.read_bytes() == REPAIRED


def test_write_refuses_a_file_that_changed_meanwhile(
    command: ModuleType, page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read_all = command._read_all

    def read_then_touch(paths: list[Path]) -> object:
        sources = read_all(paths)
        page.write_bytes(b"tout autre chose\n")
        return sources

    monkeypatch.setattr(command, "_read_all", read_then_touch)
    assert command.main(["--write", str(page)]) == 1
    assert page.read_bytes() == b"tout autre chose\n"
    assert "modifié entre-temps" in capsys.readouterr().err
    assert not list(page.parent.glob("*.tmp"))


def test_stdout_is_the_text_alone(
    command: ModuleType, page: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert command.main(["--stdout", str(page)]) == 0
    assert capsysbinary.readouterr().out == REPAIRED


def test_diff_has_no_colour_outside_of_a_terminal(
    command: ModuleType, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--diff", str(page)]) == 1
    out = capsys.readouterr().out
    assert "-# DÃ©jÃ" in out
    assert "+# Déjà prêt" in out
    assert "\033" not in out


def test_diff_is_coloured_in_a_terminal_unless_asked_not_to(
    command: ModuleType, page: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    command.main(["--diff", str(page)])
    assert "\033[32m+# Déjà prêt" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    command.main(["--diff", str(page)])
    assert "\033" not in capsys.readouterr().out


def test_explain_and_json_tell_every_change(
    command: ModuleType, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--explain", str(page)]) == 1
    assert f"{page}:2: « ğŸ” » → « 🔍 », un octet perdu" in capsys.readouterr().out
    assert command.main(["--json", str(page)]) == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert told["differs"] is True
    assert [change["after"] for change in told["changes"]] == ["é", "à", "ê", "🔍"]
    assert told["changes"][-1]["lost"] is True


def test_an_unreadable_file_is_left_alone(
    command: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(b"a\x00\xff")
    assert command.main(["--write", str(path)]) == 1
    assert path.read_bytes() == b"a\x00\xff"
    assert f"{path}:1: fichier illisible" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_sound_file_in_another_encoding_becomes_utf_8(
    command: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    path = tmp_path / "x.md"
    path.write_bytes("Été, déjà\r\n".encode(encoding))
    for option in ("--check", "--diff", "--explain"):
        assert command.main([option, str(path)]) == 1
        told = capsys.readouterr().out
        assert re.fullmatch(rf"{path}: encodage {encoding}(-[lb]e)?, à enregistrer en UTF-8\n", told), option
    assert command.main(["--write", str(path)]) == 0
    told = capsys.readouterr().out
    assert re.fullmatch(rf"{path}: réparé : {encoding}(-[lb]e)? enregistré en UTF-8\n", told)
    assert path.read_bytes() == "Été, déjà\r\n".encode()


def test_the_diff_leaves_out_sound_lines_of_a_file_in_two_encodings(
    command: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.md"
    path.write_bytes("Été, plage\n".encode() + "Été, déjà prêt\n".encode("cp1252") + "prÃªt\n".encode())
    assert command.main(["--diff", str(path)]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"{path}: encodage cp1252, à enregistrer en UTF-8\n--- {path}\n")
    assert [line for line in out.splitlines()[3:] if line[0] in "+-"] == ["-prÃªt", "+prêt"]


def test_write_tells_each_file_it_wrote(
    command: ModuleType, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--write", str(page.parent)]) == 0
    assert capsys.readouterr().out == f"{page}: réparé : 4 passages\n"
    assert command.main(["--write", str(page.parent)]) == 0
    assert capsys.readouterr().out == ""


def test_what_write_tells_stays_out_of_the_json(
    command: ModuleType, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--write", "--json", str(page)]) == 0
    told = capsys.readouterr()
    assert [file["differs"] for file in json.loads(told.out)] == [True]
    assert told.err == f"{page}: réparé : 4 passages\n"


def test_a_file_reached_twice_is_repaired_once(
    command: ModuleType, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link = page.with_name("z.md")
    link.symlink_to(page)
    assert command.main([str(page), str(page), str(link), str(page.parent)]) == 1
    assert capsys.readouterr().out.count("à réparer") == 1
    assert command.main(["--write", str(page), str(link), str(page.parent)]) == 0
    told = capsys.readouterr()
    assert told.out == f"{page}: réparé : 4 passages\n"
    assert told.err == ""
    assert page.read_bytes() == REPAIRED
    assert link.is_symlink()


REFUSALS = {
    errno.EACCES: "permission refusée",
    errno.EPERM: "permission refusée",
    errno.ENOENT: "fichier introuvable",
    errno.EISDIR: "c'est un dossier",
    errno.EROFS: "système de fichiers en lecture seule",
    errno.ENOSPC: "plus de place sur le disque",
    errno.EIO: "told by the system",
}


@pytest.mark.parametrize("code", REFUSALS, ids=errno.errorcode.get)
@pytest.mark.parametrize("refused", ["exists", "read_bytes", "write_bytes"])
def test_what_the_system_refuses_is_told_in_french(
    command: ModuleType, page: Path, capsys: pytest.CaptureFixture[str], refused: str, code: int
) -> None:
    def refuse(path: Path, *_: object) -> None:
        raise OSError(code, "told by the system", str(path))

    with pytest.MonkeyPatch.context() as system:
        system.setattr(Path, refused, refuse)
        assert command.main(["--write", str(page)]) == 1
    assert capsys.readouterr().err == f"{page}: accès impossible ({REFUSALS[code]})\n"
    assert page.read_bytes() == DAMAGED
    assert not list(page.parent.glob(".*.tmp"))


def test_a_folder_that_cannot_be_looked_into_is_told(
    command: ModuleType, page: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = page.parent / "fermé"
    closed.mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, "told by the system", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert command.main(["--write", str(page.parent)]) == 1
    told = capsys.readouterr()
    assert told.err == f"{closed}: accès impossible (permission refusée)\n"
    assert page.read_bytes() == REPAIRED


def test_many_files_show_how_far_one_is_on_a_terminal_only(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number}.md").write_bytes(DAMAGED)

    def told(stderr: int) -> None:
        subprocess.run(
            [sys.executable, SCRIPT, tmp_path], stderr=stderr, stdout=subprocess.DEVNULL, check=False
        )

    terminal, behind = pty.openpty()
    termios.tcsetwinsize(behind, (24, 80))
    told(behind)
    os.close(behind)
    bar = os.read(terminal, 100_000).decode()
    os.close(terminal)
    assert "0 fichiers sur 30 |" in bar
    with (tmp_path / "err").open("w+") as plain:
        told(plain.fileno())
        plain.seek(0)
        assert plain.read() == ""


def test_percent_signs_keep_their_number(
    command: ModuleType, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command.main(["--explain", str(page)])
    assert re.search(r"sûr à \d+\u00a0%", capsys.readouterr().out)


def test_help_is_in_french(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        command.main(["--help"])
    assert stop.value.code == 0
    told = capsys.readouterr().out
    assert told.startswith("usage : repair_sources ")
    assert re.findall(r"^(\S.*?) ?:$", told, re.MULTILINE) == ["chemins", "actions", "affichage"]
    assert "montre cette aide" in told
    assert not re.search("usage: |argument|show this|exit", told)


WRONG_USE = {
    "no path": ([], "indiquez au moins un fichier ou un dossier"),
    "unknown option": (["--wirte", "{page}"], "option inconnue : --wirte"),
    "two unknown options": (["--wirte", "-q", "{page}"], "options inconnues : --wirte, -q"),
    "abbreviated option": (["--wri", "{page}"], "option inconnue : --wri"),
    "value of a flag": (["--write=x", "{page}"], "l'option --write ne prend pas de valeur"),
    "check and write": (["--check", "--write", "{page}"], "--check et --write ne vont pas ensemble"),
    "check and stdout": (["--check", "--stdout", "{page}"], "--check et --stdout ne vont pas ensemble"),
    "stdout and write": (["--write", "--stdout", "{page}"], "--write et --stdout ne vont pas ensemble"),
    "stdout and diff": (["--stdout", "--diff", "{page}"], "--stdout et --diff ne vont pas ensemble"),
    "stdout and json": (["--stdout", "--json", "{page}"], "--stdout et --json ne vont pas ensemble"),
    "stdout and explain": (["--stdout", "--explain", "{page}"], "--stdout et --explain ne vont pas ensemble"),
    "json and diff": (["--json", "--diff", "{page}"], "--diff et --json ne vont pas ensemble"),
    "json and explain": (["--json", "--explain", "{page}"], "--explain et --json ne vont pas ensemble"),
    "orig alone": (["--orig", "{page}"], "--orig ne va qu'avec --write"),
    "orig and diff": (["--orig", "--diff", "{page}"], "--orig ne va qu'avec --write"),
    "stdout of a folder": (["--stdout", "{page.parent}"], "--stdout veut un seul fichier"),
    "stdout of two files": (["--stdout", "{page}", "{page}"], "--stdout veut un seul fichier"),
    "no such path": (["{page}", "{page}x"], "chemin introuvable : {page}x"),
}


@pytest.mark.parametrize(("arguments", "told"), WRONG_USE.values(), ids=WRONG_USE.keys())
def test_wrong_use(
    command: ModuleType, page: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    with pytest.raises(SystemExit) as stop:
        command.main([argument.format(page=page) for argument in arguments])
    assert stop.value.code == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.startswith("usage : repair_sources ")
    assert written.err.splitlines()[-1] == f"repair_sources: {told.format(page=page)}"
    assert page.read_bytes() == DAMAGED


def test_options_stand_anywhere(command: ModuleType, page: Path) -> None:
    sound = str(page.with_name("sound.md"))
    assert command.main([sound, "--write", "--diff", "--explain", str(page), "--orig"]) == 0
    assert page.read_bytes() == REPAIRED
    assert command.main(["--check", "--", sound]) == 0
