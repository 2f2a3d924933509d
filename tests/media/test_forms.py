"""Curators keep recordings, videos and models in the admin."""

from datetime import date

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import pytest

from core import roles
from media.models import ImageText, MediaFile, MediaFileText
from tests.factories.media import VTT, glb, mp4, stored_image, stored_recording, wav
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def uploaded(file):
    return SimpleUploadedFile(file.name, file.read())


def address(action, *args):
    return reverse(MediaFile.snippet_viewset.get_url_name(action), args=args)


def form(*texts, **changes):
    """A filled-in form; each text is a mapping of its fields."""
    data = {
        "title": "Tên quế",
        "credit": "Người thu",
        "licence": "CC-BY-4.0",
        "texts-TOTAL_FORMS": len(texts),
        "texts-INITIAL_FORMS": sum("id" in text for text in texts),
        "texts-MIN_NUM_FORMS": 0,
        "texts-MAX_NUM_FORMS": 1000,
    }
    for number, text in enumerate(texts):
        data |= {f"texts-{number}-{name}": value for name, value in text.items()}
    return data | changes


@pytest.fixture
def desk(client, curator):
    client.force_login(curator)
    return client


def test_a_curator_keeps_a_recording_with_its_words(desk):
    assert desk.get(address("add")).status_code == 200
    captions = SimpleUploadedFile("loi.txt", VTT.encode())
    answer = desk.post(
        address("add"),
        form(
            {"language": "vi", "alt": "Một người nói", "transcript": "Quế.", "captions": captions},
            {"language": "en", "alt": "Somebody speaks", "content_warning": "A loud sound"},
            file=uploaded(wav(name="ten que.html")),
            speaker="Cụ Mẫu",
            consent_given_on="2026-05-01",
            consent_given_how="Lời nói, ghi âm",
        ),
    )
    assert answer.status_code == 302, answer.context["form"].errors
    recording = MediaFile.objects.get()
    assert (recording.kind, recording.media_type, recording.duration_ms) == (
        "audio",
        "audio/wav",
        2000,
    )
    assert recording.size_bytes == 32_044
    assert recording.file.name == "recordings/ten_que.wav"
    assert recording.consent_given_on == date(2026, 5, 1)
    assert {text.language: text.alt for text in recording.texts.all()} == {
        "vi": "Một người nói",
        "en": "Somebody speaks",
    }
    assert recording.texts.get(language="vi").captions.name == "captions/loi.vtt"
    assert desk.get(address("edit", recording.pk)).status_code == 200
    assert desk.get(address("list")).status_code == 200


def test_a_video_says_how_large_it_is(desk):
    answer = desk.post(address("add"), form(file=uploaded(mp4(b"vide"))))
    assert set(answer.context["form"].errors) == {"width"}
    answer = desk.post(
        address("add"),
        form(file=uploaded(mp4(b"vide")), width=640, height=360, poster=stored_image().pk),
    )
    assert answer.status_code == 302, answer.context["form"].errors
    film = MediaFile.objects.get()
    assert (film.kind, film.width, film.height, film.duration_ms) == ("video", 640, 360, 3000)


@pytest.mark.parametrize(
    ("_case", "file"),
    [
        ("a text", ContentFile(b"hello", name="a.mp3")),
        ("a page", ContentFile(b"<html>", name="a.mp4")),
        ("a recording of nothing", wav(seconds=0)),
        ("a film with positions", mp4(b"vide", b"meta")),
        ("a model cut short", ContentFile(glb().read()[:-2], name="a.glb")),
    ],
)
def test_the_form_says_why_it_refuses_a_file(desk, _case, file):
    file.seek(0)
    answer = desk.post(address("add"), form(file=uploaded(file)))
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"file"}
    assert not MediaFile.objects.exists()


def test_the_form_says_why_it_refuses_captions(desk):
    bad = {"language": "vi", "captions": SimpleUploadedFile("a.vtt", b"hello")}
    answer = desk.post(address("add"), form(bad, file=uploaded(wav())))
    assert answer.status_code == 200
    errors = answer.context["form"].formsets["texts"].errors
    assert [set(row) for row in errors] == [{"captions"}]
    assert not MediaFile.objects.exists()


def test_a_named_speaker_must_have_consented(desk):
    answer = desk.post(address("add"), form(file=uploaded(wav()), speaker="Cụ Mẫu"))
    assert answer.status_code == 200
    assert not answer.context["form"].is_valid()
    assert not MediaFile.objects.exists()


def test_a_replaced_recording_leaves_no_file_behind(desk, django_capture_on_commit_callbacks):
    recording = stored_recording()
    old = recording.file.name
    text = recording.texts.get()
    old_captions = text.captions.name
    row = {"id": text.pk, "language": "vi", "alt": "Khác"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(
            address("edit", recording.pk),
            form(
                row | {"captions": SimpleUploadedFile("b.vtt", VTT.encode())},
                file=uploaded(wav(seconds=3)),
            ),
        )
    assert answer.status_code == 302, answer.context["form"].errors
    recording.refresh_from_db()
    assert recording.duration_ms == 3000
    assert recording.file.name != old
    assert not default_storage.exists(old)
    assert not default_storage.exists(old_captions)
    assert default_storage.exists(recording.file.name)
    assert default_storage.exists(MediaFileText.objects.get().captions.name)


def test_a_change_of_words_keeps_the_file(desk, django_capture_on_commit_callbacks):
    recording = stored_recording()
    name = recording.file.name
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address("edit", recording.pk), form(title="Khác"))
    recording.refresh_from_db()
    assert (recording.title, recording.file.name) == ("Khác", name)
    assert default_storage.exists(name)


def test_a_deleted_recording_leaves_no_file_behind(django_capture_on_commit_callbacks):
    recording = stored_recording()
    names = [recording.file.name, recording.texts.get().captions.name]
    assert all(default_storage.exists(name) for name in names)
    with django_capture_on_commit_callbacks(execute=True):
        recording.delete()
    assert not any(default_storage.exists(name) for name in names)


def test_no_way_into_the_storage_leads_round():
    with pytest.raises(ValidationError):
        MediaFile.objects.create(title="T", credit="M", file=ContentFile(b"x", name="a.mp3"))
    recording = stored_recording()
    with pytest.raises(ValidationError):
        MediaFileText.objects.create(
            file=recording, language="en", captions=ContentFile(b"x", name="a.vtt")
        )


def test_only_curators_keep_recordings(client, site):
    person = PersonFactory()
    person.groups.add(Group.objects.get(name=roles.MARKET_STAFF))
    client.force_login(person)
    assert client.get(address("add")).status_code == 302
    assert client.post(address("add"), form(file=uploaded(wav()))).status_code == 302
    assert not MediaFile.objects.exists()


@pytest.mark.parametrize(
    ("_case", "speaker", "given", "withdrawn", "consents"),
    [
        ("nobody is named", "", None, None, True),
        ("consent stands", "Mẫu", date(2026, 5, 1), None, True),
        ("from tomorrow", "Mẫu", date(2026, 5, 3), None, False),
        ("withdrawn today", "Mẫu", date(2026, 4, 1), date(2026, 5, 2), False),
        ("withdrawn from tomorrow", "Mẫu", date(2026, 4, 1), date(2026, 5, 3), True),
    ],
)
def test_consent_is_the_same_word_in_both_places(_case, speaker, given, withdrawn, consents):
    recording = stored_recording(
        speaker=speaker, consent_given_on=given, consent_withdrawn_on=withdrawn
    )
    day = date(2026, 5, 2)
    assert recording.is_consented(day) is consents
    assert MediaFile.objects.with_consent(day).exists() is consents


def test_a_warning_is_kept_with_the_image(desk):
    image = stored_image(prepared=False)
    answer = desk.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {
            "title": "Lá",
            "credit": "Mẫu",
            "licence": "CC0-1.0",
            "collection": 1,
            "tags": "",
            "alt_vi": "",
            "content_warning_vi": "Có hình rắn",
            "alt_en": "A leaf",
            "content_warning_en": "",
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert list(ImageText.objects.order_by("language").values_list("alt", "content_warning")) == [
        ("A leaf", ""),
        ("", "Có hình rắn"),
    ]
