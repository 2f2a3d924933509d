"""Settings of a real deployment, and the base that the other settings relax."""

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

import dj_database_url

from core import env

BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = Path(env.optional("VAR_DIR", str(BASE_DIR / "var")))

# Where we are reached
SECRET_KEY = env.required("SECRET_KEY")
BASE_URL = env.required("BASE_URL").rstrip("/")
ALLOWED_HOSTS = env.optional_list("ALLOWED_HOSTS") or [urlsplit(BASE_URL).hostname]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
DEBUG = False
ROOT_URLCONF = "herbarium.urls"
WSGI_APPLICATION = "herbarium.wsgi.application"
WAGTAILADMIN_BASE_URL = BASE_URL

INSTALLED_APPS = [
    "herbarium",
    "search",
    "market",
    "catalogue",
    "media",
    "core",
    "js_lib_leaflet",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "wagtail.contrib.simple_translation",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LanguageMiddleware",
    "core.middleware.NoNulMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "herbarium.context_processors.site",
            ],
        },
    },
]

# Data. Connections are kept; nothing wraps a whole request in a transaction, because a payment
# service is called between two short ones (docs/locking.md).
DATABASES = {
    "default": dj_database_url.parse(
        env.required("DATABASE_URL"), conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.optional("REDIS_URL")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
        }
    }

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Languages: Vietnamese first; a third one is one more line here and its texts as rows.
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"  # shown; stored in UTC
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
# Addresses that carry no language and are never guessed one.
ADDRESSES_FOR_MACHINES = (
    "/api/",
    "/documents/",
    "/exports/",
    "/files/",
    "/iiif/",
    "/lot/",
    "/oai",
    "/plates/",
    "/robots.txt",
    "/sitemap",
    "/static/",
    "/webhooks/",
)
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "site" / "herbarium" / "locale"]

# Files. Nothing is ever written under media/, which is an app.
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
MEDIA_URL = "/files/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Where a web server in front finds the files to send once we have allowed it (X-Accel-Redirect).
FILES_ACCEL_PREFIX = env.optional("FILES_ACCEL_PREFIX")
# What the collection is offered as in one piece (docs/exports.md): built by a task, kept here.
EXPORTS_DIR = VAR_DIR / "exports"

# Search
SEARCH_ENGINE = env.optional("SEARCH_ENGINE", "search.engines.tantivy.TantivyEngine")
ELASTICSEARCH_URL = env.optional("ELASTICSEARCH_URL", "http://127.0.0.1:9200")
ELASTICSEARCH_API_KEY = env.optional("ELASTICSEARCH_API_KEY")
ELASTICSEARCH_INDEX = env.optional("ELASTICSEARCH_INDEX", "hoang-lien")
SEARCH_INDEX_DIR = Path(env.optional("SEARCH_INDEX_DIR", str(VAR_DIR / "search")))

# The map of growing areas works without tiles; whose they are must then be said.
MAP_TILES_URL = env.optional("MAP_TILES_URL")
MAP_TILES_ATTRIBUTION = env.optional("MAP_TILES_ATTRIBUTION")

# Payment
STRIPE_SECRET_KEY = env.optional("STRIPE_SECRET_KEY")
STRIPE_WEBHOOK_SECRET = env.optional("STRIPE_WEBHOOK_SECRET")
STRIPE_API_BASE = env.optional("STRIPE_API_BASE", "https://api.stripe.com")
PAYMENT_GATEWAY = "market.gateways.stripe.StripeGateway"

# Mail
EMAIL_HOST = env.optional("MAIL_HOST", "localhost")
EMAIL_PORT = int(env.optional("MAIL_PORT", "25"))
EMAIL_HOST_USER = env.optional("MAIL_USER")
EMAIL_HOST_PASSWORD = env.optional("MAIL_PASSWORD")
EMAIL_USE_TLS = env.optional_flag("MAIL_TLS")
DEFAULT_FROM_EMAIL = env.optional("MAIL_FROM", "no-reply@localhost")
# Whom the exported data name as their contact.
CONTACT_EMAIL = env.optional("CONTACT_EMAIL", DEFAULT_FROM_EMAIL)

# People
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_SESSION_REMEMBER = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Wagtail
WAGTAIL_SITE_NAME = "Hoàng Liên"
WAGTAILADMIN_LOGIN_URL = LOGIN_URL  # one door, with its limits on guessing passwords
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "svg", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 40 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 80_000_000  # of one that large a worker needs 1 GB
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # never an address of the storage itself
WAGTAILIMAGES_IMAGE_MODEL = "media.MuseumImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.forms.MuseumImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "media.MuseumDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "media.forms.MuseumDocumentForm"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

# The notice in the footer that the collection has not been reviewed.
IS_DEMONSTRATION = env.optional_flag("DEMONSTRATION")

# Security
SECURE_SSL_REDIRECT = BASE_URL.startswith("https://")
# What a proxy says of a visitor is believed only when there is a proxy of ours to say it.
TRUSTED_PROXIES = int(env.optional("TRUSTED_PROXIES", "0"))
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
SESSION_COOKIE_SECURE = SECURE_SSL_REDIRECT
CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows previews in a frame of its own

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
