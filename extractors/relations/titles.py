"""What a title says its document amends: 《关于修改〈A〉〈B〉的决定》, 《A修正案（十二）》."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.lexicon import lexicon
from extractors.model import Article, Mention, Modality, Name, Relation, Span
from extractors.patterns import regex

_CHANGES = regex(r"关于(?:修改|修订)(?!和废止)(?P<titles>[^，。；]{2,200}?)的(?:决定|协议|议定书|修正案)")
_AMENDMENT = regex(r"《?(?P<law>[\u4e00-\u9fff]{2,24}(?:法典?|条例|宪法|章程|公约|规则))修正案")
# 〈《甲安排》服务协议〉 is one title
_QUOTED = regex(r"[〈<]([^〈〉<>]{2,80})[〉>]")
_INNER = regex(r"《([^《》]{2,80})》")
_DRAFT = regex("草案|征求意见|审议稿")


def amends_by_title(article: Article, mentions: Sequence[Mention]) -> Iterator[Relation]:
    """The documents that stand inside the titles of those that amend them, each once."""
    done: set[tuple[str, str]] = set()
    for mention in mentions:
        if mention.type != "Policy" or mention.name.anaphor:
            continue
        words = mention.span.of(article.text)
        for start, end in _inner(words):
            title = words[start:end]
            law = lexicon("laws").get(title)
            name = law.value if law else title
            if (mention.name.text, name) in done or name == mention.name.text:
                continue
            done.add((mention.name.text, name))
            span = Span(mention.span.start + start, mention.span.start + end)
            inner = Mention(span, "Policy", Name(name), "named in a title")
            said: Modality = "planned" if _DRAFT.search(words) else "asserted"
            yield Relation("amends", mention, inner, mention.span, "the title says what it amends", said)


def _inner(words: str) -> Iterator[tuple[int, int]]:
    """Where a title names what its document changes."""
    if changes := _CHANGES.search(words):
        form = _QUOTED if "〈" in changes["titles"] or "<" in changes["titles"] else _INNER
        quoted = list(form.finditer(words, *changes.span("titles")))
        yield from (match.span(1) for match in quoted)
        if not quoted and changes["titles"] in lexicon("laws"):
            yield changes.span("titles")
    elif amendment := _AMENDMENT.match(words):
        yield amendment.span("law")
