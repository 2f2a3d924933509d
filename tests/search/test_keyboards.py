"""Words typed with the program for Vietnamese letters switched off."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.keyboards import as_meant

NAMES = {
    "bạc hà": ("bacj haf", "bac5 ha2"),
    "thảo quả": ("thaor quar", "thao3 qua3"),
    "quế": ("quees", "que61"),
    "hồi": ("hooif", "hoi62"),
    "sâm ngọc linh": ("saam Ngocj linh", "sa6m ngoc5 linh"),
    "đỗ trọng": ("ddoox trongj", "d9o64 trong5"),
    "đương quy": ("dduwowng quy", "d9u7o7ng quy"),
    "đảng sâm": ("dangrd sama", "dang39 sam6"),
    "nghệ": ("ngheej", "nghe65"),
    "mắc khén": ("macws khens", "mac81 khen1"),
    "gừng tươi": ("guwngf tuoiw", "gu7ng2 tuoi7"),
    "hòa": ("hoaf", "hoa2"),
    "hoàng": ("hoangf", "hoang2"),
    "thủy": ("thuyr", "thuy3"),
    "quý": ("quys", "quy1"),
    "giả": ("giar", "gia3"),
    "gì": ("gif", "gi2"),
    "nhục": ("nhujc", "nhu5c"),
    "ngoại": ("ngoaij", "ngoai5"),
    "chuột": ("chuootj", "chuo65t"),
    "ưa": ("wa", "u7a"),
    "nghiêng": ("nghieeng", "nghie6ng"),
}


@pytest.mark.parametrize(("meant", "typed"), [(k, v) for k, vs in NAMES.items() for v in vs])
def test_a_word_is_read_as_the_keyboard_would_have_written_it(meant, typed):
    assert as_meant(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "que", "bac ha", "hoang lien", "cinnamon", "cassia", "Cortex Cinnamomi", "K5", "9", "",
        "DEMO-QUE-01", "VN-DEMO-0040", "quế", "bạc hà", "肉桂", "H'Mông", "under 90k", "ISO 22000",
    ],
)  # fmt: skip
def test_what_is_no_such_word_stays_as_it_is(text):
    assert as_meant(text) == text


@settings(deadline=None)
@given(st.text() | st.text(alphabet="adeosfrxjwquyngh0123456789 ", max_size=60))
def test_any_text_is_welcome_and_comes_back_composed(text):
    meant = as_meant(text)
    assert meant == unicodedata.normalize("NFC", meant)
