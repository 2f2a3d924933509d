"""Market staff keep what the programmes build, and the people behind establishments."""

from datetime import date

from django.urls import reverse

from wagtail.test.utils.form_data import inline_formset, nested_form_data

import pytest

from catalogue.models import (
    Facility,
    Household,
    LinkageChain,
    NameLicence,
    Project,
    ProtectedName,
    ResponsiblePerson,
)
from tests.factories.catalogue import CommuneFactory, EstablishmentFactory, SpeciesFactory

pytestmark = pytest.mark.django_db


def address(model, view):
    return reverse(model.snippet_viewset.get_url_name(view))


@pytest.fixture
def facts():
    """Return what a form of each kind says."""
    holder, commune = EstablishmentFactory(), CommuneFactory()
    species = SpeciesFactory()
    licences = [{"establishment": holder.pk, "licensed_on": "2026-01-05", "valid_until": ""}]
    return {
        Household: {
            "establishment": holder.pk,
            "name": "Hộ Mẫu",
            "commune": commune.pk,
            "area_m2": 5_000,
        },
        ResponsiblePerson: {
            "establishment": holder.pk,
            "name": "Người Mẫu",
            "title": "Phụ trách trồng trọt",
        },
        Facility: {"kind": "nursery", "name": "Vườn ươm Mẫu", "commune": commune.pk},
        LinkageChain: {
            "name": "Chuỗi Mẫu",
            "establishments": [holder.pk],
            "species": [species.pk],
        },
        Project: {
            "kind": "investment",
            "name": "Dự án Mẫu",
            "province": commune.province_id,
            "budget_minor": 1_000_000,
        },
        ProtectedName: {
            "kind": "indication",
            "name": "Quế Mẫu",
            "number": "CDDL-MẪU",
            "owner": "Chủ Mẫu",
            "registered_on": "2026-01-01",
            **nested_form_data({"licences": inline_formset(licences)}),
        },
    }


MODELS = [Household, ResponsiblePerson, Facility, LinkageChain, Project, ProtectedName]


@pytest.mark.parametrize("model", MODELS)
def test_a_record_of_each_kind_is_entered_and_listed(client, market_staff, facts, model):
    client.force_login(market_staff)
    answer = client.post(address(model, "add"), facts[model])
    assert answer.status_code == 302
    record = model.objects.get()
    assert facts[model]["name"] in client.get(address(model, "list")).content.decode()
    assert facts[model]["name"] in str(record)


@pytest.mark.parametrize("model", MODELS)
def test_they_are_market_staffs_alone(client, curator, model):
    client.force_login(curator)
    assert client.get(address(model, "list")).status_code == 302


def test_what_ends_before_it_begins_is_refused_in_the_form(client, market_staff, facts):
    client.force_login(market_staff)
    form = facts[Facility] | {"began_on": "2026-02-01", "ended_on": "2026-01-01"}
    answer = client.post(address(Facility, "add"), form)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Facility.objects.exists()


@pytest.mark.parametrize(
    ("day", "valid_until", "is_valid"),
    [
        (date(2026, 1, 4), None, False),
        (date(2026, 1, 5), None, True),
        (date(2036, 1, 5), None, True),
        (date(2026, 2, 1), date(2026, 2, 1), True),
        (date(2026, 2, 2), date(2026, 2, 1), False),
    ],
)
def test_a_name_may_be_used_on_the_days_of_its_licence(day, valid_until, is_valid):
    licence = NameLicence(licensed_on=date(2026, 1, 5), valid_until=valid_until)
    assert licence.is_valid_on(day) is is_valid
