"""From a prompt to a style: every choice that holds for the whole song."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from beatra_desktop.sandbox.synth.genres import DEFAULT_GENRE, GENRES, Genre
from beatra_desktop.sandbox.synth.song import Reference, Song
from beatra_desktop.sandbox.synth.theory import LETTERS, SCALES, Key
from beatra_desktop.sandbox.synth.vocabulary import (
    BASS_WORDS,
    DRUM_WORDS,
    INSTRUMENTAL_WORDS,
    INSTRUMENTS,
    MOODS,
    TEMPO_WORDS,
    VOCAL_WORDS,
    Mood,
    mentions,
    mentions_any,
    split_refusals,
)

ROLES: Final = ("chords", "lead", "bass", "pad", "arp")
TEMPO_LIMITS_BPM: Final = (40.0, 220.0)
PLUCKED: Final = frozenset({"steel", "nylon", "clean", "ukulele", "banjo", "crunch"})
DEFAULT_STYLE_WEIGHT: Final = 0.65
DEFAULT_WEIRDNESS: Final = 0.15
REFERENCE_DARK_HZ: Final = 1200.0
REFERENCE_BRIGHT_HZ: Final = 3600.0

_BPM: Final = re.compile(r"\b(\d{2,3})\s*-?\s*bpm\b|\bbpm\s*[:=]?\s*(\d{2,3})\b")
_KEY: Final = re.compile(
    r"\b([a-g])\s*(#|♯|-?sharp|b|♭|-?flat)?[\s-]*"
    r"(major|minor|maj|min|dorian|lydian|mixolydian|phrygian)\b"
)
_KEY_OF: Final = re.compile(r"\bkey of ([a-g])\s*(#|♯|-?sharp|b|♭|-?flat)?(?![\w])")
_MODE: Final = re.compile(r"\b(major|minor|dorian|lydian|mixolydian|phrygian)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One song's choices; `band` maps each role to its instrument, "" means it is silent.

    `energy` and `brightness` are deviations around 0, `weirdness` and `weight` lie in 0-1.
    """

    genre: Genre
    key: Key
    tempo_bpm: float
    beats: int
    band: Mapping[str, str]
    comp: str
    bassline: str
    groove: str
    progression: str
    colour: str
    swing: float
    energy: float
    brightness: float
    weirdness: float
    weight: float
    sings: bool
    voice: str
    moods: tuple[str, ...]


def read_style(song: Song, rng: np.random.Generator) -> Style:
    wished, refused = split_refusals(song.prompt)
    refused = f"{refused} , {(song.negative_tags or '').lower()}"
    weight = DEFAULT_STYLE_WEIGHT if song.style_weight is None else song.style_weight
    genres = _genres(wished, refused)
    moods = tuple(mood for mood in MOODS if mentions_any(wished, mood.words))
    genre = _loosened(genres[0], weight=weight, rng=rng)
    key = _key(wished, genre, moods=moods, reference=song.reference, rng=rng)
    style = Style(
        genre=genre,
        key=key,
        tempo_bpm=_tempo(wished, genre, moods=moods, song=song, weight=weight, rng=rng),
        beats=_beats(wished, genre),
        band={role: _pick(getattr(genre, role), rng) for role in ROLES},
        comp=_pick(genre.comp, rng),
        bassline=_pick(genre.bassline, rng),
        groove=_pick(genre.grooves, rng),
        progression=_pick(genre.minor if key.is_minor else genre.major, rng),
        colour=genre.colour,
        swing=genre.swing,
        energy=sum(mood.energy for mood in moods),
        brightness=_brightness(moods, song.reference),
        weirdness=DEFAULT_WEIRDNESS if song.weirdness is None else song.weirdness,
        weight=weight,
        sings=_sings(song, wished, refused),
        voice=_voice(song, wished, rng),
        moods=tuple(mood.name for mood in moods),
    )
    style = _with_second_genre(style, genres[1:], rng)
    style = _in_three(style, rng) if style.beats == 3 else style
    return _playable(_without(_with_instruments(style, wished), refused))


def _pick(pool: tuple[str, ...], rng: np.random.Generator) -> str:
    """Earlier entries are more typical and come up more often."""
    odds = 1.0 / np.arange(1.5, len(pool) + 1.5)
    return pool[int(rng.choice(len(pool), p=odds / odds.sum()))]


def _genres(wished: str, refused: str) -> list[Genre]:
    found = [
        genre
        for genre in GENRES
        if mentions_any(wished, genre.words) and not mentions_any(refused, genre.words)
    ]
    return found or [DEFAULT_GENRE]


def _loosened(genre: Genre, *, weight: float, rng: np.random.Generator) -> Genre:
    """A low style weight widens the tempo range and borrows sounds from another genre."""
    looseness = max(0.0, 0.6 - weight)
    low, high = genre.tempo
    genre = replace(
        genre, tempo=(round(low * (1 - looseness / 3)), round(high * (1 + looseness / 3)))
    )
    other = GENRES[int(rng.integers(len(GENRES)))]
    for role in ("lead", "chords", "arp"):
        if rng.random() < looseness:
            genre = replace(genre, **{role: getattr(other, role)})
    return genre


def _key(
    wished: str,
    genre: Genre,
    *,
    moods: tuple[Mood, ...],
    reference: Reference | None,
    rng: np.random.Generator,
) -> Key:
    wanted = [mood.minor_odds for mood in moods if mood.minor_odds is not None]
    minor = rng.random() < (wanted[0] if wanted else genre.minor_odds)
    mode = genre.minor_mode if minor else genre.major_mode
    tonic = int(rng.choice((0, 2, 3, 4, 5, 7, 9, 10)))
    if reference is not None:
        tonic, mode = reference.tonic, reference.mode
    if match := _MODE.search(wished):
        mode = match.group(1)
    if match := _KEY_OF.search(wished):
        tonic = _pitch_class(match.group(1), match.group(2))
    if match := _KEY.search(wished):
        tonic = _pitch_class(match.group(1), match.group(2))
        mode = {"maj": "major", "min": "minor"}.get(match.group(3), match.group(3))
    return Key(tonic, mode if mode in SCALES else "major")


def _pitch_class(letter: str, accidental: str | None) -> int:
    sign = (accidental or "").lstrip("-")
    shift = 1 if sign in ("#", "♯", "sharp") else -1 if sign in ("b", "♭", "flat") else 0
    return (LETTERS[letter] + shift) % 12


def _tempo(
    wished: str,
    genre: Genre,
    *,
    moods: tuple[Mood, ...],
    song: Song,
    weight: float,
    rng: np.random.Generator,
) -> float:
    if match := _BPM.search(wished):
        return float(np.clip(int(match.group(1) or match.group(2)), *TEMPO_LIMITS_BPM))
    if song.reference is not None:
        return float(np.clip(song.reference.tempo_bpm, *TEMPO_LIMITS_BPM))
    low, high = genre.tempo
    middle, reach = (low + high) / 2, (high - low) / 2
    tempo = middle + reach * (1.2 - 0.6 * weight) * float(rng.uniform(-1, 1))
    word = next((factor for word, factor in TEMPO_WORDS if mentions(wished, word)), 1.0)
    mood = float(np.prod([mood.tempo for mood in moods]))
    return float(np.clip(round(tempo * word * mood), *TEMPO_LIMITS_BPM))


def _beats(wished: str, genre: Genre) -> int:
    if mentions_any(wished, ("waltz", "valse", "3/4", "圆舞曲", "华尔兹")):
        return 3
    return 4 if mentions(wished, "4/4") else genre.beats


def _brightness(moods: tuple[Mood, ...], reference: Reference | None) -> float:
    total = sum(mood.brightness for mood in moods)
    if reference is not None:
        span = np.log(REFERENCE_BRIGHT_HZ / REFERENCE_DARK_HZ)
        middle = np.sqrt(REFERENCE_BRIGHT_HZ * REFERENCE_DARK_HZ)
        total += float(np.log(max(reference.brightness_hz, 100.0) / middle) / span)
    return float(np.clip(total, -0.9, 0.9))


def _sings(song: Song, wished: str, refused: str) -> bool:
    if song.instrumental or mentions_any(refused, VOCAL_WORDS):
        return False
    return bool(song.lyrics) or not mentions_any(wished, INSTRUMENTAL_WORDS)


def _voice(song: Song, wished: str, rng: np.random.Generator) -> str:
    if song.vocal_gender in ("m", "f"):
        return "male" if song.vocal_gender == "m" else "female"
    if mentions_any(wished, ("female", "woman", "girl", "soprano", "女声")):
        return "female"
    if mentions_any(wished, ("male", "man", "boy", "baritone", "tenor", "男声")):
        return "male"
    return str(rng.choice(("female", "male")))


def _seated(style: Style, role: str, instrument: str) -> Style:
    return replace(style, band={**style.band, role: instrument})


def _with_second_genre(style: Style, others: list[Genre], rng: np.random.Generator) -> Style:
    """A second genre colours the first: "lo-fi jazz" takes jazz chords and a jazz lead."""
    if not others or others[0].name == "waltz":
        return style
    other = others[0]
    minor = style.key.is_minor
    style = _seated(style, "lead", _pick(other.lead, rng))
    if rng.random() < 0.5:
        style = _seated(style, "chords", _pick(other.chords, rng))
    return replace(
        style,
        progression=_pick(other.minor if minor else other.major, rng),
        colour=other.colour if other.colour in ("seventh", "ninth") else style.colour,
    )


def _in_three(style: Style, rng: np.random.Generator) -> Style:
    groove = "waltz" if style.groove else ""
    bassline = "waltz" if style.bassline != "sustain" else "sustain"
    if style.comp in ("sustain", "waltz", "waltz_broken"):
        return replace(style, groove=groove, bassline=bassline)
    comp = "waltz_broken" if style.comp in ("broken", "alberti") else "waltz"
    return replace(
        style, comp=comp if rng.random() < 0.8 else "waltz", groove=groove, bassline=bassline
    )


def _with_instruments(style: Style, wished: str) -> Style:
    """Named instruments get their roles; a second one for a taken role becomes the lead."""
    rest, taken = wished, set[str]()
    for words, instrument, role in INSTRUMENTS:
        word = next((word for word in words if mentions(rest, word)), None)
        if word is None:
            continue
        rest = rest.replace(word, " ")
        seat = role if role not in taken else "lead" if "lead" not in taken else ""
        if seat:
            taken.add(seat)
            style = _seated(style, seat, instrument)
    if taken == {"chords"} and style.band["chords"] == "piano":
        style = _seated(style, "lead", "piano")
    if mentions_any(wished, ("solo", "独奏")):
        style = _alone(style)
    if not style.groove and mentions_any(wished, DRUM_WORDS):
        style = replace(style, groove="waltz" if style.beats == 3 else "pop")
    return style


def _alone(style: Style) -> Style:
    """One player: the left hand has the bass, nobody else is in the room."""
    player = style.band["chords"]
    band = {"chords": player, "lead": player, "bass": player, "pad": "", "arp": ""}
    return replace(style, band=band, groove="")


def _playable(style: Style) -> Style:
    """A piano does not strum, and a banjo does not hold chords."""
    strings = style.band["chords"] in PLUCKED
    if style.comp in ("strum", "boomchick") and not strings and style.beats == 4:
        return replace(style, comp="boomchick" if style.comp == "boomchick" else "ballad")
    if style.comp in ("sustain", "ostinato", "block") and strings:
        return replace(style, comp="strum")
    return style


def _without(style: Style, refused: str) -> Style:
    fallbacks = {"chords": "piano", "lead": "flute", "bass": "round", "pad": "", "arp": ""}
    for words, instrument, _ in INSTRUMENTS:
        if mentions_any(refused, words):
            for role, fallback in fallbacks.items():
                if style.band[role] == instrument:
                    other = "epiano" if fallback == instrument else fallback
                    style = _seated(style, role, other)
    if mentions_any(refused, DRUM_WORDS):
        style = replace(style, groove="")
    if mentions_any(refused, BASS_WORDS):
        style = _seated(style, "bass", "")
    return style
