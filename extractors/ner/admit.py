"""Which proposals become mentions: those that no rule contradicts, of a type and score that random draws bear out.

The rules lead: what overlaps a mention of theirs is dropped, unless it is the longer name of a body of which they heard
the beginning (美国|国家气象局 is not ours), or a person in whom they heard a date (朱|明春). Types without a threshold
are never admitted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from extractors.lexicon import occurrences
from extractors.model import Article, Mention, Name, Span, longest_first
from extractors.ner import Proposal
from extractors.ner.gates import event, organization, person, place

Gate = Callable[[str, int, int, bool], Name | None]

RULE = "proposed by a statistical reader"
AGAIN = "name proposed elsewhere in the article"

# Type: its gate, and the score from which at least nine in ten of a random draw were right (MODEL_CARD.md).
ADMITTED: Mapping[str, tuple[Gate, float]] = MappingProxyType({
    "Person": (person, 0.8),
    "Place": (place, 0.75),
    "Organization": (organization, 0.75),
    "Event": (event, 0.8),
})  # fmt: skip
# A name of two characters may be part of a word where the model did not see it.
_SHORTEST_AGAIN = 3
# How sure the model must be to overrule what a rule heard.
_SURE_OF_A_BODY = 0.75
_SURE = 0.85
_QUITE_SURE = 0.9
# 公安部|交管局, but 北京大学|校园 and 新安小学|校
_SHORTEST_PART = 3


def admit(article: Article, heard: Sequence[Mention], proposals: Sequence[Proposal]) -> list[Mention]:
    """The mentions that the rules heard and the proposals that may stand beside them, in text order."""
    at = {place: mention for mention in heard for place in range(mention.span.start, mention.span.end)}
    admitted: list[Mention] = []
    for proposal in proposals:
        gate, least = ADMITTED.get(proposal.type, (None, 1.0))
        if gate is None or proposal.score < least:
            continue
        places = range(proposal.start, proposal.end)
        under = list(dict.fromkeys(at[place] for place in places if place in at))
        if under and not overrules(proposal, under):
            continue
        if name := gate(article.text, proposal.start, proposal.end, proposal.score >= _QUITE_SURE):
            admitted.append(Mention(Span(proposal.start, proposal.end), proposal.type, name, RULE))
    if not admitted:
        return list(heard)
    return longest_first([*heard, *admitted, *_again(article.text, admitted, at)])


def overrules(proposal: Proposal, under: Sequence[Mention]) -> bool:
    """May the proposal take the place of the mentions that it overlaps?"""
    span = Span(proposal.start, proposal.end)
    if not all(span.contains(mention.span) for mention in under):
        return False
    kinds = [mention.type for mention in under]
    if proposal.type == "Person":  # 免去|朱明春|的: no coming spring
        return kinds == ["Date"] and proposal.score >= _SURE
    if proposal.type != "Organization" or under[0].span.start != span.start or proposal.score < _SURE_OF_A_BODY:
        return False
    if kinds == ["Place"]:
        return True
    if kinds == ["Place", "Organization"]:  # 西班牙|国家气象局, but 英国|牛津大学 has said enough
        value = under[1].value
        return isinstance(value, Name) and value.kind == "Ministry" and under[1].span.end == span.end
    part = span.end - under[0].span.end
    return kinds == ["Organization"] and part >= _SHORTEST_PART and proposal.score >= _SURE


def _again(text: str, admitted: Sequence[Mention], at: Mapping[int, Mention]) -> list[Mention]:
    """The same names where the model was less sure of them."""
    named = {text[m.span.start : m.span.end]: m for m in admitted if m.span.end - m.span.start >= _SHORTEST_AGAIN}
    taken = {place for m in admitted for place in range(m.span.start, m.span.end)}.union(at)
    return [
        Mention(Span(start, end), named[word].type, named[word].value, AGAIN)
        for start, end, word in (occurrences(text, named) if named else ())
        if taken.isdisjoint(range(start, end))
    ]
