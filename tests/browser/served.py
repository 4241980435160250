"""The site as a process of its own, with the style and scripts of the sources; for gunicorn."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinergia.web.settings")
settings.STORAGES = {
    "default": {"BACKEND": "sinergia.base.files.adapters.disk.Disk"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
settings.WHITENOISE_USE_FINDERS = True
application = get_wsgi_application()
