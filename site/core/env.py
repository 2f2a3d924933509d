"""Settings from the environment. Every name read here stands in README's table."""

import os

from django.core.exceptions import ImproperlyConfigured


def required(name: str) -> str:
    """Return an environment variable, or refuse to start without it."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} must be set (see README).")
    return value


def optional(name: str, default: str = "") -> str:
    """Return an environment variable or its default."""
    return os.environ.get(name, "") or default


def optional_flag(name: str) -> bool:
    """Return whether an on/off variable is on; anything but the usual words is refused."""
    value = os.environ.get(name, "").lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("", "0", "false", "no", "off"):
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def optional_list(name: str) -> list[str]:
    """Return a comma-separated variable as a list without empty members."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]
