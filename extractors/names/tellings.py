"""Words that tell and never name: the name of what 第三次摘得|大运会, 扎实推进|主题教育 tell of begins after them."""

from __future__ import annotations

import re
from functools import cache

from extractors.lexicon import lexicon
from extractors.patterns import regex, searching

# 11日|起广深港高铁, 发挥|好老中铁路, 10月|份全国铁路, ――甬舟铁路: letters that belong to what stands before
LEFT_OVER = regex(
    r"(?:(?<=[日时点天])起|(?<=[挥实设用办施筹划护推行])好|(?<=月)份|(?<=[参出]加)[过完]|(?<=经)过|(?<=援)建|新版|驻(?=扎波罗热)|[―—]+){1,2}(?=.{2})"
)


@cache
def _tells() -> re.Pattern[str]:
    words = sorted(map(re.escape, lexicon("telling_words")), key=len, reverse=True)
    return searching("|".join(words))


def after_telling(text: str, left: int, end: int) -> int:
    """After the last words of a clause outside quotation marks: 第三次摘得|大运会, 何以中国——|中华文明探源工程."""
    after = left
    for match in _tells().finditer(text, left, end):
        told = text[left : match.start()]
        if told.count("“") == told.count("”") and told.count("《") == told.count("》"):
            after = match.end()
    dash = text.rfind("——", after, end)
    told = text[left : max(left, dash)]
    if dash >= 0 and told.count("“") == told.count("”") and told.count("《") == told.count("》"):
        after = dash + 2
    titles = text.rfind("》《", after, end)  # 《甲大会》|《乙》音乐会: two titles
    return max(after, titles + 1)
