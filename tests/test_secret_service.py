"""The key store of the operating system: a real Secret Service, locked, missing, unsafe or stuck.

Each case runs in a Python of its own, inside a D-Bus session of its own, with its own home folder.
"""

from pathlib import Path
from typing import Final

import pytest

from tests.key_box import CANARY, Box, bus

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


def test_a_store_without_a_keyring_that_may_not_make_one_is_told_apart(box: Box) -> None:
    told = box.run(
        'await tell_failure(ring.put("p", KEY))\ntell_info(ring.describe())',
        session=(*bus(), "--"),
    )
    assert told == [
        ["CredentialsUnavailable", "refused"],
        ["Secret Service", "refused", "set_up_keyring"],
    ]


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
