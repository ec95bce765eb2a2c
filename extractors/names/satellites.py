"""Satellites and craft that a launch tells in a list: 成功将天仪41星、复旦一号卫星共8颗卫星发射升空."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Mention, Name, Span
from extractors.patterns import regex

# 将|天仪41星、星时代-15/21/22卫星…|发射升空: what stands between 将 and the verb of a launch
_LAUNCHED = regex(
    r"(?:将(?:搭载的)?|搭载(?:的|着)?|发射(?:了)?)(?P<list>[^，。；：\n]{3,140}?)"
    r"(?:顺利|成功|准确|精准)?(?:发射升空|发射入轨|发射成功|送入(?:预定|太阳|既定|地球|目标|太空))"
)
_ITEM = regex(r"[^、和与及以\s]+")
# 天仪41星, 吉天星A-01星, 驭星二号05星, 复旦一号卫星
_SATELLITE = regex(
    r"“?(?P<name>(?![一二三四五六七八九十\d]+颗|[我全]国|首颗|新一代|多颗)[\u4e00-\u9fff]{2,10}?”?"
    r"(?:[—－–-]?(?:[A-Z]{0,2}[-—]?\d{1,3}[A-Z]?|[A-Z]{1,2})(?:[/、～-](?:[A-Z]?\d{1,3}[A-Z]?))*"
    r"|[一二三四五六七八九十]{1,3}号(?:[A-Z]|\d{2})?(?:组)?|(?<=[\u4e00-\u9fff]{4}号))"
    r"(?:遥感|气象|试验|通信|导航)?(?:卫?星))"
    r"(?=共|等|$)"
)


def launched_satellites(text: str) -> Iterator[Mention]:
    """Each satellite of the list that a launch tells."""
    if not any(verb in text for verb in ("发射升空", "发射入轨", "发射成功", "送入")):
        return
    for launch in _LAUNCHED.finditer(text):
        first = launch.start("list")
        for item in _ITEM.finditer(launch["list"]):
            if found := _SATELLITE.match(item[0]):
                start = first + item.start() + found.start("name")
                end = first + item.start() + found.end("name")
                yield Mention(Span(start, end), "Product", Name(found["name"]), "satellite that a launch tells")
