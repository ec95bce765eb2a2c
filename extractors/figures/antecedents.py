"""What a bare noun or an empty clause points back to: 隧道 to the tunnel named above, 共 to what was issued."""

from __future__ import annotations

import re

from extractors.figures.clause import words
from extractors.model import Mention
from extractors.patterns import regex

# 该平台, 这项工程, 本届大会: the words that point
_POINTER = regex(r"(?:该|本|此|这)(?:次|届|个|座|项|款|条|批|期|家|片|架|艘|颗|台|套|种)?(?=..)")
# 变电站 points at 变电站扩建工程, though that name goes on
_FACILITY = regex(
    r"[站厂场馆港桥坝库园]$|隧道|基地|装置|机组|铁路|高铁|高速|公路|航道|管道|望远镜|油田|气田|灌区|运河|枢纽|码头|机场|卫星|火箭"
)
# 企业, 行业, 产业: too many names end so, and 全国 企业 are nobody's antecedent
_CLASSES = (
    "企业", "行业", "产业", "工业", "农业", "商业", "经济", "市场", "地区", "人员", "城市", "乡村", "农村", "汽车",
    "能源", "教育", "服务", "技术", "产品", "资源", "高速公路", "铁路", "高铁", "公路", "桥梁",
)  # fmt: skip
_THINGS = ("Project", "Programme", "Event", "Product", "Organization", "Policy")
_NEAR = 300  # characters: a bare noun points no farther back
_SHORT = 6  # characters of a bare noun

# 印发《意见》，从6方面|提出; 开展专项行动，|主要包括; 发布片单，|将推出
_TELLS = regex(
    r"[》”]?[，,](?:其中)?(?:从[^，,。；]{1,8})?(?:一共|总共|共(?!同)|主要|将)?"
    r"(?:包括|涵盖|包含|收录|梳理|涉及|分为|提出|明确|部署|推出|确定|列出|设置|规定|(?<=共))"
)
_NO_TELLING = regex(r"全国|全省|全市|全区|我国|各地|目前|截至|累计|增至|提高到|达到?")
# 发布2024年度农业主导品种主推技术，共150个
_GIVEN_OUT = regex(
    r"(?m:^)(?:.*)(?:发布|推出|公布|印发|出台|下发)(?:了)?(?P<what>[^，,。；、《》\s]{6,36})[，,](?:一共|总共|共(?!同)|将推出|主要包括|包括|涵盖)[^，,。；]{0,40}$"
)
_COUNT = regex("^(?:[0-9]{1,6}[多余]?[个项座条家款]?|一[个项座条家款艘台处片])")
_ATTRIBUTE = r"[^，,。；;：:、\s的了在是将已与和该这本此各“”（）]{2,14}"
_TOLD = ("Policy", "Programme", "Event", "Work")


def without_pointer(phrase: str) -> str:
    """该平台 without 该.

    >>> without_pointer("这座发电站"), without_pointer("发电站"), without_pointer("本届大会")
    ('发电站', '发电站', '大会')
    """
    found = _POINTER.match(phrase)
    return phrase[found.end() :] if found else phrase


def is_class(noun: str) -> bool:
    """企业, 铁路: words for a class of things, which point at none of them.

    >>> is_class("企业"), is_class("隧道")
    (True, False)
    """
    return noun.endswith(_CLASSES)


def may_point(phrase: str) -> bool:
    """Can a phrase point back to an entity: 隧道, 该企业?"""
    noun = without_pointer(phrase)
    return 2 <= len(noun) <= _SHORT and (noun != phrase or not is_class(noun))


def same_head(phrase: str, near: list[Mention]) -> Mention | None:
    """The last of the entities whose name ends in a bare noun, or is about that facility: 隧道, 变电站, 行动计划."""
    if not near or not may_point(phrase):
        return None
    noun = without_pointer(phrase)
    facility = bool(_FACILITY.search(noun))
    for name in reversed(near):
        whole = name.name.text.rstrip("”）")
        ends_so = whole.endswith(noun) or (facility and name.type == "Project" and noun in whole)
        if ends_so and name.type in _THINGS and len(whole) > len(noun):
            return name
    return None


def told_of(text: str, named: list[Mention], place: int) -> Mention | str | None:
    """What the number at `place` is part of when the sentence has just given it out: 印发《意见》，提出|22项任务."""
    for name in reversed(named):
        if name.type in _TOLD and (tells := _TELLS.match(text, name.span.end, place)):
            return None if _NO_TELLING.search(text, tells.end(), place) else name
    near = text[max(0, place - 60) : place]
    if not ("共" in near or "包括" in near or "涵盖" in near or "将推出" in near):
        return None
    given = _GIVEN_OUT.search(near)
    return given["what"] if given else None


def noun_before(text: str, noun: str, place: int) -> str | None:
    """The fuller phrase that 该项目 points back to when the project has no name: 动力电池|项目."""
    found = re.findall(_ATTRIBUTE + re.escape(noun), text[max(0, place - _NEAR) : place])
    return _without_verb(_COUNT.sub("", found[-1]), noun) if found else None


def noun_since(text: str, noun: str, start: int, place: int) -> bool:
    """Has a project without a name been told of since the one at `start` was named: 光伏|项目正在建设，项目|投资?"""
    return bool(re.search(_ATTRIBUTE + re.escape(noun) + r"(?=[^，。；]{0,12}[，])", text[start:place]))


def _without_verb(phrase: str, noun: str) -> str:
    """批准成立|文物保护委员会."""
    verbs = words("verb")[0]
    for at in range(len(phrase) - len(noun) - 4, -1, -1):
        if phrase[at : at + 2] in verbs and len(phrase) - at - 2 >= len(noun) + 2:
            return phrase[at + 2 :]
    return phrase
