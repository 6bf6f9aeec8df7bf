import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
application = get_wsgi_application()

# Load every room's routes before the server forks: a fault shows at the start, and no worker loads them again.
from django.urls import get_resolver  # noqa: E402

get_resolver().url_patterns  # noqa: B018
