"""The options of a select, written at once."""

from django import template
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

from core.markup import escaped

register = template.Library()


@register.simple_tag
def options(groups: list[tuple[str | None, list[dict], int]]) -> SafeString:
    """What stands in a select: groups as `django.forms.Select.optgroups` gives them."""
    pieces = []
    for name, choices, _index in groups:
        written = "".join(
            f'<option value="{escaped(str(one["value"]))}"{flatatt(one["attrs"]) if one["attrs"] else ""}>'
            f"{escaped(one['label'])}</option>"
            for one in choices
        )
        pieces.append(f'<optgroup label="{escaped(name)}">{written}</optgroup>' if name else written)
    return SafeString("".join(pieces))
