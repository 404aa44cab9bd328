#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for the tree as a whole: form, licence lines, layers, length."""
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.realpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
LAYERS = {  # what each may include of the others; meson's include paths say the same
    "base": set(), "contract": {"base"}, "store": {"base"}, "crypto": {"base"},
    "secrets": {"base"}, "text": {"base", "contract"}, "transport": {"base", "contract", "crypto"},
    "client": {"base", "contract", "crypto", "secrets", "store", "transport"},
    "toolkit": {"base", "contract", "text"}, "desktop": {"base", "contract", "text", "toolkit", "client"},
    "token": {"base", "contract", "crypto", "secrets", "text", "toolkit"},
    "services": {"base", "contract", "store", "crypto", "transport"}, "audit": {"base", "contract", "store"},
}
FOREIGN = {  # headers of libraries, and the only places that may see them
    "libsoup/": ("src/transport/",), "sqlite3.h": ("src/store/",), "microhttpd.h": ("src/services/fr",),
    "gnutls/": ("src/crypto/", "src/base/"), "libsecret/": ("src/secrets/",), "unicode/": ("src/text/",),
    "adwaita.h": ("src/desktop/", "src/to"), "gtk/": ("src/desktop/", "src/to"), "zint.h": ("src/desktop/",),
}


def files(*folders, ends):
    found = []
    for folder in folders:
        for where, _, names in os.walk(os.path.join(ROOT, folder)):
            found += [os.path.relpath(os.path.join(where, name), ROOT) for name in names if name.endswith(ends)]
    return sorted(found)


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def every_source_says_its_licence():
    for path in files("src", "tests", "data", "build-aux", ends=(".c", ".h", ".py", ".build", ".yaml", ".xml")):
        assert "SPDX-License-Identifier: GPL-3.0-or-later" in "\n".join(read(path).splitlines()[:3]), path


def layers_see_only_what_stands_lower():
    homes = {}
    for path in files("src", ends=".h"):
        homes.setdefault(os.path.basename(path), set()).add(path.split("/")[1])
    for path in files("src", ends=(".c", ".h")):
        layer = path.split("/")[1]
        for name in re.findall(r'^#include "([^"]+)"', read(path), re.M):
            assert "/" not in name, f"{path}: {name} is named by its path"
            lives_in = homes.get(name, {layer})
            assert lives_in & (LAYERS[layer] | {layer}), f"{path}: {name} stands in {lives_in}"


def libraries_stay_behind_their_doors():
    for path in files("src", ends=(".c", ".h")):
        for header, places in FOREIGN.items():
            if f"#include <{header}" in read(path):
                assert path.startswith(places), f"{path} sees {header}"


def sql_stands_in_row_files_and_audit_alone():
    places = ("src/store/", "src/audit/", "src/services/portal/", "src/services/ministry/", "src/services/bank/",
              "src/services/post/", "src/client/journal.c", "src/services/outbox", "src/services/keyed.c", "src/services/purge.",
              "src/services/unblock.", "src/services/process.c", "src/services/health.c")
    for path in files("src", ends=(".c", ".h")):
        if re.search(r'"\s*(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE) ', read(path)):
            assert path.startswith(places), path


def no_source_is_too_long():
    for path in files("src", ends=(".c", ".h")):
        assert len(read(path).splitlines()) <= 700, path


def clang_format_agrees():
    program = shutil.which("clang-format-14") or shutil.which("clang-format")
    if program is None:
        return "clang-format is missing"
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    if " version 14." not in version:
        return f"the tree is formatted by clang-format 14, not {version.strip()}"
    run = subprocess.run([program, "--dry-run", "-Werror", *files("src", "tests", ends=(".c", ".h"))],
                         cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[:2000]
    return None


def main():
    tests = [every_source_says_its_licence, layers_see_only_what_stands_lower, libraries_stay_behind_their_doors,
             sql_stands_in_row_files_and_audit_alone, no_source_is_too_long, clang_format_agrees]
    print(f"1..{len(tests)}")
    failed = 0
    for number, test in enumerate(tests, 1):
        name = test.__name__.replace("_", " ")
        try:
            skip = test()
            print(f"ok {number} {name}" + (f" # SKIP {skip}" if skip else ""))
        except AssertionError as fault:
            failed += 1
            print(f"not ok {number} {name}\n# " + str(fault).replace("\n", "\n# "))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
