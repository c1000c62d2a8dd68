"""The key store of the operating system: a real Secret Service, locked, missing, unsafe or stuck.

Each case runs in a Python of its own, inside a D-Bus session of its own, with its own home folder.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

CANARY: Final = "sk-canary-7d1f02c9e4b8"
LIMIT_S: Final = 60
UNLOCK: Final = 'printf %s "$0" | gnome-keyring-daemon --unlock --components=secrets >/dev/null'
PRELUDE: Final = f"""
import asyncio, json, subprocess, sys, threading, traceback
from beatra_desktop.credentials import *
KEY = ApiKey("{CANARY}")
assert "keyring" not in sys.modules

def tell(*values):
    print(json.dumps([None if value is None else str(value) for value in values]))

def tell_info(info):
    tell(info.name, info.state, info.advice_code)

async def tell_failure(call):
    try:
        await call
        tell("no failure")
    except CredentialsUnavailable as error:
        details = traceback.TracebackException.from_exception(error, capture_locals=True)
        print("".join(details.format()), file=sys.stderr)
        tell(type(error).__name__, error.reason)
"""
EPILOGUE: Final = """
ring = OsKeyring(time_limit_s=LIMIT)
asyncio.run(main(ring))
ring.close()
"""
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
PLAIN_FILE: Final = """
from pathlib import Path
from keyring.backend import KeyringBackend
from keyring.compat import properties

class PlainFile(KeyringBackend):
    priority = 9.0
    def get_password(self, service, username):
        return None
    def set_password(self, service, username, password):
        (Path.home() / "leak.txt").write_text(password)
"""
TRUSTED_BY_NAME: Final = """
import keyring
from keyring.backend import KeyringBackend

class Store(KeyringBackend):
    __module__ = "keyring.backends.SecretService"
    priority = 1.0
    def get_password(self, service, username):
        return None if username == "forgotten" else "what was there before"
    def set_password(self, service, username, password):
        if username == "broken":
            raise OSError(f"lost connection while sending {password}")
    def delete_password(self, service, username):
        pass

keyring.set_keyring(Store())
"""
STUCK_SERVICE: Final = """
from jeepney import DBus
from jeepney.bus_messages import DBus
from jeepney.io.blocking import open_dbus_connection
import time
bus = open_dbus_connection()
bus.send_and_get_reply(DBus().RequestName("org.freedesktop.secrets"))
print("stuck", flush=True)
time.sleep(600)
"""


class Box:
    """One home folder on a computer whose D-Bus session lasts for one `run`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.path = [*sys.path]
        self.variables: dict[str, str] = {}

    def run(
        self, main: str, *, session: tuple[str, ...] = (), time_limit_s: float = 10.0
    ) -> list[Any]:
        """What the program told, one list for each `tell`; the canary must not be in its output."""
        body = "async def main(ring):\n" + "".join(f"    {line}\n" for line in main.splitlines())
        program = PRELUDE + body + EPILOGUE.replace("LIMIT", str(time_limit_s))
        done = _run([*session, sys.executable, "-c", program], self._environment())
        assert done.returncode == 0, done.stderr
        assert "canary" not in done.stdout + done.stderr
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]

    def unlocked(self, password: str = "right") -> tuple[str, ...]:
        return (*_bus(), "--", "sh", "-c", f'{UNLOCK} && exec "$@"', password)

    def locked(self) -> tuple[str, ...]:
        return self.unlocked("wrong")

    def bare_bus(self) -> tuple[str, ...]:
        config = self.home / "bus.conf"
        config.write_text(BARE_BUS)
        return (*_bus(), f"--config-file={config}", "--")

    def _environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(self.path),
            **self.variables,
        }


def _run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """In a process group of its own, so that a hang leaves no D-Bus daemon behind."""
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        output, errors = process.communicate(timeout=LIMIT_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    return subprocess.CompletedProcess(command, process.returncode, output, errors)


def _bus() -> tuple[str, ...]:
    for tool in ("dbus-run-session", "gnome-keyring-daemon"):
        if shutil.which(tool) is None:
            pytest.fail(f"{tool} is missing: apt-get install -y dbus gnome-keyring")
    return ("dbus-run-session",)


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


def test_a_key_survives_the_process(box: Box) -> None:
    stored = box.run(
        """
tell(await ring.get("default"))
await ring.put("default", KEY)
await ring.put("other", ApiKey("another-key"))
tell_info(ring.describe())
""",
        session=box.unlocked(),
    )
    read = box.run(
        """
tell((await ring.get("default")) == KEY, (await ring.get("other")).reveal())
await ring.delete("default")
await ring.delete("default")
tell(await ring.get("default"))
""",
        session=box.unlocked(),
    )
    assert stored == [[None], ["Secret Service", "ok", "none"]]
    assert read == [["True", "another-key"], [None]]


def test_the_key_is_in_no_file_in_the_open(box: Box) -> None:
    box.run('await ring.put("default", KEY)', session=box.unlocked())
    files = [path for path in box.home.rglob("*") if path.is_file()]
    assert any(path.suffix == ".keyring" for path in files)
    assert not any(CANARY.encode() in path.read_bytes() for path in files)


def test_a_key_is_read_from_the_store_once(box: Box) -> None:
    told = box.run(
        """
await ring.put("default", KEY)
fresh = OsKeyring()
await fresh.get("default")
import secretstorage
connection = secretstorage.dbus_init()
for item in secretstorage.get_default_collection(connection).search_items({"username": "default"}):
    item.delete()
tell((await fresh.get("default")) == KEY, await OsKeyring().get("default"))
""",
        session=box.unlocked(),
    )
    assert told == [["True", None]]


def test_the_test_of_the_store_leaves_nothing_behind(box: Box) -> None:
    told = box.run(
        """
tell_info(ring.describe())
tell_info(await ring.probe())
import secretstorage
collection = secretstorage.get_default_collection(secretstorage.dbus_init())
tell(len(list(collection.get_all_items())))
""",
        session=box.unlocked(),
    )
    assert told == [["", "untested", "none"], ["Secret Service", "ok", "none"], ["0"]]


def test_a_locked_store_is_told_apart(box: Box) -> None:
    box.run('await ring.put("default", KEY)', session=box.unlocked())
    told = box.run(
        """
await tell_failure(ring.get("default"))
await tell_failure(ring.put("default", KEY))
await tell_failure(ring.delete("default"))
tell_info(await ring.probe())
""",
        session=box.locked(),
    )
    assert told[:3] == [["CredentialsUnavailable", "locked"]] * 3
    assert told[3] == ["Secret Service", "locked", "unlock_keyring"]
    assert box.run('tell((await ring.get("default")) == KEY)', session=box.unlocked()) == [["True"]]


def test_a_dismissed_prompt_is_a_refusal(box: Box) -> None:
    told = box.run('await tell_failure(ring.put("p", KEY))', session=(*_bus(), "--"))
    assert told == [["CredentialsUnavailable", "refused"]]


@pytest.mark.parametrize("with_bus", [False, True], ids=["no bus", "bus without service"])
def test_no_service_is_told_apart(box: Box, with_bus: bool) -> None:
    told = box.run(
        """
await tell_failure(ring.get("default"))
await tell_failure(ring.put("default", KEY))
tell_info(await ring.probe())
layered = LayeredCredentials(ring)
await layered.put("default", KEY, session_only=True)
tell((await layered.get("default")) == KEY)
await layered.delete("default")
""",
        session=box.bare_bus() if with_bus else (),
    )
    assert told[:2] == [["CredentialsUnavailable", "no_service"]] * 2
    assert told[2:] == [["", "no_service", "install_keyring"], ["True"]]


def test_a_service_that_comes_up_later_is_found(box: Box) -> None:
    told = box.run(
        """
tell_info(await ring.probe())
subprocess.run(["gnome-keyring-daemon", "--unlock", "--components=secrets"],
               input=b"right", stdout=subprocess.DEVNULL, check=True)
while (await ring.probe()).state is StoreState.NO_SERVICE:
    await asyncio.sleep(0.02)
tell_info(ring.describe())
""",
        session=box.bare_bus(),
    )
    assert told == [["", "no_service", "install_keyring"], ["Secret Service", "ok", "none"]]


def test_a_store_that_does_not_answer_neither_blocks_the_call_nor_the_exit(box: Box) -> None:
    told = box.run(
        f"""
stuck = subprocess.Popen([sys.executable, "-c", {STUCK_SERVICE!r}], stdout=subprocess.PIPE)
assert stuck.stdout.readline()
await tell_failure(ring.get("default"))
await tell_failure(ring.put("default", KEY))
tell_info(ring.describe())
tell([thread.name for thread in threading.enumerate() if not thread.daemon])
stuck.kill()
stuck.communicate()
""",
        session=box.bare_bus(),
        time_limit_s=0.5,
    )
    assert told[:2] == [["CredentialsTimeout", "timed_out"]] * 2
    assert told[2] == ["Secret Service", "timed_out", "answer_prompt"]
    assert told[3] == ["['MainThread']"]


def test_a_store_that_only_pretends_is_refused(box: Box) -> None:
    box.variables["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    told = box.run('await tell_failure(ring.put("p", KEY))\ntell_info(ring.describe())')
    assert told[0] == ["CredentialsUnavailable", "refused"]
    assert told[1] == ["keyring.backends.null", "refused", "replace_unsafe_keyring"]


def test_a_store_in_a_plain_file_is_refused(box: Box) -> None:
    _install_plain_file_store(box)
    box.variables["PYTHON_KEYRING_BACKEND"] = "plain_file_store.PlainFile"
    told = box.run('await tell_failure(ring.put("p", KEY))\ntell_info(ring.describe())')
    assert told[1] == ["plain_file_store", "refused", "replace_unsafe_keyring"]
    assert not (box.home / "leak.txt").exists()


def test_a_plain_file_store_found_first_is_passed_over(box: Box) -> None:
    _install_plain_file_store(box)
    told = box.run(
        """
await ring.put("p", KEY)
import keyring
tell(type(keyring.get_keyring()).__name__)
tell_info(ring.describe())
""",
        session=box.unlocked(),
    )
    assert told == [["ChainerBackend"], ["Secret Service", "ok", "none"]]
    assert not (box.home / "leak.txt").exists()


@pytest.mark.parametrize("profile", ["forgotten", "kept", "broken"])
def test_a_write_counts_only_when_it_is_read_back(box: Box, profile: str) -> None:
    told = box.run(f'{TRUSTED_BY_NAME}\nawait tell_failure(ring.put("{profile}", KEY))')
    assert told == [["CredentialsUnavailable", "refused"]]


def test_a_key_that_stays_after_its_deletion_is_told(box: Box) -> None:
    told = box.run(f'{TRUSTED_BY_NAME}\nawait tell_failure(ring.delete("kept"))')
    assert told == [["CredentialsUnavailable", "refused"]]


@pytest.mark.parametrize("name", ["no.such.module", "keyring.backends.fail.Nothing", ""])
def test_wrong_keyring_settings_are_told_apart(box: Box, name: str) -> None:
    box.variables["PYTHON_KEYRING_BACKEND"] = name
    told = box.run("tell_info(await ring.probe())")
    assert told == [["", "no_service", "fix_keyring_settings"]]


def _install_plain_file_store(box: Box) -> None:
    folder = box.home / "site"
    info = folder / "plain_file_store-1.dist-info"
    info.mkdir(parents=True)
    (folder / "plain_file_store.py").write_text(PLAIN_FILE)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plain-file-store\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[keyring.backends]\nplain = plain_file_store\n")
    box.path.append(str(folder))
