#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tour.py BUILD DIR: the real application through a whole renewal, by keyboard, with a picture of every step.
English and Arabic, each wide and light, and 360 px and dark:

    DIR/en/01-sign-in.png …   DIR/en/360-dark/01-sign-in.png …   DIR/ar/…

Exit code 1 where a step was not reached; the picture failed.png beside the others shows what was there."""
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
VARIANTS = {"wide-light": "", "360-dark": "360-dark"}  # and the folder in the language's
AT_ONCE = 2


def steps(app, resident, words):
    """What is done before each picture; the pages are read, so a step that is not reached is known."""
    resident.wait_for_sign_in()
    app.expect(words("Sandbox: nothing here is real"), seconds=30)
    yield "sign-in"
    resident.sign_in()
    yield "permits"
    resident.choose("27612405934", "27812404417")
    yield "chosen"
    resident.review()
    yield "review"
    resident.to_payment()
    yield "pay"
    with resident.open_token() as token:
        yield "token-request"
        code = token.show_signing_code()
        yield "token-code"
    resident.pay(code)
    resident.wait_until_paid()
    yield "done"
    app.go_to(words("Follow"), "button")
    app.press("Return")
    app.expect(words("What Happened"))
    yield "follow"
    app.expect(words("Delivered back to you"), seconds=60)
    yield "delivered"
    app.press("alt+Left")
    app.expect(words("What to Do Now"))
    app.press("alt+Left")
    resident.wait_for_permits()
    resident.go_to_place("Renewals")
    app.expect(words("Renewals, newest first"))
    yield "renewals"
    resident.go_to_place("Service Figures")
    app.expect(words("Permits renewed"))
    yield "figures"


def take(language, variant, folder):
    import stage  # pylint: disable=import-outside-toplevel
    from renewal import SARA, in_sandbox  # pylint: disable=import-outside-toplevel
    size = stage.NARROW if variant.startswith("360") else stage.WIDE
    look = variant.split("-")[1]
    began = time.monotonic()
    with stage.Stage(language=language, size=size, look=look, large="large" in variant) as on_stage:
        resident = in_sandbox(on_stage, SARA)
        try:
            for number, name in enumerate(steps(resident.app, resident, resident.words), 1):
                path = os.path.join(folder, f"{number:02}-{name}.png")
                on_stage.see().save(path)
                print(f"  {time.monotonic() - began:5.1f} s  {path}", flush=True)
            resident.app.quit()
        except BaseException:
            on_stage.see().save(os.path.join(folder, "failed.png"))
            raise


def environment(build):
    build = os.path.abspath(build)
    return {**os.environ, "TAJDID_APP": f"{build}/src/desktop/tajdid", "TAJDID_TOKEN": f"{build}/src/token/tajdid-token",
            "TAJDID_SERVICES": f"{build}/src/services/tajdid-services", "TAJDID_SCHEMAS": f"{build}/data",
            "TAJDID_LOCALE": f"{build}/po", "PYTHONDONTWRITEBYTECODE": "1"}


def main(build, folder):
    waiting = [(language, variant, os.path.join(folder, language, below))
               for variant, below in VARIANTS.items() for language in ("en", "ar")]
    running, failed = {}, 0
    print("The real application, by keyboard, through a whole renewal:", flush=True)
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            language, variant, below = waiting.pop(0)
            process = subprocess.Popen([sys.executable, __file__, "--take", language, variant, below],
                                       env=environment(build))
            running[process] = f"{language}, {variant}"
        for process in [process for process in running if process.poll() is not None]:
            title = running.pop(process)
            failed += process.returncode != 0
            print(f"{title}: " + ("not all steps were reached" if process.returncode else "every step"), flush=True)
        time.sleep(0.05)
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--take"]:
        sys.exit(take(*sys.argv[2:]))
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
