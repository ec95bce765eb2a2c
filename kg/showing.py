"""The offline explorer of a graph in a notebook's cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from kg.export import html
from kg.graph import GraphData


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """A page in a frame of its own, so that neither page reaches into the other."""

    graph: GraphData = field(compare=False)
    words: str
    height: int = 640

    @property
    def page(self) -> str:
        """The page itself, to be written into a file."""
        return html.page(self.graph)

    def __repr__(self) -> str:
        return f"<explorer: {self.words}>"

    def _repr_html_(self) -> str:
        style = f"width:100%;height:{int(self.height)}px;border:1px solid #999999"
        return f'<iframe srcdoc="{escape(self.page)}" style="{style}" sandbox="allow-scripts allow-modals"></iframe>'
