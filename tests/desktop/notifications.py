#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's place where notifications are shown: prints the title of each, a line each. A process of its own, as
what reads AT-SPI does not let another thread have the main context."""
from gi.repository import Gio, GLib

XML = """<node><interface name="org.freedesktop.Notifications">
  <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  </interface></node>"""
ANSWERS = {"CloseNotification": None, "GetServerInformation": ("(ssss)", ("test", "test", "1", "1.2")),
           "GetCapabilities": ("(as)", (["actions", "body"],))}
COUNT = [0]


def answer(_bus, _sender, _path, _interface, method, arguments, invocation):
    if method == "Notify":
        COUNT[0] += 1
        print(arguments.unpack()[3], flush=True)
        invocation.return_value(GLib.Variant("(u)", (COUNT[0],)))
        return
    shape = ANSWERS[method]
    invocation.return_value(GLib.Variant(*shape) if shape else None)


BUS = Gio.bus_get_sync(Gio.BusType.SESSION, None)
BUS.register_object("/org/freedesktop/Notifications", Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], answer, None,
                    None)
Gio.bus_own_name_on_connection(BUS, "org.freedesktop.Notifications", 0,
                               lambda *_: print("ready", flush=True), None)
GLib.MainLoop().run()
