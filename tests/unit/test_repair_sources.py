"""The command `scripts/repair_sources.py`."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts/repair_sources.py"
DAMAGED = "# DÃ©jÃ\u00a0 prÃªt\r\nfin ğŸ”\n".encode()
REPAIRED = "# Déjà prêt\r\nfin 🔍\n".encode()


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("repair_sources", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)  # its dataclasses look for it there
    spec.loader.exec_module(module)
    return module


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


def test_a_sound_file_in_another_encoding_becomes_utf_8(command: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_bytes("Été, déjà\r\n".encode("cp1252"))
    assert command.main(["--write", str(path)]) == 0
    assert path.read_bytes() == "Été, déjà\r\n".encode()


def test_wrong_use(command: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([str(tmp_path / "absent")]) == 2
    assert "chemin introuvable" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stop:
        command.main(["--write", "--stdout", str(tmp_path)])
    assert stop.value.code == 2
