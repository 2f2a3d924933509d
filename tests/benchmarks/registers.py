"""Registers of ten thousand areas: their pages, their map, and the night over many certificates."""

import gzip
from datetime import timedelta

from django.test import Client
from django.utils import timezone

import time_machine

from catalogue.decisions import Decision
from catalogue.models import Certificate, Establishment, FollowedDay, GrowingArea, Species
from catalogue.services import days
from core.text import bare
from market.models import Lot
from market.services.generating_sellers import add_sellers
from tests.benchmarks.timing import ms, p50, say, timed, times

SELLERS = 3_400  # of three areas and three certificates each
NIGHT_OF = 100_000  # certificates
YEARS_OF_VALIDITY = 3


def measure() -> None:
    """Print what the registers cost when they are full."""
    species = list(Species.objects.order_by("pk").values_list("pk", flat=True)[:200])
    add_sellers(SELLERS, 1, species)
    areas, papers = GrowingArea.objects.count(), Certificate.objects.count()
    client = Client(HTTP_HOST="127.0.0.1")
    empty = p50(times(lambda: client.get("/healthz")))
    for name, address in (
        ("register of certificates", "/vi/registers/certificates/"),
        (
            "certificates, narrowed",
            "/vi/registers/certificates/?state=valid&standard=organic&q=mau",
        ),
        ("register of growing areas", "/vi/registers/areas/"),
        ("certified land", "/vi/registers/statistics/"),
    ):
        taken = p50(times(lambda address=address: client.get(address), rounds=15))
        detail = f"{ms(taken)}, {papers:,} certificates, {areas:,} areas"
        say(name, taken / empty, "an empty answer", detail)
    _map(client, empty)
    _night()


def _map(client: Client, empty: float) -> None:
    for name, query in (("map of one province", "?province=15"), ("map of all areas", "")):
        address = f"/vi/registers/areas/map.json{query}"
        answer = client.get(address)
        packed = len(gzip.compress(answer.content))
        taken = p50(times(lambda address=address: client.get(address), rounds=15))
        detail = f"{ms(taken)}, {packed / 1024:.0f} KB packed"
        say(name, taken / empty, "an empty answer", detail)


def _night() -> None:
    """Follow one day of many certificates whose last days are spread evenly."""
    today, holder = timezone.localdate(), Establishment.objects.first()
    missing = NIGHT_OF - Certificate.objects.count()
    spread = YEARS_OF_VALIDITY * 365
    Certificate.objects.bulk_create(
        (
            _paper(number, holder, today + timedelta(days=number % spread))
            for number in range(missing)
        ),
        batch_size=2_000,
    )
    days.follow_today()
    FollowedDay.objects.update(day=today)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=True):
        followed = []
        taken = timed(lambda: followed.append(days.follow_today()))
    detail = f"{followed[0]} of {Certificate.objects.count():,}, {Lot.objects.count():,} lots"
    say("night over the certificates, seconds", taken / 1000, "a second", detail)


def _paper(number: int, holder: Establishment, until) -> Certificate:
    printed = f"NIGHT-{number:06}"
    return Certificate(
        number=printed,
        folded_number=bare(printed),
        standard=Certificate.Standard.ORGANIC,
        authority="Cơ quan cấp mẫu",
        establishment=holder,
        issued_on=until - timedelta(days=YEARS_OF_VALIDITY * 365),
        expires_on=until,
        decision=Decision.ACCEPTED,
        is_demonstration=True,
    )
