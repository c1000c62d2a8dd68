"""The words of a prompt: moods, instruments, tempo words."""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """How a word bends a genre; `minor_odds` None leaves the mode alone."""

    name: str
    words: tuple[str, ...]
    minor_odds: float | None = None
    tempo: float = 1.0
    energy: float = 0.0
    brightness: float = 0.0


MOODS: Final = (
    Mood(
        name="happy",
        words=(
            "happy",
            "joyful",
            "cheerful",
            "sunny",
            "uplifting",
            "playful",
            "fun",
            "快乐",
            "欢快",
        ),
        minor_odds=0.0,
        tempo=1.06,
        energy=0.1,
        brightness=0.25,
    ),
    Mood(
        name="sad",
        words=(
            "sad",
            "melancholic",
            "melancholy",
            "sorrow",
            "heartbreak",
            "lonely",
            "blue",
            "悲伤",
            "忧伤",
        ),
        minor_odds=1.0,
        tempo=0.9,
        energy=-0.2,
        brightness=-0.2,
    ),
    Mood(
        name="dark",
        words=("dark", "ominous", "sinister", "gloomy", "haunting", "horror", "tense", "黑暗"),
        minor_odds=1.0,
        tempo=0.96,
        brightness=-0.45,
    ),
    Mood(
        name="calm",
        words=(
            "calm",
            "relaxing",
            "relaxed",
            "peaceful",
            "gentle",
            "soft",
            "tender",
            "quiet",
            "安静",
            "温柔",
        ),
        tempo=0.92,
        energy=-0.3,
        brightness=-0.15,
    ),
    Mood(
        name="dreamy",
        words=("dreamy", "ethereal", "floating", "hazy", "nostalgic", "wistful", "梦幻"),
        tempo=0.95,
        energy=-0.15,
        brightness=-0.05,
    ),
    Mood(
        name="energetic",
        words=(
            "energetic",
            "driving",
            "powerful",
            "intense",
            "upbeat",
            "exciting",
            "party",
            "热血",
            "动感",
        ),
        tempo=1.08,
        energy=0.25,
        brightness=0.2,
    ),
    Mood(
        name="angry",
        words=("angry", "aggressive", "brutal", "furious", "heavy", "rage"),
        minor_odds=1.0,
        tempo=1.06,
        energy=0.3,
        brightness=0.1,
    ),
    Mood(
        name="epic",
        words=("epic", "heroic", "triumphant", "majestic", "grand", "史诗"),
        energy=0.25,
        brightness=0.1,
    ),
    Mood(
        name="romantic",
        words=("romantic", "love", "warm", "intimate", "mellow", "浪漫", "爱", "温暖"),
        tempo=0.96,
        energy=-0.1,
        brightness=-0.2,
    ),
    Mood(name="mysterious", words=("mysterious", "mystic", "eerie", "神秘"), minor_odds=1.0),
    Mood(name="hopeful", words=("hopeful", "inspiring", "optimistic", "希望"), minor_odds=0.05),
    Mood(name="bright", words=("bright", "crisp", "shiny", "sparkling", "明亮"), brightness=0.45),
    Mood(name="dusty", words=("vintage", "dusty", "muffled", "old tape"), brightness=-0.4),
)

TEMPO_WORDS: Final = (
    ("very slow", 0.66),
    ("super fast", 1.45),
    ("very fast", 1.4),
    ("mid-tempo", 1.0),
    ("midtempo", 1.0),
    ("slow", 0.78),
    ("fast", 1.25),
    ("quick", 1.2),
    ("largo", 0.62),
    ("adagio", 0.72),
    ("andante", 0.85),
    ("allegro", 1.2),
    ("presto", 1.4),
    ("慢", 0.8),
    ("快", 1.2),
)

# Instrument words and the role each instrument plays best.
INSTRUMENTS: Final = (
    (("electric piano", "rhodes", "wurlitzer", "e-piano", "电钢琴"), "epiano", "chords"),
    (("piano", "钢琴"), "piano", "chords"),
    (("harpsichord",), "harpsichord", "chords"),
    (("organ", "hammond", "管风琴"), "organ", "chords"),
    (("accordion", "bandoneon"), "accordion", "chords"),
    (("nylon guitar", "classical guitar", "spanish guitar"), "nylon", "chords"),
    (("electric guitar", "distorted guitar", "power chords", "guitar riff"), "crunch", "chords"),
    (("clean guitar",), "clean", "chords"),
    (("acoustic guitar", "guitar", "guitars", "吉他"), "steel", "chords"),
    (("ukulele", "尤克里里"), "ukulele", "chords"),
    (("banjo",), "banjo", "chords"),
    (("harp", "竖琴"), "harp", "arp"),
    (("strings", "string section", "弦乐"), "strings", "pad"),
    (("choir", "choral"), "choir", "pad"),
    (("pad", "pads"), "pad", "pad"),
    (("violin", "fiddle", "小提琴"), "violin", "lead"),
    (("cello", "大提琴"), "cello", "lead"),
    (("flute", "pan flute", "whistle", "笛子"), "flute", "lead"),
    (("clarinet", "oboe"), "clarinet", "lead"),
    (("saxophone", "sax", "萨克斯"), "sax", "lead"),
    (("trumpet", "brass", "horns", "trombone", "铜管", "小号"), "brass", "lead"),
    (("harmonica", "口琴"), "harmonica", "lead"),
    (("bells", "glockenspiel", "chimes"), "bells", "lead"),
    (("celesta",), "celesta", "lead"),
    (("music box",), "music_box", "lead"),
    (("vibraphone", "vibes"), "vibes", "lead"),
    (("marimba", "xylophone"), "marimba", "lead"),
    (("kalimba",), "kalimba", "arp"),
    (("synth lead", "lead synth"), "saw_lead", "lead"),
    (("arpeggio", "arpeggiated", "arp"), "pluck", "arp"),
    (("upright bass", "double bass"), "upright", "bass"),
    (("slap bass",), "slap", "bass"),
    (("synth bass",), "synth_bass", "bass"),
    (("808", "sub bass", "sub-bass"), "sub", "bass"),
    (("synth", "synthesizer", "analog", "合成器"), "poly", "chords"),
)
DRUM_WORDS: Final = ("drums", "drum", "percussion", "beat", "beats", "drumming", "鼓")
BASS_WORDS: Final = ("bass", "bassline", "贝斯")
VOCAL_WORDS: Final = ("vocals", "vocal", "voice", "singing", "singer", "lyrics")
INSTRUMENTAL_WORDS: Final = ("instrumental", "no vocals", "without vocals", "no singing", "纯音乐")


def mentions(text: str, word: str) -> bool:
    """Whole words only; scripts without spaces match anywhere."""
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![\w]){re.escape(word)}(?![\w])", text) is not None


def mentions_any(text: str, words: tuple[str, ...]) -> bool:
    return any(mentions(text, word) for word in words)


_REFUSAL: Final = re.compile(
    r"\b(?:no|without|minus|not)\s+((?:[\w'&-]+)(?:\s*(?:,|or|and)\s*[\w'&-]+)*)"
)


def split_refusals(prompt: str) -> tuple[str, str]:
    """(what is wished for, what is refused), so "piano, no drums" asks for no drums."""
    text = prompt.lower()
    refused = " , ".join(match.group(1) for match in _REFUSAL.finditer(text))
    return _REFUSAL.sub(" ", text), refused
