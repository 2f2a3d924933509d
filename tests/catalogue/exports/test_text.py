"""Texts as cells and XML, whatever is in them."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from catalogue.exports.text import cell, line, xml_safe


def test_a_cell_is_left_alone_when_nothing_in_it_breaks_a_table():
    assert cell("Quế – 肉桂, “(L.) J.Presl”") == "Quế – 肉桂, “(L.) J.Presl”"


def test_a_cell_is_one_line():
    assert cell("one\ttwo\r\nthree\u2028four\x00five") == "one two three four five"


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_a_line_has_as_many_cells_as_it_was_given(row):
    written = line(row)
    assert written.count("\t") == len(row) - 1
    assert len(written.splitlines()) <= 1


@given(st.text())
def test_what_is_made_safe_for_xml_is_read_back(text):
    element = ET.Element("a")
    element.text = xml_safe(text)
    read = etree.fromstring(ET.tostring(element)).text or ""
    assert read == xml_safe(text).replace("\r\n", "\n").replace("\r", "\n")
