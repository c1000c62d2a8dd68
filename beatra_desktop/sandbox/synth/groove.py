"""Drum grooves on a sixteenth-note grid, with fills where sections end."""

from typing import Final

import numpy as np

from beatra_desktop.sandbox.synth.instruments.drums import RISER_SECONDS
from beatra_desktop.sandbox.synth.score import Hit
from beatra_desktop.sandbox.synth.structure import Form, Section
from beatra_desktop.sandbox.synth.style import Style

# X accent, x normal, o soft, - ghost.
VELOCITIES: Final = {"X": 0.95, "x": 0.78, "o": 0.52, "-": 0.3}
Groove = dict[str, str]

GROOVES: Final[dict[str, Groove]] = {
    "rock": {
        "kick": "X.....x.X.x.....",
        "snare": "....X..-....X..-",
        "hat": "x.o.x.o.x.o.x.o.",
    },
    "pop": {
        "kick": "X.....x...x.....",
        "snare": "....X.......X...",
        "hat": "x.o.x.o.x.o.x.oo",
        "shaker": "-.-o-.-o-.-o-.-o",
    },
    "ballad": {
        "kick": "X.........x.....",
        "snare": "....x.......x...",
        "hat": "x...o...x...o...",
        "tamb": "....-.......o...",
    },
    "four": {
        "kick": "X...X...X...X...",
        "clap": "....x.......x...",
        "open": "..x...x...x...x.",
        "hat": "o-.oo-.oo-.oo-.o",
        "shaker": "-o-o-o-o-o-o-o-o",
    },
    "techno": {
        "kick": "X...X...X...X...",
        "clap": "....o.......x...",
        "open": "..x...x...x...x.",
        "hat": "-o-x-o-x-o-x-o-x",
        "rim": "...o..o....o..-.",
    },
    "synthwave": {
        "kick": "X.....x.X.......",
        "snare": "....X.......X...",
        "hat": "x-o-x-o-x-o-x-o-",
        "tamb": "..o...o...o...o.",
    },
    "lofi": {
        "kick": "X......x..x.....",
        "snare": "....x.......x..-",
        "hat": "x.o.x.o-x.o.x-o.",
        "rim": ".......-......-.",
    },
    "boombap": {
        "kick": "X.x....x..X.....",
        "snare": "....X..-.-..X...",
        "hat": "x.x.x.x.x.x.x.xo",
    },
    "trap": {
        "kick": "X......x..X..x..",
        "snare": "........X.......",
        "clap": "........x.......",
        "hat": "x.x.x.xxx.x.xoxo",
        "open": "..............o.",
    },
    "dnb": {
        "kick": "X.........X.....",
        "snare": "....X..-.-..X..-",
        "hat": "x.o.x.o.x.o.x.o.",
        "ride": "x...x...x...x...",
        "shaker": "-o-o-o-o-o-o-o-o",
    },
    "funk": {
        "kick": "X..x..x...X..x..",
        "snare": "-..-X..-.-.-X..-",
        "hat": "x-oxx-oxx-oxx-ox",
        "tamb": "....o.......o...",
    },
    "metal": {
        "kick": "XxxxX.xxXxxxX.xx",
        "snare": "....X.......X...",
        "ride": "x...x...x...x...",
        "hat": "X...X...X...X...",
    },
    "punk": {
        "kick": "X.x...x.X.x...x.",
        "snare": "....X.......X...",
        "hat": "X.x.X.x.X.x.X.x.",
    },
    "reggae": {
        "kick": "........X.......",
        "rim": "........x....-..",
        "hat": "x.oox.o.x.oox.o.",
        "shaker": "o.-.o.-.o.-.o.-.",
    },
    "shuffle": {
        "kick": "X.......x.....o.",
        "snare": "....X.......X...",
        "ride": "x.o.x.o.x.o.x.o.",
    },
    "swing": {
        "ride": "x...x.o.x...x.o.",
        "hat": "....o.......o...",
        "brush": "o...x...o...x...",
        "kick": "o.......-.......",
        "snare": "......-.......-.",
    },
    "bossa": {
        "kick": "x.....ox......o.",
        "rim": "x..x..x...x..x..",
        "shaker": "o-x-o-x-o-x-o-x-",
    },
    "latin": {
        "kick": "x.....x.x.....x.",
        "clave": "x..x..x...x.x...",
        "conga_high": "..o.x.....o.x...",
        "conga_low": "......xx......xx",
        "shaker": "x-o-x-o-x-o-x-o-",
        "cowbell": "o...o...o...o...",
    },
    "folk": {
        "kick": "x.......x.......",
        "brush": "....x.......x...",
        "shaker": "o.-.o.-.o.-.o.-.",
        "tamb": "....o.......o...",
    },
    "train": {
        "kick": "X.......X.......",
        "brush": "o-x-o-x-o-x-o-x-",
        "snare": "..o...o...o...o.",
    },
    "cinematic": {
        "timpani": "X.......x.....o.",
        "tom1": "..o...o...o.o...",
        "tom3": "x...x..xx...x...",
        "tamb": "....-.......-...",
    },
    "march": {
        "kick": "X.......X.......",
        "snare": "x.--x.--x.--xooo",
        "timpani": "x...............",
    },
    "chip": {
        "kick": "X...x...X...x.x.",
        "snare": "....X.......X...",
        "hat": "..x...x...x...xx",
    },
    "waltz": {
        "kick": "X...........",
        "brush": "....o...o...",
        "hat": "....o...o.-.",
    },
}
SOFT_DRUMS: Final = ("hat", "shaker", "brush", "ride", "rim", "tamb")
FILLS: Final = (
    ("snare", "snare", "tom1", "tom3"),
    ("tom1", "tom1", "tom2", "tom3"),
    ("snare", "tom1", "snare", "tom2"),
    ("snare", "snare", "snare", "snare"),
)


def write_drums(form: Form, style: Style, rng: np.random.Generator) -> list[Hit]:
    """The style's groove in every section, thinner where the energy is low."""
    if not style.groove:
        return []
    hits: list[Hit] = []
    fill = FILLS[int(rng.integers(len(FILLS)))]
    for index, section in enumerate(form.sections):
        last = index == len(form.sections) - 1
        hits.extend(_play_section(section, style, rng, fill=fill, last=last))
    return hits


def _play_section(
    section: Section,
    style: Style,
    rng: np.random.Generator,
    *,
    fill: tuple[str, ...],
    last: bool,
) -> list[Hit]:
    groove = _thinned(GROOVES[style.groove], section, style)
    odd = _varied(groove, rng, amount=0.06 + 0.25 * max(0.0, style.weirdness - 0.2))
    hits: list[Hit] = []
    for bar in range(section.bars):
        start = float((section.start_bar + bar) * style.beats)
        closing = bar == section.bars - 1
        if closing and last:
            hits.extend(_ending(start, style))
            continue
        bar_hits = _play_bar(odd if bar % 2 else groove, start, section.energy, rng)
        if closing and section.energy > 0.4 and section.bars > 1:
            bar_hits = _with_fill(bar_hits, start, style, fill, rng)
        hits.extend(bar_hits)
    if section.energy > 0.8 and style.genre.name not in ("lullaby", "jazz", "bossa nova"):
        start = float(section.start_bar * style.beats)
        soft = style.genre.kit in ("brush", "dusty")
        hits.append(Hit(start, "ride" if soft else "crash", 0.7))
        rise = RISER_SECONDS * style.tempo_bpm / 60.0
        if start > rise and style.genre.form in ("club", "rise"):
            hits.append(Hit(start - rise, "riser", 0.7))
    return hits


def _thinned(groove: Groove, section: Section, style: Style) -> Groove:
    if section.kind == "bridge" and style.genre.form == "club":
        return {drum: line for drum, line in groove.items() if drum in ("hat", "shaker", "rim")}
    if section.energy < 0.4:
        soft = {drum: line for drum, line in groove.items() if drum in SOFT_DRUMS}
        return dict(list(soft.items())[:1])
    if section.energy < 0.6:
        return {drum: line for drum, line in groove.items() if drum not in ("tamb", "cowbell")}
    if section.energy > 0.9 and "hat" in groove and "open" not in groove:
        length = len(groove["hat"])
        return {**groove, "open": "." * (length - 2) + "o."}
    return groove


def _varied(groove: Groove, rng: np.random.Generator, *, amount: float) -> Groove:
    """A second bar that differs: soft strokes come and go, the backbeat stays."""
    varied: Groove = {}
    for drum, line in groove.items():
        marks = list(line)
        for index, mark in enumerate(marks):
            if mark in "o-" and rng.random() < 2.5 * amount:
                marks[index] = "."
            elif mark == "." and index % 4 and rng.random() < amount * (drum != "clap"):
                marks[index] = "-"
        varied[drum] = "".join(marks)
    return varied


def _play_bar(groove: Groove, start: float, energy: float, rng: np.random.Generator) -> list[Hit]:
    level = 0.8 + 0.22 * energy
    return [
        Hit(start + index / 4, drum, VELOCITIES[mark] * level * float(1 + 0.06 * rng.normal()))
        for drum, line in groove.items()
        for index, mark in enumerate(line)
        if mark != "."
    ]


def _with_fill(
    hits: list[Hit], start: float, style: Style, fill: tuple[str, ...], rng: np.random.Generator
) -> list[Hit]:
    """The last beat of the bar makes room for a fill; soft kits only hint at it."""
    soft = style.genre.kit in ("brush", "dusty") or style.groove in ("waltz", "folk")
    begin = start + style.beats - 1
    if style.genre.form == "club" or style.genre.kit in ("808", "chip"):
        fill = ("snare",) * 4
    if style.genre.kit == "orchestral":
        fill = ("timpani", "tom3", "tom2", "tom1")
    kept = [hit for hit in hits if hit.start < begin or hit.drum in ("kick", "hat", "shaker")]
    strokes = [(0.0, 0), (0.25, 1), (0.5, 2), (0.75, 3)]
    if soft:
        strokes = strokes[2:]
    level = 0.42 if soft else 0.66
    return kept + [
        Hit(begin + offset, fill[index], level + 0.08 * index + 0.04 * float(rng.normal()))
        for offset, index in strokes
    ]


def _ending(start: float, style: Style) -> list[Hit]:
    """One last stroke together with the final chord."""
    names = {"orchestral": ("timpani", "crash"), "brush": ("kick", "ride"), "dusty": ("kick",)}
    drums = names.get(style.genre.kit, ("kick", "crash"))
    return [Hit(start, drum, 0.7) for drum in drums]
