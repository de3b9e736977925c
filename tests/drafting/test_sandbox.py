"""A template prints values and asks whether; whatever would compute, reach out or take its time is refused."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.exceptions import SecurityError

from bot.drafting.sandbox import LARGEST, LONGEST, compiled, rendered, sandbox
from bot.drafting.wordings import wordings_in
from bot.errors import WordsError
from tests.drafting.briefs import a_post

if TYPE_CHECKING:
    from pathlib import Path

PLACE = "templates/en/praise.j2"


def said(source: str, **values: object) -> str:
    """What a template says with these values."""
    return rendered(
        compiled(sandbox(), source, PLACE), {"posts": (a_post("hello"),), "facts": (), "author": "Anna"} | values
    )


@pytest.mark.parametrize(
    "attack",
    [
        "{{ 'a' * 200000000 }}",
        "{{ 7 * 7 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ '%300000000d' % 1 }}",
        "{{ '%300000000d'|format(1) }}",
        "{{ '{:300000000}'.format(1) }}",
        "{{ 'a'|center(300000000) }}",
        "{{ 'a'.ljust(300000000) }}",
        "{{ 'a' ~ 'a' }}",
        "{{ 'a' + 'a' }}",
        "{% set a = 'aaaa' %}{{ a }}",
        "{% set a %}aaaa{% endset %}",
        "{% for x in range(99999999) %}a{% endfor %}",
        "{% for x in posts %}{% for y in posts %}{{ y }}{% endfor %}{% endfor %}",
        "{% for x in posts recursive %}{{ loop(posts) }}{% endfor %}",
        "{% macro f() %}{{ f() }}{% endmacro %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% extends 'base' %}",
        "{{ posts|join(posts[0].text) }}",
        "{{ posts|pprint }}",
        "{{ cycler }}{{ joiner }}{{ namespace }}{{ lipsum() }}",
        "{{ posts[0].text.upper() }}",
        "{{ author[0:1] }}",
        "{% filter upper %}a{% endfilter %}",
        "{% call f() %}{% endcall %}",
        "{% block a %}{% endblock %}",
        "{{ self }}",
    ],
)
def test_what_is_not_for_templates_is_refused_before_it_runs(attack: str) -> None:
    begun = time.perf_counter()

    with pytest.raises(WordsError, match=r"templates/en/praise\.j2, line 1: "):
        compiled(sandbox(), attack, PLACE)
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__ }}",
        "{{ posts[0].__class__.__mro__ }}",
        "{{ posts.__init__.__globals__ }}",
        "{{ posts[0]['__class__'] }}",
        "{{ author.__doc__ }}",
        "{{ posts[0].key.__func__ }}",
    ],
)
def test_no_way_leads_from_a_value_into_python(attack: str) -> None:
    with pytest.raises(WordsError, match=r"templates/en/praise\.j2, line 1: "):
        said(attack)


def test_arithmetic_is_refused_even_where_the_list_should_have_a_hole() -> None:
    for source in ("{{ 'a' * 200000000 }}", "{{ 2 ** 99999999 }}", "{{ '%99999999d' % 1 }}", "{{ 'a' + 'b' }}"):
        with pytest.raises(SecurityError):
            sandbox().from_string(source).render()


def test_an_undefined_part_of_a_value_is_named_with_its_line() -> None:
    with pytest.raises(WordsError, match=r"line 3: .*'txt'; templates/README\.md lists what is known"):
        said("Hello\n\n{{ posts[0].txt }}")


def test_a_slip_of_the_pen_is_named_with_its_line() -> None:
    with pytest.raises(WordsError, match="line 2: "):
        compiled(sandbox(), "Hello\n{% if author %}", PLACE)
    with pytest.raises(WordsError, match="line 1: No filter named 'uper'"):
        compiled(sandbox(), "{{ author|uper }}", PLACE)


def test_a_template_may_not_grow_without_end() -> None:
    with pytest.raises(WordsError, match="shorten the file"):
        compiled(sandbox(), "a" * (LARGEST + 1), PLACE)
    with pytest.raises(WordsError, match="shorten it"):
        said("{% for letter in author %}{{ author }}{% endfor %}", author="a" * LONGEST)


def test_a_template_may_not_take_its_time() -> None:
    ticks = iter([0.0, 0.1, 9.0])
    template = compiled(sandbox(), "a{{ author }}b{{ author }}", PLACE)

    with pytest.raises(WordsError, match=r"slower than 0\.25 s"):
        rendered(template, {"author": "Anna"}, clock=lambda: next(ticks, 9.0))


def test_thousands_of_brackets_are_one_plain_line() -> None:
    with pytest.raises(WordsError, match=r"nested|line 1"):
        compiled(sandbox(), "{{ " + "(" * 9_000 + "author" + ")" * 9_000 + " }}", PLACE)


def test_what_templates_are_for_works() -> None:
    source = """
        {# for colleagues #}
        {% if author and not facts %}hello {{ author|upper }},{% elif facts == 1 %}x{% else %}y{% endif %}
        {% for post in posts %}{{ loop.index }} {{ post.text|upfirst }}{% endfor %} {{ "a" if author in ("Anna",) else "b" }}
    """

    assert said(source) == "Hello ANNA, 1 Hello a"


def test_a_file_is_split_at_lines_of_dashes(tmp_path: Path) -> None:
    path = tmp_path / "praise.j2"
    path.write_text("One\n---\nTwo – and --- so on\n---   \nThree", encoding="utf-8")

    assert [rendered(part, {}) for part in wordings_in(sandbox(), path)] == ["One", "Two – and --- so on", "Three"]


@pytest.mark.parametrize(
    ("written", "fault"), [("One\n---\n\n---\nThree", "line 2: an empty wording"), ("", "line 1: an empty")]
)
def test_an_empty_wording_is_named(written: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "praise.j2"
    path.write_text(written, encoding="utf-8")

    with pytest.raises(WordsError, match=fault):
        wordings_in(sandbox(), path)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "praise.j2"
    path.write_bytes("schön".encode("latin-1"))

    with pytest.raises(WordsError, match="save it as UTF-8"):
        wordings_in(sandbox(), path)


PIECES = ["{{", "}}", "{%", "%}", "{#", "#}", "---", "\n", "if", "for", "in", "endif", "endfor", "author", "posts"]
MARKS = ["|", "(", ")", "[", "0", "]", ".", "'", "*", "%", "~", "-", "x", " ", "loop", "==", "not", "é", "\x00"]


@given(st.lists(st.sampled_from(PIECES + MARKS), max_size=30))
def test_any_file_is_words_or_one_plain_fault(pieces: list[str]) -> None:
    try:
        told = said("".join(pieces))
    except WordsError as error:
        told = str(error).removeprefix(PLACE)

    assert len(told) <= LONGEST
