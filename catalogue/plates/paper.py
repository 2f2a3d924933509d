"""Paper and colours: the tones of the site, for light and dark, as classes of the drawing."""

import re

# Each tone: fill by day, fill by night. The ink, the sheet and the used part follow the site.
TONES = {
    "paper": ("#FBF8F1", "#2A302C"),
    "leaf": ("#EDF0DF", "#323B31"),
    "shade": ("#D9E0C4", "#414D3E"),
    "deep": ("#6F8360", "#3C4B3A"),
    "dark": ("#596C4E", "#31402F"),
    "wood": ("#EFE7D9", "#37332D"),
    "earth": ("#F4EBDA", "#35302A"),
    "felt": ("#F0EBE1", "#5A564D"),
    "bloom": ("#E3ECEE", "#46555A"),
    "violet": ("#D8C2DC", "#5B4664"),
    "white": ("#FFFFFF", "#CFCABD"),
    "yellow": ("#F1D36B", "#CFA94A"),
    "orange": ("#E9A155", "#C97F38"),
    "red": ("#CF5648", "#B5483F"),
    "pink": ("#EDB4BC", "#C78792"),
    "purple": ("#A988C2", "#8668A0"),
    "blue": ("#7F9BD0", "#6580B8"),
    "green": ("#B3C68D", "#7F965B"),
    "brown": ("#B08A60", "#8E6B45"),
    "black": ("#4A4160", "#6B6184"),
}
# The same names in ink: ink, soft line, hairline, sheet, used part (line and fill).
PENS = {
    "ink": ("#1F2421", "#EDE8DC"),
    "soft": ("#8C8A7E", "#8B897E"),
    "line": ("#D8D1C2", "#3A403B"),
    "sheet": ("#FFFFFF", "#1F2421"),
    "vein": ("#566049", "#B9C3A6"),
    "used": ("#9A4B22", "#E3A27A"),
    "tint": ("#F0D3BC", "#54382A"),
    "tint2": ("#E2B491", "#704A34"),
}
# What turns cinnamon where a part is used.
TINTED = {"paper": "tint", "leaf": "tint", "wood": "tint", "earth": "tint", "shade": "tint2"}
TINTED |= {"deep": "tint2", "dark": "tint2", "ink": "used", "vein": "used"}

WIDTH, HEIGHT = 400, 500


# What a class does beside the fills; the ink line of .8 needs none.
LINES = {
    "sheet": "fill:var(--pl-sheet);stroke:none",
    "solid": "fill:var(--pl-ink);stroke:none",
    "mist": "fill:var(--pl-line);stroke:none;opacity:.45",
    "rust": "stroke:var(--pl-brown)",
    "soft": "stroke:var(--pl-soft)",
    "hair": "stroke:var(--pl-line)",
    "vein": "stroke:var(--pl-vein)",
    "light": "stroke:var(--pl-paper)",
    "copper": "stroke:var(--pl-orange)",
    "lead": "stroke:var(--pl-soft);stroke-dasharray:0 4",
    "unsure": "stroke-dasharray:3 2",
    "words": "fill:var(--pl-soft);stroke:none;font:italic 8px Georgia,serif",
}
PEN = "fill:none;stroke:var(--pl-ink);stroke-width:.8;stroke-linecap:round;stroke-linejoin:round"


def style(body: str) -> str:
    """Return the style of what this plate uses; a name means the same on every plate.

    So plates may stand on one page, each with its own style, and none changes another.
    """
    classes = {name for look in re.findall(r'class="([^"]+)"', body) for name in look.split()}
    classes = {name.removeprefix("pl-") for name in classes}
    rules = {name: f"fill:var(--pl-{name})" for name in TONES} | LINES
    text = "".join(f".pl-{name}{{{rule}}}" for name, rule in rules.items() if name in classes)
    if "used" in classes:
        tinted = "".join(f"--pl-{tone}:var(--pl-{tint});" for tone, tint in TINTED.items())
        text = f".pl-used{{{tinted}stroke:var(--pl-ink)}}{text}"
    needed = set(re.findall(r"var\(--pl-(\w+)\)", text)) | {"ink"}
    day, night = (
        "".join(
            f"--pl-{name}:{pair[k]};" for name, pair in (PENS | TONES).items() if name in needed
        )
        for k in (0, 1)
    )
    return (
        f"<style>.pl{{{day}{PEN}}}@media(prefers-color-scheme:dark){{.pl{{{night}}}}}{text}</style>"
    )
