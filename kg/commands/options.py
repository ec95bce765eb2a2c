"""Arguments and options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")]
Issued = Annotated[
    str | None, typer.Option(metavar="DATE", help="Issue date (2025-05-28, 2025-05) of a text that prints none.")
]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Who published a text that does not say so.")]
Sources = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Issue dates and publishers; by default the sources.toml beside.")
]
Limit = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME=N",
        help="How much is read at most; repeat it. File: file=50 MB, unpacked=200 MB (DOCX, PDF), pages=5000 (PDF), "
        "nesting=200 (HTML, DOCX), articles=10000; an article: article=1000000 characters; in all: files=1000000.",
    ),
]
Jobs = Annotated[int, typer.Option(metavar="N", min=1, help="Number of processes.")]
Align = Annotated[bool, typer.Option("--align", help="Type things with the classes of public vocabularies too.")]
Rdf12 = Annotated[bool, typer.Option("--rdf12", help="Let statements reify their triples, for stores of RDF 1.2.")]
GephiMerged = Annotated[
    bool, typer.Option("--gephi-merged", help="Write graph-merged.gexf too: one edge for each pair of nodes.")
]
GephiTables = Annotated[
    bool, typer.Option("--gephi-tables", help="Write gephi-nodes.csv and gephi-edges.csv too, for import into Gephi.")
]
Title = Annotated[str | None, typer.Option(metavar="WORDS", help="What the header of the RDF calls the dataset.")]
Licence = Annotated[str | None, typer.Option(metavar="IRI", help="The licence that the header of the RDF names.")]
Ner = Annotated[
    str,
    typer.Option(
        metavar="READER",
        help="A statistical reader that proposes names: none, embedded, hanlp or hanlp:MODEL (a hub name, a folder, a "
        "name under HANLP_HOME). HanLP's hub weights are CC BY-NC-SA 4.0, for research and teaching only.",
    ),
]
NerThreads = Annotated[int, typer.Option(metavar="N", min=1, help="Threads of --ner hanlp in each process.")]
NerBatch = Annotated[int, typer.Option(metavar="N", min=1, help="Sentences that --ner hanlp reads at a time.")]
Decisions = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="What people have decided; by default decisions.csv in DIR, if there is one."),
]
BuiltFolder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a built graph, or its RDF file.")]
GraphFolder = Annotated[Path, typer.Option("--graph", metavar="DIR", help="Folder of a built graph.")]
