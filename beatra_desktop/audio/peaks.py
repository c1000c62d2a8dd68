"""The shape of a sound, small enough to cache and paint."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from beatra_desktop.audio.errors import BrokenAudio
from beatra_desktop.audio.source import Decoder, Source, open_audio

if TYPE_CHECKING:
    import numpy as np
    from av import AudioFifo, AudioFrame
    from numpy.typing import NDArray

FULL_SCALE: Final = 255
_MAGIC: Final = b"BPK1"
_HEADER: Final = struct.Struct("<4sdI")
_BATCH_SAMPLES: Final = 131_072
_BLOCKS_PER_BUCKET: Final = 4
_MAX_BLOCKS: Final = 16
"""Per bucket; more are merged, so a wrong declared duration costs no memory."""
_MAX_BLOCK_SAMPLES: Final = 4_096


class Peaks(Struct, frozen=True, kw_only=True):
    """Loudest sample and loudness (root mean square) of equal slices, 0 to 255 of full scale.

    All channels together. Shorter than asked for when the sound has fewer samples.
    """

    duration_seconds: float
    peak: bytes
    rms: bytes

    def __len__(self) -> int:
        return len(self.peak)

    def to_bytes(self) -> bytes:
        header = _HEADER.pack(_MAGIC, self.duration_seconds, len(self))
        return header + self.peak + self.rms

    @classmethod
    def from_bytes(cls, data: bytes) -> Peaks:
        """Raises ValueError for anything but the bytes of `to_bytes`."""
        if len(data) < _HEADER.size:
            raise ValueError("These are not saved peaks")
        magic, duration, count = _HEADER.unpack_from(data)
        if magic != _MAGIC or len(data) != _HEADER.size + 2 * count:
            raise ValueError("These are not saved peaks")
        body = data[_HEADER.size :]
        return cls(duration_seconds=duration, peak=body[:count], rms=body[count:])


def peaks(path: Path, *, buckets: int) -> Peaks:
    """Decode the file once, in memory that does not grow with its length.

    Damaged parts are left out. Raises UnreadableAudio, or BrokenAudio if nothing decodes.
    """
    with open_audio(path) as source:
        rate = source.stream.sample_rate
        blocks = _Blocks(_first_block_samples(source, buckets), limit=buckets * _MAX_BLOCKS)
        _fill(blocks, source)
    if not blocks.samples:
        raise BrokenAudio(path, "nothing in it can be decoded")
    peak, rms = blocks.into(buckets)
    return Peaks(duration_seconds=blocks.samples / rate, peak=peak, rms=rms)


class _Blocks:
    """Peak and mean square of equal blocks, which double in size whenever they are too many."""

    def __init__(self, block_samples: int, *, limit: int) -> None:
        self.samples = 0
        self.block_samples = block_samples
        self._limit = limit
        self._count = 0
        self._peak: list[NDArray[np.float32]] = []
        self._power: list[NDArray[np.float32]] = []

    def add(self, planes: list[NDArray[Any]]) -> None:
        """Whole blocks, or the last piece; each plane is (samples, interleaved channels)."""
        import numpy as np

        samples, channels = planes[0].shape
        block = min(self.block_samples, samples)
        blocks = [plane.reshape(samples // block, block * channels) for plane in planes]
        self._peak.append(np.maximum.reduce([_highest(each) for each in blocks]))
        power = np.add.reduce([_power(each) for each in blocks])
        self._power.append(power / np.float32(len(planes) * block * channels))
        self.samples += samples
        self._count += samples // block
        if self._count > self._limit:
            self._double()

    def into(self, buckets: int) -> tuple[bytes, bytes]:
        import numpy as np

        peak, power = np.concatenate(self._peak), np.concatenate(self._power)
        edges = np.linspace(0, len(peak), min(buckets, len(peak)) + 1).astype(np.intp)
        highest = np.maximum.reduceat(peak, edges[:-1])
        mean = np.add.reduceat(power, edges[:-1]) / np.diff(edges)
        return _quantised(highest), _quantised(np.sqrt(mean))

    def _double(self) -> None:
        import numpy as np

        odd = self._count % 2
        peak = np.pad(np.concatenate(self._peak), (0, odd), mode="edge").reshape(-1, 2)
        power = np.pad(np.concatenate(self._power), (0, odd), mode="edge").reshape(-1, 2)
        self._peak, self._power = [peak.max(axis=1)], [power.mean(axis=1)]
        self._count = len(peak)
        self.block_samples *= 2


def _first_block_samples(source: Source, buckets: int) -> int:
    """A power of two that gives some blocks to each bucket, if the declared duration holds."""
    declared = (source.duration_seconds or 0.0) * source.stream.sample_rate
    wanted = int(declared / (buckets * _BLOCKS_PER_BUCKET))
    return 1 << max(0, min(wanted, _MAX_BLOCK_SAMPLES).bit_length() - 1)


def _fill(blocks: _Blocks, source: Source) -> None:
    """Decode into a queue first: reducing each frame by itself would cost more than decoding."""
    import av

    queue, enough = av.AudioFifo(), max(_BATCH_SAMPLES, blocks.block_samples)
    for frame in Decoder(source):
        frame.pts = None
        try:
            queue.write(frame)
        except ValueError:  # the format changed midway
            _take(queue, blocks, samples=queue.samples)
            queue = av.AudioFifo()
            queue.write(frame)
        if queue.samples >= enough:
            _take(queue, blocks, samples=queue.samples)
            enough = max(_BATCH_SAMPLES, blocks.block_samples)
    _take(queue, blocks, samples=queue.samples)
    _take(queue, blocks, samples=queue.samples)


def _take(queue: AudioFifo, blocks: _Blocks, *, samples: int) -> None:
    """Move as many whole blocks as there are, or what is left if that is less than one."""
    whole = samples // blocks.block_samples * blocks.block_samples
    frame = queue.read(whole or samples, partial=True) if samples else None
    if frame is not None:
        blocks.add(_planes(frame))


def _planes(frame: AudioFrame) -> list[NDArray[Any]]:
    """The frame's own memory, which `to_ndarray` would copy twice."""
    import numpy as np
    from av.audio.frame import format_dtypes

    kind, channels = np.dtype(format_dtypes[frame.format.name]), frame.layout.nb_channels
    across = 1 if frame.format.is_planar else channels
    return [
        np.frombuffer(memoryview(plane), kind, count=frame.samples * across).reshape(-1, across)
        for plane in frame.planes
    ]


def _highest(blocks: NDArray[Any]) -> NDArray[np.float32]:
    """The loudest sample of each row."""
    import numpy as np

    return np.maximum(_scaled(blocks.max(axis=1)), -_scaled(blocks.min(axis=1)))


def _power(blocks: NDArray[Any]) -> NDArray[np.float32]:
    """The sum of squares of each row."""
    import numpy as np

    floats = _scaled(blocks)
    power: NDArray[np.float32] = np.vecdot(floats, floats)
    return power


def _scaled(values: NDArray[Any]) -> NDArray[np.float32]:
    """Samples of any type as floats of full scale 1."""
    import numpy as np

    if values.dtype.kind == "f":
        return values.astype(np.float32, copy=False)
    if values.dtype == np.uint8:
        return (values.astype(np.float32) - np.float32(128)) / np.float32(128)
    return values.astype(np.float32) / np.float32(-float(np.iinfo(values.dtype).min))


def _quantised(values: NDArray[np.float32]) -> bytes:
    import numpy as np

    return np.rint(np.clip(values, 0, 1) * FULL_SCALE).astype(np.uint8).tobytes()
