"""The list of species records as curators work through it."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, StatusTagColumn, UpdatedAtColumn
from wagtail.models import WorkflowState

import django_filters

from catalogue import translations
from catalogue.admin.searching import FoundIndexView
from catalogue.models import (
    ConservationStatus,
    Family,
    Part,
    Species,
    StrategicGroup,
    Synonym,
    VernacularName,
)
from core.text import fold

STATES = {
    "live": pgettext_lazy("record", "published"),
    "changed": pgettext_lazy("record", "published, with a newer draft"),
    "review": pgettext_lazy("record", "in review"),
    "draft": pgettext_lazy("record", "draft"),
}


def by_any_name(species: QuerySet[Species], text: str) -> QuerySet[Species]:
    """Keep species one of whose names, scientific or not, contains the text; each stays once."""
    folded = fold(text)
    named = {"species": OuterRef("pk"), "folded_name__contains": folded}
    return species.filter(
        Q(scientific_name__icontains=folded)
        | Exists(VernacularName.objects.filter(**named))
        | Exists(Synonym.objects.filter(**named))
    )


def in_review() -> Exists:
    """Return an expression for whether a species waits for somebody's approval."""
    states = WorkflowState.objects.active().filter(
        base_content_type=ContentType.objects.get_for_model(Species),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    return Exists(states)


def _state(species: Species) -> str:
    """Return what a curator wants to know of a record's publication, in one word."""
    if species.is_in_review:
        return str(STATES["review"])
    if not species.live:
        return str(STATES["draft"])
    return str(STATES["changed" if species.has_unpublished_changes else "live"])


def _translations(species: Species) -> str:
    """Return what the translations of a record lack, language by language."""
    lacking = []
    for code, name in translations.languages():
        state = getattr(species, f"translation_{code}")
        if state:
            lacking.append(f"{name}: {translations.State(state).label}")
    return "; ".join(lacking)


def columns() -> list:
    """Return the columns of the list."""
    return [
        "scientific_name",
        Column("vietnamese_name", label=_("Name in Vietnamese"), sort_key="sort_name"),
        Column("family", label=_("Family"), sort_key="family__name"),
        StatusTagColumn(
            "state", accessor=_state, label=_("State"), primary=lambda species: species.live
        ),
        Column("translations", accessor=_translations, label=_("Translations")),
        BooleanColumn("is_demonstration", label=_("Demonstration"), sort_key="is_demonstration"),
        UpdatedAtColumn(),
    ]


class SpeciesIndexView(FoundIndexView):
    default_ordering = "sort_name"

    def get_base_queryset(self):
        lacking = {
            f"translation_{code}": translations.state_in(code)
            for code, _name in translations.languages()
        }
        return (
            Species.objects.select_related("family")
            .prefetch_related("names")
            .annotate(is_in_review=in_review(), **lacking)
        )


class WordFilter(django_filters.ModelMultipleChoiceFilter):
    """Records that have one of the chosen words of a vocabulary; each record stays once."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        having = Species.objects.filter(**{f"{self.field_name}__in": value})
        return queryset.filter(pk__in=having.values("pk"))


class SpeciesFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=list(STATES.items()), method="in_state"
    )
    translation = django_filters.ChoiceFilter(
        label=_("Translation"), choices=translations.State.choices, method="lacking"
    )
    family = django_filters.ModelChoiceFilter(label=_("Family"), queryset=Family.objects.all())
    parts = WordFilter(label=_("Part used"), queryset=lambda request: Part.objects.labelled())
    groups = WordFilter(
        label=_("Strategic group"), queryset=lambda request: StrategicGroup.objects.labelled()
    )
    authority = django_filters.ChoiceFilter(
        label=_("Listed by"), choices=ConservationStatus.Authority.choices, method="listed_by"
    )

    class Meta:
        model = Species
        fields = ["is_toxic", "is_demonstration"]

    def in_state(self, queryset, _name, value):
        if value == "review":
            return queryset.filter(is_in_review=True)
        if value == "draft":
            return queryset.filter(live=False)
        return queryset.filter(live=True, has_unpublished_changes=value == "changed")

    def lacking(self, queryset, _name, value):
        wanted = Q()
        for code, _language in translations.languages():
            wanted |= Q(**{f"translation_{code}": value})
        return queryset.filter(wanted)

    def listed_by(self, queryset, _name, value):
        listed = ConservationStatus.objects.filter(species=OuterRef("pk"), authority=value)
        return queryset.filter(Exists(listed))
