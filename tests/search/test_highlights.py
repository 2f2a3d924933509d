import unicodedata

from search.highlights import LENGTH, highlight
from search.words import query_words


def shown(text: str, *passages: str) -> str:
    return highlight(passages, query_words(text))


def test_the_original_is_marked_although_the_folded_text_matched():
    assert shown("duong quy", "Rễ Đương quy khô") == ("Rễ <mark>Đương</mark> <mark>quy</mark> khô")


def test_decomposed_text_is_marked_in_its_composed_form():
    assert shown("que", unicodedata.normalize("NFD", "vỏ quế")) == "vỏ <mark>quế</mark>"


def test_everything_but_the_marks_is_escaped():
    assert shown("script", "<script>alert('x')</script> & co") == (
        "&lt;<mark>script</mark>&gt;alert(&#x27;x&#x27;)&lt;/<mark>script</mark>&gt; &amp; co"
    )


def test_part_of_a_word_is_not_marked():
    assert shown("que", "quế queo") == "<mark>quế</mark> queo"


def test_the_passage_with_most_of_the_words_is_shown():
    assert shown("tinh dầu quế", "Vỏ quế", "Chưng cất tinh dầu quế", "Tinh dầu") == (
        "Chưng cất <mark>tinh</mark> <mark>dầu</mark> <mark>quế</mark>"
    )


def test_a_long_passage_is_cut_around_the_word_between_words():
    text = "chữ " * 200 + "quế " + "chữ " * 200

    piece = shown("quế", text)

    assert "<mark>quế</mark>" in piece
    assert piece.startswith("… chữ ")
    assert piece.endswith("chữ …")
    assert len(piece) < LENGTH + 40


def test_without_a_match_it_is_the_beginning():
    assert shown("sen", "", "Vỏ quế", "Rễ") == "Vỏ quế"
    assert shown("sen") == ""
