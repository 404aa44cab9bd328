# SPDX-License-Identifier: GPL-3.0-or-later
"""What oathtool and jose do, by their libraries: a process for each of some thousand answers would be most of
what the test takes."""
import base64
import ctypes
import json

oath, jose, jansson = (ctypes.CDLL(name) for name in ("liboath.so.0", "libjose.so.0", "libjansson.so.4"))
FLAGS = {"sha1": 0, "sha256": 1, "sha512": 2}
DYNAMIC_TRUNCATION = ctypes.c_size_t(-1)
for function in (jansson.json_loads, jansson.json_dumps, jansson.json_object_get, jose.jose_jwk_thp_buf):
    function.restype = ctypes.c_void_p
for function in (jose.jose_jws_sig, jose.jose_jws_ver):
    function.restype = ctypes.c_bool
assert oath.oath_init() == 0


def hotp(key, counter, digits):
    code = ctypes.create_string_buffer(digits + 1)
    assert oath.oath_hotp_generate(key, ctypes.c_size_t(len(key)), ctypes.c_uint64(counter), digits, False,
                                   DYNAMIC_TRUNCATION, code) == 0
    return code.value.decode()


def totp(name, key, now, digits):
    code = ctypes.create_string_buffer(digits + 1)
    assert oath.oath_totp_generate2(key, ctypes.c_size_t(len(key)), ctypes.c_int64(now), 30, ctypes.c_int64(0),
                                    digits, FLAGS[name], code) == 0
    return code.value.decode()


class Json:
    """A value of jansson's, which jose reads and writes."""

    def __init__(self, value):
        self.pointer = ctypes.c_void_p(jansson.json_loads(json.dumps(value).encode(), ctypes.c_size_t(0), None))
        assert self.pointer, "jansson does not read it"

    def value(self):
        text = jansson.json_dumps(self.pointer, ctypes.c_size_t(0))
        return json.loads(ctypes.string_at(text))


def verify(jws, key):
    """Whether the compact JWS is good under the JWK, a Json."""
    protected, payload, signature = jws.split(".")
    parts = Json({"protected": protected, "payload": payload, "signature": signature})
    return jose.jose_jws_ver(None, parts.pointer, None, key.pointer, False)


def sign(payload, key, header):
    """A compact JWS."""
    jws = Json({"payload": base64.urlsafe_b64encode(payload).rstrip(b"=").decode()})
    assert jose.jose_jws_sig(None, jws.pointer, Json({"protected": header}).pointer, key.pointer)
    made = jws.value()
    return ".".join(made[part] for part in ("protected", "payload", "signature"))
