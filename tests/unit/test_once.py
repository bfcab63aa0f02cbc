"""Parts of templates that many pages share."""

from __future__ import annotations

from types import SimpleNamespace

from jinja2 import Environment

from coursekit.pages.once import Once
from coursekit.watched import Reading

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


def test_what_one_page_reads_of_a_part_all_others_read() -> None:
    environment = Environment(autoescape=True)
    environment.globals.update(once=Once())
    inner = '{% call once("inner") %}{{ nav.pages }}{% endcall %}'
    template = environment.from_string(
        f'{{% call once("outer", url) %}}{inner}{{% endcall %}}{{{{ nav.title }}}}'
    )
    other = environment.from_string('{% call once("other") %}{{ nav.title }}{% endcall %}')
    readings = []
    for url in ("..", ".", ".."):
        readings.append(Reading())
        nav = readings[-1].watched(SimpleNamespace(title="Un", pages=url), ("title",))
        assert template.render(url=url, nav=nav) == "..Un"
    assert [reading.is_more for reading in readings] == [True, True, True]
    reading = Reading()
    other.render(nav=reading.watched(SimpleNamespace(title="Un"), ("title",)))
    assert not reading.is_more
