"""Files into articles: discover inputs, read each format's text, repair it, split it into articles."""

from __future__ import annotations

from extractors.reading.articles import bytes_of, raw_text, read_source
from extractors.reading.limits import LIMITS, Limits
from extractors.reading.sources import Source, discover, is_issue_date

__all__ = ["LIMITS", "Limits", "Source", "bytes_of", "discover", "is_issue_date", "raw_text", "read_source"]
