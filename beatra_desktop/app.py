"""The start: shows the window with as little as that takes, then loads the rest and fills it."""

import os
import sys
from collections.abc import Callable, Coroutine
from contextlib import closing, nullcontext
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer

from beatra_desktop.domain.choices import Appearance, Contrast, Language
from beatra_desktop.options import KEY_VARIABLE, REFUSED, Options
from beatra_desktop.paths import DataDirUnusable, Paths
from beatra_desktop.storage.glance import Glance
from beatra_desktop.ui import language, theme
from beatra_desktop.ui.application import Application
from beatra_desktop.ui.main_window import MainWindow
from beatra_desktop.ui.single_instance import Call, SingleInstance

if TYPE_CHECKING:
    from beatra_desktop.sandbox_child import Child
    from beatra_desktop.services import Services

PAINT_PATIENCE_MS: Final = 500
"""A window that starts minimised is not painted."""

PIECES: Final = (
    "asyncio",
    "beatra_desktop.storage.database",
    "beatra_desktop.psygnal_loading",
    "beatra_desktop.api.client",
    "beatra_desktop.api.sockets",
    "beatra_desktop.api.locks",
    "beatra_desktop.services",
    "beatra_desktop.session",
)

Play = Callable[[MainWindow, "Services"], Coroutine[Any, Any, None]]
ChoiceT = TypeVar("ChoiceT", Appearance, Contrast, Language)


def run(
    options: Options, *, play: Play | None = None, sandbox_arguments: tuple[str, ...] = ()
) -> int:
    """Run the app until it is told to quit, or until `play` is over; returns the exit code."""
    if not has_screen():
        from beatra_desktop.ui.refusal_text import describe_no_screen

        sys.stderr.write(f"{describe_no_screen()}\n")
        return REFUSED
    application = Application(sys.argv[:1])
    paths = Paths.of(options.data_dir)
    glance = Glance(paths.database)
    _dress(application, glance)
    try:
        paths.ensure()
    except DataDirUnusable as error:
        return _refuse_folder(application, error)
    with closing(SingleInstance(paths.data_dir)) as instance:
        if not instance.is_first:
            return _pass_on(application, instance, options)
        window = MainWindow(glance.ui_state)
        if not _is_shown(window):
            return 0
        key = os.environ.pop(KEY_VARIABLE, "")  # no child is to inherit it
        from beatra_desktop import sandbox_child

        command = sandbox_child.command(paths.sandbox, sandbox_arguments)
        begun = _begun_sandbox(command, options, glance)
        with nullcontext() if begun is None else closing(begun):
            _load(application)
            from beatra_desktop import session

            instance.listen()
            return session.run(
                application,
                window,
                instance,
                options,
                key=key,
                play=play,
                sandbox_command=command,
                sandbox_begun=begun,
            )


def has_screen() -> bool:
    """Whether there is anything to show a window on; without, Qt would abort the process."""
    known = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform != "linux" or any(os.environ.get(name) for name in known)


def _dress(application: Application, glance: Glance) -> None:
    """Look and speak as the user chose; what is not known yet is the system's choice."""
    language.use(language.wanted(_chosen(Language, glance.setting("language"))))
    theme.install(
        application,
        _chosen(Appearance, glance.setting("appearance")),
        _chosen(Contrast, glance.setting("contrast")),
    )


def _chosen(kind: type[ChoiceT], stored: str) -> ChoiceT:
    return kind(stored) if stored in set(kind) else kind("system")


class _FirstPaint(QEventLoop):
    """Runs before any other loop does, until a window is painted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        window.installEventFilter(self)
        QTimer.singleShot(PAINT_PATIENCE_MS, self, self.quit)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, self, self.quit)  # what stands on it is painted with it
        return False


def _is_shown(window: MainWindow) -> bool:
    """Show it as it will stand; False when it was closed at once."""
    first_paint = _FirstPaint(window)
    window.show()
    first_paint.exec()
    window.removeEventFilter(first_paint)
    return not window.was_closed


def _load(application: Application) -> None:
    """Load most of the app, in pieces between which the window answers."""
    for piece in PIECES:
        import_module(piece)
        application.processEvents()


def _begun_sandbox(command: list[str], options: Options, glance: Glance) -> "Child | None":
    """Where the sandbox is wanted, it starts while most of the app is loaded."""
    from beatra_desktop.domain.profiles import SANDBOX_PROFILE_ID
    from beatra_desktop.sandbox_child import begin

    is_other = options.profile is not None or options.base_url is not None
    if is_other or glance.active_profile not in ("", SANDBOX_PROFILE_ID):
        return None
    try:
        return begin(command)
    except OSError:
        return None  # tried again, and told of, when the session wants it


def _pass_on(application: Application, instance: SingleInstance, options: Options) -> int:
    """Another start was quicker by a moment."""
    if instance.pass_on(Call(paths=options.files, links=options.links)):
        return 0
    from beatra_desktop.ui.refusal_text import describe_silent_instance

    return _refuse(application, describe_silent_instance(Paths.of(options.data_dir).data_dir))


def _refuse_folder(application: Application, error: DataDirUnusable) -> int:
    from beatra_desktop.ui.refusal_text import describe_unwritable_folder

    return _refuse(application, describe_unwritable_folder(error.path, error.reason))


def _refuse(application: Application, sentence: str) -> int:
    from beatra_desktop import eventloop, refusal

    return eventloop.run(refusal.refuse(sentence), application)
