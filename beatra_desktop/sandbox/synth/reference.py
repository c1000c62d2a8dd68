"""What a reference recording sounds like: length, tempo, key, brightness."""

from pathlib import Path
from typing import Final

import av
import numpy as np
from numpy.typing import NDArray

from beatra_desktop.sandbox.synth.song import Reference, UnreadableAudio

ANALYSED_SECONDS: Final = 60.0
RATE_HZ: Final = 22_050
FRAME: Final = 2048
HOP: Final = 512
SLOWEST_BPM: Final = 56.0
FASTEST_BPM: Final = 188.0
USUAL_BPM: Final = 112.0
_MAJOR_PROFILE: Final = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR_PROFILE: Final = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)

Samples = NDArray[np.float32]
Spectra = NDArray[np.floating]


def read_reference(path: Path) -> Reference:
    """Decodes at most ANALYSED_SECONDS; raises UnreadableAudio with a sentence for the user."""
    try:
        signal, seconds = _decoded(path)
    except (av.FFmpegError, OSError, ValueError, IndexError) as error:
        raise UnreadableAudio(f"{path.name} is not audio that can be read.") from error
    if signal.size < FRAME * 4:
        raise UnreadableAudio(f"{path.name} is too short to listen to.")
    if float(np.abs(signal).max()) < 1e-4:
        raise UnreadableAudio(f"{path.name} holds only silence.")
    spectra = _spectra(signal)
    tonic, mode = find_key(spectra)
    return Reference(seconds, find_tempo(spectra), tonic, mode, find_brightness(spectra))


def find_tempo(spectra: Spectra) -> float:
    """Beats per minute where the onsets repeat most strongly."""
    flux = np.maximum(0.0, np.diff(np.log1p(100.0 * spectra), axis=0)).mean(axis=1)
    flux = flux - np.convolve(flux, np.ones(43) / 43, "same")
    size = 1 << (2 * flux.size - 1).bit_length()
    repeats = np.fft.irfft(np.abs(np.fft.rfft(flux, size)) ** 2)[: flux.size]
    repeats = repeats / (np.arange(flux.size, 0, -1) + 50.0)
    candidates = np.arange(SLOWEST_BPM, FASTEST_BPM, 0.25)
    lags = 60.0 * RATE_HZ / HOP / candidates
    usable = [times for times in (1.0, 2.0, 4.0) if times * lags.max() < flux.size - 2] or [1.0]
    scores = sum(np.interp(times * lags, np.arange(flux.size), repeats) for times in usable)
    prior = np.exp(-0.5 * (np.log2(candidates / USUAL_BPM) / 0.9) ** 2)
    return float(candidates[int(np.argmax(scores * prior))])


def find_key(spectra: Spectra) -> tuple[int, str]:
    """(pitch class, mode) whose profile fits the sounding pitch classes best."""
    chroma = chroma_of(spectra)
    fits = {
        (tonic, mode): float(np.corrcoef(np.roll(profile, tonic), chroma)[0, 1])
        for mode, profile in (("major", _MAJOR_PROFILE), ("minor", _MINOR_PROFILE))
        for tonic in range(12)
    }
    return max(fits, key=lambda key: np.nan_to_num(fits[key], nan=-1.0))


def chroma_of(spectra: Spectra) -> NDArray[np.float64]:
    """How strongly each pitch class sounds, C first."""
    at = np.fft.rfftfreq(FRAME, 1.0 / RATE_HZ)
    heard = (at > 110.0) & (at < 2000.0)
    classes = np.round(69 + 12 * np.log2(at[heard] / 440.0)).astype(int) % 12
    strength = np.sqrt(spectra[:, heard]).mean(axis=0)
    counts = np.bincount(classes, minlength=12)
    return np.bincount(classes, weights=strength, minlength=12) / np.maximum(counts, 1)


def find_brightness(spectra: Spectra) -> float:
    """The mean spectral centroid in Hz, loud moments counting more."""
    at = np.fft.rfftfreq(FRAME, 1.0 / RATE_HZ)
    total = spectra.sum() + 1e-12
    return float((spectra * at).sum() / total)


def _spectra(signal: Samples) -> Spectra:
    frames = np.lib.stride_tricks.sliding_window_view(signal, FRAME)[::HOP]
    window = np.hanning(FRAME).astype(np.float32)
    return np.abs(np.fft.rfft(frames * window))


def _decoded(path: Path) -> tuple[Samples, float]:
    """The first minute in mono, and the whole length."""
    chunks: list[Samples] = []
    held = counted = 0
    wanted = int(ANALYSED_SECONDS * RATE_HZ)
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        if stream.codec_context is None:
            raise ValueError("nothing here decodes it")
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE_HZ)
        stated = _stated_seconds(container, stream)
        rate = stream.rate
        for frame in container.decode(stream):
            counted += frame.samples
            if held < wanted:
                for piece in resampler.resample(frame):
                    chunks.append(np.asarray(piece.to_ndarray(), dtype=np.float32).reshape(-1))
                    held += chunks[-1].size
            elif stated is not None:
                break
    signal = np.concatenate(chunks)[:wanted] if chunks else np.zeros(0, dtype=np.float32)
    return signal, stated if stated is not None else counted / rate


def _stated_seconds(
    container: av.container.InputContainer, stream: av.audio.stream.AudioStream
) -> float | None:
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration else None
