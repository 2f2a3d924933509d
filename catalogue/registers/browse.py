"""Browsing the registers: filters, and facets whose own choice does not narrow their counts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.decisions import Decision
from catalogue.facets import Question
from catalogue.forms import AreaFilterForm, CertificateFilterForm
from catalogue.models import Certificate, GrowingArea, Species
from catalogue.words import labels
from core.facets import Facet, Shape, build_facets, count_together, may_be_shown


def _by(path: str) -> Question:
    """A question answered by a column of the record itself."""
    return Question(
        keep=lambda values: Q(**{f"{path}__in": values}),
        count=lambda records: iter([_grouped(records, path)]),
    )


def _related(model: type, path: str) -> Question:
    """A question answered by records of another table, of which there may be several."""
    return Question(
        keep=lambda values: Q(pk__in=model.objects.filter(**{f"{path}__in": values}).values("pk")),
        count=lambda records: iter([_grouped(records.filter(**{f"{path}__isnull": False}), path)]),
    )


def _grouped(records: QuerySet, path: str) -> QuerySet:
    return records.order_by().values(value=F(path)).annotate(n=Count("pk", distinct=True))


# A certificate is of the provinces of its growing areas; one that names none, of its holder's.
OF_AREAS, OF_HOLDER = "areas__commune__province", "establishment__commune__province"


def _of_provinces(provinces: Sequence[str]) -> Q:
    grown = Certificate.objects.filter(**{f"{OF_AREAS}__in": provinces}).values("pk")
    return Q(pk__in=grown) | Q(areas=None, **{f"{OF_HOLDER}__in": provinces})


def _count_provinces(certificates: QuerySet) -> Iterator[QuerySet]:
    yield _grouped(certificates.filter(areas__isnull=False), OF_AREAS)
    yield _grouped(certificates.filter(areas=None), OF_HOLDER)


def _in_states(states: Sequence[str]) -> Q:
    today = timezone.localdate()
    kept = Certificate.objects.with_state(today).filter(state_then__in=states)
    return Q(pk__in=kept.values("pk"))


def _count_states(certificates: QuerySet) -> Iterator[QuerySet]:
    yield _grouped(certificates.with_state(timezone.localdate()), "state_then")


def _expiring_by(days: str) -> tuple[date, date]:
    today = timezone.localdate()
    return today, today + timedelta(days=int(days))


def _expiring(spans: Sequence[str]) -> Q:
    longest = max(spans, key=int)
    return Q(decision=Decision.ACCEPTED, expires_on__range=_expiring_by(longest))


def _count_expiring(certificates: QuerySet) -> Iterator[QuerySet]:
    accepted = certificates.accepted().order_by()
    for days in CertificateFilterForm.SPANS:
        spanned = accepted.filter(expires_on__range=_expiring_by(days))
        yield spanned.values(value=Value(days)).annotate(n=Count("pk", distinct=True))


OF_CERTIFICATES: dict[str, Question] = {
    "standard": _by("standard"),
    "state": Question(_in_states, _count_states),
    "expiring": Question(_expiring, _count_expiring, Shape.CELLS),
    "species": _related(Certificate, "species__slug"),
    "province": Question(_of_provinces, _count_provinces),
}
OF_AREA: dict[str, Question] = {
    "state": _by("decision"),
    "species": _related(GrowingArea, "species__slug"),
    "province": _by("commune__province"),
}
CERTIFICATE_ORDER = {
    CertificateFilterForm.Sort.NUMBER: "number",
    CertificateFilterForm.Sort.EXPIRING: "expires_on",
    CertificateFilterForm.Sort.NEWEST: "-issued_on",
}


def certificates(records: QuerySet, cleaned: Mapping, but: str = "") -> QuerySet:
    """Return the certificates that match a filter form, leaving out the choice of one facet."""
    return _narrowed(OF_CERTIFICATES, records, cleaned, but)


def areas(records: QuerySet, cleaned: Mapping, but: str = "") -> QuerySet:
    """Return the growing areas that match a filter form, leaving out the choice of one facet."""
    return _narrowed(OF_AREA, records, cleaned, but)


def _narrowed(
    questions: Mapping[str, Question], records: QuerySet, cleaned: Mapping, but: str
) -> QuerySet:
    kept = [
        question.keep(cleaned[name])
        for name, question in questions.items()
        if name != but and cleaned.get(name)
    ]
    return records.filter(*kept).named(cleaned.get("q", ""))


def certificate_facets(request, records: QuerySet, cleaned: Mapping) -> list[Facet]:
    """Return the facets of the register of certificates with their counts."""
    asked = {
        "standard": _("Standard"),
        "state": _("State today"),
        "expiring": _("Runs out within"),
        "species": _("Species"),
        "province": _("Province"),
    }
    words = {
        "standard": {one.value: str(one.label) for one in Certificate.Standard},
        "state": {one.value: str(one.label) for one in Certificate.State},
        "expiring": {
            days: _("%(days)s days") % {"days": days} for days in CertificateFilterForm.SPANS
        },
    }
    return _facets(request, OF_CERTIFICATES, asked, words, records, cleaned)


def area_facets(request, records: QuerySet, cleaned: Mapping) -> list[Facet]:
    """Return the facets of the register of growing areas with their counts."""
    asked = {"state": _("State"), "species": _("Species"), "province": _("Province")}
    words = {"state": AreaFilterForm.state_words()}
    return _facets(request, OF_AREA, asked, words, records, cleaned)


def _facets(
    request,
    questions: Mapping[str, Question],
    asked: Mapping[str, str],
    words: Mapping[str, Mapping[str, str]],
    records: QuerySet,
    cleaned: Mapping,
) -> list[Facet]:
    picked = {name: cleaned.get(name, []) for name in asked}
    counts = count_together(
        (name, rows)
        for name in asked
        for rows in questions[name].count(_narrowed(questions, records, cleaned, name))
    )
    seen = {name: may_be_shown(counts[name], picked[name]) for name in asked}
    found = labels({"province": seen["province"]}) | {"species": _species(seen["species"])}
    return build_facets(
        request,
        asked=asked,
        counts=counts,
        words={**words, **found},
        picked=picked,
        shapes={name: questions[name].shape for name in asked},
    )


def _species(slugs: set[str]) -> dict[str, str]:
    named = Species.objects.filter(slug__in=slugs).prefetch_related("names")
    return {one.slug: one.title for one in named}
