"""What the site shows that stands outside of docs/, and the links that lead there: a hook of MkDocs.

A link in a page leads to a file of the repository, as `../kg/kg.ttl` does, so that pages can be read as plain files
too. Of such a file the site has a page, or the file itself under files/.
"""

from __future__ import annotations

import os
import re
from base64 import b64decode
from hashlib import sha256
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any

import nbformat
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
# Pages of the site by the file in the repository that they show.
PAGES = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "extractors/ner/MODEL_CARD.md": "model-card.md",
    "notebooks": "notebooks.md",
    "extractors/lexicons/README.md": "lexicons.md",
    "extractors/lexicons": "lexicons.md",
    "kg/queries": "queries.md",
    "extractors/schema": "vocabulary.md",
    **{f"notebooks/{book.name}": f"notebooks/{book.stem}.md" for book in (ROOT / "notebooks").glob("*.ipynb")},
}
# Sections of the README that are pages here, by the names of their anchors; the others are told by pages of docs/.
SECTIONS = {
    "one-sentence-followed": ("sentence.md", "One sentence, followed"),
    "how-it-works": ("inside.md", "How it works"),
    "how-good-it-is": ("limits.md", "How good it is"),
    "limits": ("limits.md", "Limits"),
}
TITLES = {"limits.md": "Quality and limits"}  # of a page that holds several sections
_LINK = re.compile(r"(?<=\]\()(?P<path>[^)#:\s]+)(?P<anchor>#[^)\s]+)?(?=\))")
_FENCED = re.compile(r"^(?:```.*?^```|<pre>.*?</pre>)$", re.DOTALL | re.MULTILINE)
_OUTPUT = "<!-- output {} -->"
_sources: dict[str, str] = {}  # of a page that is not in docs/: the file that it shows
_outputs: dict[str, dict[str, str]] = {}  # of a notebook's page: what stands for what, put in after Markdown is done
_RUN = ROOT / "build" / "notebooks"  # notebooks that were run with the code and the samples of today


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are not in docs/, and the files that pages link to."""
    for name in ("CHANGELOG.md", "CONTRIBUTING.md", "extractors/ner/MODEL_CARD.md", "extractors/lexicons/README.md"):
        _add(files, config, PAGES[name], (ROOT / name).read_text(encoding="utf-8"), name)
    for uri, text in _sections().items():
        _add(files, config, uri, text, "README.md")
    for book in sorted((ROOT / "notebooks").glob("*.ipynb")):
        _notebook(files, config, book)
    for page in [file for file in files if file.is_documentation_page()]:
        home = _home(page.src_uri)
        for found in _LINK.finditer(_prose(page.content_string)):
            file = _inside(home, found["path"])
            if file and not file.startswith("docs/") and file not in PAGES:
                uri = f"files/{file}"
                if (ROOT / file).is_file() and not files.get_file_from_path(uri):
                    files.append(File.generated(config, uri, abs_src_path=str(ROOT / file)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let links to files of the repository lead to what the site has of them."""
    home = _home(page.file.src_uri)
    here = PurePosixPath(page.file.src_uri).parent

    def lead(found: re.Match[str]) -> str:
        file = _inside(home, found["path"])
        if file is None:
            return found[0]
        anchor = found["anchor"] or ""
        if file == "README.md" and anchor[1:] in SECTIONS:
            target = SECTIONS[anchor[1:]][0]
        elif file.startswith("docs/"):
            target = file.removeprefix("docs/")
        else:
            target = PAGES.get(file, f"files/{file}")
        return os.path.relpath(target, here) + anchor

    parts, end = [], 0
    for fence in _FENCED.finditer(markdown):
        parts += [_LINK.sub(lead, markdown[end : fence.start()]), fence[0]]
        end = fence.end()
    return "".join((*parts, _LINK.sub(lead, markdown[end:])))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put in what the cells of a notebook show."""
    for mark, output in _outputs.get(page.file.src_uri, {}).items():
        html = html.replace(mark, output)
    return html


def _add(files: Files, config: MkDocsConfig, uri: str, content: str, source: str) -> None:
    _sources[uri] = source
    files.append(File.generated(config, uri, content=content))


def _home(uri: str) -> PurePosixPath:
    """The folder of the repository against which a page's links are read."""
    return PurePosixPath(_sources.get(uri, f"docs/{uri}")).parent


def _inside(home: PurePosixPath, path: str) -> str | None:
    """The file of the repository that a link means, or None if there is none."""
    file = os.path.normpath(home / path)
    return file if not file.startswith("..") and (ROOT / file).exists() else None


def _prose(markdown: str) -> str:
    return _FENCED.sub("", markdown)


def _sections() -> dict[str, str]:
    """Pages made of the README's sections."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |^Licence: |\Z)", readme, re.DOTALL | re.MULTILINE))
    pages: dict[str, str] = {uri: f"# {title}\n" for uri, title in TITLES.items()}
    for uri, heading in SECTIONS.values():
        level = "##" if uri in TITLES else "#"
        pages[uri] = pages.get(uri, "") + f"\n{level} {heading}\n{told[heading]}"
    return pages


def _notebook(files: Files, config: MkDocsConfig, path: Path) -> None:
    """A notebook as a page, with what its cells show when they are run now."""
    uri = PAGES[f"notebooks/{path.name}"]
    book = _run(path)
    outputs: dict[str, str] = {}
    lines: list[str] = []
    for cell in book.cells:
        if cell.cell_type != "code":
            lines.append(cell.source)
            continue
        lines.append(f"```python\n{cell.source}\n```")
        for output in cell.outputs:
            mark = _OUTPUT.format(len(outputs))
            picture = output.get("data", {}).get("image/png")
            if picture:
                name = f"notebooks/{path.stem}-{len(outputs)}.png"
                files.append(File.generated(config, name, content=b64decode(picture)))
                outputs[mark] = f'<img alt="What the cell above draws" src="{PurePosixPath(name).name}">'
            else:
                outputs[mark] = _shown(output)
            lines.append(mark)
    origin = f"*[{path.name}](../{os.path.relpath(path, ROOT)}), run when this page was made.*"
    lines.insert(1, origin)
    _outputs[uri] = outputs
    _add(files, config, uri, "\n\n".join(lines), f"notebooks/{path.name}")


def _run(path: Path) -> Any:
    """The notebook with its outputs. It is run anew when it, the code or the samples have changed."""
    parts = [path, *(file for room in ("extractors", "kg", "seeds") for file in sorted((ROOT / room).rglob("*.*")))]
    state = sha256(b"".join(file.read_bytes() for file in parts if file.is_file() and file.suffix != ".pyc"))
    kept = _RUN / f"{path.stem}-{state.hexdigest()[:16]}.ipynb"
    if not kept.exists():
        book = nbformat.read(path, as_version=4)
        NotebookClient(book, timeout=600, resources={"metadata": {"path": str(path.parent)}}).execute()
        kept.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(book, kept)
    return nbformat.read(kept, as_version=4)


def _shown(output: Any) -> str:
    data = output.get("data", {})
    told = output.get("text") or data.get("text/plain", "")
    return f'<div class="output">{data.get("text/html") or f"<pre><code>{escape(told)}</code></pre>"}</div>'
