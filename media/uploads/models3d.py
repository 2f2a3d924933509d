"""Models in three dimensions: glTF 2 with all its parts inside, as .glb or as one .gltf."""

import json
import struct

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

GLB_MAGIC = b"glTF"
_JSON_CHUNK = 0x4E4F534A
# What a part written into the file may be; a page or a script is not among them.
_INSIDE = ("data:application/octet-stream", "data:application/gltf-buffer", "data:image/")


def check_glb(file: File) -> None:
    """Refuse a binary model that is broken or fetches parts from elsewhere."""
    file.seek(0)
    head = file.read(20)
    try:
        magic, version, length, chunk, kind = struct.unpack("<4sIIII", head)
    except struct.error as error:
        raise _no_model() from error
    if (magic, version, kind) != (GLB_MAGIC, 2, _JSON_CHUNK) or length != file.size:
        raise _no_model()
    if chunk > length - 20:
        raise _no_model()
    _check(file.read(chunk))


def check_gltf(file: File) -> None:
    """Refuse a written-out model that is broken or fetches parts from elsewhere."""
    file.seek(0)
    _check(file.read())


def _check(text: bytes) -> None:
    try:
        model = json.loads(text)
        version = model["asset"]["version"]
        parts = [*model.get("buffers", ()), *model.get("images", ())]
        addresses = [part["uri"] for part in parts if "uri" in part]
        inside = all(address.startswith(_INSIDE) for address in addresses)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _no_model() from error
    if not str(version).startswith("2."):
        raise _no_model()
    if not inside:
        raise ValidationError(
            _("The model fetches parts from elsewhere. Save it as one file (.glb).")
        )


def _no_model() -> ValidationError:
    return ValidationError(_("The file is not a glTF 2 model."))
