"""Whether HanLP and the files of a multi-task model are here: a look at folders, without importing hanlp or torch.

`hanlp.load` offline spends half a minute in retries and then names the wrong cause; this says in a tenth of a second
which folder, archive or package is missing. What the hub offers is read from the source of the installed package.
"""

from __future__ import annotations

import ast
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from extractors.model import Problem
from extractors.ner import NotReady

# Tokens, part of speech, names and four kinds of parsing on ELECTRA-small: one of the small ones for Chinese.
DEFAULT_MODEL = "CLOSE_TOK_POS_NER_SRL_DEP_SDP_CON_ELECTRA_SMALL_ZH"
MULTITASK = "hanlp.components.mtl.multi_task_learning.MultiTaskLearning"
INSTALL = "pip install 'policykg[hanlp]'"
OLDEST = (2, 1, 4)  # older ones fail with transformers 5

# The encoder that the name of an archive tells, for as long as the archive with its config.json is not here.
ENCODERS = {
    "electra_small": "hfl/chinese-electra-180g-small-discriminator",
    "electra_base": "hfl/chinese-electra-180g-base-discriminator",
    "ernie_gram": "ernie-gram",
    "mminilmv2l6": "mMiniLMv2L6-no-space",
    "mminilmv2l12": "mMiniLMv2L12-no-space",
}


@dataclass(frozen=True, slots=True)
class Model:
    """A model whose files are all here: `load` is what hanlp.load is given."""

    load: str
    task: str  # the task that recognises names


def home() -> Path:
    """Where HanLP keeps its files: $HANLP_HOME, or its own default."""
    default = Path(os.environ["APPDATA"], "hanlp") if os.name == "nt" else Path.home() / ".hanlp"
    return Path(os.environ.get("HANLP_HOME", default))


def hub_url() -> str:
    """Where HanLP's archives come from: $HANLP_URL (a mirror), or its own default."""
    return os.environ.get("HANLP_URL", "https://file.hankcs.com/hanlp/")


def find_model(name: str) -> Model:
    """The model of a hub name, a local folder or a name under HANLP_HOME. A NotReady says what is not here."""
    _check_packages()
    place, url = _place_of(name)
    if not _is_here(place):
        raise _not_here(name, [_missing(place, url), *_guessed(url or "")])
    config = _config(place, name)
    if config.get("classpath") != MULTITASK:
        raise NotReady(f"{place}: is no multi-task model of HanLP, its config.json says {config.get('classpath')}")
    tasks = [key for key, value in config.items() if isinstance(value, dict) and "dependencies" in value]
    if problems := [_missing(at, source) for at, source in _needed(config) if not _is_here(at)]:
        raise _not_here(name, problems)
    return Model(url or str(place), _task(tasks, name))


def folder_of(name: str) -> Path:
    """Where the files of a model lie: a folder, or an archive not yet unpacked."""
    return _place_of(name)[0]


def _check_packages() -> None:
    for package in ("hanlp", "torch", "transformers"):
        if find_spec(package) is None:
            raise NotReady(f"--ner hanlp needs the package {package}, which is not installed: {INSTALL}")
    found = version("hanlp")
    if tuple(int(part) for part in found.split(".")[:3] if part.isdigit()) < OLDEST:
        raise NotReady(f"--ner hanlp needs hanlp 2.1.4 or newer, this is {found}: {INSTALL}")


def _place_of(name: str) -> tuple[Path, str | None]:
    """The folder of a model, unpacked or not, and where it can be had from when it is one of the hub."""
    models = _assigned("pretrained/mtl.py")
    if name in models:
        return local(models[name]), models[name]
    for place in (Path(name), home() / name, home() / "mtl" / name):
        if place.is_dir():
            return place, None
    chinese = [known for known in models if known.endswith("_ZH") and "NER" in known]
    raise NotReady(
        f"--ner hanlp:{name}: no folder, no folder under {home()} (HANLP_HOME) or {home() / 'mtl'}, and no multi-task "
        f"model of HanLP's hub; those for Chinese names are {', '.join(chinese)}"
    )


def local(url: str) -> Path:
    """Where HanLP unpacks an archive: .zip dropped, its own under HANLP_HOME, others under thirdparty/HOST.

    >>> local("https://example.org/corpus/table.json.zip").relative_to(home()).as_posix()
    'thirdparty/example.org/corpus/table.json'
    """
    base, (_, host, path, _, _) = hub_url(), urlsplit(url)
    below = Path(url[len(base) :]) if url.startswith(base) else Path("thirdparty", host, path.lstrip("/"))
    return home() / below.with_name(below.name.removesuffix(".zip"))


def _is_here(place: Path) -> bool:
    archive = place.with_name(f"{place.name}.zip")
    return place.is_file() or (place.is_dir() and any(place.iterdir())) or zipfile.is_zipfile(archive)


def _missing(place: Path, url: str | None) -> Problem:
    archive = place.with_name(f"{place.name}.zip")
    damaged = "damaged, and " if archive.is_file() else ""
    source = f"; {archive.name} is {damaged}to be had from {url}, and may lie there unpacked or as it is" if url else ""
    return Problem(str(place), f"not there{source}")


def _not_here(name: str, problems: list[Problem]) -> NotReady:
    return NotReady(
        f"--ner hanlp:{name}: files of the model are not here, and nothing is downloaded; they are looked for under "
        f"{home()} (HANLP_HOME) and come from {hub_url()} (HANLP_URL)",
        problems,
    )


def _guessed(url: str) -> Iterator[Problem]:
    """The second archive, as far as the name of the first tells: ELECTRA models need one under transformers/."""
    for words, encoder in ENCODERS.items():
        if f"{words}_" in url.lower():
            yield from (_missing(at, source) for at, source in _encoder(encoder) if not _is_here(at))


def _config(place: Path, name: str) -> dict[str, Any]:
    """config.json of a folder or of an archive not yet unpacked. A NotReady when model.pt does not lie beside it."""
    if place.is_dir():
        for file in ("config.json", "model.pt"):
            if not (place / file).is_file():
                raise _not_here(name, [Problem(str(place / file), "not there; the folder of a model holds it")])
        words = (place / "config.json").read_bytes()
    else:
        with zipfile.ZipFile(place.with_name(f"{place.name}.zip")) as archive:
            inside = sorted((n for n in archive.namelist() if Path(n).name == "config.json"), key=len)
            if not inside:
                raise NotReady(f"{archive.filename}: holds no config.json, so it is no model of HanLP")
            words = archive.read(inside[0])
    try:
        config = json.loads(words)
    except ValueError as error:
        raise NotReady(f"{place}: its config.json cannot be read: {error}") from None
    return config if isinstance(config, dict) else {}


def _needed(config: dict[str, Any]) -> Iterator[tuple[Path, str | None]]:
    """What a model needs beside its own folder: the files of its encoder, and tables of characters."""
    encoder = config.get("encoder")
    if isinstance(encoder, dict) and isinstance(encoder.get("transformer"), str):
        yield from _encoder(encoder["transformer"])
    for part in (config, *config.values()):
        for mapper in _mappers(part.get("transform")) if isinstance(part, dict) else ():
            yield (local(mapper), mapper) if mapper.startswith(("http:", "https:")) else (Path(mapper), None)


def _mappers(transform: Any) -> Iterator[str]:
    """Tables that transforms of characters read: {"classpath": "…NormalizeCharacter", "mapper": "https://…"}."""
    if isinstance(transform, list):
        yield from (mapper for one in transform for mapper in _mappers(one))
    elif isinstance(transform, dict) and isinstance(transform.get("mapper"), str):
        yield transform["mapper"]


def _encoder(name: str) -> Iterator[tuple[Path, str | None]]:
    """Archives of HanLP's mirror, a local folder, or else the cache of Hugging Face."""
    mirrors = _assigned("layers/transformers/resource.py")
    urls = {mirrors[f"{table}_mirrors {name}"]: None for table in ("tokenizer", "model")
            if f"{table}_mirrors {name}" in mirrors}  # fmt: skip
    if urls:
        yield from ((local(url), url) for url in urls)
    elif Path(name).is_dir() or Path(name).is_absolute() or name.count("/") > 1 or name.startswith("."):
        yield Path(name), None
    else:
        yield _hugging_face() / f"models--{name.replace('/', '--')}", None


def _hugging_face() -> Path:
    cache_home = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    base = Path(os.environ.get("HF_HOME", cache_home / "huggingface"))
    return Path(os.environ.get("HF_HUB_CACHE", base / "hub"))


def _task(tasks: list[str], name: str) -> str:
    """The task for names: OntoNotes knows the most types, then MSRA, then PKU."""
    for wanted in ("ner/ontonotes", "ner/msra", "ner/pku"):
        if wanted in tasks:
            return wanted
    found = sorted(task for task in tasks if task.startswith("ner"))
    if not found:
        raise NotReady(f"--ner hanlp:{name}: the model recognises no names, its tasks are {', '.join(sorted(tasks))}")
    return found[0]


@cache
def _assigned(file: str) -> dict[str, str]:
    """Addresses in a module of the installed hanlp: `NAME = HANLP_URL + '…'`, or `TABLE = {'key': HANLP_URL + '…'}`."""
    spec = find_spec("hanlp")
    (package,) = (spec and spec.submodule_search_locations) or [""]
    found: dict[str, str] = {}
    for node in ast.parse((Path(package) / file).read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        table, values = node.targets[0].id, {"": node.value}
        if isinstance(node.value, ast.Dict):
            values = {k.value: v for k, v in zip(node.value.keys, node.value.values, strict=True)
                      if isinstance(k, ast.Constant) and isinstance(k.value, str)}  # fmt: skip
        for key, value in values.items():
            if isinstance(value, ast.BinOp) and isinstance(value.right, ast.Constant):
                found[f"{table} {key}".strip()] = hub_url() + str(value.right.value)
    return found
