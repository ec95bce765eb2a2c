"""A noun phrase with whose it is: 高技术产业 in a text on 北京 is 北京市高技术产业, and 全市 is 北京市."""

from __future__ import annotations

import re

from extractors.figures.clause import Subject
from extractors.figures.context import Context
from extractors.figures.heads import is_bare_thing
from extractors.figures.phrases import ALL, balanced
from extractors.lexicon import lexicon
from extractors.model import Mention, Span
from extractors.patterns import regex

_SEAS = ("海域", "海峡", "公海")
_SEA = regex("(?!我国|全国)[一-鿿]{1,4}(?:海域|海峡|公海)")  # 黑海海域 is no country's
# of which place, no word says
_SOME_BODY = ("有关部门", "相关部门", "有关方面", "该船", "此船", "该轮", "该舰", "该车", "该楼", "该塔")
# of which place, no word says
_NATION = regex(r"我国|(?<![安健完])全国(?!人大|政协|总工会)|国内(?!外|华达)")


def _is_wild(phrase: str) -> bool:
    """朱鹮: an animal is of no place that the text has just named."""
    entry = lexicon("figure_holders").get(phrase)
    return entry is not None and entry.note.startswith("a protected animal")


def scoped(context: Context, phrase: str, sentence: Span, place: int) -> Subject:
    """What a phrase stands for at a place: an entity, the phrase with the country or place before it, or nothing."""
    phrase = balanced(phrase)
    if phrase.startswith(_SOME_BODY) or (phrase[-2:] in _SEAS and _SEA.fullmatch(phrase)) or _is_wild(phrase):
        return phrase
    if thing := context.meant(phrase, place) or context.pointed(phrase, place):  # 隧道|全长4180米
        return thing
    if event := context.this_event(phrase, place):  # 本届博览会|展览面积
        return event
    if found := ALL.match(phrase):
        return _of_all(context, phrase, found, place)
    if "国" in phrase and (nation := _NATION.search(phrase)):  # 正月初六全国高速公路
        phrase = "中国" + phrase[nation.end() :]
    if phrase.startswith("中国") and is_bare_thing(phrase.removeprefix("中国")):
        return "中国"
    if phrase.startswith(("中国", "全球", "世界", "国家")) or context.begins_with_name(phrase, place):
        return phrase
    topic = context.topic(sentence, place)
    if isinstance(topic, Mention) and topic.type in ("Project", "Product"):  # the generators of a power station
        return phrase
    scope = context.scope(sentence, place) or ""
    if scope and is_bare_thing(phrase.removeprefix("中国")):  # 全社会研发经费投入 is the country's
        return scope
    if scope and phrase[:1] == scope[-1] and phrase[0] in "省市县区州":  # 省财政
        scope = scope[:-1]
    return phrase if phrase.startswith(scope) else scope + phrase


def _of_all(context: Context, phrase: str, found: re.Match[str], place: int) -> Subject:
    """全市, 全省工业: of the place named last before, or of the article's."""
    where = context.place_of(found.group(), place)
    rest = phrase[found.end() :]
    if is_bare_thing(rest):
        rest = ""
    if where is None:
        return context.home + rest if context.home and found.group()[-1] not in "球界业" else phrase
    return where.name.text + rest if rest else where
