"""What was read of one source as bytes, and back: what goes from process to process and into the store."""

from __future__ import annotations

import threading
from functools import cache

import msgspec
import zstandard

from kg.facts import Read

_LEVEL = 1  # 3 takes a fifth longer and saves four bytes in a hundred


class Unreadable(ValueError):
    """The bytes are not what `pack` or `compress` made, or of another version."""


def pack(done: Read) -> bytes:
    """A reading as bytes: MessagePack, compressed. Equal readings give equal bytes."""
    return compress(_encoder().encode(done))


def unpack(packed: bytes) -> Read:
    """The reading again. An Unreadable where the bytes are damaged or of another shape."""
    try:
        return _decoder().decode(decompress(packed))
    except msgspec.DecodeError as error:
        raise Unreadable(str(error)) from None


def compress(data: bytes | bytearray) -> bytes:
    """Fewer bytes, with a checksum: Zstandard."""
    return _tools.compressor.compress(data)


def decompress(packed: bytes) -> bytes:
    """The bytes again. An Unreadable where they are damaged."""
    try:
        return _tools.decompressor.decompress(packed)
    except (zstandard.ZstdError, MemoryError) as error:  # a damaged head may tell of a petabyte
        raise Unreadable(str(error)) from None


class _Tools(threading.local):
    """Made once for each thread: to make one takes as long as to use it."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
        self.decompressor = zstandard.ZstdDecompressor()


_tools = _Tools()


@cache
def _encoder() -> msgspec.msgpack.Encoder:
    return msgspec.msgpack.Encoder(order="deterministic")


@cache
def _decoder() -> msgspec.msgpack.Decoder[Read]:
    return msgspec.msgpack.Decoder(Read)
