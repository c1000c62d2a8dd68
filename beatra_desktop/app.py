"""The composition root: opens everything in order, shows the window, closes in reverse."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

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
from beatra_desktop.options import Options
from beatra_desktop.paths import DataDirUnusable, Paths
from beatra_desktop.services import Services, failures, sandbox
from beatra_desktop.services.assembly import Grounds, open_services
from beatra_desktop.services.notices import Notices
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.errors import StorageError, StorageProblem
from beatra_desktop.storage.recovery import Recovered, recover
from beatra_desktop.ui import theme
from beatra_desktop.ui.application import Application
from beatra_desktop.ui.error_text import describe_base_url, describe_unknown_profile
from beatra_desktop.ui.main_window import MainWindow
from beatra_desktop.ui.single_instance import SingleInstance
from beatra_desktop.ui.startup_problem import StartupProblem

REFUSED: Final = 2
KEY_VARIABLE: Final = "BEATRA_API_KEY"
COMMAND_LINE_PROFILE_ID: Final = ProfileId("command-line")


Play = Callable[[MainWindow, Services], Awaitable[None]]


class StartRefused(Exception):
    """The app can't start; the text is for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What this run begins with; `temporary` is the profile of `--base-url`."""

    paths: Paths
    profile_name: str | None
    temporary: Profile | None
    key: ApiKey | None
    files: tuple[Path, ...]
    play: Play | None
    sandbox_arguments: tuple[str, ...]


def run(
    options: Options, *, play: Play | None = None, sandbox_arguments: tuple[str, ...] = ()
) -> int:
    """Run the app until it is told to quit, or until `play` is over; returns the exit code."""
    application = Application(sys.argv[:1])
    theme.install(application)
    paths = Paths.default() if options.data_dir is None else Paths.under(options.data_dir)
    try:
        paths.ensure()
        start = Start(
            paths=paths,
            profile_name=options.profile,
            temporary=temporary_profile(options.base_url),
            key=environment_key(os.environ.get(KEY_VARIABLE, "")),
            files=options.files,
            play=play,
            sandbox_arguments=sandbox_arguments,
        )
    except (DataDirUnusable, StartRefused) as error:
        return eventloop.run(_refuse(str(error)), application)
    logs.set_up(paths.logs)
    with closing(SingleInstance(paths.data_dir)) as instance:
        if not instance.is_first:
            instance.pass_on(options.files)
            return 0
        return eventloop.run(_main(application, instance, start), application)


def temporary_profile(base_url: str | None) -> Profile | None:
    """The profile of `--base-url`; raises StartRefused when it is no URL."""
    if base_url is None:
        return None
    url = normalise_base_url(base_url)
    if isinstance(url, BaseUrlProblem):
        raise StartRefused(f"--base-url: {describe_base_url(url)}")
    return Profile(id=COMMAND_LINE_PROFILE_ID, name=url, kind=ProfileKind.CUSTOM, base_url=url)


def environment_key(text: str) -> ApiKey | None:
    """The key of `BEATRA_API_KEY`; raises StartRefused when it can't be one."""
    try:
        return ApiKey(text) if text else None
    except InvalidKey as error:
        raise StartRefused(f"{KEY_VARIABLE}: {error}") from None


class StorageWatch:
    """Brings what the database's writer reports from its thread into the window."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.notices: Notices | None = None
        self._loop = loop

    def __call__(self, error: StorageError) -> None:
        self._loop.call_soon_threadsafe(self._tell, error)

    def _tell(self, error: StorageError) -> None:
        if self.notices is not None:
            self.notices.warn(failures.from_storage(error))


async def open_database(
    paths: Paths, *, on_error: Callable[[StorageError], None]
) -> tuple[Database, Recovered | None]:
    """Open it off the GUI thread; a damaged one is rebuilt first, if the user wants that."""
    try:
        return await asyncio.to_thread(Database.open, paths.database, on_error=on_error), None
    except StorageError as error:
        if error.reason is not StorageProblem.CORRUPT:
            raise
        if not await _decision(StartupProblem(str(error), can_recover=True)):
            raise
    recovered = await asyncio.to_thread(recover, paths.database)
    database = await asyncio.to_thread(Database.open, paths.database, on_error=on_error)
    return database, recovered


async def _main(application: Application, instance: SingleInstance, start: Start) -> int:
    loop = asyncio.get_running_loop()
    reporter = crash.install(start.paths.logs, lambda _: None)
    loop.set_exception_handler(reporter.on_loop_exception)
    watch = StorageWatch(loop)
    async with AsyncExitStack() as stack:
        stack.callback(reporter.uninstall)
        try:
            database, recovered = await open_database(start.paths, on_error=watch)
        except StorageError as error:
            return await _refuse(str(error))
        stack.callback(database.close)
        credentials = LayeredCredentials(stack.enter_context(closing(OsKeyring())))
        grounds = Grounds(
            database=database,
            credentials=credentials,
            clips=start.paths.clips,
            cache=start.paths.cache,
            sandbox_command=sandbox.command(start.paths.sandbox, start.sandbox_arguments),
            on_bug=lambda error, where: reporter.report(error, where=where),
            temporary_profile=start.temporary,
        )
        services = await stack.enter_async_context(open_services(grounds))
        if not await _choose_profile(services, credentials, start):
            return await _refuse(describe_unknown_profile(start.profile_name or ""))
        watch.notices = services.notices
        if recovered is not None:
            _tell_recovered(services, recovered)
        await _serve(application, instance, services, start)
    return 0


async def _serve(
    application: Application, instance: SingleInstance, services: Services, start: Start
) -> None:
    """Show the window and run until something asks to quit, or `play` is over."""
    quit_wanted = asyncio.Event()
    window = MainWindow(services, version=__version__)
    application.quit_requested.connect(quit_wanted.set)
    window.quit_requested.connect(quit_wanted.set)
    application.files_opened.connect(window.add_files)
    instance.called.connect(window.come_forward)
    on_connection = partial(_on_connection, services)
    services.profiles.connection.changed.connect(on_connection)
    with _quit_signals(quit_wanted):
        window.show()
        services.resume()
        services.profiles.check()
        if start.files:
            window.add_files(list(start.files))
        await (quit_wanted.wait() if start.play is None else start.play(window, services))
    services.profiles.connection.changed.disconnect(on_connection)
    window.hide()
    window.deleteLater()


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
    rows = str(recovered.rows + recovered.backup_rows)
    services.notices.tell(NoticeCode.DATABASE_RESTORED, rows=rows, kept=recovered.kept.name)


@contextmanager
def _quit_signals(quit_wanted: asyncio.Event) -> Iterator[None]:
    """SIGTERM and SIGINT ask to quit, where the loop can hear signals: not on Windows."""
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGTERM, signal.SIGINT) if os.name == "posix" else ()
    for number in numbers:
        loop.add_signal_handler(number, quit_wanted.set)
    yield
    for number in numbers:
        loop.remove_signal_handler(number)


async def _refuse(sentence: str) -> int:
    """Say on the terminal, and in a window where there is one, why the app does not start."""
    sys.stderr.write(f"{sentence}\n")
    if Application.has_display():
        await _decision(StartupProblem(sentence))
    return REFUSED


async def _decision(problem: StartupProblem) -> bool:
    decided: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    problem.decided.connect(decided.set_result)
    problem.open()
    return await decided
