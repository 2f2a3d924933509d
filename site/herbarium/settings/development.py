"""Settings of `make demo`: one machine, no server to install, everything under var/demo/."""

import os
from pathlib import Path

_BASE_DIR = Path(__file__).resolve().parents[3]
_PORT = os.environ.get("PORT", "8000")
_VAR_DIR = os.environ.setdefault("VAR_DIR", str(_BASE_DIR / "var" / "demo"))

# The same names a deployment sets; here they have answers, so that nothing needs setting.
os.environ.setdefault("SECRET_KEY", "a-demonstration-has-nothing-to-hide-and-binds-loopback-only")
os.environ.setdefault("BASE_URL", f"http://127.0.0.1:{_PORT}")
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_VAR_DIR}/herbarium.sqlite3")
os.environ.setdefault("DEMONSTRATION", "1")

# Without a key, a small Stripe of our own answers on loopback, on the port after the site's.
if not os.environ.get("STRIPE_SECRET_KEY"):
    os.environ["STRIPE_SECRET_KEY"] = "sk_test_demonstration"
    os.environ["STRIPE_WEBHOOK_SECRET"] = "whsec_demonstration"
    os.environ["STRIPE_API_BASE"] = f"http://127.0.0.1:{int(_PORT) + 1}"

from herbarium.settings.production import *  # noqa: E402, F403  settings are layered by import

WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None  # static files are served from where they are installed
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = f"{_VAR_DIR}/mail"
ACCOUNT_EMAIL_VERIFICATION = "none"
LOGGING["root"]["level"] = "WARNING"  # noqa: F405
