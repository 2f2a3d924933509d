"""IIIF Presentation 3: an image, or all that shows a species, as a manifest other museums can open.

https://iiif.io/api/presentation/3.0/ – only what everybody may see is ever in a manifest.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from catalogue import figures
from catalogue.footnotes import without_marks
from catalogue.models import Species
from media.models import Licence, MediaFile, MuseumImage
from media.views import media_type

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
CONTENT_TYPE = f'application/ld+json;profile="{CONTEXT}"'
# IIIF allows Creative Commons and RightsStatements addresses only.
RIGHTS = {
    Licence.CC0: "http://creativecommons.org/publicdomain/zero/1.0/",
    Licence.CC_BY: "http://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "http://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY_NC: "http://creativecommons.org/licenses/by-nc/4.0/",
    Licence.RESERVED: "http://rightsstatements.org/vocab/InC/1.0/",
}
PLATE_SIZE = {"width": 400, "height": 500}


def of_image(image: MuseumImage) -> dict:
    """Return the manifest of one image."""
    own = _absolute(reverse("iiif_image", args=[image.pk]))
    return _manifest(own, _none(image.title), [_image_canvas(own, 1, image)]) | _rights([image])


def of_species(species: Species) -> dict:
    """Return the manifest of a record that was read whole: its files, or its plate."""
    own = _absolute(reverse("iiif_species", args=[species.slug]))
    shown = figures.shown(species)
    canvases = [_image_canvas(own, n, image) for n, image in enumerate(shown.images, 1)]
    players = [file for file in shown.files if file.kind != MediaFile.Kind.MODEL]
    canvases += [_player_canvas(own, n, file) for n, file in enumerate(players, len(canvases) + 1)]
    if not canvases:
        canvases = [_plate_canvas(own, species)]
    return (
        _manifest(own, _titles(species), canvases)
        | _rights([*shown.images, *players])
        | {
            "summary": _summary(species),
            "metadata": [
                _pair("Tên khoa học", "Scientific name", species.scientific_name),
                _pair("Họ", "Family", species.family.name),
            ],
            "homepage": [_homepage(species, code) for code, _name in settings.LANGUAGES],
            "seeAlso": [
                {
                    "id": _absolute(f"/api/v1/species/{species.slug}"),
                    "type": "Dataset",
                    "format": "application/json",
                }
            ],
        }
    )


def _manifest(own: str, label: dict, canvases: list[dict]) -> dict:
    return {
        "@context": CONTEXT,
        "id": own,
        "type": "Manifest",
        "label": label,
        "provider": [
            {
                "id": settings.BASE_URL,
                "type": "Agent",
                "label": _none("Hoàng Liên"),
                "homepage": [
                    {
                        "id": settings.BASE_URL,
                        "type": "Text",
                        "label": _none("Hoàng Liên"),
                        "format": "text/html",
                    }
                ],
            }
        ],
        "items": canvases,
    }


def _image_canvas(own: str, number: int, image: MuseumImage) -> dict:
    body = {
        "id": _absolute(image.file.url),
        "type": "Image",
        "format": media_type(image.file.name),
        "width": image.width,
        "height": image.height,
    }
    size = {"width": image.width, "height": image.height}
    canvas = _canvas(own, number, _none(image.title), body, size)
    small = next((r for r in image.renditions.all() if r.filter_spec == "width-320"), None)
    if small:
        canvas["thumbnail"] = [
            {
                "id": _absolute(small.file.url),
                "type": "Image",
                "format": media_type(small.file.name),
                "width": small.width,
                "height": small.height,
            }
        ]
    return canvas


def _player_canvas(own: str, number: int, file: MediaFile) -> dict:
    length = {"duration": file.duration_ms / 1000} if file.duration_ms else {}
    if not length:
        length = {"duration": 1.0}  # a canvas in time has a length, also where none was found
    size = {"width": file.width, "height": file.height} if file.width and file.height else {}
    kind = "Sound" if file.kind == MediaFile.Kind.AUDIO else "Video"
    body = {
        "id": _absolute(file.file.url),
        "type": kind,
        "format": file.media_type,
        **length,
        **(size if kind == "Video" else {}),
    }
    canvas = _canvas(
        own, number, _none(file.title), body, length | (size if kind == "Video" else {})
    )
    spoken = [text for text in file.texts.all() if text.captions]
    if spoken:
        canvas["annotations"] = [_captions(canvas["id"], spoken)]
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
    return _canvas(own, 1, _titles(species), body, PLATE_SIZE)


def _canvas(own: str, number: int, label: dict, body: dict, size: dict) -> dict:
    canvas = f"{own.removesuffix('manifest.json')}canvas/{number}"
    return {
        "id": canvas,
        "type": "Canvas",
        "label": label,
        **size,
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


def _rights(files: list) -> dict:
    """Return licence and credit; one licence only where all files have the same."""
    credited = list(dict.fromkeys(file.credit for file in files if file.credit))
    licences = {file.licence for file in files}
    found = {"rights": RIGHTS[Licence(licences.pop())]} if len(licences) == 1 else {}
    if credited:
        found["requiredStatement"] = _pair("Ghi công", "Credit", "; ".join(credited))
    return found


def _titles(species: Species) -> dict:
    return {
        code: [name.name if (name := species.name_in(code)) else species.scientific_name]
        for code, _name in settings.LANGUAGES
    }


def _summary(species: Species) -> dict:
    return {row.language: [without_marks(row.description)] for row in species.texts.all()}


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


def _absolute(path: str) -> str:
    return path if path.startswith("http") else f"{settings.BASE_URL}{path}"
