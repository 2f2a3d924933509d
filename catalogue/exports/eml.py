"""What the archive says of itself (EML 2.1.1, as GBIF's profile asks for it)."""

from xml.etree import ElementTree as ET

from django.conf import settings
from django.utils import timezone

from catalogue.exports.licence import LICENCE_NAME, LICENCE_URL

EML = "eml://ecoinformatics.org/eml-2.1.1"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TITLES = {
    "en": "{site}: checklist of medicinal plants of northern Viet Nam",
    "vi": "{site}: danh lục cây thuốc miền Bắc Việt Nam",
}
ABSTRACTS = {
    "en": "Medicinal plants kept as records by a digital museum: accepted names and synonyms, "
    "names in Vietnamese and other languages, distribution, conservation status by authority and "
    "edition, descriptions in Vietnamese and English, each with its sources. Communes in which a "
    "threatened species grows are withheld; the knowledge of communities is not part of the data.",
    "vi": "Bản ghi cây thuốc của một bảo tàng số: tên được chấp nhận và tên đồng nghĩa, tên tiếng "
    "Việt và tiếng khác, phân bố, tình trạng bảo tồn theo từng danh lục và lần xuất bản, mô tả "
    "tiếng Việt và tiếng Anh, mỗi dữ kiện kèm nguồn. Xã nơi loài bị đe dọa sinh sống không được "
    "công bố; tri thức của các cộng đồng không nằm trong dữ liệu này.",
}
DEMONSTRATION = {
    "en": "This is a demonstration: nobody has reviewed the records.",
    "vi": "Đây là bản trình diễn: các bản ghi chưa được thẩm định.",
}


def eml() -> bytes:
    """Return the document for the collection as it is today."""
    ET.register_namespace("eml", EML)
    root = ET.Element(
        f"{{{EML}}}eml",
        {"packageId": f"{settings.BASE_URL}/exports/checklist.zip", "system": settings.BASE_URL}
        | {"scope": "system", XML_LANG: "en"},
    )
    dataset = ET.SubElement(root, "dataset")
    _add(dataset, "alternateIdentifier", f"{settings.BASE_URL}/exports/checklist.zip")
    for language, title in TITLES.items():
        element = _add(dataset, "title", title.format(site=settings.WAGTAIL_SITE_NAME))
        element.set(XML_LANG, language)
    for role in ("creator", "metadataProvider"):
        _museum(dataset, role)
    _add(dataset, "pubDate", timezone.localdate().isoformat())
    _add(dataset, "language", settings.LANGUAGE_CODE)
    abstract = ET.SubElement(dataset, "abstract")
    for language in ("en", "vi"):
        said = [ABSTRACTS[language]]
        said += [DEMONSTRATION[language]] if settings.IS_DEMONSTRATION else []
        _add(abstract, "para", " ".join(said))
    _rights(dataset)
    online = ET.SubElement(ET.SubElement(dataset, "distribution"), "online")
    _add(online, "url", f"{settings.BASE_URL}/exports/checklist.zip")
    _coverage(dataset)
    _museum(dataset, "contact")
    ET.indent(root)
    return ET.tostring(root, encoding="UTF-8", xml_declaration=True)


def _rights(dataset: ET.Element) -> None:
    rights = ET.SubElement(ET.SubElement(dataset, "intellectualRights"), "para")
    rights.text = "This work is licensed under a "
    link = ET.SubElement(rights, "ulink", {"url": LICENCE_URL})
    _add(link, "citetitle", LICENCE_NAME)
    link.tail = "."


def _coverage(dataset: ET.Element) -> None:
    coverage = ET.SubElement(dataset, "coverage")
    place = ET.SubElement(coverage, "geographicCoverage")
    _add(place, "geographicDescription", "Viet Nam, above all its northern highlands")
    bounds = ET.SubElement(place, "boundingCoordinates")
    for name, degrees in (
        ("west", "102.1"),
        ("east", "109.5"),
        ("north", "23.4"),
        ("south", "8.4"),
    ):
        _add(bounds, f"{name}BoundingCoordinate", degrees)
    taxa = ET.SubElement(ET.SubElement(coverage, "taxonomicCoverage"), "taxonomicClassification")
    _add(taxa, "taxonRankName", "kingdom")
    _add(taxa, "taxonRankValue", "Plantae")


def _museum(parent: ET.Element, role: str) -> None:
    party = ET.SubElement(parent, role)
    _add(party, "organizationName", settings.WAGTAIL_SITE_NAME)
    _add(party, "electronicMailAddress", settings.CONTACT_EMAIL)
    _add(party, "onlineUrl", settings.BASE_URL)


def _add(parent: ET.Element, tag: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, tag)
    element.text = text
    return element
