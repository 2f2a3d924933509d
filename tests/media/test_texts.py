"""Text alternatives, a row per language, through the editors' forms."""

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.images.tests.utils import get_test_image_file

import pytest

from core import roles
from herbarium.setup import set_up
from media.models import DocumentText, ImageText, MuseumDocument, MuseumImage
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def image():
    return MuseumImage.objects.create(title="Ảnh", file=get_test_image_file(), credit="Mẫu")


@pytest.fixture
def document():
    return MuseumDocument.objects.create(
        title="Tờ", file=ContentFile(b"text", name="a.txt"), credit="Mẫu"
    )


@pytest.fixture(params=["image", "document"])
def record(request):
    return request.getfixturevalue(request.param)


def save(record, **alts):
    """Post the record's own form with other text alternatives; return the form."""
    make = get_image_form if isinstance(record, MuseumImage) else get_document_form
    form_class = make(type(record))
    initial = form_class(instance=record)
    data = {
        name: initial[name].value()
        for name in initial.fields
        if name != "file" and initial[name].value() is not None
    }
    form = form_class(data | alts, instance=record)
    assert form.is_valid(), form.errors
    form.save()
    return form


def alts(record):
    return dict(record.texts.values_list("language", "alt"))


def test_both_languages_are_kept(record):
    save(record, alt_vi=" Cây quế ", alt_en="A cassia tree")
    assert alts(record) == {"vi": "Cây quế", "en": "A cassia tree"}


def test_an_emptied_text_is_removed_and_the_other_stays(record):
    save(record, alt_vi="Cây quế", alt_en="A cassia tree")
    save(record, alt_vi="Cây quế", alt_en="   ")
    assert alts(record) == {"vi": "Cây quế"}


def test_a_text_is_changed_in_place(record):
    save(record, alt_vi="Cây quế", alt_en="")
    row = record.texts.get()
    save(record, alt_vi="Cây quế già", alt_en="")
    assert record.texts.get().pk == row.pk
    assert alts(record) == {"vi": "Cây quế già"}


def test_the_form_shows_what_is_stored(record):
    save(record, alt_vi="Cây quế", alt_en="")
    make = get_image_form if isinstance(record, MuseumImage) else get_document_form
    form = make(type(record))(instance=record)
    assert (form["alt_vi"].value(), form["alt_en"].value()) == ("Cây quế", "")
    assert {"credit", "licence"} <= set(form.fields)


def test_a_text_that_is_too_long_is_refused_and_changes_nothing(record):
    save(record, alt_vi="Cây quế", alt_en="")
    make = get_image_form if isinstance(record, MuseumImage) else get_document_form
    form = make(type(record))({"title": "T", "credit": "C", "alt_vi": "x" * 401}, instance=record)
    assert "alt_vi" in form.errors
    assert alts(record) == {"vi": "Cây quế"}


@pytest.mark.parametrize(
    ("_case", "texts", "vi", "en"),
    [
        ("each language its own", {"vi": "quế", "en": "cassia"}, "quế", "cassia"),
        ("the first language instead", {"vi": "quế"}, "quế", "quế"),
        ("any rather than none", {"en": "cassia"}, "cassia", "cassia"),
        ("a decorative image", {}, "", ""),
    ],
)
def test_default_alt_text(image, _case, texts, vi, en):
    for language, alt in texts.items():
        ImageText.objects.create(image=image, language=language, alt=alt)
    for language, expected in (("vi", vi), ("en", en)):
        with translation.override(language):
            assert image.default_alt_text == expected


def test_the_database_keeps_one_text_per_language(image, document):
    ImageText.objects.create(image=image, language="vi", alt="một")
    DocumentText.objects.create(document=document, language="vi", alt="một")
    with pytest.raises(IntegrityError), transaction.atomic():
        ImageText.objects.create(image=image, language="vi", alt="hai")
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentText.objects.create(document=document, language="vi", alt="hai")


@pytest.fixture
def at_desk(client):
    set_up()
    curator = PersonFactory()
    curator.groups.add(curator.groups.model.objects.get(name=roles.CURATOR))
    client.force_login(curator)
    return client


def picture():
    """Return a picture as a browser sends it."""
    return SimpleUploadedFile("que.png", get_test_image_file().file.getvalue(), "image/png")


def posted(**changes):
    form = {
        "title": "Cây quế",
        "credit": "Người chụp",
        "licence": "CC-BY-4.0",
        "collection": 1,
        "alt_vi": "Cây quế già",
        "alt_en": "An old cassia tree",
        "tags": "",
    }
    return form | changes


def test_a_curator_uploads_an_image_with_credit_licence_and_both_texts(at_desk):
    assert at_desk.get(reverse("wagtailimages:add")).status_code == 200
    answer = at_desk.post(reverse("wagtailimages:add"), posted(file=picture()))
    assert answer.status_code == 302, answer.context["form"].errors
    image = MuseumImage.objects.get()
    assert (image.credit, image.licence) == ("Người chụp", "CC-BY-4.0")
    assert alts(image) == {"vi": "Cây quế già", "en": "An old cassia tree"}


def test_a_curator_uploads_a_document(at_desk):
    assert at_desk.get(reverse("wagtaildocs:add")).status_code == 200
    file = ContentFile(b"text", name="phieu.txt")
    answer = at_desk.post(reverse("wagtaildocs:add"), posted(file=file))
    assert answer.status_code == 302, answer.context["form"].errors
    document = MuseumDocument.objects.get()
    assert alts(document) == {"vi": "Cây quế già", "en": "An old cassia tree"}


@pytest.mark.parametrize(("field", "value"), [("credit", ""), ("licence", "theft"), ("title", "")])
def test_a_file_without_credit_or_licence_is_refused(at_desk, field, value):
    form = posted(file=picture(), **{field: value})
    answer = at_desk.post(reverse("wagtailimages:add"), form)
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {field}
    assert not MuseumImage.objects.exists()


def test_the_quick_upload_of_several_images_makes_none_without_credit(at_desk):
    """Wagtail uploads first and asks for the rest on the same page."""
    answer = at_desk.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "a.png", "files[]": picture(), "collection": 1},
    )
    assert answer.status_code == 200
    assert answer.json()["success"] is True
    assert not MuseumImage.objects.filter(credit="").exists()


def test_a_visitor_is_sent_to_sign_in(client):
    answer = client.get(reverse("wagtailimages:add"))
    assert answer.status_code == 302
    assert "/login/" in answer.headers["Location"]
