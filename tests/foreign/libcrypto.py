# SPDX-License-Identifier: GPL-3.0-or-later
"""OpenSSL's P-256 keys, by its library: a process for each signature would be most of what the tests take."""
import ctypes
import ctypes.util

lib = ctypes.CDLL(ctypes.util.find_library("crypto"))
for name in ("EVP_PKEY_Q_keygen", "d2i_AutoPrivateKey", "EVP_MD_CTX_new", "EVP_sha256"):
    getattr(lib, name).restype = ctypes.c_void_p


def generate():
    return ctypes.c_void_p(lib.EVP_PKEY_Q_keygen(None, None, b"EC", b"P-256"))


def load(der):
    """A private key, RFC 5915."""
    start = ctypes.c_char_p(der)
    key = lib.d2i_AutoPrivateKey(None, ctypes.byref(start), ctypes.c_long(len(der)))
    assert key, "not a private key"
    return ctypes.c_void_p(key)


def public(key):
    """SubjectPublicKeyInfo, which ends with the 64 bytes of the point."""
    der = ctypes.create_string_buffer(lib.i2d_PUBKEY(key, None))
    length = lib.i2d_PUBKEY(key, ctypes.byref(ctypes.cast(der, ctypes.c_char_p)))
    return der.raw[:length]


def sign(key, message):
    """ECDSA over SHA-256, in DER."""
    context = ctypes.c_void_p(lib.EVP_MD_CTX_new())
    length = ctypes.c_size_t(128)
    signature = ctypes.create_string_buffer(length.value)
    good = lib.EVP_DigestSignInit(context, None, ctypes.c_void_p(lib.EVP_sha256()), None, key) == 1 and \
        lib.EVP_DigestSign(context, signature, ctypes.byref(length), message, ctypes.c_size_t(len(message))) == 1
    lib.EVP_MD_CTX_free(context)
    assert good, "openssl does not sign"
    return signature.raw[:length.value]
