"""Attacks by files: lying names, bombs, broken sound, imports, sidecars and tags."""

import gzip
import io
import json
import resource
import struct
import wave
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, Final

import av
import numpy as np

from beatra_desktop.audio import BrokenAudio, UnreadableAudio, peaks, probe, read_tags, verify
from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.uploads import Purpose
from beatra_desktop.services import provenance
from beatra_desktop.services.transfer import schema
from beatra_desktop.services.transfer.sources import NotImported, Unreadable, opened
from beatra_desktop.services.transfer.tree import printable, settled
from beatra_desktop.services.uploading.inspection import look
from tests.faults.campaign import Case, Verdict
from tests.faults.hostile_texts import mutated, nasty, with_halves
from tests.faults.hostile_time import ends_within, grows_evenly

NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
INSIDE: Final = "nothing leaves the folder"
BOUNDED: Final = "memory stays bounded"
MOST_MEMORY_KB: Final = 300 * 1024
"""More than this for one file of some kB is a bomb that went off."""
ENDINGS: Final = (
    ".mp3", ".wav", ".flac", ".ogg", ".m4a", ".png", ".jpg", ".zip", ".gz", ".pdf", ".txt", ".docx",
    ".exe", "", ".mp3.exe", ".MP3", ".html", ".svg", ".json",
)  # fmt: skip
AUDIO_ERRORS: Final = (UnreadableAudio, BrokenAudio)


def inspection(case: Case) -> Iterator[Verdict]:
    """Whatever is dropped is taken or refused in a sentence, without being unpacked."""
    random = case.random
    data = random.choice(list(BOMBS.values()))(random)
    data = mutated(random, data) if random.random() < 0.4 else data
    data += random.choice([b"", random.choice(list(BOMBS.values()))(random)])  # a polyglot
    path = case.folder / f"song{random.choice(ENDINGS)}"
    path.write_bytes(data)
    before = _memory_kb()
    result: list[object] = []

    def work() -> None:
        result.append(look(path, lambda _: random.choice(list(Purpose))))

    yield ends_within("inspection", work, 3.0)
    sentence = not isinstance(result[0], Failure) or result[0].subject == path.name
    yield Verdict(
        promise="polite sentence", kind="inspection", problem="" if sentence else repr(result)
    )
    grown = _memory_kb() - before
    yield Verdict(
        promise=BOUNDED, kind="inspection", problem=f"{grown} kB" if grown > MOST_MEMORY_KB else ""
    )
    yield _alone(case.folder, [path], "inspection")


def sound(case: Case) -> Iterator[Verdict]:
    """Sound with broken bytes is read, or refused by an error that says so."""
    random = case.random
    kind = random.choice(["mp3", "wav", "flac", "ogg"])
    path = case.folder / f"clip.{random.choice(['mp3', kind])}"
    path.write_bytes(mutated(random, _song(kind), most=12))
    uses: tuple[Callable[[Path], object], ...] = (
        probe, verify, read_tags, lambda path: peaks(path, buckets=40), provenance.read,
    )  # fmt: skip

    told: list[str] = []

    def work() -> None:
        for use in uses:
            try:
                use(path)
            except AUDIO_ERRORS as error:
                told.append(str(error))

    yield ends_within(f"sound: {kind}", work, 5.0)
    rude = [sentence for sentence in told if not sentence.endswith(".")]
    yield Verdict(promise="polite sentence", kind="sound", problem="; ".join(rude))
    yield _alone(case.folder, [path], "sound")


def imported(case: Case) -> Iterator[Verdict]:
    """A file to import is read conversation by conversation, or refused as a whole."""
    random = case.random
    data = random.choice(list(EXPORTS.values()))(random)
    data = mutated(random, data) if random.random() < 0.5 else data
    path = case.folder / random.choice(["export.zip", "conversations.json", "x"])
    path.write_bytes(data)
    before = _memory_kb()

    def work() -> None:
        try:
            with opened(path, now=NOW, check=lambda: None) as source:
                for found in source.conversations:
                    if not isinstance(found, Unreadable):
                        schema.decode(schema.encode(settled(printable(found))))
        except NotImported as error:
            error.failure(subject=path.name)

    yield ends_within("import", work, 8.0)
    grown = _memory_kb() - before
    yield Verdict(
        promise=BOUNDED, kind="import", problem=f"{grown} kB" if grown > MOST_MEMORY_KB else ""
    )
    yield _alone(case.folder, [path], "import")


def deep_import(case: Case) -> Iterator[Verdict]:
    """Nesting and length cost no more than their size."""
    opening = case.random.choice(
        [b"[", b'[{"a":', b'[{"mapping":{"a":', b'{"mapping":[', b'["', b"[1,"]
    )
    sizes = count()

    def work(size: int) -> None:
        path = case.folder / f"{next(sizes)}.json"
        path.write_bytes(opening * (size // len(opening)))
        try:
            with opened(path, now=NOW, check=lambda: None) as source:
                list(source.conversations)
        except NotImported:
            pass
        path.unlink()

    yield grows_evenly("deep import", work, 1_000_000)


def sidecar(case: Case) -> Iterator[Verdict]:
    """What stands beside a song, or in its tags, is ours or nothing, and steers no screen."""
    random = case.random
    told: dict[str, Any] = {
        "format": "beatra-song",
        "version": random.choice([1, 1, 1, 2, "1", None, 1e400]),
    }
    told |= {"prompt": {"prompt": with_halves(random, nasty(random)), "lyrics": nasty(random, 9)}}
    told |= {name: _odd(random) for name in random.sample(SIDECAR_NAMES, 4)}
    data = json.dumps(told).encode()
    data = mutated(random, data) if random.random() < 0.4 else data
    path = case.folder / f"song.mp3{provenance.SIDECAR_ENDING}"
    path.write_bytes(data)
    found = provenance.read(path)
    text = "" if found is None else found.prompt.prompt + found.title + found.lyrics
    steering = [c for c in text if (c < " " and c not in "\n\t") or c == "\x7f"]
    yield Verdict(
        promise="nothing is executed", kind="sidecar", problem=repr(steering) if steering else ""
    )
    yield _alone(case.folder, [path], "sidecar")


SIDECAR_NAMES: Final = (
    "title", "index", "lyrics", "tags", "resolved_model", "task_id", "request_id", "created_at",
)  # fmt: skip


def _odd(random: Random) -> Any:
    return random.choice(
        [None, 1, -1, 2**70, 1e308, [], {}, [[[]]], nasty(random, 5), "9999-99-99"]
    )


def _memory_kb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _alone(folder: Path, files: list[Path], kind: str) -> Verdict:
    others = sorted(each.name for each in folder.rglob("*") if each not in files)
    return Verdict(promise=INSIDE, kind=kind, problem=", ".join(others))


def _png(random: Random) -> bytes:
    """A picture that says it is 2 billion pixels wide, of a few bytes that swell."""
    size = random.choice([1, 50_000, 2**31 - 1])
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(2_000_000))), (b"IEND", b""))
    made = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + made


def _zip_bomb(_random: Random) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.bin", bytes(20_000_000))
    return file.getvalue()


def _id3(random: Random) -> bytes:
    """Tags that say they never end, before some frames or none."""
    size = bytes([random.choice([0x7F, 0xFF, 0])] * 4)
    frame = b"TIT2" + random.choice([b"\xff" * 4, b"\x7f" * 4, b"\0\0\0\5"]) + b"\0\0\0abcd"
    return (
        b"ID3"
        + bytes([random.choice([2, 3, 4, 9]), 0, random.choice([0, 0xFF])])
        + size
        + frame * 50
    )


def _flac(random: Random) -> bytes:
    """A stream that says it has absurd blocks, rates and pictures."""
    info = b"\0\0\0\x22" + random.randbytes(34)
    block = bytes([random.choice([4, 6, 0x84, 0x86, 127])]) + b"\xff\xff\xff" + random.randbytes(60)
    return b"fLaC" + info + block


def _wav(random: Random) -> bytes:
    rate, channels = random.choice([0, 1, 8000, 2**32 - 1]), random.choice([0, 1, 2, 65535])
    head = struct.pack("<HHIIHH", random.choice([1, 3, 85, 65534]), channels, rate, rate, 2, 16)
    size = random.choice([0, 32, 2**32 - 1])
    return b"RIFF" + struct.pack("<I", size) + b"WAVEfmt \x10\0\0\0" + head + b"data" + b"\xff" * 40


def _playlist(random: Random) -> bytes:
    lure = random.choice(["http://127.0.0.1:9/x", "file:///etc/passwd", "concat:/etc/passwd|x"])
    return f"#EXTM3U\n#EXTINF:1,\n{lure}\nffconcat version 1.0\nfile {lure}\n".encode()


@cache
def _song(kind: str) -> bytes:
    """Half a second of a tone."""
    tone = (np.sin(np.arange(11_025) / 8) * 9_000).astype(np.int16)
    file = io.BytesIO()
    if kind == "wav":
        with wave.open(file, "wb") as made:
            made.setnchannels(1)
            made.setsampwidth(2)
            made.setframerate(22_050)
            made.writeframes(tone.tobytes())
        return file.getvalue()
    codec = {"mp3": "libmp3lame", "flac": "flac", "ogg": "libopus"}[kind]
    with av.open(file, "w", format=kind) as target:
        stream = target.add_stream(codec, rate=48_000, layout="mono")
        assert isinstance(stream, av.AudioStream)
        target.metadata.update({"title": "Tone", "beatra_prompt": "a tone", "lyrics": "la"})
        frame = av.AudioFrame.from_ndarray(tone.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = 22_050
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=48_000)
        for piece in resampler.resample(frame):
            target.mux(stream.encode(piece))
        target.mux(stream.encode(None))
    return file.getvalue()


BOMBS: Final[Mapping[str, Callable[[Random], bytes]]] = {
    "png": _png, "zip": _zip_bomb, "id3": _id3, "flac": _flac, "wav": _wav, "playlist": _playlist,
    "gzip": lambda _: gzip.compress(bytes(5_000_000), mtime=0),
    "ogg": lambda r: b"OggS" + r.randbytes(200),
    "mp4": lambda r: b"\xff\xff\xff\xffftypM4A \xff\xff\xff\xffmoov" + r.randbytes(90),
    "mp3": lambda _: _song("mp3"), "noise": lambda r: r.randbytes(500), "empty": lambda _: b"",
    "svg": lambda _: b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9"/>',
}  # fmt: skip


def _node(random: Random, name: str) -> dict[str, Any]:
    role = random.choice(["user", "assistant", "system", "tool", None, 7])
    parts = [with_halves(random, nasty(random, 8)), _odd(random)][: random.randint(0, 2)]
    kind = random.choice(["text", "code", "multimodal_text", "thoughts", None, 3])
    said = {
        "content_type": kind,
        "parts": parts,
        "text": nasty(random, 4),
        "language": nasty(random, 2),
    }
    message: Any = {"author": {"role": role}, "content": said, "create_time": _odd(random)}
    message = random.choice([message, message, message, None, _odd(random)])
    others = ["a", "b", "c", name, None, 5]
    children = random.choice([[random.choice(others)], _odd(random)])
    return {"id": name, "parent": random.choice(others), "children": children, "message": message}


def _chatgpt(random: Random) -> bytes:
    chats = []
    for _ in range(random.randint(0, 4)):
        mapping = {name: random.choice([_node(random, name), _odd(random)]) for name in "abc"}
        chats.append(
            {"title": _odd(random), "mapping": mapping, "current_node": random.choice("abz")}
        )
    return json.dumps(chats).encode()


def _own(random: Random) -> bytes:
    at = "2026-01-01T00:00:00Z"
    messages = [
        {"id": nasty(random, 2), "parent_id": random.choice([None, "m", nasty(random, 1)]),
         "role": random.choice(["user", "assistant", "x"]), "created_at": at, "text": nasty(random),
         "failure": random.choice([None, {"code": "x"}, {"code": 5}, {}]), "usage": _odd(random)}
        for _ in range(random.randint(0, 3))
    ]  # fmt: skip
    head = {"id": nasty(random, 3), "created_at": at, "updated_at": at, "title": nasty(random, 9)}
    head |= {
        "folder": nasty(random, 9),
        random.choice(["draft", "queued", "model"]): nasty(random, 5),
    }
    told = {"format": "beatra-conversation", "version": random.choice([1, 1, 1, 0, -1, 2**80])}
    return json.dumps(told | {"conversation": head, "messages": messages}).encode()


def _zipped(random: Random) -> bytes:
    file = io.BytesIO()
    names = ("conversations.json", "manifest.json", "conversations/1.json", "../../x", "/etc/x",
    "C:\\x",
             "conversations/../../y.json", "a\\..\\..\\z", "conversations-1.json", "con.json",
             "\u202ex")  # fmt: skip
    bodies = (
        _chatgpt(random),
        _own(random),
        b'{"format":"beatra-archive","version":1}',
        bytes(9_000_000),
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in random.sample(names, random.randint(1, 4)):
            made.writestr(name, random.choice(bodies))
    return file.getvalue()


EXPORTS: Final[Mapping[str, Callable[[Random], bytes]]] = {
    "chatgpt": _chatgpt, "own": _own, "zip": _zipped, "bomb": _zip_bomb,
    "noise": lambda r: r.choice([b"[", b"{", b"PK\x03\x04", b"\xef\xbb\xbf["]) + r.randbytes(99),
}  # fmt: skip


ATTACKS: Final = {
    "inspection": inspection, "sound": sound, "import": imported, "deep import": deep_import,
    "sidecar": sidecar,
}  # fmt: skip
