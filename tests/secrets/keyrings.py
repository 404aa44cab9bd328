# SPDX-License-Identifier: GPL-3.0-or-later
"""A session of its own for a test: a bus, a real gnome-keyring with a home of its own, a virtual
display. Nothing of the person's who runs the tests is touched."""
import contextlib
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time

PASSWORD = "open sesame"  # of a keyring that lives as long as its test
BARE_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""


def missing(*programs):
    """Why a test that needs these is skipped; None if it is not."""
    lacking = [name for name in programs if shutil.which(name) is None and not os.access(name, os.X_OK)]
    return f"{', '.join(lacking)} is missing" if lacking else None


def free_display():
    """Its own: servers that look for a free number at the same time may take the same one."""
    return next(f":{number}" for number in (random.randrange(100, 50000) for _ in range(100))
                if not os.path.exists(f"/tmp/.X11-unix/X{number}") and not os.path.exists(f"/tmp/.X{number}-lock"))


def display_server(ready, size):
    """Without -noreset it begins anew whenever its last client has gone, and refuses whoever comes meanwhile."""
    return ("Xvfb", free_display(), "-displayfd", str(ready), "-screen", "0", size, "-nolisten", "tcp", "-noreset")


def eventually(what, seconds=30.0, every=0.05):
    """The first true answer of what()."""
    deadline = time.monotonic() + seconds
    while True:
        answer = what()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(every)


class Session:
    """with Session() as session: its environment is session.env."""

    def __init__(self, services=True, display=None):
        self.home = tempfile.mkdtemp(prefix="tajdid-session-")
        self.services = services
        self.bus_config = BARE_BUS  # without services
        self.display = display  # such as "1024x768x24"
        self.started = []
        self.daemon = None
        self.env = {name: value for name, value in os.environ.items()
                    if name not in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "SECRET_BACKEND",
                                    "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "GNOME_KEYRING_CONTROL")}
        run = os.path.join(self.home, "run")
        os.mkdir(run, 0o700)
        self.env.update(HOME=self.home, XDG_RUNTIME_DIR=run, GSETTINGS_BACKEND="memory", LC_ALL="C.UTF-8")

    def start(self, *arguments, **more):
        """A process that ends with the session."""
        more.setdefault("stdout", subprocess.DEVNULL)
        more.setdefault("stderr", subprocess.DEVNULL)
        process = subprocess.Popen(arguments, env=self.env, start_new_session=True, **more)
        self.started.append(process)
        return process

    def __enter__(self):
        if self.display:
            self.start_display()
        options = ["--session"]
        if not self.services:
            config = os.path.join(self.home, "bus.conf")
            with open(config, "w", encoding="ascii") as file:
                file.write(self.bus_config)
            options = ["--config-file", config]
        bus = self.start("dbus-daemon", *options, "--nofork", "--nopidfile", "--print-address",
                         "--address", f"unix:path={self.home}/bus.socket", stdout=subprocess.PIPE)
        self.env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        return self

    def start_display(self, *more):
        reading, writing = os.pipe()
        self.start(*display_server(writing, self.display), *more, pass_fds=(writing,))
        os.close(writing)
        with os.fdopen(reading) as file:
            self.env["DISPLAY"] = ":" + file.readline().strip()

    def open_keyring(self, password=PASSWORD):
        """A daemon whose login keyring is unlocked; without a password one that is not."""
        self.close_keyring()
        how = "--unlock" if password else "--start"
        self.daemon = self.start("gnome-keyring-daemon", how, "--foreground", "--components=secrets",
                                 stdin=subprocess.PIPE)
        self.daemon.stdin.write((password or "").encode())
        self.daemon.stdin.close()
        eventually(lambda: self.has_name("org.freedesktop.secrets"))

    def close_keyring(self):
        if self.daemon is not None:
            self.daemon.send_signal(signal.SIGKILL)
            self.daemon.wait()
            eventually(lambda: not self.has_name("org.freedesktop.secrets"))

    def has_name(self, name):
        asked = subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/", "--method",
             "org.freedesktop.DBus.NameHasOwner", name], env=self.env, capture_output=True, check=False)
        return b"true" in asked.stdout

    def xdotool(self, *arguments):
        return subprocess.run(["xdotool", *arguments], env=self.env, capture_output=True, text=True, check=False,
                              timeout=20).stdout

    def answer_prompt(self, *keys):
        """The keyring's own question, by keys; text is typed, names of keys are pressed."""
        eventually(lambda: self.xdotool("search", "--onlyvisible", "--class", "gcr-prompter"))
        time.sleep(0.5)  # it takes the keyboard to itself once it is seen
        for key in keys:
            self.xdotool(*(("key", key) if key in ("Escape", "Return") else ("type", key)))

    def __exit__(self, *_):
        for process in reversed(self.started):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        shutil.rmtree(self.home, ignore_errors=True)
