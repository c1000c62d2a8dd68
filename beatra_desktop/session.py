"""One session: opens everything in order, fills the window, closes in reverse.

Loaded when the window is on show, with all that the app stands on.
"""

import asyncio
import logging
import os
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, closing, contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

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
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.settings import Settings
from beatra_desktop.options import KEY_VARIABLE, REFUSED, Options
from beatra_desktop.paths import Paths
from beatra_desktop.sandbox_child import Child
from beatra_desktop.services import Services, failures
from beatra_desktop.services.assembly import open_services
from beatra_desktop.services.grounds import Grounds
from beatra_desktop.services.notices import Notices
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.errors import StorageError
from beatra_desktop.storage.glance import Glance
from beatra_desktop.ui import garbage, heap, language
from beatra_desktop.ui.access import widgets as accessible
from beatra_desktop.ui.application import Application
from beatra_desktop.ui.caret import Caret
from beatra_desktop.ui.desktop.session import Session
from beatra_desktop.ui.error_text import (
    describe_api_key,
    describe_base_url,
)
from beatra_desktop.ui.main_window import INTERIOR_PIECES, MainWindow
from beatra_desktop.ui.network_watch import watch_network
from beatra_desktop.ui.refusal_text import describe_unknown_profile
from beatra_desktop.ui.single_instance import SingleInstance

SETTLE_SECONDS: Final = 0.7
"""So long at most the end of a session, or sleep, waits for the disk."""

if TYPE_CHECKING:
    from beatra_desktop.storage.recovery import Recovered

_log = logging.getLogger(__name__)

Play = Callable[[MainWindow, Services], Coroutine[Any, Any, None]]


class StartRefused(Exception):
    """The app can't start; the text is for the user."""


class Start(Struct, frozen=True, kw_only=True):
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
    sandbox_command: list[str]
    sandbox_begun: Child | None
    is_again: bool = False


def run(
    application: Application,
    window: MainWindow,
    instance: SingleInstance,
    options: Options,
    *,
    key: str,
    play: Play | None,
    sandbox_command: list[str],
    sandbox_begun: Child | None,
) -> int:
    """Fill the window that is on show, and run until something asks to quit; returns the exit code.

    `play` is a user who quits when it is over.
    """
    paths = Paths.of(options.data_dir)
    heap.keep_little()  # before threads have heaps of their own
    logs.set_up(paths.logs)
    accessible.install()
    Caret(application)
    try:
        start = Start(
            paths=paths,
            profile_name=options.profile,
            temporary=temporary_profile(options.base_url),
            key=environment_key(key),
            files=options.files,
            links=options.links,
            play=play,
            sandbox_command=sandbox_command,
            sandbox_begun=sandbox_begun,
        )
    except StartRefused as error:
        window.hide()
        from beatra_desktop.refusal import refuse

        return eventloop.run(refuse(str(error)), application)
    return eventloop.run(_main(application, window, instance, start), application)


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
        raise StartRefused(f"{KEY_VARIABLE}: {describe_api_key(error.problem)}") from None


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


async def _main(
    application: Application, window: MainWindow, instance: SingleInstance, start: Start
) -> int:
    """One session; whatever keeps the database from opening is mended first, as the user wants."""
    recovered: Recovered | None = None
    while True:
        try:
            return await _session(application, window, instance, start, recovered)
        except StorageError as error:
            from beatra_desktop.refusal import mend  # few starts need it

            window.hide()
            mended = await mend(error, start.paths.database)
        if mended is None:
            return REFUSED
        recovered = mended.recovered
        window.deleteLater()
        window = MainWindow(Glance(start.paths.database).ui_state)


class _Stage(Struct, frozen=True, kw_only=True):
    """What all windows of a session have in common; `store` is for when the desktop's ends."""

    application: Application
    instance: SingleInstance
    services: Services
    quit_wanted: asyncio.Event
    store: Callable[[], bool]


async def _session(
    application: Application,
    window: MainWindow,
    instance: SingleInstance,
    start: Start,
    recovered: "Recovered | None" = None,
) -> int:
    """Open everything, run, close everything; raises StorageError when the database can't be."""
    loop = asyncio.get_running_loop()
    watch = StorageWatch(loop)
    async with AsyncExitStack() as stack:
        reporter = crash.install(start.paths.logs, lambda _: None, is_known=_is_told)
        stack.callback(reporter.uninstall)
        loop.set_exception_handler(reporter.on_loop_exception)
        quit_wanted = stack.enter_context(_quitting(application, window))
        database = await asyncio.to_thread(Database.open, start.paths.database, on_error=watch)
        stack.callback(_close, database)
        credentials = LayeredCredentials(stack.enter_context(closing(OsKeyring())))
        grounds = Grounds(
            database=database,
            credentials=credentials,
            clips=start.paths.clips,
            cache=start.paths.cache,
            sandbox_command=start.sandbox_command,
            sandbox_begun=start.sandbox_begun,
            on_bug=lambda error, where: reporter.report(error, where=where),
            language=language.current(),
            temporary_profile=start.temporary,
        )
        services = await stack.enter_async_context(open_services(grounds))
        if not await _choose_profile(services, credentials, start):
            window.hide()
            from beatra_desktop.refusal import refuse

            return await refuse(describe_unknown_profile(start.profile_name or ""))
        watch.notices = services.notices
        if recovered is not None:
            _tell_recovered(services, recovered)
        stage = _Stage(
            application=application,
            instance=instance,
            services=services,
            quit_wanted=quit_wanted,
            store=partial(database.settle, patience_seconds=SETTLE_SECONDS),
        )
        await _serve_all(stage, window, start)
    return 0


async def _serve_all(stage: _Stage, window: MainWindow, start: Start) -> None:
    """One window after the other, each in the language that is wanted then."""
    settings = stage.services.settings
    while not stage.quit_wanted.is_set():
        if _is_language_new(settings.settings.value):
            _retire(window)
            garbage.include_start()  # what hung on that window was there
            language.use(language.wanted(settings.settings.value.language))
            window = MainWindow(settings.ui_state)
        await _serve(stage, window, start)
        if _is_language_new(settings.settings.value):
            stage.quit_wanted.clear()
            start = replace(start, files=(), links=(), is_again=True)
    _retire(window)


def _retire(window: MainWindow) -> None:
    window.hide()
    window.deleteLater()


def _is_told(error: BaseException) -> bool:
    """Whatever keeps the database from being read, the database itself tells of."""
    return any(isinstance(each, StorageError) for each in (error, error.__cause__))


def _close(database: Database) -> None:
    """At the very end there is no window left to tell of what a full disk did not take."""
    try:
        database.close()
    except StorageError as error:
        _log.error("Not everything was saved: %s", error)


async def _serve(stage: _Stage, window: MainWindow, start: Start) -> None:
    """Fill the window and run until something asks to quit, or `play` is over."""
    services, application = stage.services, stage.application
    settings = services.settings.settings
    services.profiles.check()
    await _load_interior()
    window.fill(services, version=__version__)
    interior = window.interior
    Session(application, window, store=stage.store, wake=services.traffic.wake)
    network = watch_network(services.traffic.note_network)
    window.quit_requested.connect(stage.quit_wanted.set)
    application.files_opened.connect(interior.arrivals.take)
    application.link_opened.connect(interior.arrivals.open_link)
    stage.instance.called.connect(interior.arrivals.answer)
    on_connection = partial(_on_connection, services)
    services.profiles.connection.changed.connect(on_connection)
    on_settings = partial(_on_settings, stage.quit_wanted)
    settings.changed.connect(on_settings)
    try:
        window.show()
        services.resume()
        services.traffic.watch_clock()
        services.backups.watch()
        application.listen()
        stage.instance.tell()
        interior.arrivals.take(start.files, start.links)
        if start.is_again:
            interior.dialogs.open_settings()
        if start.play is not None:
            await _play(start.play(window, services), stage.quit_wanted)
        await stage.quit_wanted.wait()
    finally:  # also when `play` fails: the window stores its state before the database closes
        services.profiles.connection.changed.disconnect(on_connection)
        settings.changed.disconnect(on_settings)
        window.hide()
        network.deleteLater()


async def _load_interior() -> None:
    """In pieces: the connection is checked meanwhile, and the window answers."""
    for piece in INTERIOR_PIECES:
        import_module(piece)
        await asyncio.sleep(0)


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


def _tell_recovered(services: Services, recovered: "Recovered") -> None:
    kept, made = recovered.kept.name, recovered.backup
    if made is not None and not recovered.rows:
        when = made.made_at.isoformat()
        services.notices.tell(NoticeCode.COPY_RESTORED, when=when, kept=kept)
    else:
        rows = str(recovered.rows + recovered.backup_rows)
        services.notices.tell(NoticeCode.DATABASE_RESTORED, rows=rows, kept=kept)


@contextmanager
def _quitting(application: Application, window: MainWindow) -> Iterator[asyncio.Event]:
    """Set when the user or the system asks to quit, also while the window is not filled yet.

    SIGTERM, SIGINT and SIGHUP do so where the loop can hear signals: not on Windows. What the app
    was told to ignore, as `nohup` tells it of SIGHUP, it ignores.
    """
    wanted, loop = asyncio.Event(), asyncio.get_running_loop()
    application.quit_requested.connect(wanted.set)
    window.quit_requested.connect(wanted.set)
    if window.was_closed:
        wanted.set()
    known = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP) if os.name == "posix" else ()
    numbers = [number for number in known if signal.getsignal(number) is not signal.SIG_IGN]
    for number in numbers:
        loop.add_signal_handler(number, wanted.set)
    try:
        yield wanted
    finally:
        application.quit_requested.disconnect(wanted.set)
        for number in numbers:
            loop.remove_signal_handler(number)
