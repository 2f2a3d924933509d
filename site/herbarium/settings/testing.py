"""Settings of the test suite: a database of its own, nothing on the network, nothing slow."""

import os
import tempfile
from pathlib import Path

_VAR_DIR = os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="herbarium-test-"))
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("BASE_URL", "http://testserver")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,127.0.0.1,localhost")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_VAR_DIR}/tests.sqlite3")
os.environ.setdefault("DEMONSTRATION", "1")
os.environ["STRIPE_SECRET_KEY"] = "sk_test_tests"
os.environ["STRIPE_WEBHOOK_SECRET"] = "whsec_tests"
os.environ["STRIPE_API_BASE"] = "http://127.0.0.1:1"  # a test that pays starts a fake of its own

from herbarium.settings.production import *  # noqa: E402, F403  settings are layered by import
from herbarium.settings.production import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: threads of a race need connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_VAR_DIR) / f"tests-{_WORKER}.sqlite3")}

SEARCH_INDEX_DIR = Path(_VAR_DIR) / f"search-{_WORKER}"
EXPORTS_DIR = Path(_VAR_DIR) / f"exports-{_WORKER}"
MEDIA_ROOT = Path(_VAR_DIR) / f"media-{_WORKER}"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
LOGGING = {"version": 1, "disable_existing_loggers": False}
