"""What gunicorn serves while desks are measured."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
