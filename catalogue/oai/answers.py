"""The six verbs of the protocol, each answered in XML."""

from collections.abc import Callable
from datetime import datetime
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from catalogue.exports.text import xml_safe
from catalogue.oai import records
from catalogue.oai.errors import OaiError, bad_token
from catalogue.oai.requests import (
    PREFIX,
    STAMP,
    arguments_of,
    check_prefix,
    selection_of,
    token_of,
)

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = f"{OAI}oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA_OF = f"{{{XSI}}}schemaLocation"
# Errors after which the arguments are not repeated, because they make no request.
UNREADABLE = {"badVerb", "badArgument"}

ET.register_namespace("oai_dc", OAI_DC)
ET.register_namespace("dc", DC)
ET.register_namespace("xsi", XSI)


def answer(sent: QueryDict) -> bytes:
    """Return the answer to a harvester's arguments; whatever they are, there is one."""
    root = ET.Element("OAI-PMH", {"xmlns": OAI, SCHEMA_OF: f"{OAI} {OAI}OAI-PMH.xsd"})
    _add(root, "responseDate", _stamp(timezone.now()))
    request = _add(root, "request", f"{settings.BASE_URL}/oai")
    try:
        arguments = arguments_of(sent)
        body = ET.Element(arguments["verb"])
        VERBS[arguments["verb"]](body, arguments)
    except OaiError as error:
        body = ET.Element("error", {"code": error.code})
        body.text = error.message
        arguments = {} if error.code in UNREADABLE else arguments
    request.attrib.update(arguments)
    root.append(body)
    return ET.tostring(root, encoding="UTF-8", xml_declaration=True)


def _identify(body: ET.Element, arguments: dict[str, str]) -> None:
    _add(body, "repositoryName", settings.WAGTAIL_SITE_NAME)
    _add(body, "baseURL", f"{settings.BASE_URL}/oai")
    _add(body, "protocolVersion", "2.0")
    _add(body, "adminEmail", settings.CONTACT_EMAIL)
    _add(body, "earliestDatestamp", _stamp(records.earliest() or timezone.now()))
    _add(body, "deletedRecord", "persistent")
    _add(body, "granularity", "YYYY-MM-DDThh:mm:ssZ")


def _list_metadata_formats(body: ET.Element, arguments: dict[str, str]) -> None:
    if "identifier" in arguments:
        records.find(arguments["identifier"])
    form = ET.SubElement(body, "metadataFormat")
    _add(form, "metadataPrefix", PREFIX)
    _add(form, "schema", f"{OAI}oai_dc.xsd")
    _add(form, "metadataNamespace", OAI_DC)


def _list_sets(body: ET.Element, arguments: dict[str, str]) -> None:
    if "resumptionToken" in arguments:
        raise bad_token()  # all sets fit into one answer, so no token was ever given
    found = records.sets()
    if not found:
        raise OaiError("noSetHierarchy", "There is no published record, and so no set.")
    for code, name in found:
        one = ET.SubElement(body, "set")
        _add(one, "setSpec", code)
        _add(one, "setName", name)


def _get_record(body: ET.Element, arguments: dict[str, str]) -> None:
    item = records.find(arguments["identifier"])
    check_prefix(arguments)
    _record(body, item)


def _list_identifiers(body: ET.Element, arguments: dict[str, str]) -> None:
    _list(body, arguments, _header)


def _list_records(body: ET.Element, arguments: dict[str, str]) -> None:
    _list(body, arguments, _record)


def _list(
    body: ET.Element,
    arguments: dict[str, str],
    write: Callable[[ET.Element, records.Item], None],
) -> None:
    page = records.page(selection_of(arguments))
    for item in page.items:
        write(body, item)
    if page.following or page.seen:
        # The last page of several ends with an empty token.
        token = token_of(arguments["verb"], page.following) if page.following else ""
        end = _add(body, "resumptionToken", token)
        end.attrib.update(completeListSize=str(page.total), cursor=str(page.seen))


def _record(parent: ET.Element, item: records.Item) -> None:
    record = ET.SubElement(parent, "record")
    _header(record, item)
    if item.is_withdrawn:
        return
    core = ET.SubElement(
        ET.SubElement(record, "metadata"),
        f"{{{OAI_DC}}}dc",
        {SCHEMA_OF: f"{OAI_DC} {OAI}oai_dc.xsd"},
    )
    for name, text, language in item.elements:
        element = _add(core, f"{{{DC}}}{name}", text)
        if language:
            element.set(XML_LANG, language)


def _header(parent: ET.Element, item: records.Item) -> None:
    header = ET.SubElement(parent, "header", {"status": "deleted"} if item.is_withdrawn else {})
    _add(header, "identifier", item.identifier)
    _add(header, "datestamp", _stamp(item.datestamp))
    if item.family:
        _add(header, "setSpec", item.family)


def _add(parent: ET.Element, tag: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, tag)
    element.text = xml_safe(text)
    return element


def _stamp(moment: datetime) -> str:
    return moment.strftime(STAMP)


VERBS: dict[str, Callable[[ET.Element, dict[str, str]], None]] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_metadata_formats,
    "ListSets": _list_sets,
    "GetRecord": _get_record,
    "ListIdentifiers": _list_identifiers,
    "ListRecords": _list_records,
}
