"""Products and missions mean what tests/corpus/products.toml says."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.names.products import find_products
from tests.marked import check, corpus, heard, sayings

CORPUS = corpus("products")


@pytest.mark.parametrize(("case", "saying"), sayings(CORPUS))
def test_saying(case: dict[str, Any], saying: str) -> None:
    check(find_products, case, saying)


@pytest.mark.parametrize("text", CORPUS["silent"]["product"])
def test_silent(text: str) -> None:
    assert heard(find_products, text, "Programme", "Project", "Product") == []
