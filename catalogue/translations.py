"""Whether what the record says in the site's other languages has kept up with the first one."""

from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from catalogue.models import Species, SpeciesText
from catalogue.models.texts import PASSAGES


class State(models.TextChoices):
    """What a translation lacks; empty when it lacks nothing."""

    MISSING = "missing", _("not translated")
    STALE = "stale", _("older than the original")
    INCOMPLETE = "incomplete", _("a passage is not translated")


def languages() -> list[tuple[str, str]]:
    """Return code and name of the languages that texts are translated into."""
    return [
        (code, str(name)) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE
    ]


def state_in(language: str) -> Case:
    """Return an expression for a species' State in a language."""
    texts = SpeciesText.objects.filter(species=OuterRef("pk"), language=language)
    return Case(
        When(~Exists(texts), then=Value(State.MISSING.value)),
        When(Exists(texts.stale()), then=Value(State.STALE.value)),
        When(Exists(texts.filter(_lacks_a_passage())), then=Value(State.INCOMPLETE.value)),
        default=Value(""),
    )


def _lacks_a_passage() -> Q:
    lacking = Q()
    for passage in PASSAGES:
        # Asked as "greater than nothing": a negation over a relation would look at any language.
        lacking |= Q(**{passage: "", f"species__texts__{passage}__gt": ""})
    return Q(species__texts__language=settings.LANGUAGE_CODE) & lacking


def lagging(
    species: QuerySet[Species], wanted: Collection[str] = (), states: Collection[str] = ()
) -> QuerySet[Species]:
    """Return a species once for each language in which it lacks something.

    Each has `language`, `state` and `text_id`, and they come in no order. `wanted` and `states`
    narrow the languages and the states; empty means all of them.
    """
    parts = [
        species.order_by()
        .annotate(
            language=Value(code),
            state=state_in(code),
            text_id=Subquery(
                SpeciesText.objects.filter(species=OuterRef("pk"), language=code).values("pk")[:1]
            ),
        )
        .filter(state__in=states or State.values)
        for code, _name in languages()
        if not wanted or code in wanted
    ]
    if not parts:
        return species.none()
    return parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
