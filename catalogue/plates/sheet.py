"""The sheet: where the figure, its details, the ground and the margin stand on the paper."""

from collections.abc import Callable
from hashlib import sha256
from html import escape

from .details import DETAILS, enlarged, placed, underground
from .geometry import Point, bow
from .ground import HABITATS, SCENTS, draw_ground, drop, soil
from .habits import HABITS, UNKNOWN, Habit
from .ink import Ink, plain
from .paper import HEIGHT, WIDTH, style
from .record import Record
from .stage import GROUND, Stage
from .vocabulary import PARTS, PLACES, QUESTIONS

MARGIN = 9.0
BAND = 442.0
# Where the details stand, and how large.
Slots = dict[str, tuple[Point, float]]
WHOLE: Slots = {
    "stem": ((44, BAND), 1.0),
    "leaf": ((106, BAND), 1.0),
    "flower": ((288, BAND), 1.0),
    "fruit": ((350, BAND), 1.0),
}
LOW: Slots = WHOLE | {"flower": ((136, 112), 1.9), "fruit": ((276, 116), 1.8)}
BOUGH: Slots = {
    "stem": ((148, BAND), 1.0),
    "leaf": ((216, BAND), 1.0),
    "flower": ((284, BAND), 1.0),
    "fruit": ((350, BAND), 1.0),
}
STRIPS: dict[str, tuple[list[tuple[float, float]], float]] = {
    "whole": ([(22.0, 128.0), (272.0, 378.0)], GROUND),
    "loose": ([(22.0, 128.0), (272.0, 378.0)], GROUND),
    "bough": ([(20.0, 120.0)], 456.0),
}
LONGEST = 29_400  # letters of a body with its style, so that a plate stays below 30 KB
WORDS_AT_MOST, LETTERS_AT_MOST = 12, 34


def compose(record: Record, seed: str) -> str:
    """Return the body of the plate; where it grows too long, the finest strokes are spared."""
    body = _composed(record, seed, 0)
    thrift = 0
    while (length := len(body) + len(style(body))) > LONGEST and thrift < 3:
        thrift = 3 if length > LONGEST * 1.5 else thrift + 1
        body = _composed(record, seed, thrift)
    return body


def _composed(record: Record, seed: str, thrift: int) -> str:
    """Draw the stamps, then everything on the paper, back to front."""
    ink = Ink(seed, f"p{seed[:5]}", thrift)
    habits = record.all("habit", HABITS)
    habit = HABITS[habits[0]] if habits else UNKNOWN
    stage = Stage(ink, record, habit.leaf)
    background = _layer(ink, lambda: _ground(stage, habit.layout))
    figure = _layer(ink, lambda: _figure(stage, habit))
    slots = BOUGH if habit.layout == "bough" else LOW if stage.low else WHOLE
    roots = _layer(ink, lambda: underground(stage))
    details = _layer(ink, lambda: _details(stage, slots))
    margin = _layer(ink, lambda: _margin(stage))
    leads = _layer(ink, lambda: _leads(stage, slots))
    paper = _layer(ink, lambda: _paper(ink, record))
    layers = (paper, background, leads, roots, figure, details, margin)
    return ink.definitions() + "".join(line for layer in layers for line in layer)


def _layer(ink: Ink, draw: Callable[[], object]) -> list[str]:
    """Return what is drawn meanwhile, to be laid down in its turn."""
    kept, ink.out = ink.out, []
    draw()
    layer, ink.out = ink.out, kept
    return layer


def _figure(stage: Stage, habit: Habit) -> None:
    with stage.ink.group("used" if "whole-plant" in stage.record.parts else ""):
        habit.draw(stage)
        stage.flower()


def _paper(ink: Ink, record: Record) -> None:
    """Lay the sheet with its frame, and the rule on which every answer has its place."""
    ink.path(f"M0 0h{WIDTH}v{HEIGHT}H0z", "sheet")
    wide, high = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
    ink.path(
        f"M{plain(MARGIN)} {plain(MARGIN)}h{plain(wide)}v{plain(high)}h{plain(-wide)}z", "hair", 0.8
    )
    step = wide / (len(PLACES) + 1)
    ticks = []
    for k, (question, answer) in enumerate(PLACES, start=1):
        if answer in (record.parts if question == "part" else record.traits.get(question, ())):
            x = MARGIN + k * step
            ends = [(x, HEIGHT - MARGIN), (x, HEIGHT - MARGIN - 3.5)]
            ticks.append(ends[:: 1 if len(ticks) % 2 else -1])
    ink.strokes(ticks, 0.6, "soft")


def _ground(stage: Stage, layout: str) -> None:
    ink, record = stage.ink, stage.record
    strips, y = STRIPS[layout]
    draw_ground(ink, record.all("habitat", HABITATS), strips, y)
    if layout == "whole":
        soil(ink, 22, 378, y, ink.hand)
    elif layout == "bough":
        soil(ink, 20, 122, y, ink.hand)


def _details(stage: Stage, slots: Slots) -> None:
    for name, ((x, y), scale) in slots.items():
        with stage.ink.group(place=placed((x, y), scale=scale)):
            drawn = DETAILS[name](stage)
        if drawn:
            enlarged(stage.ink, (x + 26 * scale, y + 34 * scale))
        else:
            stage.anchors.pop(name, None)


def _leads(stage: Stage, slots: Slots) -> None:
    """Connect details with their place on the plant, by fine dots."""
    for name, ((x, y), scale) in slots.items():
        anchor = stage.anchors.get(name)
        if anchor:
            side = 1 if y > anchor[1] else -1
            line = bow((x, y - 34 * scale * side), anchor, 0.03 if x > WIDTH / 2 else -0.03)
            stage.ink.lines([line.part(count=2)], tone="lead", width=0.7)


def _margin(stage: Stage) -> None:
    """Scent, oil, and in small words whatever the drawing has no picture for."""
    ink, record = stage.ink, stage.record
    words = unknown(record)
    high = 64.0 + 10 * min(len(words), WORDS_AT_MOST)
    spots = [(34.0, high), (366.0, 64.0), (34.0, high + 56)]
    for spot, code in zip(spots, record.all("scent", SCENTS), strict=False):
        SCENTS[code](ink, spot, ink.hand.between(0, 6))
    if "essential-oil" in record.parts:
        drop(ink, (366, 92))
    _words(ink, words)


def unknown(record: Record) -> list[str]:
    """Return what is recorded but not known to the drawing, as words."""
    words = []
    for question, answers in record.traits.items():
        words += [f"{question}: {a}" for a in answers if a not in QUESTIONS.get(question, ())]
    return words + [part for part in record.parts if part not in PARTS]


def _words(ink: Ink, words: list[str]) -> None:
    shown = [_short(word) for word in words[:WORDS_AT_MOST]]
    if len(words) > WORDS_AT_MOST:
        shown.append(f"… {_digest(' '.join(words[WORDS_AT_MOST:]))}")
    for k, word in enumerate(shown):
        ink.out.append(f'<text class="pl-words" x="17" y="{22 + 10 * k}">{escape(word)}</text>')


def _short(word: str) -> str:
    """Shorten a long word so that it still differs from every other."""
    printable = _legible(word, "·")
    if printable == word and len(word) <= LETTERS_AT_MOST:
        return word
    return f"{printable[: LETTERS_AT_MOST - 8]}… {_digest(word)}"


def _legible(text: str, instead: str) -> str:
    """Replace what XML cannot hold."""
    return "".join(c if c.isprintable() else instead for c in text)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def frame(body: str, title: str, description: str) -> str:
    """Return the complete document."""
    title, description = (escape(_legible(text, " ")) for text in (title, description))
    words = f"<title>{title}</title>" if title else ""
    words += f"<desc>{description}</desc>" if description else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'class="pl">{words}{style(body)}{body}</svg>\n'
    )
