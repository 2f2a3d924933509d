"""Recordings, videos and models are known by their content, and lose where they were made."""

import json
import struct
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.uploads import mp4 as boxes
from media.uploads import recordings
from media.uploads.recordings import examined
from tests.factories.media import box, glb, gltf, mp4, wav

PLACE = b"+22.3364+103.8438/"
UDTA = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(PLACE), 0x15C7), PLACE))
META = box(b"meta", bytes(4), b"com.apple.quicktime.location.ISO6709", PLACE)


def named(name, content):
    return ContentFile(content, name=name)


@pytest.mark.parametrize(
    ("file", "kind", "media_type", "duration"),
    [
        (wav(), "audio", "audio/wav", 2000),
        (wav(name="a.html"), "audio", "audio/wav", 2000),
        (mp4(b"soun"), "audio", "audio/mp4", 3000),
        (mp4(b"vide"), "video", "video/mp4", 3000),
        (mp4(b"soun", b"vide", b"tmcd"), "video", "video/mp4", 3000),
        (glb(), "model", "model/gltf-binary", None),
        (gltf(), "model", "model/gltf+json", None),
    ],
)
def test_a_file_is_what_its_content_says(file, kind, media_type, duration):
    file.seek(0)
    content = file.read()
    found = examined(file)
    assert (found.kind, found.media_type, found.duration_ms) == (kind, media_type, duration)
    found.file.seek(0)
    assert found.file.read() == content


@pytest.mark.parametrize(
    "file",
    [
        mp4(b"vide", b"soun", descriptions=UDTA),
        mp4(b"vide", descriptions=META),
        mp4(b"vide", descriptions=box(b"uuid", bytes(16), PLACE)),
        mp4(b"soun", descriptions=box(b"trak", box(b"mdia", box(b"udta", PLACE)))),
        named("a.mp4", mp4(b"vide").read() + UDTA),
    ],
)
def test_a_film_loses_where_it_was_made_and_nothing_else(file):
    content = file.read()
    assert PLACE in content
    kept = examined(file).file
    kept.seek(0)
    after = kept.read()
    assert PLACE not in after
    assert len(after) == len(content) == kept.size
    assert after.count(b"x" * 50) == 1
    assert {one.kind for one in boxes.boxes(kept, kept.size)} & boxes.DESCRIPTIONS == set()
    again = examined(kept)
    assert (again.media_type, again.duration_ms) == (examined(file).media_type, 3000)


def test_a_track_of_positions_is_not_taken():
    with pytest.raises(ValidationError) as refusal:
        examined(mp4(b"vide", b"meta"))
    assert len(refusal.value.messages) == 1


REFUSED = [
    ("a text", named("a.mp3", b"hello")),
    ("a page", named("a.mp4", b"<html>")),
    ("nothing", named("a.mp3", b"")),
    ("a tag without sound", named("a.mp3", b"ID3" + bytes(5000))),
    ("a film without end", named("a.mp4", mp4(b"vide").read()[:-40])),
    ("a box within itself", named("a.mp4", box(b"ftyp", b"isom") + b"\0\0\0\4moov")),
    ("a film of nothing", mp4()),
    ("a film of no length", mp4(b"vide", seconds=0)),
    ("a film in Ogg", named("a.ogg", b"OggS" + bytes(24) + b"\x80theora" + bytes(90))),
    ("Ogg with nothing in it", named("a.ogg", b"OggS" + bytes(90))),
    ("a recording of no length", wav(seconds=0)),
    ("a WebM film", named("a.webm", b"\x1aE\xdf\xa3" + bytes(90))),
    ("a model that fetches", gltf(buffers=[{"uri": "https://example.org/a.bin"}])),
    ("a model with a picture beside it", gltf(images=[{"uri": "a.png"}])),
    ("a model with a page inside", gltf(images=[{"uri": "data:text/html,<script>"}])),
    ("a binary model that fetches", glb({"asset": {"version": "2.0"}, "images": [{"uri": "a"}]})),
    ("a model of another version", gltf(asset={"version": "1.0"})),
    ("json that is no model", named("a.gltf", b"{}")),
    ("broken json", named("a.gltf", b"{")),
    ("json without end", named("a.gltf", b'{"a":' * 200_000)),
    ("a number for a list", named("a.gltf", b'{"asset": {"version": "2.0"}, "buffers": 3}')),
    ("a number for an address", gltf(buffers=[{"uri": 3}])),
    ("a list for an object", named("a.gltf", b'{"asset": []}')),
    ("a model cut short", named("a.glb", glb().read()[:-4])),
    ("the head of a model", named("a.glb", b"glTF\2\0\0\0")),
    ("a model with an endless part", named("a.glb", glb().read()[:12] + b"\xff" * 8)),
]


@pytest.mark.parametrize(("_case", "file"), REFUSED, ids=[case for case, _file in REFUSED])
def test_what_is_something_else_is_refused(_case, file):
    file.seek(0)
    with pytest.raises(ValidationError) as refusal:
        examined(file)
    assert refusal.value.messages[0].endswith(".")


def test_what_is_too_large_is_refused(monkeypatch):
    monkeypatch.setitem(recordings.LIMITS, "audio", 1000)
    with pytest.raises(ValidationError, match="MB"):
        examined(wav())


STARTS = (
    b"ID3",
    b"\xff\xfb",
    b"OggS",
    b"fLaC",
    b"RIFF\0\0\0\0WAVE",
    b"glTF",
    b"{",
    b"\0\0\0\x10ftyp",
)


@given(st.sampled_from(STARTS), st.binary(max_size=300))
def test_no_bytes_are_more_than_refused(start, rest):
    with suppress(ValidationError):
        examined(named("a", start + rest))


@given(st.data())
def test_no_damage_to_a_film_is_more_than_refused(data):
    content = bytearray(mp4(b"vide", b"soun", descriptions=UDTA).read())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(ValidationError):
        examined(named("a.mp4", bytes(content)))


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["asset", "version", "buffers", "images", "uri"]), inner, max_size=4
            )
        ),
        max_leaves=8,
    )
)
def test_no_json_is_more_than_refused(model):
    with suppress(ValidationError):
        examined(named("a.gltf", json.dumps({"asset": model, "buffers": model}).encode()))
