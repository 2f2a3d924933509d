"""How figures, days and scientific names are written for people."""

from datetime import date, datetime

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join

from core.areas import format_hectares
from core.days import format_day
from core.money import format_money, group_digits, line_total_minor
from core.shares import format_percent
from core.weights import format_kg, format_tonnes

register = template.Library()

# Ranks and connecting words stand upright inside an italic scientific name.
UPRIGHT = frozenset({"var.", "subsp.", "f.", "cf.", "sp.", "×"})

# What components/parts/ has drawings of.
DRAWN_PARTS = frozenset(
    {
        "bark",
        "root-bark",
        "root",
        "tuberous-root",
        "tuber",
        "rhizome",
        "stem",
        "wood",
        "leaf",
        "leafy-twig",
        "flower",
        "flower-bud",
        "inflorescence",
        "fruit",
        "seed",
        "whole-plant",
        "essential-oil",
    }
)


@register.filter
def money(minor: int, currency: str) -> str:
    """Write minor units as an amount: `{{ lot.price_minor_per_kg|money:lot.currency }}`."""
    return format_money(int(minor), currency)


@register.filter
def kg(grams: int) -> str:
    """Write grams as kilograms."""
    return format_kg(int(grams))


@register.filter
def tonnes(grams: int) -> str:
    """Write grams as tonnes."""
    return format_tonnes(int(grams))


@register.filter
def percent(ppm: int) -> str:
    """Write parts per million as per cent."""
    return format_percent(int(ppm))


@register.filter
def grouped(number: int) -> str:
    """Write a whole number with its thousands apart."""
    return group_digits(int(number))


@register.filter
def hectares(square_metres: int) -> str:
    """Write square metres as hectares."""
    return format_hectares(int(square_metres))


@register.filter
def day(value: date | datetime) -> str:
    """Write a day: 22.11.2026 in Vietnamese, 22 Nov 2026 in English."""
    return format_day(value)


@register.simple_tag
def line_total(grams: int, price_minor_per_kg: int, currency: str) -> str:
    """Write what some grams cost, rounded as the order will be."""
    return format_money(line_total_minor(grams, price_minor_per_kg), currency)


@register.simple_tag
def scientific(name: str, authorship: str = "") -> str:
    """Write a scientific name in italics with its ranks and author upright."""
    words = format_html_join(
        " ",
        "{}",
        (
            (format_html('<span class="rank">{}</span>', w) if w in UPRIGHT else w,)
            for w in name.split()
        ),
    )
    italic = format_html('<i lang="la">{}</i>', words)
    return (
        format_html('{} <span class="author">{}</span>', italic, authorship)
        if authorship
        else italic
    )


@register.inclusion_tag("components/part_icon.html", takes_context=True)
def part_icon(context: Context, code: str) -> dict:
    """Draw the part of the plant that is used; a sprig when the part is not known.

    A drawing is some two kilobytes, and a list of lots shows the same one again and again: it is
    written out once in an answer and pointed at after that.
    """
    part = code if code in DRAWN_PARTS else "sprig"
    request = getattr(context, "request", None)
    drawn = vars(request).setdefault("_drawn_parts", set()) if request else set()
    is_first = part not in drawn
    drawn.add(part)
    return {"part": part, "template": f"components/parts/{part}.html", "is_first": is_first}
