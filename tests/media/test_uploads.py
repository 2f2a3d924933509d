"""Recordings, videos and models are known by their content."""

import json
import wave
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

import pytest

from media.uploads import check_captions, check_media, duration_ms


def wav(seconds=2):
    buffer = BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * 8000 * seconds)
    return SimpleUploadedFile("a.wav", buffer.getvalue())


def gltf(**changes):
    model = {"asset": {"version": "2.0"}, "buffers": [{"uri": "data:;base64,AA=="}]} | changes
    return SimpleUploadedFile("a.gltf", json.dumps(model).encode())


def test_a_recording_is_taken_and_its_length_known():
    assert check_media("audio", wav()) == "audio/x-wav"
    assert duration_ms(wav()) == 2000


def test_a_model_with_all_its_parts_is_taken():
    assert check_media("model", gltf()) == "model/gltf+json"
    assert check_media("model", SimpleUploadedFile("a.glb", b"glTF\x02\0\0\0")) == (
        "model/gltf-binary"
    )


@pytest.mark.parametrize(
    ("_case", "kind", "file"),
    [
        ("a text", "audio", SimpleUploadedFile("a.mp3", b"hello")),
        ("a page", "video", SimpleUploadedFile("a.mp4", b"<html>")),
        ("nothing", "audio", SimpleUploadedFile("a.mp3", b"")),
        ("a recording as a video", "video", wav()),
        ("a model that fetches", "model", gltf(buffers=[{"uri": "https://example.org/a.bin"}])),
        ("a model of another version", "model", gltf(asset={"version": "1.0"})),
        ("json that is no model", "model", SimpleUploadedFile("a.gltf", b"{}")),
        ("broken json", "model", SimpleUploadedFile("a.gltf", b"{")),
        ("a list for an object", "model", SimpleUploadedFile("a.gltf", b'{"buffers": 3}')),
    ],
)
def test_what_is_something_else_is_refused(_case, kind, file):
    with pytest.raises(ValidationError):
        check_media(kind, file)


def test_what_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("media.uploads.ALLOWED", {"audio": (10, {"audio/x-wav"})})
    with pytest.raises(ValidationError):
        check_media("audio", wav())


def test_captions_are_webvtt():
    check_captions(SimpleUploadedFile("a.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nx\n"))
    for content in (b"hello", b"\xff\xfe", b""):
        with pytest.raises(ValidationError):
            check_captions(SimpleUploadedFile("a.vtt", content))


def test_a_length_that_cannot_be_told_is_none():
    assert duration_ms(SimpleUploadedFile("a.mp3", b"hello")) is None
