"""The media types of stored files: their names were made from their content when they came in."""

OCTETS = "application/octet-stream"
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "docx": f"{_OPEN_XML}.wordprocessingml.document",
    "flac": "audio/flac",
    "glb": "model/gltf-binary",
    "gltf": "model/gltf+json",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "odp": f"{_OPEN_DOCUMENT}.presentation",
    "ods": f"{_OPEN_DOCUMENT}.spreadsheet",
    "odt": f"{_OPEN_DOCUMENT}.text",
    "ogg": "audio/ogg",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": f"{_OPEN_XML}.presentationml.presentation",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "wav": "audio/wav",
    "webp": "image/webp",
    "xlsx": f"{_OPEN_XML}.spreadsheetml.sheet",
}


def media_type(name: str) -> str:
    """Return the media type of a stored file; what is not on the list is just bytes."""
    return TYPES.get(name.rpartition(".")[2].lower(), OCTETS)
