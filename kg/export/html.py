"""explorer.html: the graph as one page that works offline, with search, filters, facts, figures and their quotes.

The page is put together from the files of kg/explorer: a template, a style sheet, our scripts in the order of SCRIPTS
and the bundled drawing library. The data (kg/export/explorer.py) stands in data blocks, which a browser does not run;
a content security policy names the hashes of the two scripts and the style sheet and allows nothing else, so that
nothing is fetched and no name or quote can become code.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template
from typing import BinaryIO

import msgspec

from kg.export.deflated import block
from kg.export.explorer import data_of
from kg.graph import GraphData

# In this order: a module imports only from those before it.
SCRIPTS = (
    "dom", "words", "format", "data", "search", "state", "layout", "edges", "labels", "network", "evidence", "chart",
    "figures", "facts", "panel", "list", "filters", "timeline", "printing", "main",
)  # fmt: skip
_HERE = "\0"  # stands nowhere else
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src {style}; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def page(graph: GraphData, title: str | None = None) -> str:
    """The explorer of a graph, large or small, as the text of an HTML page; `title` is shown above it.

    For a frame in another page, put it through `html.escape` into the attribute srcdoc. Equal graphs give equal text.
    """
    return b"".join(_pieces(graph, title)).decode()


def write(graph: GraphData, out: BinaryIO) -> int:
    """Write the page; the number of its bytes."""
    return sum(map(out.write, _pieces(graph)))


def _pieces(graph: GraphData, title: str | None = None) -> Iterator[bytes]:
    """The page in pieces, of which no more than one is held: the data are most of it."""
    library, script, style = _file("vendor/sigma.min.js"), _script(), _file("style.css")
    policy = POLICY.format(scripts=f"{_hash(library)} {_hash(script)}", style=_hash(style))
    page = Template(_file("page.html")).substitute(
        policy=escape(policy), title=escape(title or "政策知识图谱"), style=style, library=library, script=script,
        data=_HERE, passages=_HERE,
    )  # fmt: skip
    before, between, after = page.encode("utf-8", "replace").split(_HERE.encode())
    data, figures, passages = data_of(graph, title)
    yield before
    # What comes in pieces comes behind the rest; each has a comma behind it, and an empty one ends them.
    yield block((msgspec.json.encode(data, enc_hook=list)[:-1], b',"figures":[', *figures, b"[]]}"))
    yield between
    yield block((b"[", *passages, b'["",0]]'))
    yield after


@cache
def _file(name: str) -> str:
    return files("kg").joinpath("explorer", *name.split("/")).read_text(encoding="utf-8")


@cache
def _script() -> str:
    """Our modules as one script: each becomes a function that gives back what the module exports."""
    return "".join(f"const {name}_js = (() => {{\n{_wrapped(_file(f'js/{name}.js'))}}})();\n" for name in SCRIPTS)


def _wrapped(module: str) -> str:
    """The body of that function. Imports and exports stand on lines of their own, in the one form read here."""
    lines, exported = [], []
    for line in module.splitlines():
        if line.startswith("import {"):
            names, _, home = line.removeprefix("import").partition(" from ")
            module_name = home.strip('";').removeprefix("./").removesuffix(".js")
            line = f"const{names} = {module_name}_js;"
        elif line.startswith("export "):
            line = line.removeprefix("export ")
            exported.append(line.removeprefix("async ").removeprefix("function ").partition("(")[0])
        lines.append(line)
    return "\n".join([*lines, f"return {{ {', '.join(exported)} }};", ""])


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
