"""What stands in site/: left while nobody touches it, removed when it is left over."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursekit.files import State
from coursekit.site_folder import SiteFolder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("a.html", "b/c/d.html", "b/e.html", ".git/config", ".nojekyll", "b/.nojekyll"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    return tmp_path


def states(site: Path, *names: str) -> list[State | None]:
    folder = SiteFolder(site)
    return [folder.state(str(site / name)) for name in names]


def files(site: Path) -> set[str]:
    return {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}


def test_a_file_that_was_written_again_is_touched(site: Path) -> None:
    known, other = states(site, "a.html", "b/e.html")
    (site / "b/e.html").write_text("autre", "utf-8")
    folder = SiteFolder(site)
    assert folder.is_untouched(str(site / "a.html"), known)
    assert folder.is_untouched(str(site / "a.html"), list(known or ()))  # as JSON gives it back
    assert not folder.is_untouched(str(site / "b/e.html"), other)
    assert not folder.is_untouched(str(site / "nulle-part.html"), None)


def test_a_file_that_this_build_writes_first_in_another_way_is_touched(site: Path) -> None:
    [known] = states(site, "a.html")
    folder = SiteFolder(site)
    folder.overwrite(str(site / "a.html"))
    assert not folder.is_untouched(str(site / "a.html"), known)


def test_what_is_left_over_goes_with_its_folder(site: Path) -> None:
    folder = SiteFolder(site)
    folder.leave(str(site / "a.html"))
    (site / "b/e.html").write_text("de nouveau", "utf-8")
    (site / "neuf.html").write_text("neuf", "utf-8")
    folder.remove_leftovers()
    # MkDocs never cleans what is hidden at the root, and alone this.
    assert files(site) == {"a.html", "b/e.html", "neuf.html", ".git/config", ".nojekyll"}
    assert not (site / "b/c").exists()


def test_a_folder_that_is_missing_is_empty(tmp_path: Path) -> None:
    SiteFolder(tmp_path / "site").remove_leftovers()
    assert not (tmp_path / "site").exists()


def test_what_stands_in_the_way_goes(site: Path) -> None:
    elsewhere = site.with_name("ailleurs")
    elsewhere.mkdir()
    (elsewhere / "f.html").write_text("à quelqu'un", "utf-8")
    (site / "lien").symlink_to(elsewhere)
    (site / "f.html").symlink_to(elsewhere / "f.html")
    folder = SiteFolder(site)
    known = folder.state(str(site / "b/e.html"))
    folder.make_way(
        str(site / name) for name in ("a.html/index.html", "b/c", "b/e.html", "lien/f.html", "f.html")
    )
    assert files(site) == {"b/e.html", "b/.nojekyll", ".git/config", ".nojekyll"}
    assert not (site / "b/c").exists()
    assert files(elsewhere) == {"f.html"}
    assert folder.is_untouched(str(site / "b/e.html"), known)
    folder.remove_leftovers()


def test_another_build_removes_at_the_same_time(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = SiteFolder(site)
    unlink = Path.unlink
    monkeypatch.setattr(Path, "unlink", lambda path: (unlink(path), unlink(path)))
    folder.remove_leftovers()
    assert files(site) == {".git/config", ".nojekyll"}
