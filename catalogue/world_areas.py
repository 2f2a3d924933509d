"""Names of the areas of the world that the collection uses: WGSRPD, level 3 (Brummitt 2001)."""

from django.utils.translation import gettext_lazy as _

AREAS = {
    "ASS": _("Assam"),
    "BAN": _("Bangladesh"),
    "BOR": _("Borneo"),
    "CBD": _("Cambodia"),
    "CHC": _("south-central China"),
    "CHH": _("Hainan"),
    "CHI": _("Inner Mongolia"),
    "CHM": _("Manchuria"),
    "CHN": _("north-central China"),
    "CHS": _("south-east China"),
    "CHT": _("Tibet"),
    "CHX": _("Xinjiang"),
    "EHM": _("East Himalaya"),
    "FRA": _("France"),
    "GER": _("Germany"),
    "GRB": _("Great Britain"),
    "IND": _("India"),
    "ITA": _("Italy"),
    "JAP": _("Japan"),
    "JAW": _("Java"),
    "KOR": _("Korea"),
    "LAO": _("Laos"),
    "MLY": _("Malay Peninsula"),
    "MON": _("Mongolia"),
    "MYA": _("Myanmar"),
    "NEP": _("Nepal"),
    "PHI": _("Philippines"),
    "POL": _("Poland"),
    "PRM": _("Primorye"),
    "SPA": _("Spain"),
    "SRL": _("Sri Lanka"),
    "SUM": _("Sumatra"),
    "TAI": _("Taiwan"),
    "THA": _("Thailand"),
    "VIE": _("Vietnam"),
}


def area_name(code: str) -> str:
    """Return the name of an area in the reader's language; its code when it has none here."""
    return str(AREAS.get(code, code))
