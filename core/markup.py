"""Markup written by hand where a template or `format_html` would take longer than all else of a page."""

from html import escape


def escaped(value: object) -> str:
    """What may stand in a page: safe text as it is, everything else escaped.

    Django's own `conditional_escape` first looks whether the text is lazy, which takes longer than escaping.
    """
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))
