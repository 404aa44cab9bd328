#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop is told of the app: desktop file, metainfo, schema, translations, resources."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

ROOT = os.path.realpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
BUILD = os.environ["TAJDID_BUILD"]


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command[:2])}:\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def read(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


def desktop_file():
    path = os.path.join(BUILD, "data", "app.tajdid.Tajdid.desktop")
    run("desktop-file-validate", path)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for key in ("Name", "GenericName", "Comment", "Keywords"):
        assert re.search(rf"^{key}\[ar\]=.*[\u0600-\u06ff]", text, re.M), f"{key} is not in Arabic"


def metainfo():
    path = os.path.join(BUILD, "data", "app.tajdid.Tajdid.metainfo.xml")
    if shutil.which("appstreamcli") is None:
        return "appstreamcli is missing"
    run("appstreamcli", "validate", "--no-net", "--strict", "--override=unknown-tag=pedantic", path)
    tree = xml.parse(path)
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    for tag in ("summary", "caption"):
        assert any(node.get(lang) == "ar" for node in tree.iter(tag)), f"{tag} is not in Arabic"
    return None


def schema():
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(os.path.join(ROOT, "data", "app.tajdid.Tajdid.gschema.xml"), folder)
        run("glib-compile-schemas", "--strict", "--dry-run", folder)


def entries(text):
    """Messages as (msgid, plural forms); without the header and without obsolete ones."""
    found = []
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        joined = re.sub(r'"\n"', "", "\n".join(lines))
        name = re.search(r'^msgid "(.*)"', joined, re.M)
        if name and name[1]:
            found.append((block, name[1], re.findall(r'^msgstr(?:\[\d\])? "(.*)"', joined, re.M),
                          "msgid_plural" in joined))
    return found


def translation_is_complete():
    path = os.path.join(ROOT, "po", "ar.po")
    run("msgfmt", "-c", "-o", os.devnull, path)
    counts = run("msgfmt", "--statistics", "-o", os.devnull, path)
    assert "untranslated" not in counts and "fuzzy" not in counts, counts
    for block, name, forms, is_plural in entries(read("po", "ar.po")):
        assert "#~" not in block, f"obsolete: {name}"
        assert len(forms) == (6 if is_plural else 1) and all(forms), f"{name}: {forms}"


def every_text_is_in_the_template():
    """What the sources have now is what ar.po has."""
    with tempfile.TemporaryDirectory() as folder:
        template = os.path.join(folder, "tajdid.pot")
        run("xgettext", "--files-from=" + os.path.join(ROOT, "po", "POTFILES.in"), "--directory=" + ROOT,
            "--from-code=UTF-8", "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2", "--keyword=g_dngettext:2,3", "-o",
            template)
        with open(template, encoding="utf-8") as file:
            wanted = {name for _, name, _, _ in entries(file.read())}
    have = {name for _, name, _, _ in entries(read("po", "ar.po"))}
    assert wanted == have, f"not translated: {sorted(wanted - have)}; no longer there: {sorted(have - wanted)}"


def every_file_with_text_is_listed():
    listed = set(read("po", "POTFILES.in").split())
    for folder, pattern in (("src", r'\b(N_|_|ngettext) ?\("'), ("resources", r'translatable="yes"')):
        for where, _, names in os.walk(os.path.join(ROOT, folder)):
            for name in names:
                path = os.path.relpath(os.path.join(where, name), ROOT)
                if name.endswith((".c", ".ui")) and re.search(pattern, read(path)):
                    assert path in listed, f"{path} is not in po/POTFILES.in"


def no_bare_text_in_ui_files():
    """Each text in a .ui file is translatable, or plainly not text."""
    for where, _, names in os.walk(os.path.join(ROOT, "resources")):
        for name in names:
            if not name.endswith(".ui"):
                continue
            tree = xml.parse(os.path.join(where, name))
            assert tree.getroot().get("domain") == "tajdid", f"{name} has no domain"
            for node in tree.iter("property"):
                if node.get("name") in ("label", "title", "subtitle", "description", "tooltip-text",
                                        "placeholder-text") and (node.text or "").strip():
                    assert node.get("translatable") == "yes", f"{name}: {node.text}"


def icons():
    for name in ("scalable/apps/app.tajdid.Tajdid.svg", "symbolic/apps/app.tajdid.Tajdid-symbolic.svg"):
        root = xml.parse(os.path.join(ROOT, "resources", "icons", "hicolor", name)).getroot()
        assert root.tag.endswith("svg") and "viewBox" in root.attrib, name


def main():
    tests = [desktop_file, metainfo, schema, translation_is_complete, every_text_is_in_the_template,
             every_file_with_text_is_listed, no_bare_text_in_ui_files, icons]
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
