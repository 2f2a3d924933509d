"""Engines behind the port, one module each; the setting SEARCH_ENGINE names the one in use."""

from typing import Any, cast

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from search.engines.base import SearchEngine

_engines: dict[str, SearchEngine] = {}


def get_engine() -> SearchEngine:
    """Return this process's search engine."""
    path = settings.SEARCH_ENGINE
    if path not in _engines:
        _engines[path] = cast(SearchEngine, import_string(path)())
    return _engines[path]


def _forget(*, setting: str, **kwargs: Any) -> None:
    """Read the settings again after a test has changed one of them."""
    if setting.startswith(("SEARCH_", "ELASTICSEARCH_")):
        _engines.clear()


setting_changed.connect(_forget)
