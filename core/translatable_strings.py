"""The strings that a source file has translated: Python by its syntax tree, templates by Django's parser.

Reading what Django itself reads means that a string is found under the exact key it is looked up by at run
time: `trimmed`, `context`, plurals and doubled percent signs included.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from django.template import Context, TemplateSyntaxError, engines
from django.template.base import FilterExpression, Node, Template, Variable
from django.template.smartif import TokenBase
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import translation
from django.utils.functional import Promise

# Where a function's arguments are: (context, text, plural).
FUNCTIONS = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
MODULE = "django.utils.translation"


class UnreadableSource(Exception):
    """A source whose strings cannot be told without running it; says where."""


@dataclass(frozen=True)
class Message:
    """One translatable string and the files that use it."""

    context: str | None
    text: str
    plural: str | None
    places: tuple[str, ...]

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.text


def messages_of_python(source: str, name: str) -> Iterator[Message]:
    """Strings given to gettext's functions under whatever name the module imports them.

    Raises:
        UnreadableSource: the file does not parse, or formats a string before it is looked up.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise UnreadableSource(f"{name}:{error.lineno}: {error.msg}") from error
    functions, modules = _imported(tree)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        function = _called(call.func, functions, modules)
        if function is None:
            continue
        context, text, plural = (
            None if position is None or position >= len(call.args) else call.args[position]
            for position in FUNCTIONS[function]
        )
        words = _literal(text, name)
        if words:
            yield Message(_literal(context, name), words, _literal(plural, name), (name,))


def messages_of_template(source: str, name: str) -> Iterator[Message]:
    """Strings of `translate`, `blocktranslate` and `_("...")`, wherever they stand in a template.

    Raises:
        UnreadableSource: the template does not parse.
    """
    # Constants such as `_("All")` are lazy: read without a language they say their own key.
    with translation.override(None):
        try:
            template = Template(source, name=name, engine=engines["django"].engine)
        except TemplateSyntaxError as error:
            raise UnreadableSource(f"{name}: {error}") from error
        for context, text, plural in list(_walk(template.nodelist, set())):
            if text:
                yield Message(context, text, plural, (name,))


def _imported(tree: ast.AST) -> tuple[dict[str, str], set[str]]:
    """Local names of gettext's functions, and local names of the module that holds them."""
    functions, modules = {}, set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == MODULE:
            functions |= {
                alias.asname or alias.name: alias.name for alias in node.names if alias.name in FUNCTIONS
            }
        elif isinstance(node, ast.ImportFrom) and node.module == MODULE.rpartition(".")[0]:
            modules |= {alias.asname or alias.name for alias in node.names if alias.name == "translation"}
        elif isinstance(node, ast.Import):
            modules |= {alias.asname or MODULE for alias in node.names if alias.name == MODULE}
    return functions, modules


def _called(function: ast.expr, functions: dict[str, str], modules: set[str]) -> str | None:
    if isinstance(function, ast.Name):
        return functions.get(function.id)
    if (
        isinstance(function, ast.Attribute)
        and function.attr in FUNCTIONS
        and ast.unparse(function.value) in modules
    ):
        return function.attr
    return None


def _literal(node: ast.expr | None, name: str) -> str | None:
    """The text of a constant; None for a variable, whose words were marked where they were written."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case None | ast.Name() | ast.Attribute() | ast.Subscript() | ast.Call():
            return None
    raise UnreadableSource(
        f"{name}:{node.lineno}: translate one whole constant sentence and put values in afterwards"
    )


def _walk(part: object, seen: set[int]) -> Iterator[tuple[str | None, str, str | None]]:
    """Strings below one part of a parsed template, in the order in which they stand."""
    if isinstance(part, Promise):
        yield None, str(part), None
        return
    if isinstance(part, Variable):
        if part.translate and isinstance(part.literal, str):
            yield None, part.literal.replace("%", "%%"), None
        return
    if isinstance(part, dict):
        part = list(part.values())
    if not isinstance(part, Node | FilterExpression | TokenBase | list | tuple | set) or id(part) in seen:
        return
    seen.add(id(part))
    if isinstance(part, TranslateNode):
        literal = getattr(part.filter_expression.var, "literal", None)
        if isinstance(literal, str):
            yield _constant(part.message_context), literal.replace("%", "%%"), None
    elif isinstance(part, BlockTranslateNode):
        text, _names = part.render_token_list(part.singular)
        plural = part.render_token_list(part.plural)[0] if part.plural else None
        yield _constant(part.message_context), text, plural
    for child in part if isinstance(part, list | tuple | set) else _parts(part):
        yield from _walk(child, seen)


def _parts(part: object) -> list[object]:
    slots = [getattr(part, name, None) for name in getattr(type(part), "__slots__", ())]
    return [*slots, *getattr(part, "__dict__", {}).values()]


def _constant(context: FilterExpression | None) -> str | None:
    return str(context.resolve(Context())) if context else None
