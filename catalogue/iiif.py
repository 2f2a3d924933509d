"""IIIF Presentation 3: an image, or all that shows a species, as a manifest other museums can open.

https://iiif.io/api/presentation/3.0/ – only what everybody may see is ever in a manifest. What a
canvas needs and is not known (how long a recording is) leaves the file out; nothing is made up.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue import figures
from catalogue.footnotes import without_marks
from catalogue.models import Species
from core.languages import LanguageRow
from media.kinds import media_type
from media.models import Licence, MediaFile, MuseumImage
from media.renditions import Source, large, on_pages

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
CONTENT_TYPE = f'application/ld+json;profile="{CONTEXT}"'
# IIIF allows the addresses of Creative Commons and of RightsStatements, written with http.
RIGHTS = {
    Licence.CC0: "http://creativecommons.org/publicdomain/zero/1.0/",
    Licence.CC_BY: "http://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "http://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY_NC: "http://creativecommons.org/licenses/by-nc/4.0/",
    Licence.RESERVED: "http://rightsstatements.org/vocab/InC/1.0/",
}
PLATE_SIZE = {"width": 400, "height": 500}


def of_image(image: MuseumImage, species: Species | None) -> dict:
    """Return the manifest of one image, and of the record it stands in if it stands in one."""
    own = _absolute(reverse("iiif_image", args=[image.pk]))
    manifest = _manifest(own, _none(image.title), [_image_canvas(own, image)])
    manifest |= _described(image.texts.all())
    return manifest | _rights([image]) | (_record(species) if species else {})


def of_species(species: Species) -> dict:
    """Return the manifest of a record that was read whole: its files, or its plate."""
    own = _absolute(reverse("iiif_species", args=[species.slug]))
    shown = figures.shown(species)
    players = [file for file in shown.files if _is_playable(file)]
    canvases = [
        *(_image_canvas(own, image) for image in shown.images),
        *(_player_canvas(own, file) for file in players),
    ]
    if not shown.images:
        canvases.insert(0, _plate_canvas(own, species))
    manifest = _manifest(own, _titles(species), canvases)
    manifest["summary"] = {
        row.language: [without_marks(row.description)] for row in species.texts.all()
    }
    return manifest | _rights([*shown.images, *players]) | _record(species)


def _record(species: Species) -> dict:
    """Return what leads from a manifest to the record: its names, its pages, its data."""
    return {
        "metadata": [
            _pair("Tên khoa học", "Scientific name", species.scientific_name),
            _pair("Họ", "Family", species.family.name),
        ],
        "homepage": [_homepage(species, code) for code, _language in settings.LANGUAGES],
        "seeAlso": [
            {
                "id": _absolute(f"/api/v1/species/{species.slug}"),
                "type": "Dataset",
                "format": "application/json",
            }
        ],
    }


def _manifest(own: str, label: dict, canvases: list[dict]) -> dict:
    name = _none(settings.WAGTAIL_SITE_NAME)
    home = {"id": f"{settings.BASE_URL}/", "type": "Text", "label": name, "format": "text/html"}
    manifest = {
        "@context": CONTEXT,
        "id": own,
        "type": "Manifest",
        "label": label,
        "provider": [
            {"id": f"{settings.BASE_URL}/", "type": "Agent", "label": name, "homepage": [home]}
        ],
        "items": canvases,
    }
    thumbnails = [canvas["thumbnail"] for canvas in canvases if "thumbnail" in canvas]
    return manifest | ({"thumbnail": thumbnails[0]} if thumbnails else {})


def _image_canvas(own: str, image: MuseumImage) -> dict:
    size = {"width": image.width, "height": image.height}
    small = next(iter(on_pages(image)), None)
    return _canvas(
        own,
        f"image-{image.pk}",
        _none(image.title),
        _picture(large(image)),
        size,
        **_described(image.texts.all()),
        **_rights([image]),
        **({"thumbnail": [_picture(small)]} if small else {}),
    )


def _picture(source: Source) -> dict:
    return {
        "id": _absolute(source.url),
        "type": "Image",
        "format": _format(source.name),
        "width": source.width,
        "height": source.height,
    }


def _is_playable(file: MediaFile) -> bool:
    """Return whether a file has a place in time, and a video one in space."""
    if file.kind == MediaFile.Kind.VIDEO:
        return bool(file.duration_ms and file.width and file.height)
    return file.kind == MediaFile.Kind.AUDIO and bool(file.duration_ms)


def _player_canvas(own: str, file: MediaFile) -> dict:
    is_video = file.kind == MediaFile.Kind.VIDEO
    extent = {"duration": file.duration_ms / 1000}
    if is_video:
        extent |= {"width": file.width, "height": file.height}
    body = {
        "id": _absolute(file.file.url),
        "type": "Video" if is_video else "Sound",
        "format": file.media_type,
        **extent,
    }
    canvas = _canvas(
        own,
        f"file-{file.pk}",
        _none(file.title),
        body,
        extent,
        **_described(file.texts.all()),
        **_rights([file]),
    )
    captioned = [text for text in file.texts.all() if text.captions]
    if captioned:
        canvas["annotations"] = [_captions(canvas["id"], captioned)]
    return canvas


def _captions(canvas: str, texts: list) -> dict:
    page = f"{canvas}/captions"
    return {
        "id": page,
        "type": "AnnotationPage",
        "items": [
            {
                "id": f"{page}/{text.language}",
                "type": "Annotation",
                "motivation": "supplementing",
                "body": {
                    "id": _absolute(text.captions.url),
                    "type": "Text",
                    "format": "text/vtt",
                    "language": text.language,
                },
                "target": canvas,
            }
            for text in texts
        ],
    }


def _plate_canvas(own: str, species: Species) -> dict:
    body = {
        "id": _absolute(reverse("plate", args=[species.slug])),
        "type": "Image",
        "format": "image/svg+xml",
        **PLATE_SIZE,
    }
    honest = {}
    for code, _language in settings.LANGUAGES:
        with override(code):
            honest[code] = [
                _("Drawn from recorded traits, not a photograph. The part used is tinted.")
            ]
    return _canvas(
        own, "plate", _titles(species), body, PLATE_SIZE, summary=honest, thumbnail=[body]
    )


def _canvas(own: str, name: str, label: dict, body: dict, extent: dict, **more) -> dict:
    canvas = f"{own.removesuffix('manifest.json')}canvas/{name}"
    return {
        "id": canvas,
        "type": "Canvas",
        "label": label,
        **extent,
        **more,
        "items": [
            {
                "id": f"{canvas}/page",
                "type": "AnnotationPage",
                "items": [
                    {
                        "id": f"{canvas}/page/painting",
                        "type": "Annotation",
                        "motivation": "painting",
                        "body": body,
                        "target": canvas,
                    }
                ],
            }
        ],
    }


def _described(rows: list[LanguageRow]) -> dict:
    """Return the text alternatives as a summary, and what to warn of as metadata."""
    alts = {row.language: [row.alt] for row in rows if row.alt}
    warnings = {row.language: [row.content_warning] for row in rows if row.content_warning}
    found: dict = {"summary": alts} if alts else {}
    if warnings:
        label = {"vi": ["Lưu ý trước khi xem"], "en": ["Content warning"]}
        found["metadata"] = [{"label": label, "value": warnings}]
    return found


def _rights(files: list) -> dict:
    """Return licence and credit; one licence only where all files have the same."""
    credited = list(dict.fromkeys(file.credit for file in files if file.credit))
    licences = {file.licence for file in files}
    found: dict = {"rights": RIGHTS[Licence(licences.pop())]} if len(licences) == 1 else {}
    if credited:
        found["requiredStatement"] = _pair("Ghi công", "Credit", "; ".join(credited))
    return found


def _titles(species: Species) -> dict:
    return {
        code: [name.name if (name := species.name_in(code)) else species.scientific_name]
        for code, _language in settings.LANGUAGES
    }


def _homepage(species: Species, language: str) -> dict:
    with override(language):
        return {
            "id": _absolute(species.get_absolute_url()),
            "type": "Text",
            "label": {language: _titles(species)[language]},
            "format": "text/html",
            "language": [language],
        }


def _pair(vi: str, en: str, value: str) -> dict:
    return {"label": {"vi": [vi], "en": [en]}, "value": _none(value)}


def _none(text: str) -> dict:
    return {"none": [text]}


def _format(name: str) -> str:
    return media_type(name).partition(";")[0]


def _absolute(path: str) -> str:
    return path if "://" in path else f"{settings.BASE_URL}{path}"
