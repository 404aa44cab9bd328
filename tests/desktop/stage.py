# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the real application is driven: a virtual display, a bus, a keyring and a home of its own, and the
programs on it as a person starts them. Everything ends with it, however the test ends.

    with Stage(language="ar", size=NARROW, look="dark") as stage:
        app = stage.start_app()"""
import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
for _folder in ("secrets", "journeys"):
    sys.path.insert(0, os.path.join(HERE, "..", _folder))
import keyrings  # noqa: E402  pylint: disable=wrong-import-position
import picture  # noqa: E402  pylint: disable=wrong-import-position
from program import Program  # noqa: E402  pylint: disable=wrong-import-position
from reader import Reader  # noqa: E402  pylint: disable=wrong-import-position

APP = os.environ["TAJDID_APP"]
SLOW = float(os.environ.get("TAJDID_SLOW", "1"))
WIDE, NARROW = (1280, 860), (360, 720)
DIED_WITH_PARENT, SUBREAPER = 1, 36  # prctl(2)
LOOKS = {
    "light": {"ADW_DEBUG_COLOR_SCHEME": "default"},
    "dark": {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"},
    "contrast": {"ADW_DEBUG_COLOR_SCHEME": "default", "ADW_DEBUG_HIGH_CONTRAST": "1"},
    "dark-contrast": {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark", "ADW_DEBUG_HIGH_CONTRAST": "1"},
}
LIBC = ctypes.CDLL(None, use_errno=True)


def end_with_parent():
    LIBC.prctl(DIED_WITH_PARENT, signal.SIGKILL)


def descendants(pid):
    """Processes below this one, those that were left by their parents among them."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            children = [int(child) for child in file.read().split()]
    except FileNotFoundError:
        return []
    return [found for child in children for found in (child, *descendants(child))]


class Stage(keyrings.Session):
    """keyring: "open", "locked" (nobody knows its password), or None: no service. look: of LOOKS. large: text half
    as large again. settings: of the application, by key, as GVariant text."""

    def __init__(self, language="en", size=WIDE, look="light", large=False, keyring="open", settings=()):
        super().__init__(services=keyring is not None, display=f"{size[0]}x{size[1]}x24")
        self.language, self.size, self.look, self.keyring = language, size, look, keyring
        self.reader = None
        self.programs = []
        self.folder = None  # where the screen's pixels are
        self.large = large
        self.settings = {"window-width": size[0], "window-height": size[1], **dict(settings)}

    # --- coming up and going ----------------------------------------------------------------------

    def start(self, *arguments, **more):
        more.setdefault("stdout", subprocess.DEVNULL)
        more.setdefault("stderr", subprocess.DEVNULL)
        process = subprocess.Popen(arguments, env=self.env, start_new_session=True, preexec_fn=end_with_parent, **more)
        self.started.append(process)
        return process

    def start_display(self):
        """Servers that end take the sockets of others who have just got their number along: then another."""
        for attempt in range(5):
            folder = os.path.join(self.home, f"screen-{attempt}")
            os.mkdir(folder)
            reading, writing = os.pipe()
            server = self.start(*keyrings.display_server(writing, self.display), "-nocursor", "-fbdir", folder,
                                pass_fds=(writing,))
            os.close(writing)
            with os.fdopen(reading) as file:
                self.env["DISPLAY"] = ":" + file.readline().strip()
            self.folder = folder
            if self.xdotool("getdisplaygeometry").split() == self.display.split("x")[:2]:
                return
            server.kill()
        raise RuntimeError("no display comes up")

    def __enter__(self):
        LIBC.prctl(SUBREAPER, 1)
        self.write_settings()
        self.env.update(
            LOOKS[self.look], LANGUAGE=self.language, LC_ALL="C.UTF-8", TZ="UTC", GSETTINGS_BACKEND="keyfile",
            GSETTINGS_SCHEMA_DIR=os.environ["TAJDID_SCHEMAS"], TAJDID_LOCALE_DIR=os.environ["TAJDID_LOCALE"],
            GSK_RENDERER="cairo", GDK_BACKEND="x11", ADW_DISABLE_PORTAL="1",
            GTK_IM_MODULE="gtk-im-context-simple")
        if self.keyring is None:
            self.leave_out_keyring()
        super().__enter__()
        if self.keyring == "open":
            self.open_keyring()
        elif self.keyring == "locked":
            self.lock_keyring()
        self.reader = Reader(self.env["DBUS_SESSION_BUS_ADDRESS"])
        return self

    def __exit__(self, *_):
        if self.reader is not None:
            self.reader.close()
        super().__exit__()
        ours = [process.pid for process in self.started]
        for pid in descendants(os.getpid()):
            if pid not in ours and self.is_of_this_home(pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            if pid not in ours:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, os.WNOHANG)

    def is_of_this_home(self, pid):
        try:
            with open(f"/proc/{pid}/environ", "rb") as file:
                return f"HOME={self.home}\0".encode() in file.read()
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            return False

    def leave_out_keyring(self):
        """A bus that can start the reader's service and nothing else."""
        folder = os.path.join(self.home, "services")
        os.mkdir(folder)
        shutil.copy("/usr/share/dbus-1/services/org.a11y.Bus.service", folder)
        self.bus_config = self.bus_config.replace("<listen>", f"<servicedir>{folder}</servicedir><listen>")

    def lock_keyring(self):
        """A login keyring that was made with a password nobody knows, and is not open."""
        self.open_keyring("a password nobody knows")
        subprocess.run(["secret-tool", "--version"], check=False, capture_output=True)
        self.open_keyring(None)

    # --- what the person has set --------------------------------------------------------------------

    def write(self, name, text):
        path = os.path.join(self.home, ".config", name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def write_settings(self):
        dpi = 96 * 1024 * (1.5 if self.large else 1)
        self.write("gtk-4.0/settings.ini",
                   "[Settings]\ngtk-enable-animations=0\ngtk-cursor-blink=0\ngtk-font-name=Cantarell 11\n"
                   f"gtk-xft-dpi={int(dpi)}\ngtk-xft-antialias=1\ngtk-xft-hinting=1\ngtk-xft-hintstyle=hintslight\n"
                   "gtk-xft-rgba=none\n")
        own = "".join(f"{key}={value}\n" for key, value in self.settings.items())
        self.write("glib-2.0/settings/keyfile",
                   f"[app/tajdid/Tajdid]\n{own}\n[org/gnome/desktop/interface]\nenable-animations=false\n")

    # --- programs -------------------------------------------------------------------------------------

    def start_app(self, *arguments, **more):
        """The application, once its window is there and has the keyboard: no window manager gives it, and where the
        window that had it was killed it stays with nobody."""
        program = self.start_program(APP, *arguments, **more)
        self.focus("app.tajdid.Tajdid|tajdid", 30)
        return program

    def start_program(self, path, *arguments, **more):
        more.setdefault("stderr", open(os.path.join(self.home, "programs.log"), "ab"))
        process = self.start(path, *arguments, **more)
        program = Program(self, process.pid, process)
        self.programs.append(program)
        return program

    def said(self):
        """What the programs have written to their standard error."""
        with open(os.path.join(self.home, "programs.log"), encoding="utf-8", errors="replace") as file:
            return file.read()

    def focus(self, window_class, seconds=10):
        """Gives a program's window the keyboard, as its opening does where there is a window manager."""
        found = keyrings.eventually(
            lambda: self.xdotool("search", "--onlyvisible", "--class", f"^({window_class})$").split(), seconds * SLOW)
        self.xdotool("windowfocus", "--sync", found[-1])

    # --- the screen -----------------------------------------------------------------------------------

    def see(self, quiet=0.12, seconds=5):
        """The screen once it has been the same for a moment."""
        deadline = time.monotonic() + seconds * SLOW
        before, since = picture.Picture.take(self.folder), time.monotonic()
        while time.monotonic() - since < quiet and time.monotonic() < deadline:
            time.sleep(0.04)
            now = picture.Picture.take(self.folder)
            if now != before:
                before, since = now, time.monotonic()
        return before
