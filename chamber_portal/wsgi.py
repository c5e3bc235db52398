"""Entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chamber_portal.settings.production")

application = get_wsgi_application()

from chamber_portal.warming import warm_up  # noqa: E402 - Django has to be set up

warm_up()
