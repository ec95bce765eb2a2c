"""A text as a few numbers, by which articles that say much the same are found without their texts.

The shingles are clauses, what stands between two marks: a paper that reprints a story cuts paragraphs and joins lines,
and leaves clauses as they are. MinHash keeps of each of so many orders of all clauses the first one.
"""

from __future__ import annotations

from rensa import RMinHash

from extractors.sentences import clauses

SIZE = 32  # numbers; two sketches agree in as many of them as the texts share clauses, give or take a tenth
_SEED = 1
_FEWEST = 8  # clauses: a caption of two is no story


def sketch(text: str) -> tuple[int, ...]:
    """The sketch of a text, or nothing where it is too short to tell.

    >>> story = "大会上午在滨海开幕，三十个国家派人参加。大会发布了年度报告，产量有望翻一番。"
    >>> more = "专家建议加快建设，企业当场签约。主办方宣布了明年会期，闭幕式将于周五举行。"
    >>> alike(sketch(story + more), sketch(f"本报讯 {story}{more}记者李明")), sketch(story)
    (1.0, ())
    """
    told = clauses(text)
    if len(told) < _FEWEST:
        return ()
    hashed = RMinHash(SIZE, _SEED)
    try:
        hashed.update(told)
    except UnicodeEncodeError:  # a lone surrogate, as a broken file has it
        return sketch(text.encode("utf-8", "replace").decode("utf-8"))
    return tuple(hashed.digest())


def alike(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The share of clauses that two texts have in common, as their sketches tell it."""
    if not one or not other:
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / SIZE
