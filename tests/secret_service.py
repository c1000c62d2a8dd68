"""A real Secret Service on a D-Bus session of its own, which can come, lock and go at any time."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Final

from jeepney import MessageType, message_bus
from jeepney.io.blocking import open_dbus_connection

RIGHT: Final = "right"
WRONG: Final = "wrong"
PATIENCE_SECONDS: Final = 30.0
SECRETS: Final = "org.freedesktop.secrets"
BARE_BUS: Final = """<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""
"""A bus that starts no service by itself."""


class KeyStore:
    """GNOME's keyring daemon, whose files lie below `home`; see `key_store`."""

    def __init__(self, home: Path, address: str) -> None:
        self.home = home
        self.address = address
        self._daemon: subprocess.Popen[bytes] | None = None

    @property
    def variables(self) -> Mapping[str, str]:
        """What a program's environment needs to find the bus."""
        return {"DBUS_SESSION_BUS_ADDRESS": self.address}

    def start(self, password: str = RIGHT) -> None:
        """Unlocked where the password is the first one ever given, else locked."""
        command = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.home),
            **self.variables,
        }
        quiet = subprocess.DEVNULL
        self._daemon = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet
        )
        assert self._daemon.stdin is not None, "opened as a pipe"
        with suppress(BrokenPipeError):
            self._daemon.stdin.write(password.encode())
        self._daemon.stdin.close()
        self._until(is_there=True)

    def stop(self) -> None:
        """As when the daemon crashes: what it keeps stays on disk."""
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()
            self._daemon = None
            self._until(is_there=False)

    def _until(self, *, is_there: bool) -> None:
        begun = monotonic()
        with open_dbus_connection(self.address) as bus:
            while monotonic() - begun < PATIENCE_SECONDS:
                reply = bus.send_and_get_reply(message_bus.NameHasOwner(SECRETS))
                assert reply.header.message_type is MessageType.method_return
                if bool(reply.body[0]) is is_there:
                    return
        raise TimeoutError(f"{SECRETS} is {'not ' if is_there else 'still '}there")


@contextmanager
def key_store(home: Path, display: Mapping[str, str] | None = None) -> Iterator[KeyStore]:
    """A bus without the daemon, until it is started; all of it ends with the block.

    With the variables of a `display` the bus starts what asks for passwords there.
    """
    home.mkdir(parents=True, exist_ok=True)
    config = home / "bus.conf"
    prompting = "  <standard_session_servicedirs/>\n</busconfig>"
    config.write_text(BARE_BUS.replace("</busconfig>", prompting) if display else BARE_BUS)
    command = ["dbus-daemon", "--nofork", "--print-address=1", f"--config-file={config}"]
    bus = subprocess.Popen(
        command,
        env={"PATH": os.environ["PATH"], "HOME": str(home), **(display or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert bus.stdout is not None, "opened as a pipe"
    store = KeyStore(home, bus.stdout.readline().strip())
    try:
        yield store
    finally:
        store.stop()
        bus.terminate()
        bus.communicate()
