#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is installed for operators: programs, manual pages that name the same options, a unit that holds."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journeys"))
import harness  # noqa: E402
from harness import test  # noqa: E402

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
MAN = os.path.join(SOURCE, "data", "man")


def read(*parts):
    with open(os.path.join(*parts), encoding="utf-8") as file:
        return file.read()


@test
def everything_is_installed_where_it_belongs():
    with tempfile.TemporaryDirectory() as root:
        subprocess.run(["meson", "install", "-C", os.environ["TAJDID_BUILD"], "--no-rebuild", "--destdir", root],
                       check=True, capture_output=True)
        found = {os.path.relpath(os.path.join(folder, name), root) for folder, _, names in os.walk(root) for name in names}
        for program in ("tajdid-services", "tajdid-token", "tajdid-audit"):
            assert any(path.endswith("/bin/" + program) for path in found), found
            assert any(re.search(f"man1/{program}\\.1(\\.gz)?$", path) for path in found), found
        assert any(re.search(r"man5/tajdid-services\.conf\.5(\.gz)?$", path) for path in found), found
        unit = next(path for path in found if path.endswith("/systemd/system/tajdid-services@.service"))
        start = re.search(r"ExecStart=(\S+)", read(root, unit))[1]
        assert os.access(root + start, os.X_OK), start


@test
def manual_pages_are_well_formed():
    if shutil.which("groff") is None:
        harness.skip("groff is missing")
    for name in sorted(os.listdir(MAN)):
        run = subprocess.run(["groff", "-mdoc", "-ww", "-z", "-Tutf8", os.path.join(MAN, name)], capture_output=True,
                             text=True, check=False)
        assert run.returncode == 0 and run.stderr == "", (name, run.stderr)


def options_in(page):
    return set(re.findall(r"^\.It (?:Fl h , )?Fl -([a-z-]+)", page, re.M)) | set(
        re.findall(r", Fl -([a-z-]+)", page)) - {""}


@test
def pages_and_programs_name_the_same_options():
    says = subprocess.run([harness.SERVICES, "--help"], capture_output=True, text=True, check=True).stdout
    assert options_in(read(MAN, "tajdid-services.1")) == set(re.findall(r"--([a-z-]+)", says)) - {"option"}
    says = subprocess.run([os.environ["TAJDID_TOKEN"], "--help"], capture_output=True, text=True, check=False)
    assert options_in(read(MAN, "tajdid-token.1")) == set(re.findall(r"--([a-z-]+)", says.stdout + says.stderr))


@test
def the_page_of_the_configuration_names_every_setting():
    page = set(re.findall(r"^\.It Cm ([a-z-]+)$", read(MAN, "tajdid-services.conf.5"), re.M))
    table = set(re.findall(r'^  \{ "([a-z-]+)", (?:PARTY|LIMIT) ', read(SOURCE, "src", "services", "settings.c"), re.M))
    assert page == table, page ^ table


@test
def the_unit_holds():
    if shutil.which("systemd-analyze") is None:
        harness.skip("systemd-analyze is missing")
    with tempfile.TemporaryDirectory() as folder:
        unit = os.path.join(folder, "tajdid-services@bank.service")
        with open(unit, "w", encoding="utf-8") as file:
            file.write(read(SOURCE, "data", "systemd", "tajdid-services@.service").replace(
                "@bindir@/tajdid-services", harness.SERVICES))
        run = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, check=False)
        faults = [line for line in run.stderr.splitlines() if "tajdid" in line]
        assert not faults, faults


if __name__ == "__main__":
    harness.main()
