"""Parts of templates that many pages share."""

from __future__ import annotations

from jinja2 import Environment

from coursekit.pages.once import Once

_TEMPLATE = '{% call once("part", url) %}{{ noted(url) }}{% endcall %}'


def test_a_part_is_written_once_for_all_that_it_depends_on() -> None:
    written: list[str] = []

    def noted(url: str) -> str:
        written.append(url)
        return f"<{url}>"

    environment = Environment(autoescape=True)
    environment.globals.update(once=Once(), noted=noted)
    template = environment.from_string(_TEMPLATE)
    pages = [template.render(url=url) for url in ("..", ".", "..")]
    assert pages == ["&lt;..&gt;", "&lt;.&gt;", "&lt;..&gt;"]
    assert written == ["..", "."]
