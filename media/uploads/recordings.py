"""Recordings, videos and models: what a file is, is read from its content and nowhere else."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from tinytag import TinyTag

from media.uploads import MEGABYTE, models3d, mp4

# kind → largest size in bytes
LIMITS = {"audio": 50 * MEGABYTE, "video": 500 * MEGABYTE, "model": 50 * MEGABYTE}
SOUND, PICTURE, TIME_CODE = b"soun", b"vide", b"tmcd"


@dataclass(frozen=True)
class Found:
    """What a file turned out to be, and the file as it is stored."""

    kind: str
    media_type: str
    file: File
    duration_ms: int | None = None


# ending of the stored name by media type; a browser then gets what it is told
ENDINGS = {
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "audio/flac": ".flac",
    "audio/wav": ".wav",
    "audio/mp4": ".m4a",
    "video/mp4": ".mp4",
    "model/gltf-binary": ".glb",
    "model/gltf+json": ".gltf",
}


def examined(file: File) -> Found:
    """Return what a recording, video or model is, with the file that may be stored.

    A place that a phone wrote into a video is blanked. Raises ValidationError for a file that is
    too large, broken, or of a kind that is not kept.
    """
    media_type = _media_type(file)
    kind = media_type.partition("/")[0]
    if file.size > LIMITS[kind]:
        raise ValidationError(
            _("The file is larger than %(limit)s MB.") % {"limit": LIMITS[kind] // MEGABYTE}
        )
    if kind == "model":
        check = models3d.check_glb if media_type.endswith("binary") else models3d.check_gltf
        check(file)
        file.seek(0)
        return Found(kind, media_type, file)
    if media_type.endswith("mp4"):
        file = mp4.without_descriptions(file, mp4.boxes(file, file.size))
    return Found(kind, media_type, file, _duration_ms(file, media_type))


def _media_type(file: File) -> str:
    file.seek(0)
    head = file.read(512)
    if head.startswith(b"ID3") or (head[:1] == b"\xff" and head[1:2] in b"\xf2\xf3\xfa\xfb"):
        return "audio/mpeg"
    if head.startswith(b"OggS") and b"theora" not in head:
        return "audio/ogg"
    if head.startswith(b"fLaC"):
        return "audio/flac"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    if head.startswith(models3d.GLB_MAGIC):
        return "model/gltf-binary"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return "model/gltf+json"
    if head[4:8] == b"ftyp":
        return _mp4_type(file)
    raise ValidationError(
        _(
            "This kind of file is not kept. Save sound as MP3, M4A, Ogg, FLAC or WAV, a video as "
            "MP4, a model as glTF."
        )
    )


def _mp4_type(file: File) -> str:
    """Return whether an MP4 is seen or heard. Whatever else runs along, often a position, is not
    taken: it stands among the pictures and cannot be blanked."""
    try:
        kinds = mp4.tracks(file, mp4.boxes(file, file.size))
    except ValueError as error:
        raise _broken() from error
    if kinds - {SOUND, PICTURE, TIME_CODE}:
        raise ValidationError(
            _(
                "Beside picture and sound the video carries other data, often the place where it "
                "was taken. Export it with picture and sound only."
            )
        )
    if PICTURE in kinds:
        return "video/mp4"
    if SOUND in kinds:
        return "audio/mp4"
    raise _broken()


def _duration_ms(file: File, media_type: str) -> int:
    file.seek(0)
    try:
        tag = TinyTag.get(filename=f"x{ENDINGS[media_type]}", file_obj=file, tags=False)
        duration = round((tag.duration or 0) * 1000)
    except Exception as error:  # a parser of broken files fails in ways of its own
        raise _broken() from error
    finally:
        file.seek(0)
    if not 0 < duration < 2**31:
        raise _broken()
    return duration


def _broken() -> ValidationError:
    return ValidationError(_("The file is broken: its length cannot be read."))
