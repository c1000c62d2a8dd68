"""The composition root: opens everything in order, shows the window, closes in reverse."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from beatra_desktop import __version__, crash, eventloop, logs
from beatra_desktop.credentials import ApiKey, InvalidKey, LayeredCredentials, OsKeyring
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.notices import NoticeCode
from beatra_desktop.domain.profiles import (
    BaseUrlProblem,
    Connection,
    ConnectionPhase,
    Profile,
    ProfileKind,
    normalise_base_url,
)
from beatra_desktop.domain.settings import Language, Settings
from beatra_desktop.options import Options
from beatra_desktop.paths import DataDirUnusable, Paths
from beatra_desktop.services import Services, failures, sandbox
from beatra_desktop.services.assembly import open_services
from beatra_desktop.services.grounds import Grounds
from beatra_desktop.services.notices import Notices
from beatra_desktop.storage.backups import Backup
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.errors import StorageError, StorageProblem
from beatra_desktop.storage.recovery import Recovered, offered, recover, restore
from beatra_desktop.ui import language, theme
from beatra_desktop.ui.application import Application
from beatra_desktop.ui.desktop.session import Session
from beatra_desktop.ui.error_text import (
    describe_base_url,
    describe_mending,
    describe_no_screen,
    describe_silent_instance,
    describe_unknown_profile,
)
from beatra_desktop.ui.main_window import MainWindow
from beatra_desktop.ui.network_watch import NetworkWatch
from beatra_desktop.ui.single_instance import Call, SingleInstance
from beatra_desktop.ui.startup_problem import MendingProgress, StartupProblem, WayOut

REFUSED: Final = 2
SETTLE_SECONDS: Final = 0.7
"""So long at most the end of a session, or sleep, waits for the disk."""
KEY_VARIABLE: Final = "BEATRA_API_KEY"

_log = logging.getLogger(__name__)

Mend = Callable[[], Recovered | None]
Play = Callable[[MainWindow, Services], Coroutine[Any, Any, None]]


class StartRefused(Exception):
    """The app can't start; the text is for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What this run begins with; `temporary` is the profile of `--base-url`.

    With `is_again` the window takes the place of one in another language.
    """

    paths: Paths
    profile_name: str | None
    temporary: Profile | None
    key: ApiKey | None
    files: tuple[Path, ...]
    links: tuple[str, ...]
    play: Play | None
    sandbox_arguments: tuple[str, ...]
    is_again: bool = False


def run(
    options: Options, *, play: Play | None = None, sandbox_arguments: tuple[str, ...] = ()
) -> int:
    """Run the app until it is told to quit, or until `play` is over; returns the exit code."""
    if not has_screen():
        sys.stderr.write(f"{describe_no_screen()}\n")
        return REFUSED
    application = Application(sys.argv[:1])
    language.use(language.wanted(Language.SYSTEM))
    theme.install(application)
    paths = Paths.of(options.data_dir)
    try:
        paths.ensure()
        start = Start(
            paths=paths,
            profile_name=options.profile,
            temporary=temporary_profile(options.base_url),
            key=environment_key(os.environ.pop(KEY_VARIABLE, "")),  # no child is to inherit it
            files=options.files,
            links=options.links,
            play=play,
            sandbox_arguments=sandbox_arguments,
        )
    except (DataDirUnusable, StartRefused) as error:
        return eventloop.run(_refuse(str(error)), application)
    logs.set_up(paths.logs)
    with closing(SingleInstance(paths.data_dir)) as instance:
        if not instance.is_first:
            if instance.pass_on(Call(paths=options.files, links=options.links)):
                return 0
            sentence = describe_silent_instance(paths.data_dir)
            return eventloop.run(_refuse(sentence), application)
        instance.listen()
        return eventloop.run(_main(application, instance, start), application)


def has_screen() -> bool:
    """Whether there is anything to show a window on; without, Qt would abort the process."""
    known = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform != "linux" or any(os.environ.get(name) for name in known)


def temporary_profile(base_url: str | None) -> Profile | None:
    """The profile of `--base-url`; raises StartRefused when it is no URL."""
    if base_url is None:
        return None
    url = normalise_base_url(base_url)
    if isinstance(url, BaseUrlProblem):
        raise StartRefused(f"--base-url: {describe_base_url(url)}")
    # One id for each address: what was meant for one service must never be sent to another.
    profile_id = ProfileId(f"command-line:{url}")
    return Profile(id=profile_id, name=url, kind=ProfileKind.CUSTOM, base_url=url)


def environment_key(text: str) -> ApiKey | None:
    """The key of `BEATRA_API_KEY`; raises StartRefused when it can't be one."""
    try:
        return ApiKey(text) if text else None
    except InvalidKey as error:
        raise StartRefused(f"{KEY_VARIABLE}: {error}") from None


class StorageWatch:
    """Brings what the database reports, in whatever thread, into the window."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.notices: Notices | None = None
        self._loop = loop

    def __call__(self, error: StorageError) -> None:
        self._loop.call_soon_threadsafe(self._tell, error)

    def _tell(self, error: StorageError) -> None:
        if self.notices is not None:
            self.notices.warn(failures.from_storage(error))


async def _main(application: Application, instance: SingleInstance, start: Start) -> int:
    """One session; whatever keeps the database from opening is mended first, as the user wants."""
    mend: Mend | None = None
    while True:
        try:
            recovered = None if mend is None else await _mended(mend)
            return await _session(application, instance, start, recovered)
        except StorageError as error:
            mend = await _way_out(error, start.paths.database)
        if mend is None:
            return REFUSED


async def _way_out(error: StorageError, path: Path) -> Mend | None:
    """What the user wants done about it before another try; None to quit."""
    is_damaged = error.reason is StorageProblem.CORRUPT
    if not Application.has_display():
        sys.stderr.write(f"{error} {describe_mending()}\n" if is_damaged else f"{error}\n")
        return None
    made = await asyncio.to_thread(offered, path) if is_damaged else None
    when = None if made is None else made.made_at
    way = await _decision(StartupProblem(str(error), ways=_ways(error, made), copy_made_at=when))
    match way:
        case WayOut.RECOVER:
            return partial(recover, path)
        case WayOut.RESTORE if made is not None:
            return partial(restore, path, made)
        case WayOut.TRY_AGAIN:
            return lambda: None
    sys.stderr.write(f"{error}\n")
    return None


def _ways(error: StorageError, made: Backup | None) -> tuple[WayOut, ...]:
    match error.reason:
        case StorageProblem.CORRUPT if made is not None:
            return (WayOut.RECOVER, WayOut.RESTORE)
        case StorageProblem.CORRUPT:
            return (WayOut.RECOVER,)
        case StorageProblem.NEWER_SCHEMA | StorageProblem.BUG:
            return ()
    return (WayOut.TRY_AGAIN,)


async def _mended(mend: Mend) -> Recovered | None:
    """Mending a large file takes a while, which is to be seen; raises StorageError."""
    progress = MendingProgress()
    progress.show()
    try:
        return await asyncio.to_thread(mend)
    finally:
        progress.close()
        progress.deleteLater()


async def _session(
    application: Application,
    instance: SingleInstance,
    start: Start,
    recovered: Recovered | None = None,
) -> int:
    """Open everything, run, close everything; raises StorageError when the database can't be."""
    loop = asyncio.get_running_loop()
    watch = StorageWatch(loop)
    async with AsyncExitStack() as stack:
        reporter = crash.install(start.paths.logs, lambda _: None, is_known=_is_told)
        stack.callback(reporter.uninstall)
        loop.set_exception_handler(reporter.on_loop_exception)
        database = await asyncio.to_thread(Database.open, start.paths.database, on_error=watch)
        stack.callback(_close, database)
        credentials = LayeredCredentials(stack.enter_context(closing(OsKeyring())))
        grounds = Grounds(
            database=database,
            credentials=credentials,
            clips=start.paths.clips,
            cache=start.paths.cache,
            sandbox_command=sandbox.command(start.paths.sandbox, start.sandbox_arguments),
            on_bug=lambda error, where: reporter.report(error, where=where),
            language=language.current(),
            temporary_profile=start.temporary,
        )
        services = await stack.enter_async_context(open_services(grounds))
        if not await _choose_profile(services, credentials, start):
            return await _refuse(describe_unknown_profile(start.profile_name or ""))
        watch.notices = services.notices
        if recovered is not None:
            _tell_recovered(services, recovered)
        store = partial(database.settle, patience_seconds=SETTLE_SECONDS)
        while await _serve(application, instance, services, start, store=store):
            start = replace(start, files=(), links=(), is_again=True)
    return 0


def _is_told(error: BaseException) -> bool:
    """Whatever keeps the database from being read, the database itself tells of."""
    return any(isinstance(each, StorageError) for each in (error, error.__cause__))


def _close(database: Database) -> None:
    """At the very end there is no window left to tell of what a full disk did not take."""
    try:
        database.close()
    except StorageError as error:
        _log.error("Not everything was saved: %s", error)


async def _serve(
    application: Application,
    instance: SingleInstance,
    services: Services,
    start: Start,
    *,
    store: Callable[[], bool],
) -> bool:
    """Show the window and run until something asks to quit, or `play` is over.

    Returns whether it is wanted again, in another language.
    """
    quit_wanted = asyncio.Event()
    settings = services.settings.settings
    language.use(language.wanted(settings.value.language))
    services.profiles.check()
    await asyncio.sleep(0)  # a sandbox then starts while the window is built
    with theme.dressed_at_the_end():
        window = MainWindow(services, version=__version__)
    Session(application, window, store=store, wake=services.traffic.wake)
    network = NetworkWatch(services.traffic.note_network)
    application.quit_requested.connect(quit_wanted.set)
    window.quit_requested.connect(quit_wanted.set)
    application.files_opened.connect(window.arrivals.take)
    application.link_opened.connect(window.arrivals.open_link)
    instance.called.connect(window.arrivals.answer)
    on_connection = partial(_on_connection, services)
    services.profiles.connection.changed.connect(on_connection)
    on_settings = partial(_on_settings, quit_wanted)
    settings.changed.connect(on_settings)
    try:
        with _quit_signals(quit_wanted):
            window.show()
            services.resume()
            services.traffic.watch_clock()
            services.backups.watch()
            application.listen()
            instance.tell()
            window.arrivals.take(start.files, start.links)
            if start.is_again:
                window.dialogs.open_settings()
            if start.play is not None:
                await _play(start.play(window, services), quit_wanted)
            await quit_wanted.wait()
    finally:  # also when `play` fails: the window stores its state before the database closes
        application.quit_requested.disconnect(quit_wanted.set)
        services.profiles.connection.changed.disconnect(on_connection)
        settings.changed.disconnect(on_settings)
        window.hide()
        network.deleteLater()
        window.deleteLater()
    return _is_language_new(settings.value)


def _on_settings(quit_wanted: asyncio.Event, settings: Settings) -> None:
    if _is_language_new(settings):
        quit_wanted.set()


def _is_language_new(settings: Settings) -> bool:
    return language.wanted(settings.language) != language.current()


async def _play(play: Coroutine[Any, Any, None], quit_wanted: asyncio.Event) -> None:
    """Let it play until it is over, which is a wish to quit too, or something else asks to."""
    async with asyncio.TaskGroup() as group:
        playing = group.create_task(play)
        playing.add_done_callback(lambda _: quit_wanted.set())
        await quit_wanted.wait()
        playing.cancel()


def _on_connection(services: Services, connection: Connection) -> None:
    """What waited for the network goes on by itself."""
    if connection.phase is ConnectionPhase.READY:
        services.resume()


async def _choose_profile(
    services: Services, credentials: LayeredCredentials, start: Start
) -> bool:
    """Start on the named profile, with the key of the environment; False for an unknown name."""
    if start.profile_name is not None:
        profile = services.profiles.named(start.profile_name)
        if profile is None:
            return False
        services.profiles.select(profile.id)
    if start.key is not None and (start.profile_name or start.temporary):
        active = services.profiles.active.value
        await credentials.put(active.id, start.key, session_only=True)
    return True


def _tell_recovered(services: Services, recovered: Recovered) -> None:
    kept, made = recovered.kept.name, recovered.backup
    if made is not None and not recovered.rows:
        when = made.made_at.isoformat()
        services.notices.tell(NoticeCode.COPY_RESTORED, when=when, kept=kept)
    else:
        rows = str(recovered.rows + recovered.backup_rows)
        services.notices.tell(NoticeCode.DATABASE_RESTORED, rows=rows, kept=kept)


@contextmanager
def _quit_signals(quit_wanted: asyncio.Event) -> Iterator[None]:
    """SIGTERM, SIGINT and SIGHUP ask to quit, where the loop can hear signals: not on Windows."""
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP) if os.name == "posix" else ()
    for number in numbers:
        loop.add_signal_handler(number, quit_wanted.set)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


async def _refuse(sentence: str) -> int:
    """Say on the terminal, and in a window where there is one, why the app does not start."""
    sys.stderr.write(f"{sentence}\n")
    if Application.has_display():
        await _decision(StartupProblem(sentence))
    return REFUSED


async def _decision(problem: StartupProblem) -> WayOut:
    decided: asyncio.Future[WayOut] = asyncio.get_running_loop().create_future()
    problem.decided.connect(decided.set_result)
    problem.open()
    return await decided
