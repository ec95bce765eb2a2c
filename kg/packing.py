"""What was read of one source as bytes, and back: what goes from process to process and into the store."""

from __future__ import annotations

import zlib
from functools import cache

import msgspec

from kg.facts import Read


class Unreadable(ValueError):
    """The bytes are not what `pack` made, or of another version."""


def pack(done: Read) -> bytes:
    """A reading as bytes: MessagePack, compressed. Equal readings give equal bytes."""
    return zlib.compress(_encoder().encode(done), 1)


def unpack(packed: bytes) -> Read:
    """The reading again. An Unreadable where the bytes are damaged or of another shape."""
    try:
        return _decoder().decode(zlib.decompress(packed))
    except (zlib.error, msgspec.DecodeError) as error:
        raise Unreadable(str(error)) from None


@cache
def _encoder() -> msgspec.msgpack.Encoder:
    return msgspec.msgpack.Encoder(order="deterministic")


@cache
def _decoder() -> msgspec.msgpack.Decoder[Read]:
    return msgspec.msgpack.Decoder(Read)
