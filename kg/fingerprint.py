"""What decides how a source is read, as hashes: its bytes, what the user said of it, and the version of the rules."""

from __future__ import annotations

import platform
import zlib
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from extractors.ner.readers import Reader
from extractors.reading import Source

# Modules of kg that say what becomes of an extraction; all of extractors/ counts.
_OF_KG = ("facts.py", "model.py", "packing.py", "read.py", "readings.py", "sketch.py")
# Libraries that take part in reading.
_LIBRARIES = (
    "hanlp-trie", "hanlp-common", "lxml", "trafilatura", "pypdfium2", "python-docx", "numpy", "msgspec", "rensa",
)  # fmt: skip
_WRITING = ("rdflib", "msgspec", "numpy")  # that say how something is written, or where
_OF_HANLP = ("hanlp", "torch", "transformers")


def content(data: bytes) -> str:
    """The SHA-256 of a file's bytes."""
    return sha256(data).hexdigest()


def key(source: Source, hashed: str, rules: str) -> str:
    """What a reading is kept under: other bytes, name, date, publisher, limits or rules make another."""
    said = (rules, source.name, source.issued or "", source.publisher or "", str(source.limits), hashed)
    return sha256("\x1f".join(said).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def rules(reader: Reader) -> str:
    """The version of the rules: of their code, their data, the libraries they use, and the reader of names."""
    digest = sha256(f"{platform.python_version()}|{reader}".encode())
    for library in (*_LIBRARIES, *(_OF_HANLP if reader.kind == "hanlp" else ())):
        try:
            digest.update(f"{library} {version(library)}\n".encode())
        except PackageNotFoundError:
            digest.update(f"{library} none\n".encode())
    for name, data in _parts(files("extractors")):
        digest.update(f"{name} {len(data)}\n".encode() + data)
    for name in _OF_KG:
        digest.update((files("kg") / name).read_bytes())
    for path in _weights(reader):
        found = path.stat()
        digest.update(f"{path.name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


@cache
def writing() -> bytes:
    """The version of all that makes files of a graph."""
    digest = sha256(f"{platform.python_version()} {zlib.ZLIB_RUNTIME_VERSION}".encode())
    for library in _WRITING:
        digest.update(f"{library} {version(library)}\n".encode())
    for package in ("kg", "extractors"):
        for name, data in _parts(files(package)):
            digest.update(f"{name} {len(data)}\n".encode() + data)
    return digest.digest()


def _parts(folder: Traversable, above: str = "") -> Iterator[tuple[str, bytes]]:
    """Every file below a folder of a package but what Python makes of it, in order."""
    for part in sorted(folder.iterdir(), key=lambda part: part.name):
        if part.is_dir():
            if part.name != "__pycache__":
                yield from _parts(part, f"{above}{part.name}/")
        else:
            yield above + part.name, part.read_bytes()


def _weights(reader: Reader) -> list[Path]:
    """The files of a HanLP model; hundreds of megabytes, so their size and date stand for what they hold."""
    if reader.kind != "hanlp":
        return []
    from extractors.ner.hanlp_files import folder_of

    found = folder_of(reader.model)
    return sorted(path for path in found.rglob("*") if path.is_file()) if found.is_dir() else [found]
