"""Captions are WebVTT with something in it."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.uploads import captions
from media.uploads.captions import check_captions
from tests.factories.media import VTT


def file(content):
    return ContentFile(content.encode() if isinstance(content, str) else content, name="a.vtt")


@pytest.mark.parametrize("text", [VTT, f"\ufeff{VTT}", VTT.replace("\n", "\r\n")])
def test_captions_are_taken(text):
    given = file(text)
    check_captions(given)
    assert given.read() == text.encode()


@pytest.mark.parametrize(
    ("_case", "content"),
    [
        ("a text", "hello"),
        ("nothing", ""),
        ("no cue", "WEBVTT\n\n"),
        ("another format", "1\n00:00:00,000 --> 00:00:01,000\nx\n"),
        ("another alphabet's bytes", b"WEBVTT\n\n00:00.000 --> 00:01.000\n\xff\n"),
        ("bytes", b"\xff\xfe\0"),
        ("a time that is none", "WEBVTT\n\n00:xx.000 --> 00:01.000\nx\n"),
    ],
)
def test_what_is_something_else_is_refused(_case, content):
    with pytest.raises(ValidationError, match="WebVTT"):
        check_captions(file(content))


def test_what_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(captions, "LARGEST", 10)
    with pytest.raises(ValidationError, match="MB"):
        check_captions(file(VTT))


@given(st.text(max_size=200))
def test_no_text_is_more_than_refused(text):
    with suppress(ValidationError):
        check_captions(file("WEBVTT\n\n00:00.000 --> 00:01.000 " + text))
