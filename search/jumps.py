"""A code that was typed whole leads straight to what it names."""

from urllib.parse import urlencode

from django.urls import reverse

from catalogue.models import Certificate, GrowingArea
from core.text import nfc
from market.models import Lot

LONGEST_CODE = 40


def address_of(text: str, person) -> str:
    """Return the address of the lot, certificate or growing area of this code, or nothing.

    Only what this person may see is known by its code. Asks nothing of a text without a digit.
    """
    code = nfc(text).strip()
    if len(code) > LONGEST_CODE or not any(char.isdigit() for char in code):
        return ""
    lot = Lot.objects.visible_to(person).filter(code=code.upper()).first()
    if lot:
        return lot.get_absolute_url()
    certificate = Certificate.objects.visible_to(person).filter(number=code).first()
    if certificate:
        return certificate.get_absolute_url()
    if GrowingArea.objects.visible_to(person).filter(code=code.upper()).exists():
        return f"{reverse('catalogue:area_list')}?{urlencode({'q': code.upper()})}"
    return ""
