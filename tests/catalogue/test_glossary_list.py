"""The glossary as a page."""

import pytest

from catalogue.models import GlossaryEntry, GlossaryText

pytestmark = pytest.mark.django_db

GLOSSARY = "/vi/glossary/"


@pytest.fixture
def entries():
    for code, vi, en in (
        ("rhizome", ("thân rễ", "", "Thân mọc dưới đất."), ("rhizome", "rhizomes", "A stem.")),
        ("node", ("đốt thân", "", "Chỗ lá mọc ra."), ("node", "nodes", "Where leaves arise.")),
        ("form", ("dạng cây", "", "Cách cây mọc."), ("habit", "", "How a plant grows.")),
        ("aril", ("áo hạt", "tử y", "Lớp bọc hạt."), ("aril", "", "A cover of a seed.")),
    ):
        entry = GlossaryEntry.objects.create(code=code)
        for language, (term, also, definition) in {"vi": vi, "en": en}.items():
            GlossaryText.objects.create(
                entry=entry, language=language, term=term, also=also, definition=definition
            )


def codes(client, address):
    groups = client.get(address).context["groups"]
    return [(letter, [line.code for line in lines]) for letter, lines in groups]


def test_words_stand_in_the_order_of_the_language_of_the_reader(client, entries):
    assert codes(client, GLOSSARY) == [
        ("A", ["aril"]),
        ("D", ["form"]),
        ("Đ", ["node"]),
        ("T", ["rhizome"]),
    ]
    assert codes(client, "/en/glossary/") == [
        ("A", ["aril"]),
        ("H", ["form"]),
        ("N", ["node"]),
        ("R", ["rhizome"]),
    ]


@pytest.mark.parametrize(
    ("_case", "query", "found"),
    [
        ("a word without its accents", "than re", ["rhizome"]),
        ("the beginning of a word", "ao h", ["aril"]),
        ("the middle of a word", "hizome", []),
        ("the word of the other language", "rhizomes", ["rhizome"]),
        ("another form", "tử y", ["aril"]),
        ("the explanation", "boc", ["aril"]),
        ("words apart", "thân, đất", ["rhizome"]),
        ("nothing like it", "xyz", []),
        ("no letters at all", "?!", ["aril", "form", "node", "rhizome"]),
    ],
)
def test_a_word_is_looked_up_without_accents(client, entries, _case, query, found):
    page = client.get(GLOSSARY, {"q": query})
    assert [line.code for _, lines in page.context["groups"] for line in lines] == found
    assert page.context["total"] == len(found)


def test_an_entry_has_its_anchor_and_its_other_word(client, entries):
    page = client.get("/en/glossary/").content.decode()
    assert '<div id="rhizome">' in page
    assert '<span class="soft" lang="vi">thân rễ</span>' in page
    assert GlossaryEntry.objects.get(code="rhizome").get_absolute_url() == "/en/glossary/#rhizome"


def test_an_entry_in_one_language_alone_is_shown_to_all_and_says_so(client, entries):
    GlossaryText.objects.filter(entry__code="aril", language="en").delete()
    page = client.get("/en/glossary/").content.decode()
    assert '<span class="glossary__term" lang="vi">Áo hạt</span>' in page


def test_an_entry_without_texts_is_left_out(client):
    GlossaryEntry.objects.create(code="empty")
    assert client.get(GLOSSARY).context["total"] == 0


def test_over_long_text_is_refused_with_the_form(client):
    page = client.get(GLOSSARY, {"q": "y" * 201})
    assert page.status_code == 400
    assert "y" * 201 in page.content.decode()


def test_the_glossary_asks_a_fixed_number_of_queries(client, entries, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(GLOSSARY)
