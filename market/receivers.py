"""Says in the market's own words what the database reports of its records."""

from typing import Any

from django.db.models.signals import post_delete

from market.models import Analysis
from market.services import analyses


def connect() -> None:
    """Listen to what staff do by hand; called once, when the apps are ready."""
    post_delete.connect(announce_analysis, sender=Analysis, dispatch_uid="market")


def announce_analysis(sender: Any, *, instance: Analysis, **kwargs: Any) -> None:
    analyses.announce(instance)
