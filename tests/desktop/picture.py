# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of a virtual display, read from the file that Xvfb keeps its pixels in (-fbdir): what is on the
screen, without asking any program. And how well text can be read on them."""
import collections
import mmap
import os
import struct
import zlib


class Picture:
    """Rows of pixels, 4 bytes each: blue, green, red, unused."""

    def __init__(self, width, height, rows):
        self.width, self.height, self.rows = width, height, rows

    @classmethod
    def take(cls, folder, screen=0):
        """The screen as it is now; XWD's header is big-endian words (X11/XWDFile.h)."""
        with open(os.path.join(folder, f"Xvfb_screen{screen}"), "rb") as file:
            with mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as pixels:
                words = struct.unpack(">25I", pixels[:100])
                header, width, height, line, colours = words[0], words[4], words[5], words[12], words[19]
                start = header + colours * 12
                return cls(width, height, [pixels[start + y * line:start + y * line + width * 4]
                                           for y in range(height)])

    def __eq__(self, other):
        return isinstance(other, Picture) and self.rows == other.rows

    def save(self, path):
        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        raw = bytearray()
        for row in self.rows:
            rgb = bytearray(self.width * 3)
            rgb[0::3], rgb[1::3], rgb[2::3] = row[2::4], row[1::4], row[0::4]
            raw += b"\0" + rgb
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path + ".part", "wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", self.width, self.height, 8, 2,
                                                                        0, 0, 0)) +
                       chunk(b"IDAT", zlib.compress(bytes(raw), 6)) + chunk(b"IEND", b""))
        os.replace(path + ".part", path)

    def colours(self):
        """How often each (red, green, blue) is there."""
        return collections.Counter(
            (row[at + 2], row[at + 1], row[at]) for row in self.rows for at in range(0, len(row), 4))


def luminance(colour):
    """WCAG 2.2, relative luminance."""
    linear = [value / 255 / 12.92 if value / 255 <= 0.04045 else ((value / 255 + 0.055) / 1.055) ** 2.4
              for value in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
