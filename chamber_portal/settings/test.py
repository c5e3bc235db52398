"""The test suite: real Postgres and Redis, nothing sent to anyone."""

import os

# Playwright's driver runs an event loop in the test's own thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from chamber_portal.settings.base import *  # noqa: F403
from chamber_portal.settings.base import CACHES, DATABASES, MIDDLEWARE, REDIS_URL, RQ_QUEUES, STORAGES, VAR

DEBUG = False
SECRET_KEY = "tests-only"  # noqa: S105
ALLOWED_HOSTS = ["*"]
STAFF_SECOND_FACTOR_REQUIRED = False
SHOW_GALLERY = True
DEMO_NOTICE = True
SIGN_IN_BEAT_SECONDS = 0
# The suite's own threads come and go, and the database with them.
DATABASES["default"]["CONN_MAX_AGE"] = 0
# The live server finds static files by itself; nothing has to be collected first.
MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Workers of their own write to a file, where the test can look.
SMS_BACKEND = os.environ.get("SMS_BACKEND", "core.sms.MemorySms")
# Each process of the suite has its own files, and in the one Redis its own cache and queue.
PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
CACHES["default"]["LOCATION"] = f"{REDIS_URL.partition('?')[0]}?db={2 * int(PROCESS[2:])}"
RQ_QUEUES["default"]["URL"] = f"{REDIS_URL.partition('?')[0]}?db={2 * int(PROCESS[2:]) + 1}"
MEDIA_ROOT = VAR / "test-media" / PROCESS
CARD_KEYS_DIR = VAR / "test-keys" / PROCESS
