"""Kinds of structure, which name none though a place stands before them: 印尼|漂浮光伏电站, T2|航站楼."""

from __future__ import annotations

import re

from extractors.names.endings import Candidate, is_generic, place_at

SHORT_LINES = frozenset(("高速", "高铁", "铁路", "高速铁路", "高速公路", "城际铁路", "公路"))
# 西北地区|特大型铁路综合交通枢纽: a region is where there are many
REGION = re.compile(
    r"(?:粤港澳大湾区|京津冀|长三角|珠三角|亚欧|欧亚|亚洲|欧洲|非洲|欧盟|西[南北](?!部)|东[南北](?!部)|华[东南西北中]|[东西南北中华]{2,3}(?:地区|部)|[\u4e00-\u9fff]{2,3}地区)"
)


def is_kind(core: str, found: Candidate) -> bool:
    """A kind of structure, though a place stands before it: 印尼|漂浮光伏电站, 粤港澳大湾区|核心交通枢纽, T2|航站楼."""
    if found.ending in {"公路", "铁路"} and core.endswith(("公路", "铁路", "大桥")):  # 连韩公路|铁路
        return True
    if "”" in core and found.ending.endswith("通道") and not found.place:
        return True
    if core.isascii() and "工程" not in found.ending:
        return True
    if found.ending.endswith("通道") and core.endswith("新"):  # 亚欧陆路运输新|通道
        return True
    region = REGION.match(core)
    rest = core[region.end() if region else place_at(core, 0, len(core), ("countries",)) :]
    if re.fullmatch(r"[\u4e00-\u9fff]{1,4}[县州省道]", rest) and len(rest) < len(core):  # 日本石川县|核电站
        return True
    if not rest:
        return region is not None and found.ending in SHORT_LINES
    return rest not in {"国际", "新"} and is_generic(rest, "project_generic")
