"""A file leaves the house only for who is shown its record: every address of it, every time."""

import re
from datetime import date

from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from wagtail.models import Collection, CollectionViewRestriction, GroupCollectionPermission

import pytest

from catalogue.models import Figure, HomePage, Species, VernacularName
from media import tiles
from media.models import MediaFile, MuseumDocument, MuseumImage
from tests.factories.catalogue import SpeciesFactory
from tests.factories.media import (
    shows,
    stored_document,
    stored_image,
    stored_recording,
    unpublished_record,
)
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

ADDRESS = re.compile(r"""["' ,](/(?:files|documents)/[^"' ,<>\\]+)""")
TILES = re.compile(r'data-tiles="([^"]+)" data-levels="(\d+)"')


@pytest.fixture
def record(site):
    """An unpublished species shown by files of every kind."""
    return unpublished_record()


def edit_pages(record):
    """The addresses at which a curator works on a record and on its files."""
    edit = Species.snippet_viewset.get_url_name("edit")
    return [
        "/vi/species/que/",
        "/en/species/que/",
        reverse(edit, args=[record.pk]),
        *(
            reverse(f"wagtailimages:{page}", args=[image.pk])
            for image in MuseumImage.objects.all()
            for page in ("edit", "delete")
        ),
        reverse("wagtailimages:index"),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtaildocs:index"),
        *(reverse("wagtaildocs:edit", args=[one.pk]) for one in MuseumDocument.objects.all()),
        *(
            reverse(MediaFile.snippet_viewset.get_url_name("edit"), args=[one.pk])
            for one in MediaFile.objects.all()
        ),
    ]


def collected(client, record):
    """Every address of a file that a curator meets when working on the record."""
    found = set()
    for page in edit_pages(record):
        answer = client.get(page)
        assert answer.status_code == 200, page
        html = answer.content.decode()
        for folder, levels in TILES.findall(html):
            found |= {f"{folder}/{level}/0/0.webp" for level in range(int(levels) + 1)}
        found |= set(ADDRESS.findall(TILES.sub("", html)))
    found |= set(previewed(client, record))
    for image in MuseumImage.objects.all():
        found |= {image.file.url, *(rendition.url for rendition in image.renditions.all())}
    return sorted(found)


def previewed(client, record):
    """The addresses in the preview of the draft, in each language."""
    preview = Species.snippet_viewset.get_url_name("revisions_view")
    for mode in ("vi", "en"):
        page = reverse(preview, args=[record.pk, record.latest_revision_id])
        answer = client.get(page, {"mode": mode})
        assert answer.status_code == 200
        yield from ADDRESS.findall(TILES.sub("", answer.content.decode()))


def status(client, url, **headers):
    """Fetch a file to its end, as a browser does, and say how it went."""
    answer = client.get(url, headers=headers)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


KINDS = ("original_images", "images", "tiles", "recordings", "captions", "documents")


def test_no_file_of_an_unpublished_record_is_there_for_a_visitor(client, curator, record):
    client.force_login(curator)
    found = collected(client, record)
    manifests = [
        *(f"/iiif/{pk}/manifest.json" for pk in MuseumImage.objects.values_list("pk", flat=True)),
        "/iiif/species/que/manifest.json",
    ]
    there = {kind for kind in KINDS if any(f"/{kind}/" in url for url in found)}
    assert there == set(KINDS)
    assert {url: status(client, url) for url in found} == dict.fromkeys(found, 200)

    client.logout()
    addresses = [*found, *manifests]
    nowhere = dict.fromkeys(addresses, 404)
    assert {url: status(client, url) for url in addresses} == nowhere

    client.force_login(PersonFactory())
    assert {url: status(client, url) for url in addresses} == nowhere
    client.logout()

    Species.objects.get().latest_revision.publish()
    assert {url: status(client, url) for url in addresses} == dict.fromkeys(addresses, 200)

    Species.objects.get().unpublish()
    assert {url: status(client, url) for url in addresses} == nowhere


def test_a_recording_is_gone_with_the_speakers_consent(client, record):
    record.latest_revision.publish()
    recording = VernacularName.objects.get(recording__isnull=False).recording
    urls = [recording.file.url, recording.texts.get().captions.url]
    page = client.get("/vi/species/que/").content.decode()
    assert urls[0] in page
    assert [status(client, url) for url in urls] == [200, 200]
    MediaFile.objects.filter(pk=recording.pk).update(
        speaker="Mẫu", consent_given_on=date(2026, 1, 1), consent_withdrawn_on=date(2026, 2, 1)
    )
    assert [status(client, url) for url in urls] == [404, 404]
    assert urls[0] not in client.get("/vi/species/que/").content.decode()


def test_a_still_image_is_gone_with_its_film(client, record):
    record.latest_revision.publish()
    still = MuseumImage.objects.get(title="Ảnh tĩnh")
    assert status(client, still.file.url) == 200
    MediaFile.objects.filter(poster=still).update(
        speaker="Mẫu", consent_given_on=date(2026, 1, 1), consent_withdrawn_on=date(2026, 2, 1)
    )
    assert status(client, still.file.url) == 404


def test_a_file_that_nothing_shows_is_a_curators_alone(client, curator, site):
    image = stored_image()
    assert status(client, image.file.url) == 404
    client.force_login(PersonFactory())
    assert status(client, image.file.url) == 404
    client.force_login(curator)
    assert status(client, image.file.url) == 200


def test_one_published_record_is_enough(client, record):
    image = MuseumImage.objects.get(title="Lá quế")
    assert status(client, image.file.url) == 404
    shows(SpeciesFactory(slug="khac"), image)
    assert status(client, image.file.url) == 200
    Figure.objects.filter(species__slug="khac").delete()
    assert status(client, image.file.url) == 404


def test_a_draft_shows_nothing_of_a_published_record_yet(client, site):
    species = SpeciesFactory(slug="que")
    image = stored_image(prepared=False)
    species.figures = [Figure(image=image)]
    species.save_revision()
    assert not Figure.objects.exists()
    assert status(client, image.file.url) == 404


def test_who_may_change_images_has_their_files(client, site):
    image = stored_image(prepared=False)
    person = PersonFactory()
    group = Group.objects.create(name="Photographers")
    GroupCollectionPermission.objects.create(
        group=group,
        collection=Collection.get_first_root_node(),
        permission=Permission.objects.get(codename="change_image"),
    )
    client.force_login(person)
    assert status(client, image.file.url) == 404
    person.groups.add(group)
    assert status(client, image.file.url) == 200


def test_who_may_change_recordings_has_their_files(client, site):
    recording = stored_recording()
    person = PersonFactory()
    client.force_login(person)
    assert status(client, recording.file.url) == 404
    person.user_permissions.add(Permission.objects.get(codename="change_mediafile"))
    assert status(client, recording.file.url) == 200


@pytest.fixture
def private(record):
    """A collection of files for some people only, that the record's image and paper are in."""
    record.latest_revision.publish()
    collection = Collection.get_first_root_node().add_child(name="Kín")
    MuseumImage.objects.update(collection=collection)
    MuseumDocument.objects.update(collection=collection)
    return CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )


def private_files():
    image = MuseumImage.objects.get(title="Lá quế")
    return [image.file.url, image.renditions.first().url, MuseumDocument.objects.get().url]


def test_a_private_collection_of_files_stays_private(client, private):
    assert [status(client, url) for url in private_files()] == [404, 404, 404]
    html = client.get("/vi/species/que/").content.decode()
    assert [url for url in private_files() if url in html] == []
    client.force_login(PersonFactory())
    assert [status(client, url) for url in private_files()] == [200, 200, 200]
    assert private_files()[2] in client.get("/vi/species/que/").content.decode()


def test_a_collection_for_a_group_is_for_the_group(client, private):
    group = Group.objects.create(name="Readers")
    private.restriction_type = CollectionViewRestriction.GROUPS
    private.save()
    private.groups.add(group)
    person = PersonFactory()
    client.force_login(person)
    assert [status(client, url) for url in private_files()] == [404, 404, 404]
    person.groups.add(group)
    client.force_login(person)
    assert [status(client, url) for url in private_files()] == [200, 200, 200]


def test_a_collection_behind_a_password_is_closed(client, private):
    private.restriction_type = CollectionViewRestriction.PASSWORD
    private.password = "pass-2026-word"
    private.save()
    client.force_login(PersonFactory())
    assert [status(client, url) for url in private_files()] == [404, 404, 404]


def refer(page, image):
    """Let a page refer to an image, as Wagtail notes it when a page with one is saved."""
    from django.contrib.contenttypes.models import ContentType

    from wagtail.models import Page, ReferenceIndex

    ReferenceIndex.objects.create(
        base_content_type=ContentType.objects.get_for_model(Page),
        content_type=ContentType.objects.get_for_model(type(page)),
        object_id=str(page.pk),
        to_content_type=ContentType.objects.get_for_model(MuseumImage),
        to_object_id=str(image.pk),
        model_path="body",
        content_path="body",
        content_path_hash="0" * 32,
    )


def test_an_image_on_a_public_page_is_public(client, site):
    image = stored_image(prepared=False)
    page = HomePage.objects.first()
    refer(page, image)
    assert status(client, image.file.url) == 200
    page.unpublish()
    assert status(client, image.file.url) == 404


def test_an_image_on_a_private_page_is_for_who_may_read_it(client, site):
    image = stored_image(prepared=False)
    page = HomePage.objects.first()
    refer(page, image)
    page.view_restrictions.create(restriction_type="login")
    assert status(client, image.file.url) == 404
    client.force_login(PersonFactory())
    assert status(client, image.file.url) == 200


def test_a_tile_is_no_way_to_another_file(client, record):
    """The image is public; what lies beside it in the storage is not."""
    record.latest_revision.publish()
    image = MuseumImage.objects.get(title="Lá quế")
    default_storage.save("secret.txt", ContentFile(b"secret"))
    hidden = stored_image("Kín", prepared=False).file.name
    for path in (
        f"tiles/{image.pk}/../../secret.txt",
        f"tiles/{image.pk}/../../{hidden}",
        f"{tiles.folder(image)}/0/0/../../../../../{hidden}",
    ):
        assert status(client, f"/files/{path}") == 404, path
        assert status(client, "/files/" + path.replace("..", "%2e%2e")) == 404, path


@pytest.mark.parametrize(
    "path",
    [
        "original_images/none.jpg",
        "original_images/../original_images/la.jpg",
        "original_images/",
        "tiles/x/y/0/0/0.webp",
        "tiles/99999999999999999999/a/0/0/0.webp",
        f"tiles/1/{'0' * 40}/0/0/0.webp",
        "tiles",
        "tiles/1",
        "images",
        "secret/x",
        "wagtail_uploads/a.jpg",
        "original_images/" + "x" * 3000,
        "original_images/%F0%9F%8C%BF",
    ],
)
def test_an_address_of_no_file_is_not_found(client, curator, path):
    client.force_login(curator)
    assert client.get(f"/files/{path}").status_code == 404


def test_a_folder_of_tiles_is_no_file(client, record):
    record.latest_revision.publish()
    assert status(client, f"/files/{tiles.folder(MuseumImage.objects.first())}") == 404


def test_a_document_has_one_address(client, curator, site):
    document = stored_document()
    client.force_login(curator)
    assert status(client, document.url) == 200
    assert status(client, f"/files/{document.file.name}") == 404


def test_a_file_that_is_gone_from_the_storage_is_not_found(client, record):
    record.latest_revision.publish()
    image = MuseumImage.objects.get(title="Lá quế")
    image.file.storage.delete(image.file.name)
    assert status(client, image.file.url) == 404


def test_a_file_costs_few_queries(client, record, django_assert_max_num_queries):
    record.latest_revision.publish()
    image = MuseumImage.objects.get(title="Lá quế")
    with django_assert_max_num_queries(3):
        assert status(client, f"/files/{tiles.folder(image)}/0/0/0.webp") == 200
    with django_assert_max_num_queries(4):
        assert status(client, MuseumDocument.objects.get().url) == 200
