"""Data of a page as JSON in a script element, compressed where it is long, in pieces that can be kept as they are."""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Iterable
from typing import NamedTuple

PLAIN = 2_000_000  # bytes of a data block that stand in the page as they are
LEVEL = 3  # 5 takes half as long again and saves six bytes in a hundred
KEPT = 6  # what is kept is compressed once
_END = b"\x03\x00"  # an empty last block


class Piece(NamedTuple):
    """A piece of JSON: how long it is, and its bytes as a part of a stream in RFC 1951."""

    size: int
    deflated: bytes


def piece(plain: bytes, level: int = KEPT) -> Piece:
    """Pieces one after the other, and an end behind them, are one stream: each begins anew, and ends with a byte."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Piece(len(plain), packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH))


def block(pieces: Iterable[bytes | Piece]) -> bytes:
    """JSON for a script element: no `<`, so that no `</script>` or `<!--` in a name can end it."""
    found = list(pieces)
    if sum(some.size if isinstance(some, Piece) else len(some) for some in found) > PLAIN:
        stream = [(some if isinstance(some, Piece) else piece(some, LEVEL)).deflated for some in found]
        return b'{"deflate":"%b"}' % b64encode(b"".join((*stream, _END)))
    plain = b"".join([_plain(some) if isinstance(some, Piece) else some for some in found])
    for character in "<\u2028\u2029":
        plain = plain.replace(character.encode(), b"\\u%04x" % ord(character))
    return plain


def _plain(some: Piece) -> bytes:
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(some.deflated)
