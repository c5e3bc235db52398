"""What gunicorn serves while desks are measured."""

from django.core.wsgi import get_wsgi_application

from chamber_portal.warming import warm_up

application = get_wsgi_application()
warm_up()
