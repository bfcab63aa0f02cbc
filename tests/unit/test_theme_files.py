"""What is listed of a theme: all that MkDocs publishes of it."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from tests.loading import load_file


def loaded(folder: Path) -> MkDocsConfig:
    (folder / "docs").mkdir()
    theirs = folder / "overrides"
    for name in (".hidden/a.css", "b/.hidden/c.css", "b/d.css", ".e.css", "f.g/h.css", "partials/i.html"):
        (theirs / name).parent.mkdir(parents=True, exist_ok=True)
        (theirs / name).write_text("")
    config = MkDocsConfig(config_file_path=str(folder / "mkdocs.yml"))
    config.load_dict({"site_name": "Cours", "theme": {"name": "material", "custom_dir": str(theirs)}})
    assert config.validate()[0] == []
    return config


def published(environment: Environment, config: MkDocsConfig) -> list[str]:
    files = Files([])
    files.add_files_from_theme(environment, config)
    return [file.src_uri for file in files]


def test_what_is_published_stays_and_icons_are_not_listed(tmp_path: Path) -> None:
    config = loaded(tmp_path)
    before = config.theme.get_env()
    load_file("hooks/drop_unused_assets.py").on_config(config)
    after = config.theme.get_env()
    names = after.list_templates()
    assert published(after, config) == published(before, config)
    assert {"b/d.css", "f.g/h.css", ".e.css", "partials/i.html", "base.html"} <= set(names)
    assert [name for name in names if "/." in f"/{name}" and name != ".e.css"] == []
    assert any(name.startswith(".icons/") for name in before.list_templates())
    assert "<svg" in after.get_template(".icons/material/school.svg").render()
