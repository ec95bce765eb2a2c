"""Projects: structures, plants, facilities, sites and platforms by their names.

白鹤滩水电站, 深中通道 and 徐圩一期工程 are names; 重大项目, 服务平台 and 我国最大光伏电站 are not.
A structure is named by whatever stands before it and is not mere description; a site needs a place or quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractors.lexicon import lexicon, matches
from extractors.model import Article, Mention
from extractors.names.endings import candidates, place_at
from extractors.names.own_names import own_start
from extractors.names.products import find_products
from extractors.names.project_forms import EVALUATES, project, projects_by_form
from extractors.names.project_gates import is_name
from extractors.names.project_kinds import names_nothing, own_words
from extractors.names.project_lines import projects_by_line
from extractors.names.project_marks import projects_by_marks
from extractors.names.project_starts import start_of
from extractors.names.quotes import curly
from extractors.names.under_way import headed, is_told
from extractors.patterns import regex

_RUNS_ON = {
    "通道": regex(r"[侧口内外上]"),
    "高速": regex(r"[度发增铁公运机行航飞移推动列]"),
    "项目": regex(r"[化组库部书制]"),
    "风电场": regex(r"群"),
    "隧道": regex(r"[局群]"),
    "工程": regex(r"[处师院学部机质量技热系局公类设勘咨兵车总专中研造]"),
    "港": regex(r"[口务区币股元交资珠人府企岛警独湾式台商铁龙闸澳]"),
    "东站": regex(r"[区点]"),
    "平台": regex(r"[经企]"),
    "核电": regex(r"[站机集厂技公项装产]"),
    "铁路": regex(r"[局集部公职货客运旅人网口]"),
    "公路": regex(r"[局集部公货客运口桥]"),
    "机场": regex(r"[集公管快联高段群]"),
    "卫星": regex(r"[电视地天通接数]|0\d"),
    "高铁": regex(r"经济|多式|新城|[网圈]"),
    "城际": regex(r"[铁轨间列旅网客线动之一快]|交通|公路|公交(?!化)"),
    "快线": regex(r"[网上]"),
    "快速路": regex(r"网"),
    "水厂": regex(r"[家商]"),
    "水库": regex(r"群"),
    "枢纽": regex(r"[港机]"),
    "电网": regex(r"[公企调]"),
    "基地": regex(r"[组台]"),
    "国际陆港": regex(r"[区集公]"),
    "运载火箭": regex(r"基地"),
    "航道": regex(r"[局处]"),
}
_BODY_AFTER = regex(r"公司|集团|管理局|有限|股份|局")
_PHASE = regex(r"”?(?P<of>的)?(?P<phase>[一二三四五六]期(?:工程|项目|(?!装置|机组|建设|规划|改?扩建)))")
# 西气东输|四线: later pipes of one line
_PIPE = regex(r"[二三四五]线(?:工程)?(?![城市])")
# 南水北调|东线北延工程: a part of the whole is a project of its own
_PART = regex(
    r"南水北调[东中西]线(?P<rest>(?:[一二三]期)?(?![一二三]期)(?:(?![的和与及、在等沿])[\u4e00-\u9fff]){2,9}?工程)(?!建设)"
)
_NEVER_AFTER = regex(
    r"公司|集团|管理局|管理处|管委会|有限|股份|股$|分局|研究院|研究所|学院|大学|方案|规划(?!建设)|条例|办法|协会|建设指挥部|开发区"
)
# 西爪哇省|奇拉塔水库: a province that is none of ours
_PROVINCE_ABROAD = regex(r"(?P<name>[\u4e00-\u9fff]{2,4}省)(?=[\u4e00-\u9fff]{2})")


def find_projects(article: Article) -> Iterable[Mention]:
    """Mentions of named structures, facilities, missions, sites and platforms."""
    # 乘神舟十九号载人飞船: what ends where a product ends is that product
    return _find(curly(article.text), frozenset(m.span.end for m in find_products(article)))


@lru_cache(maxsize=64)
def _find(text: str, products: frozenset[int]) -> tuple[Mention, ...]:
    known = tuple(_known(text))
    found = _by_ending(text, products | {m.span.end for m in known})
    return (*known, *projects_by_form(text), *projects_by_marks(text), *projects_by_line(text), *found)


def _known(text: str) -> Iterator[Mention]:
    for start, end, entry in matches(text, "projects"):
        if _BODY_AFTER.match(text, end):
            continue
        phase = _PHASE.match(text, end)
        if pipe := _PIPE.match(text, end) if text[end - 1] in "送输" else None:
            yield project((start, pipe.end()), entry.value + pipe[0], "pipe of a known line")
            continue
        part = _PART.match(text, start) if text.startswith("南水北调", start) else None
        if part and part["rest"] not in lexicon("projects"):  # 中线|引江补汉工程 has a name of its own
            yield project(part.span(), part[0], "part of a known line")
            continue
        # 中国散裂中子源|二期工程 is another project than 中国散裂中子源
        if phase:
            first = phase.start("phase") if phase["of"] else start
            yield project((first, phase.end()), entry.value + phase["phase"], "phase of a known project")
        if phase is None or phase["of"]:
            yield project((start, end), entry.value, "project by its name")


def _by_ending(text: str, known: frozenset[int]) -> Iterator[Mention]:
    for found in candidates(text, "project_suffixes", "project_generic", no_ending=_no_ending):
        if found.end in known:
            continue
        start = start_of(text, found)
        moved = start < found.start == headed(text, found) and not EVALUATES.search(found.core)
        if moved or is_name(text, found, start):
            own = own_start(text, start, found)
            if not is_told(text, start, found) or place_at(text, own, found.end) > own:
                start = own  # but 黑龙江省|粮食产能提升水利项目 is told of as it stands
            if text[start : found.end - len(found.ending)].isascii() and found.strength == "line":
                continue  # 广州地铁|App城际
            phase = _PHASE.match(text, found.end)
            end = (
                phase.end() if phase and not phase["of"] and not found.ending.endswith(("项目", "工程")) else found.end
            )
            if text.startswith("日本", start - 1):  # 日|本志贺核电站: a date's 日 is none here
                start += 1
            start = own_words(text, start, found)
            abroad = _PROVINCE_ABROAD.match(text, start, found.end) if found.strength == "span" else None
            if abroad and abroad["name"] not in lexicon("provinces"):
                start = abroad.end()
            if not names_nothing(text, start, end, found.ending):
                yield project((start, end), text[start:end], f"ends in {found.ending}")


def _no_ending(text: str, start: int, end: int) -> bool:
    """工程|公司, 基地|建设方案: the words are the beginning of others."""
    runs_on = _RUNS_ON.get(text[start:end]) or _RUNS_ON.get(text[max(start, end - 2) : end])
    return bool(runs_on and runs_on.match(text, end)) or _NEVER_AFTER.match(text, end) is not None
