"""Lets the Elasticsearch client talk to servers that know an older dialect of its requests."""

import dataclasses
import json
import re
from typing import Any

from elastic_transport import HttpHeaders, Urllib3HttpNode

_OWN_TYPE = re.compile(r"application/vnd\.elasticsearch\+([\w.-]+)\s*;\s*compatible-with=\d+")


class PlainNode(Urllib3HttpNode):
    """The client's ordinary node, with plain media types and without what is only known to 9."""

    def perform_request(self, method: str, target: str, body=None, headers=None, **options: Any):
        response = super().perform_request(
            method,
            target.replace("_source_exclude_vectors=true", "").rstrip("?&"),
            body=_without_vectors(body),
            headers=_plain(headers or {}),
            **options,
        )
        said = HttpHeaders(response.meta.headers)
        said["x-elastic-product"] = "Elasticsearch"
        return response._replace(meta=dataclasses.replace(response.meta, headers=said))


def _plain(headers) -> HttpHeaders:
    plain = HttpHeaders(headers)
    for name in ("accept", "content-type"):
        if name in plain:
            plain[name] = _OWN_TYPE.sub(r"application/\1", plain[name])
    return plain


def _without_vectors(body: bytes | None) -> bytes | None:
    """Leave out what the client says of vectors, which these servers take for a mistake."""
    if not body or b"exclude_vectors" not in body:
        return body
    return b"\n".join(_line_without_vectors(line) for line in body.split(b"\n"))


def _line_without_vectors(line: bytes) -> bytes:
    if b"exclude_vectors" not in line:
        return line
    asked = json.loads(line)
    if isinstance(asked.get("_source"), dict):
        asked["_source"].pop("exclude_vectors", None)
        if not asked["_source"]:
            del asked["_source"]
    return json.dumps(asked, ensure_ascii=False).encode()
