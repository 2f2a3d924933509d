"""Reading a file of plots, whatever it is called."""

from catalogue.plots import geojson, kml, tables
from catalogue.plots.features import Problem, Reading

MOST_BYTES = 10 * 1024 * 1024  # 5,000 plots of a hundred corners weigh half of it
MOST_FEATURES = 5_000


def read(content: bytes) -> Reading:
    """Return the plots of a file and everything that was wrong with reading it; never raises.

    What it is, is seen from what it begins with: people rename files.
    """
    if len(content) > MOST_BYTES:
        return Reading(problems=[Problem("too_large", details={"most": MOST_BYTES // 1024**2})])
    if not content.strip():
        return Reading(problems=[Problem("empty")])
    if content[:4] == b"PK\x03\x04":
        return Reading(problems=[Problem("zipped")])
    text = _decoded(content)
    if text is None:
        return Reading(problems=[Problem("not_text")])
    start = text.lstrip()[:1]
    if start == "<":
        reading = kml.read(text.lstrip())
    elif start in ("{", "["):
        reading = geojson.read(text)
    else:
        reading = tables.read(text)
    if len(reading.features) > MOST_FEATURES:
        found = {"found": len(reading.features), "most": MOST_FEATURES}
        return Reading(problems=[Problem("too_many", details=found)])
    return reading


def _decoded(content: bytes) -> str | None:
    """Return the text of a file: UTF-8, or UTF-16 as spreadsheets save it."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text
