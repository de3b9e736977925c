"""The small language of templates: print a value, ask whether, go through a list; nothing that computes.

Jinja's own sandbox caps ranges only: multiplying, joining or formatting a string there can cost seconds and
hundreds of megabytes. So this is a list of what is allowed, not of what is known to be dangerous.
"""

from __future__ import annotations

import re
import time
import traceback
from typing import TYPE_CHECKING, Any, NoReturn

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.errors import WordsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2.runtime import Context

LARGEST = 20_000
"""Characters of a template file."""
LONGEST = 20_000
"""Characters a wording may grow to."""
SLOWEST = 0.25
"""Seconds a wording may take."""
NAMES = frozenset(
    {"address", "again", "attachments", "author", "brand", "cause_known", "crisis", "echo", "facts", "fault", "posts"}
    | {"public", "told"}
)
"""What a template may ask for."""

_FILTERS = ("capitalize", "default", "first", "last", "length", "lower", "trim", "upper")
_TESTS = ("defined", "undefined", "none", "in", "eq", "ne", "string")
_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For),
    *(nodes.Name, nodes.Const, nodes.TemplateData, nodes.Getattr, nodes.Getitem, nodes.Tuple, nodes.List),
    *(nodes.Filter, nodes.Test, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.CondExpr),
)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja that refuses arithmetic, also where the list of allowed parts should have a hole."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> NoReturn:  # noqa: ANN401, ARG002
        """Refuse to compute; the types are Jinja's."""
        raise SecurityError(f"templates do not compute ({operator!r})")


def sandbox() -> Sandbox:
    """A fresh environment that knows no files, no globals and a handful of filters."""
    environment = Sandbox(
        undefined=StrictUndefined,
        optimized=False,  # nothing is computed while compiling
        autoescape=False,  # a reply is plain text; every surface escapes at its own edge
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS} | {"upfirst": upfirst}
    environment.tests = {name: environment.tests[name] for name in _TESTS}
    return environment


def upfirst(text: object) -> str:
    """The text with a capital first letter; the rest stays (Jinja's `capitalize` lowers it).

    >>> upfirst("your BER ticket")
    'Your BER ticket'
    """
    said = str(text)
    return said[:1].upper() + said[1:]


def compiled(environment: Sandbox, source: str, place: str) -> Template:
    """A template ready to render; raises WordsError with `place` and line."""
    if len(source) > LARGEST:
        raise WordsError(f"{place}: longer than {LARGEST:,} characters; shorten the file")
    try:
        _inspect(environment.parse(source, place, place), place, NAMES, in_loop=False)
        code = environment.compile(source, place, place)
    except TemplateSyntaxError as error:
        raise WordsError(f"{place}, line {error.lineno}: {error.message}; mend the marks there") from error
    except (RecursionError, SyntaxError, MemoryError, OverflowError) as error:  # thousands of brackets in one another
        raise WordsError(f"{place}: too deeply nested; write it plainly") from error
    return Template.from_code(environment, code, {})


def rendered(template: Template, values: Mapping[str, object], *, clock: Callable[[], float] = time.monotonic) -> str:
    """The words as one paragraph; raises WordsError when a name is missing or a limit is reached."""
    until, parts, length = clock() + SLOWEST, [], 0
    place = template.name or "template"
    try:
        for part in template.generate(values):
            parts.append(part)
            length += len(part)
            if length > LONGEST or clock() > until:
                raise WordsError(f"{place}: longer than {LONGEST:,} characters or slower than {SLOWEST} s; shorten it")
    except (TemplateError, TypeError) as error:
        where = f"{place}, line {_line_of(error, place)}"
        raise WordsError(f"{where}: {error}; templates/README.md lists what is known") from error
    return upfirst(re.sub(r"\s+", " ", "".join(parts)).strip())


def _inspect(node: nodes.Node, place: str, known: frozenset[str], *, in_loop: bool) -> None:
    if not isinstance(node, _ALLOWED):
        what = getattr(node, "operator", None) or type(node).__name__.lower()
        where = f"{place}, line {node.lineno}"
        raise WordsError(f"{where}: {what!r} is not for templates; templates/README.md lists what is")
    if isinstance(node, nodes.For):
        if in_loop or node.recursive:
            raise WordsError(f"{place}, line {node.lineno}: a loop inside a loop; write one loop")
        in_loop = True
        known |= {"loop", *(name.name for name in node.find_all(nodes.Name) if name.ctx == "store")}
    if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in known:
        names = ", ".join(sorted(NAMES))
        raise WordsError(f"{place}, line {node.lineno}: {node.name!r} is not known to templates; use one of {names}")
    for child in node.iter_child_nodes():
        _inspect(child, place, known, in_loop=in_loop)


def _line_of(error: BaseException, place: str) -> int:
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == place]
    return (lines[-1] if lines else None) or 1
