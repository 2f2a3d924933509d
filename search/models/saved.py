"""Saved searches, and which lots a person was told of because of them."""

import secrets

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.languages import language_choices
from search.querysets import AlertQuerySet, SavedSearchQuerySet

# ASCII, so that with the other columns it fits into one entry of an index (2,704 bytes).
LONGEST_QUERY = 2400
LONGEST_NAME = 80


def new_token() -> str:
    """Return a word nobody can guess."""
    return secrets.token_urlsafe(24)


class SavedSearch(models.Model):
    """A search a person kept, and how they want to hear of new lots that match it.

    `query` is the query string of a SearchForm as search.saved.canonical writes it. A lot is new
    when it was put on sale after `watched_since`: since the search was saved, or since alerts were
    switched on again. `stop_token` stops the alerts without signing in.
    """

    class Frequency(models.TextChoices):
        AT_ONCE = "at_once", pgettext_lazy("e-mails", "at once")
        DAILY = "daily", pgettext_lazy("e-mails", "once a day, in the morning")
        NONE = "none", pgettext_lazy("e-mails", "never")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    language = models.CharField(_("language"), max_length=8, choices=language_choices)
    query = models.CharField(_("query"), max_length=LONGEST_QUERY, blank=True)
    frequency = models.CharField(_("e-mails"), max_length=8, choices=Frequency)
    stop_token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    watched_since = models.DateTimeField(_("watched since"), default=timezone.now)
    looked_at = models.DateTimeField(_("last looked"), null=True)
    digested_at = models.DateTimeField(_("last digest"), default=timezone.now)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["frequency", "looked_at"], name="searches_to_look_at")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "language", "query"], name="a_search_is_saved_once"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the results, in the language in which the search was saved."""
        with translation.override(self.language):
            address = reverse("search:results")
        return f"{address}?{self.query}" if self.query else address

    @property
    def stop_url(self) -> str:
        """Return the address that stops the alerts."""
        with translation.override(self.language):
            return reverse("search:alerts_stop", args=[self.stop_token])

    @property
    def wants_alerts(self) -> bool:
        return self.frequency != self.Frequency.NONE

    @cached_property
    def asked(self) -> QueryDict:
        """The query string as a form takes it."""
        return QueryDict(self.query)


class Alert(models.Model):
    """A lot a person is told of, once and never again, whichever of their searches it matches.

    Without `sent_at` it waits for its mail. It is claimed before the mail goes out; `mail` names
    the mail that carries it. It outlives its search, so that another one does not tell it again.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="alerts"
    )
    search = models.ForeignKey(
        SavedSearch, on_delete=models.SET_NULL, null=True, related_name="alerts"
    )
    lot = models.ForeignKey("market.Lot", on_delete=models.CASCADE, related_name="alerts")
    found_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    mail = models.UUIDField(null=True, db_index=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["search"],
                name="an_alert_that_waits",
                condition=models.Q(sent_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "lot"], name="a_person_hears_of_a_lot_once"),
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True, mail__isnull=True)
                | models.Q(sent_at__isnull=False, mail__isnull=False),
                name="an_alert_is_sent_by_a_mail",
            ),
        ]

    def __str__(self):
        return f"{self.person_id} ← {self.lot_id}"
