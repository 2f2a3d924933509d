"""Pages of the museum as a browser asks for them."""

import pytest

from catalogue.models import Species, VernacularName
from catalogue.views import SPECIES_PER_PAGE
from tests.factories.catalogue import (
    CertificateFactory,
    GrowingAreaFactory,
    ReferenceFactory,
    SpeciesFactory,
)

pytestmark = pytest.mark.django_db

LISTS = ["/vi/species/", "/vi/registers/certificates/", "/vi/registers/areas/"]
WAYS = ["/vi/species/a-z/", "/vi/species/tree/", "/vi/glossary/"]


@pytest.fixture
def records():
    species = SpeciesFactory(slug="que", vie="Quế", eng="Cassia")
    area = GrowingAreaFactory(code="VN-1", species=[species])
    CertificateFactory(number="GACP-1", species=[species], areas=[area])
    return [*LISTS, *WAYS, "/vi/species/que/", "/vi/registers/certificates/GACP-1/"]


@pytest.mark.parametrize("address", LISTS)
def test_an_empty_list_says_so(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.context["total"] == 0


def test_every_page_answers_get_and_head_and_refuses_post(client, records):
    for address in records:
        page, head, post = client.get(address), client.head(address), client.post(address)
        assert (page.status_code, head.status_code, post.status_code) == (200, 200, 405), address
        assert head.content == b""
        assert post.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "address",
    [
        "/vi/species/no-such/",
        "/en/species/no-such/",
        "/vi/species/QUE/",
        "/vi/registers/certificates/no-such/",
        "/vi/registers/certificates/%E0%A4%A/",
        "/vi/no-such-page/",
    ],
)
def test_an_unknown_address_is_not_found(client, address):
    SpeciesFactory(slug="que")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/en/registers/certificates/%00/",
        "/en/species/?q=%00",
        "/en/registers/certificates/?after=%00",
    ],
)
def test_a_nul_byte_is_refused_before_any_database_sees_it(client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert "We could not read this request" in answer.content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("species/", "family=a b"),
        ("species/", "part=bark&part=<script>"),
        ("species/", "province='"),
        ("species/", "after=" + "x" * 81),
        ("species/", "q=" + "x" * 201),
        ("species/", "flowering=13"),
        ("species/", "harvest=now"),
        ("species/", "toxic=no"),
        ("species/", "on_sale=1"),
        ("species/", "certificate=no-such"),
        ("species/", "conservation=EN%20"),
        ("species/", "sort=price"),
        ("species/", "view=map"),
        ("species/a-z/", "letter=zz"),
        ("species/a-z/", "names=latin"),
        ("species/a-z/", "after=que"),
        ("species/a-z/", "after=3-1"),
        ("species/tree/", "family=a b"),
        ("glossary/", "q=" + "x" * 201),
        ("registers/certificates/", "standard=no-such"),
        ("registers/certificates/", "state=burnt"),
        ("registers/certificates/", "state=no-such"),
        ("registers/certificates/", "q=" + "x" * 201),
        ("registers/areas/", "province=1 2"),
        ("registers/areas/", "state=burnt"),
        ("registers/certificates/", "expiring=31"),
        ("registers/areas/", "q=" + "x" * 201),
    ],
)
def test_a_query_string_that_cannot_be_read_is_a_bad_request(client, language, address, query):
    answer = client.get(f"/{language}/{address}?{query}")
    assert answer.status_code == 400
    assert answer.context["form"].errors
    assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "complaint"),
    [
        ("vi", "Giá trị này chỉ có tối đa 200 kí tự (hiện có 201)"),
        ("en", "Ensure this value has at most 200 characters (it has 201)."),
    ],
)
@pytest.mark.parametrize("address", ["species/", "registers/certificates/", "registers/areas/"])
def test_over_long_text_is_shown_again_with_the_complaint(client, address, language, complaint):
    """A person typed it: they see the form, what they wrote and why it was refused."""
    answer = client.get(f"/{language}/{address}?q={'y' * 201}")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'<html lang="{language}"' in page
    assert set(answer.context["form"].errors) == {"q"}
    assert "y" * 201 in page
    assert complaint in page


@pytest.mark.parametrize("address", WAYS)
def test_a_way_through_an_empty_collection_says_so(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert 'class="empty__why"' in answer.content.decode()


@pytest.mark.parametrize("address", [*LISTS, "/vi/glossary/"])
@pytest.mark.parametrize(
    "query", ["?lang=xx&utm_source=a", "?q=%F0%9F%8C%BF", "?q=%25", "?after=none"]
)
def test_what_a_page_does_not_know_does_no_harm(client, records, address, query):
    assert client.get(address + query).status_code == 200


def test_cautions_stand_before_the_description(client, records):
    page = client.get("/vi/species/que/").content.decode()
    body = page[page.index("<h1") :]
    assert 0 < body.index("Thận trọng mẫu.") < body.index("Cây gỗ mẫu.")


@pytest.mark.parametrize(
    ("language", "title", "text", "caution"),
    [
        ("vi", "Quế", "Cây gỗ mẫu.", "Thận trọng mẫu."),
        ("en", "Cassia", "A sample tree.", "A sample caution."),
    ],
)
def test_the_record_is_in_the_language_of_its_address(
    client, records, language, title, text, caution
):
    page = client.get(f"/{language}/species/que/").content.decode()
    assert f"<title>{title} – " in " ".join(page.split())
    assert text in page
    assert caution in page
    assert f"http://testserver/{language}/species/que/" in page


def test_a_record_without_the_language_of_the_reader_says_which_it_is_in(client):
    species = SpeciesFactory(slug="mot-tieng")
    species.texts.remove(species.texts.get(language="en"))
    species.save()
    page = client.get("/en/species/mot-tieng/").content.decode()
    assert "Cây gỗ mẫu." in page
    assert '<div class="prose" lang="vi">' in page


def test_what_people_write_is_never_markup(client):
    species = SpeciesFactory(slug="ky", vie="<b>Kỳ</b>", scientific_name="X <i>y")
    text = species.texts.get(language="vi")
    text.description = "<script>alert(1)</script>"
    species.texts.add(text)
    species.save()
    page = client.get("/vi/species/ky/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>Kỳ" not in page


def test_an_unpublished_species_is_not_there_for_visitors(client, django_user_model):
    SpeciesFactory(slug="nhap", vie="Nháp", live=False)
    client.force_login(django_user_model.objects.create_superuser("root", "root@example.org"))
    for address in ("/vi/species/nhap/", "/api/v1/species/nhap"):
        assert client.get(address).status_code == 404
    assert client.get("/vi/species/").context["total"] == 0
    client.logout()
    assert client.get("/vi/species/nhap/").status_code == 404


@pytest.mark.parametrize("person", ["curator", "editor"])
def test_an_unpublished_species_is_shown_with_a_mark_to_those_who_work_on_it(
    client, person, request
):
    SpeciesFactory(slug="nhap", vie="Nháp", live=False)
    client.force_login(request.getfixturevalue(person))
    page = client.get("/en/species/nhap/")
    assert page.status_code == 200
    assert "Not published: only those who work on the collection see this." in page.content.decode()
    assert client.get("/vi/species/").context["total"] == 1


def test_a_draft_certificate_is_shown_to_market_staff_alone(client, market_staff):
    CertificateFactory(number="DRAFT-1", decision="draft")
    assert client.get("/vi/registers/certificates/DRAFT-1/").status_code == 404
    client.force_login(market_staff)
    assert client.get("/vi/registers/certificates/DRAFT-1/").status_code == 200


def test_the_collection_is_walked_to_its_end(client):
    for place in range(SPECIES_PER_PAGE + 1):
        SpeciesFactory(slug=f"loai-{place}", vie=f"Tên {place % 3}")
    first = client.get("/vi/species/?q=ten")
    assert first.context["total"] == SPECIES_PER_PAGE + 1
    assert len(first.context["species"]) == SPECIES_PER_PAGE
    last = client.get(first.context["next_url"])
    assert len(last.context["species"]) == 1
    assert (last.context["next_url"], last.context["first_url"]) == ("", "/vi/species/?q=ten")
    shown = {species.slug for page in (first, last) for species in page.context["species"]}
    assert shown == set(Species.objects.values_list("slug", flat=True))


@pytest.mark.parametrize(
    ("state", "numbers"),
    [
        ("", ["SUSPENDED", "VALID"]),
        ("valid", ["VALID"]),
        ("suspended", ["SUSPENDED"]),
        ("expired", []),
    ],
)
def test_the_register_by_state(client, state, numbers):
    CertificateFactory(number="VALID")
    CertificateFactory(number="SUSPENDED", decision="suspended")
    CertificateFactory(number="DRAFT", decision="draft")
    page = client.get(f"/vi/registers/certificates/?state={state}")
    assert [certificate.number for certificate in page.context["certificates"]] == numbers
    assert page.context["total"] == len(numbers)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("q=sa pa", ["VN-A", "VN-B"]),
        ("q=vn-a", ["VN-A"]),
        ("province=15", ["VN-A", "VN-B"]),
        ("province=20", []),
    ],
)
def test_the_register_of_areas_is_found_by_code_and_place(client, query, codes):
    GrowingAreaFactory(code="VN-A")
    GrowingAreaFactory(code="VN-B")
    page = client.get(f"/vi/registers/areas/?{query}")
    assert [area.code for area in page.context["areas"]] == codes


@pytest.mark.parametrize("text", ["Đơn quế", "đơn quế", "ĐƠN", "don que"])
def test_another_name_of_a_species_is_found_without_accents_too(client, text):
    """The page says of itself that accents do not matter."""
    species = SpeciesFactory(slug="que", vie="Quế")
    VernacularName.objects.create(
        species=species, name="Đơn quế", language="vie", source=ReferenceFactory(), sort_order=5
    )
    assert client.get("/vi/species/", {"q": text}).context["total"] == 1
