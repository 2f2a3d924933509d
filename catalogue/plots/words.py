"""What is wrong with plots, as sentences: which plot, what, and what to do."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from catalogue.plots.features import Problem

OF_FILES: dict[str, Callable[[], str]] = {
    "empty": lambda: _("The file holds no plots."),
    "too_large": lambda: _("The file is larger than %(most)s MB. Divide it into several."),
    "too_many": lambda: _("The file holds %(found)s plots; at most %(most)s are read at once."),
    "zipped": lambda: _(
        "This is a packed file (KMZ or a workbook). Save it as KML, GeoJSON or CSV."
    ),
    "not_text": lambda: _("This is no text in UTF-8. Save it as GeoJSON, KML or CSV in UTF-8."),
    "not_json": lambda: _("This begins like GeoJSON but is no valid JSON."),
    "not_geojson": lambda: _("This is JSON but no GeoJSON: a FeatureCollection is expected."),
    "another_system": lambda: _(
        "The file is in another coordinate system. Export it again in WGS-84 (EPSG:4326)."
    ),
    "not_xml": lambda: _("This begins like KML but is no valid XML."),
    "not_kml": lambda: _("This is XML but no KML."),
    "not_a_table": lambda: _("This table cannot be read. Save it as CSV in UTF-8."),
    "no_columns": lambda: _(
        "The first row must name the columns: label, lon, lat, hectares – or label, wkt, hectares."
    ),
    "sum_exceeds": lambda: _(
        "The plots together measure %(together)s ha; the area is registered with %(registered)s ha."
    ),
}
OF_PLOTS: dict[str, Callable[[], str]] = {
    "no_geometry": lambda: _("It has no shape."),
    "unsupported": lambda: _("%(kind)s is no shape of a plot. Draw a polygon or set a point."),
    "bad_coordinates": lambda: _("Its coordinates cannot be read as longitude and latitude."),
    "bad_wkt": lambda: _("Its outline is no valid WKT."),
    "not_a_number": lambda: _("“%(value)s” is no longitude and latitude."),
    "area_not_a_number": lambda: _("“%(value)s” is no number of hectares."),
    "area_not_positive": lambda: _("Its declared hectares must be more than nought."),
    "long_label": lambda: _("Its name is longer than %(most)s characters."),
    "same_label": lambda: _("Plot number %(other)s of the file has the same name."),
    "swapped": lambda: _("Longitude and latitude are swapped: longitude comes first."),
    "in_metres": lambda: _("Its coordinates are in metres. Export them as degrees (WGS-84)."),
    "out_of_range": lambda: _("%(lon)s, %(lat)s lies nowhere on Earth."),
    "outside_vietnam": lambda: _("It lies outside Vietnam."),
    "far_from_commune": lambda: _(
        "It lies %(km)s km from the middle of the area's commune, which reaches %(most)s km."
    ),
    "coarse": lambda: _(
        "Its coordinates have %(found)s decimals. At least %(least)s are needed: about 0.1 m."
    ),
    "too_many_positions": lambda: _(
        "Its outline has %(found)s corners; at most %(most)s are read. Simplify it."
    ),
    "too_few": lambda: _(
        "Its outline has %(found)s positions; four are the fewest, the last one like the first."
    ),
    "not_closed": lambda: _("Its outline is not closed: end it where it begins."),
    "hole": lambda: _("It has a hole. Divide it into plots without holes."),
    "leap": lambda: _("Two neighbouring corners lie more than a degree apart: a digit is wrong."),
    "no_area": lambda: _("Its outline encloses no ground."),
    "crosses_itself": lambda: _("Its outline crosses itself at %(where)s."),
    "point_without_area": lambda: _("It is a point: say how many hectares it has."),
    "point_too_large": lambda: _(
        "A point may stand for %(most)s ha at most. Draw the outline of a larger plot."
    ),
    "area_differs": lambda: _(
        "It is declared with %(declared)s ha and measures %(measured)s ha: more than a tenth apart."
    ),
    "same_outline": lambda: _("It has the same shape as plot %(other)s."),
    "overlap": lambda: _("It lies on %(m2)s m² of plot %(other)s."),
    "overlap_kept": lambda: _("It lies on %(m2)s m² of %(other)s, which is registered already."),
}


def sentence(problem: Problem) -> str:
    """Return a problem as a sentence in the reader's language, without naming the plot."""
    words = OF_FILES.get(problem.code) or OF_PLOTS[problem.code]
    return words() % {name: _shown(value) for name, value in problem.details.items()}


def subject(problem: Problem) -> str:
    """Return what a problem is about: a plot by number and name, or the file."""
    if not problem.feature:
        return _("The file")
    if problem.label == str(problem.feature):
        return _("Plot number %(number)s") % {"number": problem.feature}
    return _("Plot number %(number)s (%(label)s)") % {
        "number": problem.feature,
        "label": problem.label,
    }


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return formats.localize(value.normalize() + 0, use_l10n=True)
    return str(value)
