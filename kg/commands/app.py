"""What the commands belong to."""

from __future__ import annotations

import typer

app = typer.Typer(
    help="Chinese science-and-technology policy news in, a knowledge graph with evidence out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
