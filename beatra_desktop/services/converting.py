"""Songs in other formats: one after the other, in a thread, whole or not at all."""

import asyncio
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from beatra_desktop.audio.atomic import give_name, part_of
from beatra_desktop.audio.convert import convert
from beatra_desktop.audio.errors import ConversionCanceled, UnreadableAudio
from beatra_desktop.audio.verify import verify
from beatra_desktop.domain.converting import AudioFormat, Conversion, ConversionState
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ClipId, new_id
from beatra_desktop.domain.music import Clip, Delivery
from beatra_desktop.domain.observable import ReadOnlyRecords, Records
from beatra_desktop.domain.records import replace
from beatra_desktop.services import failures
from beatra_desktop.services.filenames import free_path
from beatra_desktop.services.leftovers import Leftovers
from beatra_desktop.services.supervisor import Supervisor


class ConversionService:
    """`conversions` are those of this run, in the order they were asked for."""

    def __init__(
        self, *, clips: ReadOnlyRecords[Clip], leftovers: Leftovers, supervisor: Supervisor
    ) -> None:
        self._clips = clips
        self._leftovers = leftovers
        self._supervisor = supervisor
        self._conversions: Records[Conversion] = Records()
        self._stops: dict[str, threading.Event] = {}
        self._is_working = False

    @property
    def conversions(self) -> ReadOnlyRecords[Conversion]:
        return self._conversions

    def convert(self, clip_ids: Iterable[ClipId], *, format: AudioFormat, folder: Path) -> None:
        """Write saved songs into a folder, named as they are; no file there is overwritten."""
        for clip_id in clip_ids:
            clip = self._clips.get(clip_id)
            if clip is not None and clip.path is not None and clip.delivery is Delivery.SAVED:
                wanted = Conversion(
                    id=new_id(),
                    clip_id=clip_id,
                    title=clip.title,
                    source=clip.path,
                    folder=folder,
                    format=format,
                )
                self._stops[wanted.id] = threading.Event()
                self._conversions.append(wanted)
        self._work_soon()

    def cancel_all(self) -> None:
        """Stop what runs, which leaves nothing behind, and what waits."""
        for conversion in list(self._conversions):
            self.cancel(conversion.id)

    def cancel(self, conversion_id: str) -> None:
        conversion = self._conversions.get(conversion_id)
        if conversion is not None and conversion.state.is_live:
            self._stops[conversion_id].set()
            if conversion.state is ConversionState.WAITING:
                self._put(conversion_id, state=ConversionState.CANCELED)

    def clear(self) -> None:
        """Forget those that ended; their files stay."""
        ended = [c.id for c in self._conversions if not c.state.is_live]
        for conversion_id in ended:
            self._conversions.remove(conversion_id)
            self._stops.pop(conversion_id, None)

    def _work_soon(self) -> None:
        if not self._is_working and self._next() is not None:
            self._is_working = True
            self._supervisor.start(self._work(), name="convert songs")

    def _next(self) -> Conversion | None:
        waiting = (c for c in self._conversions if c.state is ConversionState.WAITING)
        return next(waiting, None)

    async def _work(self) -> None:
        try:
            while (conversion := self._next()) is not None:
                await self._convert(conversion)
        finally:
            self._is_working = False

    async def _convert(self, conversion: Conversion) -> None:
        self._put(conversion.id, state=ConversionState.RUNNING)
        stop = self._stops[conversion.id]
        on_progress = self._progress_of(conversion.id)
        try:
            part = _part(conversion)
            async with self._leftovers.growing(part, part_of(part)):
                path = await asyncio.to_thread(
                    _write, conversion, on_progress=on_progress, is_canceled=stop.is_set
                )
        except ConversionCanceled:
            self._put(conversion.id, state=ConversionState.CANCELED)
        except (UnreadableAudio, OSError) as error:
            self._put(conversion.id, state=ConversionState.FAILED, failure=_why(conversion, error))
        else:
            self._put(conversion.id, state=ConversionState.DONE, fraction=1.0, path=path)
        finally:
            stop.set()  # the thread must not outlive the app

    def _progress_of(self, conversion_id: str) -> Callable[[float], None]:
        loop = asyncio.get_running_loop()

        def tell(fraction: float) -> None:
            loop.call_soon_threadsafe(self._show, conversion_id, fraction)

        return tell

    def _show(self, conversion_id: str, fraction: float) -> None:
        conversion = self._conversions.get(conversion_id)
        if conversion is not None and conversion.state is ConversionState.RUNNING:
            self._put(conversion_id, fraction=fraction)

    def _put(self, conversion_id: str, **fields: object) -> None:
        conversion = self._conversions.get(conversion_id)
        if conversion is not None:
            self._conversions.replace(replace(conversion, **fields))  # type: ignore[arg-type]  # by replace


def _write(
    conversion: Conversion,
    *,
    on_progress: Callable[[float], None],
    is_canceled: Callable[[], bool],
) -> Path:
    """Convert, decode what came of it to its end, and only then give it its name."""
    folder = conversion.folder
    folder.mkdir(parents=True, exist_ok=True)
    part = _part(conversion)
    try:
        convert(
            conversion.source,
            part,
            format=conversion.format,
            on_progress=on_progress,
            is_canceled=is_canceled,
        )
        verify(part)
        return _name(part, folder, conversion)
    finally:
        part.unlink(missing_ok=True)


def _part(conversion: Conversion) -> Path:
    return conversion.folder / f".{conversion.id}.part"


def _name(part: Path, folder: Path, conversion: Conversion) -> Path:
    while True:
        ending = f".{conversion.format.value}"
        # A link that leads nowhere takes a name too.
        target = free_path(folder, conversion.source.stem, ending, os.path.lexists)
        try:
            give_name(part, target)
        except FileExistsError:
            continue  # somebody took the name meanwhile
        return target


def _why(conversion: Conversion, error: UnreadableAudio | OSError) -> Failure:
    if isinstance(error, OSError):
        failure = failures.from_disk(error, subject=conversion.title)
        if failure.code is FailureCode.DISK_FULL:
            return failure
    code = FailureCode.NOT_CONVERTED
    return Failure(code=code, subject=conversion.title, detail=str(error))
