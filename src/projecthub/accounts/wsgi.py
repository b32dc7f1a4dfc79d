"""The WSGI application, for deployments that bring their own server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "projecthub.accounts.config")
application = get_wsgi_application()
