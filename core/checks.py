"""System checks that `manage.py check --deploy` runs."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.files)
def assets_are_built(app_configs, **kwargs):
    """The fonts and Bootstrap that every page needs are made by `manage.py build_assets`."""
    if Path(settings.ASSETS_DIR).is_dir():
        return []
    return [Error(f"{settings.ASSETS_DIR} is missing.", hint="Run `manage.py build_assets`.", id="core.E001")]
