"""Where a taxon grows, as the public is told, and how each list of each authority calls it."""

from collections.abc import Iterator

from catalogue.exports.records import Record
from catalogue.exports.shelf import Shelf
from catalogue.exports.tables import DC, DWC, GBIF, IUCN, Row, Table, terms
from catalogue.models import ConservationStatus, Distribution

Authority, Status, Means = (
    ConservationStatus.Authority,
    Distribution.Status,
    Distribution.Means,
)
# What the standard has no word for is said in the remarks.
OCCURRENCE = {
    Status.PRESENT: ("present", ""),
    Status.COMMON: ("common", ""),
    Status.RARE: ("rare", ""),
    Status.DOUBTFUL: ("doubtful", ""),
    Status.EXTIRPATED: ("absent", "no longer found"),
}
# establishmentMeans and degreeOfEstablishment: that a plant is grown somewhere does not say whether
# it is native there.
ESTABLISHMENT = {
    Means.NATIVE: ("native", "native"),
    Means.CULTIVATED: ("", "cultivated"),
    Means.NATURALISED: ("introduced", "established"),
    Means.UNCERTAIN: ("uncertain", ""),
}
AUTHORITIES = {
    Authority.IUCN: "IUCN Red List",
    Authority.RED_BOOK: "Vietnam Red Data Book",
    Authority.DECREE: "Decree of the government of Viet Nam",
    Authority.CITES: "CITES",
}
# Words of the IUCN; the Red Data Book's own LR is none of them and is never turned into one.
SCOPES = {
    ConservationStatus.Scope.NATIONAL: ("ISO3166:VN", "Viet Nam", "VN"),
    ConservationStatus.Scope.GLOBAL: ("", "world", ""),
}
THREAT_WORDS = {"EX", "EW", "RE", "CR", "EN", "VU", "NT", "LC", "DD", "NE"}


def province_id(code: str) -> str:
    """Return an identifier of a province: the code of the General Statistics Office."""
    return f"VN-GSO:{code}"


def commune_id(code: str) -> str:
    """Return an identifier of a commune: the code of the General Statistics Office."""
    return f"VN-GSO:{code}"


def rows(record: Record, shelf: Shelf) -> Iterator[Row]:
    """Yield a row per place that the public may know, then one per authority and edition."""
    for place in record.places:
        yield _place(place, shelf)
    for status in record.lists:
        yield _status(status, shelf)


def _place(place: Distribution, shelf: Shelf) -> Row:
    occurrence, remark = OCCURRENCE[place.status]
    return (
        *_where(place, shelf),
        occurrence,
        *ESTABLISHMENT[place.means],
        "",
        "",
        "",
        shelf.source(place.source_id, place.locator),
        remark,
    )


def _where(place: Distribution, shelf: Shelf) -> tuple[str, str, str]:
    """Return identifier, name and country of a place."""
    if place.commune_id:
        return commune_id(place.commune_id), shelf.communes[place.commune_id], "VN"
    if place.province_id:
        return province_id(place.province_id), shelf.provinces[place.province_id], "VN"
    return f"WGSRPD:{place.area_code}", "", "VN" if place.area_code == "VIE" else ""


def _status(status: ConservationStatus, shelf: Shelf) -> Row:
    is_cites = status.authority == Authority.CITES
    is_red_list = status.authority in (Authority.IUCN, Authority.RED_BOOK)
    remarks = [f"{AUTHORITIES[status.authority]} {status.edition}: {status.category}"]
    if status.criteria:
        remarks.append(status.criteria)
    if status.name_as_assessed:
        remarks.append(f"listed as {status.name_as_assessed}")
    return (
        *SCOPES[status.scope],
        "",
        "",
        "",
        status.category if is_red_list and status.category in THREAT_WORDS else "",
        status.category if is_cites else "",
        str(status.year or ""),
        shelf.source(status.source_id, status.locator),
        "; ".join(remarks),
    )


DISTRIBUTION = Table(
    "distribution.txt",
    f"{GBIF}Distribution",
    (
        *terms(
            DWC,
            "locationID locality countryCode occurrenceStatus establishmentMeans "
            "degreeOfEstablishment",
        ),
        f"{IUCN}threatStatus",
        f"{GBIF}appendixCITES",
        f"{DWC}eventDate",
        f"{DC}source",
        f"{DWC}occurrenceRemarks",
    ),
    rows,
)
