"""A canary: what hooks/reuse_markdown.py and hooks/reuse_pages.py take for granted of MkDocs and Jinja."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import jinja2
import mkdocs
import pytest
from mkdocs import utils
from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

# What `Page.render` leaves in a page; `_kept` in reuse_markdown.py puts it back.
RENDERED = {"content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors"}
# What templates are given; `_GIVEN` in reuse_pages.py are those that are no plain values.
CONTEXT = {"nav", "pages", "base_url", "extra_css", "extra_javascript", "mkdocs_version", "build_date_utc"}
CONTEXT |= {"config", "page"}


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: []\n", encoding="utf-8")
    return load_config(str(tmp_path / "mkdocs.yml"))


def page(config: MkDocsConfig, markdown: str) -> Page:
    Path(config.docs_dir, "a.md").write_text(markdown, encoding="utf-8")
    file = File("a.md", config.docs_dir, config.site_dir, use_directory_urls=True)
    found = Page(None, file, config)
    found.read_source(config)
    return found


def test_what_rendering_leaves_in_a_page(config: MkDocsConfig) -> None:
    rendered = page(config, "# A\n\n## B\n\n[b](#b) [c](c.md#d)\n")
    before = dict(vars(rendered))
    rendered.render(config, Files([]))
    changed = {name for name, value in vars(rendered).items() if before.get(name, inspect) is not value}
    assert changed == RENDERED, (
        f"MkDocs {mkdocs.__version__} renders more, or less: see hooks/reuse_markdown.py"
    )


def test_what_rendering_asks_of_the_files(config: MkDocsConfig) -> None:
    asked: list[str] = []

    class Asked:
        def get_file_from_path(self, path: str) -> None:
            asked.append(path)

    text = "[a](b.md) ![c](d.png) [e](#f) <i>g</i> [h](/i) [j](https://k.l) [m](n/)\n"
    page(config, text).render(config, Asked())  # type: ignore[arg-type]
    assert {"b.md", "d.png"} <= set(asked), "MkDocs asks for files another way: see `_AskedFiles`"


def test_what_templates_are_given(config: MkDocsConfig) -> None:
    context = build.get_context(Navigation([], []), Files([]), config, page(config, ""))
    assert set(context) == CONTEXT, "templates are given more, or less: see `_GIVEN` in hooks/reuse_pages.py"


def test_how_a_build_cleans_writes_and_skips(config: MkDocsConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(config.docs_dir, "index.md").write_text("# A\n", encoding="utf-8")
    cleaned: list[str] = []
    monkeypatch.setattr(utils, "clean_directory", cleaned.append)
    seen: list[Any] = []

    class Empty(jinja2.Template):
        def render(self, *args: Any, **kwargs: Any) -> str:
            seen.append(args[0])
            return ""

    def on_env(env: jinja2.Environment, **_: object) -> jinja2.Environment:
        env.template_class = Empty
        return env

    config.plugins.events["env"].append(on_env)
    build.build(config)
    assert cleaned == [config.site_dir], "MkDocs cleans another way: see `on_pre_build` in hooks/keep_site.py"
    assert any(one["page"] for one in seen), "templates are rendered another way: see `_PageTemplate`"
    assert not Path(config.site_dir, "index.html").exists(), "MkDocs writes empty pages: see `_page`"


def test_how_files_are_copied(config: MkDocsConfig) -> None:
    Path(config.docs_dir, "a.txt").write_text("a", encoding="utf-8")
    copied: list[str] = []

    def on_env(env: jinja2.Environment, files: Files, **_: object) -> None:
        for file in files:
            vars(file)["copy_file"] = lambda dirty, file=file: copied.append(file.src_uri)
        assert files.src_uris["a.txt"]._content is None
        assert File.generated(config, "b.txt", content="b")._content == "b"

    config.plugins.events["env"].append(on_env)
    build.build(config)
    assert "a.txt" in copied, "MkDocs copies files another way: see hooks/keep_site.py"
