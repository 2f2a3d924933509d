"""QR codes of addresses, as pictures that stand in a page."""

import segno

# A quarter of the code may be scratched or dirty: labels hang on sacks and in fields.
ERROR_CORRECTION = "q"
QUIET_ZONE = 4  # modules, what the standard asks for


def svg(address: str) -> str:
    """Return the code of an address as inline SVG, black on white, in no size of its own."""
    code = segno.make(address, error=ERROR_CORRECTION, micro=False)
    return code.svg_inline(border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True)
