"""The installation's settings in a state directory of the tests' own, with what only tests need."""

import os
import tempfile
from pathlib import Path

# Before the installation's settings are read: they ask the environment where things are.
TEST_HOME = Path(os.environ.get("ALONGSIDE_TEST_HOME", "") or tempfile.gettempdir()) / f"alongside-test-{os.geteuid()}"
TEST_HOME.mkdir(mode=0o711, parents=True, exist_ok=True)
os.environ["ALONGSIDE_HOME"] = str(TEST_HOME)
os.environ["ALONGSIDE_DATABASE"] = f"alongside_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
os.environ.pop("ALONGSIDE_DEMO", None)
# The browser tests leave an event loop of their driver running in the process.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from alongside.config.settings import *  # noqa: E402, F403
from alongside.config.settings import DATABASES, STORAGES  # noqa: E402

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
DATABASES["default"]["OPTIONS"].pop("pool")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
