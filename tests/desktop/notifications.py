#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's place where notifications are shown: prints each as a line of JSON; what is written to it, "ID ACTION" a
line, is clicked. A process of its own, as what reads AT-SPI does not let another thread have the main context."""
import json
import sys

from gi.repository import Gio, GLib

XML = """<node><interface name="org.freedesktop.Notifications">
  <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  </interface></node>"""
ANSWERS = {"CloseNotification": None, "GetServerInformation": ("(ssss)", ("test", "test", "1", "1.2")),
           "GetCapabilities": ("(as)", (["actions", "body"],))}
PATH, NAME = "/org/freedesktop/Notifications", "org.freedesktop.Notifications"
COUNT = [0]


def tell(arguments):
    _, _, _, title, body, actions, _, _ = arguments.unpack()
    print(json.dumps({"id": COUNT[0], "title": title, "body": body, "actions": actions}), flush=True)


def answer(_bus, _sender, _path, _interface, method, arguments, invocation):
    if method == "Notify":
        COUNT[0] += 1
        tell(arguments)
        invocation.return_value(GLib.Variant("(u)", (COUNT[0],)))
        return
    shape = ANSWERS[method]
    invocation.return_value(GLib.Variant(*shape) if shape else None)


def click(source, _condition):
    words = source.readline().split()
    if len(words) != 2:
        return False
    BUS.emit_signal(None, PATH, NAME, "ActionInvoked", GLib.Variant("(us)", (int(words[0]), words[1])))
    return True


BUS = Gio.bus_get_sync(Gio.BusType.SESSION, None)
BUS.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], answer, None, None)
Gio.bus_own_name_on_connection(BUS, NAME, 0, lambda *_: print("ready", flush=True), None)
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, click)
GLib.MainLoop().run()
