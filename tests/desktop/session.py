# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop session for tests: Xvfb, a session bus, an unlocked gnome-keyring, and the real app in it, driven
by keys (xdotool) and read through AT-SPI. One session a test program; any number of apps in it, each with a
home of its own."""
import atexit
import contextlib
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib

from reader import PROPERTIES, GLib, Gone, Node, Reader

SLOW = float(os.environ.get("TAJDID_SLOW", "1"))
BUILD = os.environ["TAJDID_BUILD"]
NEEDED = ("Xvfb", "dbus-daemon", "gnome-keyring-daemon", "xdotool")
SIZE = (1280, 900)
READER = None


def missing():
    """What this computer lacks for it; None: nothing."""
    for program in NEEDED:
        if shutil.which(program) is None:
            return f"{program} is missing"
    return None


def reader():
    """Who listens, on the session's bus."""
    global READER
    READER = READER or Reader(os.environ["DBUS_SESSION_BUS_ADDRESS"])
    return READER


class Session:
    """Started once; its variables are those of this process, as AT-SPI reads them from there."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="tajdid-session-")
        self.processes = []
        atexit.register(self.stop)
        os.environ.update(XDG_RUNTIME_DIR=self.make("run"), HOME=self.make("home"), LANG="C.UTF-8",
                          GDK_BACKEND="x11", GSK_RENDERER="cairo", GTK_A11Y="atspi", NO_AT_BRIDGE="0")
        for name in ("LANGUAGE", "LC_ALL", "WAYLAND_DISPLAY"):
            os.environ.pop(name, None)
        os.environ["DISPLAY"] = ":" + self.start_xvfb()
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = self.start_bus()
        keyring = subprocess.Popen(["gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets"],
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        keyring.stdin.write(b"pw")
        keyring.stdin.close()
        self.processes.append(keyring)

    def make(self, name):
        path = os.path.join(self.folder, name)
        os.mkdir(path, 0o700)
        return path

    def start_xvfb(self):
        ours, theirs = os.pipe()
        self.screen = self.make("screen")
        self.processes.append(subprocess.Popen(
            ["Xvfb", "-displayfd", str(theirs), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-fbdir", self.screen,
             "-nolisten", "tcp", "-noreset"], pass_fds=[theirs], stderr=subprocess.DEVNULL))
        os.close(theirs)
        with os.fdopen(ours) as pipe:
            return pipe.readline().strip()

    def start_bus(self):
        bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address", "--address",
                                f"unix:path={self.folder}/bus"],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.processes.append(bus)
        return bus.stdout.readline().strip()

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def picture(self, path, width=SIZE[0], height=SIZE[1]):
        """The screen's upper left corner as PNG: Xvfb keeps it in a file of xwd's format."""
        with open(os.path.join(self.screen, "Xvfb_screen0"), "rb") as file:
            data = file.read()
        head = struct.unpack(">25I", data[:100])
        start, stride = head[0] + head[19] * 12, head[12]
        rows = bytearray()
        for y in range(height):
            line = data[start + y * stride:start + y * stride + width * 4]
            pixels = bytearray(width * 3)
            pixels[0::3], pixels[1::3], pixels[2::3] = line[2::4], line[1::4], line[0::4]
            rows += b"\0" + pixels

        def chunk(kind, body):
            return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

        with open(path, "wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
                       chunk(b"IDAT", zlib.compress(bytes(rows), 6)) + chunk(b"IEND", b""))


class App:
    """The app with a home of its own: settings is a dict of GSettings keys in GVariant text."""

    def __init__(self, settings=None, arguments=(), home=None, gtk="", environment=None):
        self.owned = home is None
        self.home = home or tempfile.mkdtemp(prefix="tajdid-home-")
        self.arguments = arguments
        self.environment = {
            **os.environ, "HOME": self.home, "GSETTINGS_SCHEMA_DIR": os.path.join(BUILD, "data"),
            "GSETTINGS_BACKEND": "keyfile", "TAJDID_LOCALE_DIR": os.path.join(BUILD, "po"),
            "ASAN_OPTIONS": "detect_leaks=0",
            **{f"XDG_{name}_HOME": os.path.join(self.home, name.lower())
               for name in ("CONFIG", "DATA", "STATE", "CACHE")}, **(environment or {})}
        self.write("config/gtk-4.0/settings.ini", "[Settings]\ngtk-enable-animations=0\ngtk-cursor-blink=0\n" + gtk)
        if settings is not None:
            self.write("config/glib-2.0/settings/keyfile", "[app/tajdid/Tajdid]\n" + "".join(
                f"{name}={value}\n" for name, value in settings.items()))
        self.process = None

    def write(self, name, text):
        path = os.path.join(self.home, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def start(self):
        self.log = open(os.path.join(self.home, "log"), "ab")
        self.process = subprocess.Popen([os.environ["TAJDID_DESKTOP"], *self.arguments], env=self.environment,
                                        stdout=self.log, stderr=self.log)
        return self

    def tail(self):
        with open(os.path.join(self.home, "log"), encoding="utf-8", errors="replace") as file:
            return file.read()[-4000:]

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(timeout=40 * SLOW)
        self.log.close()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()
        if self.owned:
            shutil.rmtree(self.home, ignore_errors=True)

    # what is read -------------------------------------------------------------------------------

    def walk(self):
        """Every widget that is visible, a level of the tree at a time. GTK 4.8 does not say what shows: pages of a
        stack that are behind are in it."""
        root = reader().program(self.process.pid)
        level = reader().look_at(root.children if root is not None else [])
        while level:
            level = [seen for seen in level if "visible" in seen.states]
            yield from level
            level = reader().look_at([Node(reader(), *child) for seen in level for child in seen.references])

    def texts(self):
        return [seen.raw_name for seen in self.walk() if seen.raw_name]

    def wait_for(self, text, seconds=20):
        """A name that contains text, shown."""
        deadline = time.monotonic() + seconds * SLOW
        while time.monotonic() < deadline:
            assert self.process.poll() is None, f"the app has ended: {self.process.returncode}\n{self.tail()}"
            if any(text in name for name in self.texts()):
                return
            time.sleep(0.1)
        raise AssertionError(f"“{text}” does not appear; there is: {self.texts()}\n{self.tail()}")

    def wait_gone(self, text, seconds=20):
        deadline = time.monotonic() + seconds * SLOW
        while time.monotonic() < deadline:
            if not any(text in name for name in self.texts()):
                return
            time.sleep(0.1)
        raise AssertionError(f"“{text}” does not go")

    def texts_of(self, name):
        """What stands in the entries of that name: a row has one within it."""
        for seen in self.walk():
            if seen.role == "text box" and seen.name == name:
                with contextlib.suppress(Gone):
                    interface = "org.a11y.atspi.Text"  # which in 4.8 wants to be told where the text ends
                    count = seen.node.call(PROPERTIES, "Get", GLib.Variant("(ss)", (interface, "CharacterCount")))[0]
                    yield seen.node.call(interface, "GetText", GLib.Variant("(ii)", (0, count)))[0]

    def wait_text(self, name, text, seconds=20):
        """The entry of that name holds text: what is typed goes where the focus is, of which GTK 4.8 says nothing."""
        deadline, held = time.monotonic() + seconds * SLOW, None
        while time.monotonic() < deadline:
            held = list(self.texts_of(name))
            if text in held:
                return
            time.sleep(0.1)
        raise AssertionError(f"“{name}” holds “{held}”, not “{text}”")

    # what is done -------------------------------------------------------------------------------

    @staticmethod
    def keys(*names):
        subprocess.run(["xdotool", "key", "--delay", "20", *names], check=True)

    @staticmethod
    def type(text):
        subprocess.run(["xdotool", "type", "--delay", "10", text], check=True)

    @staticmethod
    def act(name):
        """An action of the app, as a desktop calls it."""
        subprocess.run(["gdbus", "call", "--session", "--dest", "app.tajdid.Tajdid", "--object-path",
                        "/app/tajdid/Tajdid", "--method", "org.gtk.Actions.Activate", name, "[]", "{}"],
                       check=True, stdout=subprocess.DEVNULL)

    def code(self, personal_id):
        token = os.path.join(self.home, "state", "tajdid", "sandbox", "tokens", personal_id + ".token")
        return subprocess.run([os.environ["TAJDID_TOKEN"], "code", "--secret-file", token], check=True,
                              capture_output=True, text=True).stdout.strip()

    def sign_in(self, personal_id):
        """In the sandbox, from the sign-in page."""
        self.type(personal_id)
        self.keys("Return")
        self.type(self.code(personal_id))
        self.keys("Return")


def run(tests):
    """TAP."""
    lack = missing()
    if lack:
        print(f"1..0 # SKIP {lack}")
        return
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    for number, test in enumerate(tests, 1):
        name = test.__name__.replace("_", " ")
        try:
            test()
            print(f"ok {number} {name}", flush=True)
        except Exception as fault:  # noqa: BLE001: each is told
            failed += 1
            print(f"not ok {number} {name}\n# " + f"{type(fault).__name__}: {fault}".replace("\n", "\n# "), flush=True)
    sys.exit(1 if failed else 0)
