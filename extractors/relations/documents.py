"""What documents do to documents, and new names: 根据B制定A, A废止B, A更名为B, A自D起施行."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Relation
from extractors.ontology import relation_types
from extractors.patterns import regex
from extractors.relations.clauses import LETTERS, Line
from extractors.relations.context import SUFFIX
from extractors.relations.grammar import modality, pattern

_BASIS = pattern(
    r"""(?P<how>⟨t:implements⟩)好?[^，。；《⟦Policy⟧⟦Programme⟧]{0,12}
        (?P<basis>[⟦Policy⟧⟦Programme⟧](?:(?:[、和与及]|以及)?⟨Policy⟩)*)"""
)
# 按照党中央的部署修改A: it is the 部署 that is followed, not A
_NOT_DIRECT = regex("部署|要求|安排|修改|修订(?!后)|完善|制定|起草|精神|推进|推动|建设")
_MADE = pattern(
    r"(?<!贯彻)(?<!落实)(?:印发|发布|制定|出台|制订|编制|启动|开展|实施|组织|推出|公布|部署)⟨~16⟩(?<!维护)([⟦Policy⟧⟦Programme⟧])"
)
# A依据B编制
_MADE_BY = pattern(
    r"(⟨Policy⟩)[^，。；⟦Policy⟧]{0,6}(?P<how>依据|根据|按照|依照)(⟨Policy⟩)⟨~8⟩(?:编制|制定|制订|修订|起草|形成)"
)
# G是A落实B的重要举措
_SERVES = pattern(
    r"""([⟦Programme⟧⟦Project⟧⟦Event⟧⟦Policy⟧])[^，。；⟦Policy⟧]{0,6}是[^，。；⟦Policy⟧]{0,10}?
        (?:贯彻落实|贯彻|落实|推动|实施)([⟦Policy⟧⟦Programme⟧])⟨~10⟩(?:举措|抓手|行动|部署|安排|体现|载体|措施|实践)"""
)
_FORMERLY = pattern(r"(⟨Org⟩)(?:，|的)?(?:原名|前身(?:是|为|系|即)|原称|曾用名)[原是为]?⟨~2⟩(⟨Org⟩)")
# A等七部门《Y》正式发布
_HEADED = pattern(
    rf"(?:^|[，。；：\s])(⟨Org⟩{SUFFIX}(?:[、和]⟨Org⟩{SUFFIX})*)(⟨Policy⟩)(?:近日|日前|正式|对外|⟨Date⟩|在京|联合){{0,4}}(?:发布|印发|出台|公布)",
    only="⟨Policy⟩(?:近日|日前|正式|对外|⟨Date⟩|在京|联合){0,4}(?:发布|印发|出台|公布)",
)
_LANDS = pattern(r"([⟦Event⟧⟦Programme⟧⟦Project⟧])⟨s~60⟩推动(⟨Policy⟩)⟨~6⟩落实")
_RENAMED = pattern(r"(⟨Org⟩)⟨~10⟩⟨t:renamed_to⟩(⟨Org⟩)")
# A由B更名而来, A系B更名而成
_CAME_FROM = pattern(
    r"(⟨Org⟩)[^，。；没未不⟦Org⟧]{0,6}[由系](?:原)?(⟨Org⟩)(?:⟨Date⟩|正式|于)?(?:更名|改名|改称)而[来成]"
)
_REPLACES = pattern(r"(⟨Policy⟩)[^，。；没未不⟦Policy⟧]{0,6}⟨t:replaces⟩了?(⟨Policy⟩)")
_REPEALS = pattern(
    r"""(⟨Policy⟩)⟨s~30⟩(?:施行|生效|实施|公布)⟨s~10⟩，[^，。；⟦Any⟧]{0,4}⟨Date⟩?[^，。；⟦Any⟧]{0,10}(⟨Policy⟩(?:[、和]⟨Policy⟩)*)
        ⟨~16⟩(?:同时|即行|相应)?⟨t:repeals⟩"""
)
_AMENDS = pattern(
    r"(⟨Policy⟩)(?:[^，。；⟦Policy⟧]{0,4}⟨t:amends⟩了|[^，。；⟦Policy⟧]{0,4}，?对)(⟨Policy⟩)(⟨~6⟩⟨t:amends⟩)?"
)
_EFFECTIVE = pattern(
    r"(?:(?:自|从|于)(⟨Date⟩)⟨~3⟩起?⟨~4⟩|(?<=⟨Policy⟩)将?(⟨Date⟩)起?(?:正式)?|，将?(⟨Date⟩)起(?:正式)?)⟨t:effective_on⟩"
)
_POLICIES = LETTERS["Policy"]
_POLICY = pattern("⟨Policy⟩")
# 《决定》修改了A，废止了B，自D起施行: it is the 决定 that comes into force
_ACTED_ON = regex("(?:废止|修改|修订|代替|取代|替代|依据|根据|按照)了?$")
_IN_TITLE = regex("[^，。；]{0,10}(?:报告|议案|草案|评估|情况)|方案|细则|办法|意见")  # 关于今年以来计划执行情况的报告


# 4月1日起，A印发的Y正式施行
_FROM = pattern(r"(⟨Date⟩)起，⟨s~60⟩(⟨Policy⟩)(?:正式|开始|全面)?(?:施行|实施|生效)")
# 4月1日，《Y》正式施行; Y自D起颁布施行
_ON_DAY = pattern(
    r"""(?:^|[，。；])(?:自|从)?(?P<on>⟨Date⟩)，?(?P<which>⟨Policy⟩)(?:正式|开始|全面){0,2}(?:施行|实施|生效)(?=[，。；]|$)
        | (?P<policy>⟨Policy⟩)(?:于|自)?(?P<day>⟨Date⟩)(?:起)?(?:正式)?颁布(?:施行|实施)(?=[，。；]|$)
        | (?P<since>⟨Date⟩)(?:正式)?颁布(?:施行|实施)的(?P<law>⟨Policy⟩)"""
)
_DAY = regex(r"-\d\d-\d\d$|\d[日号]$|今[天日]|昨[天日]|明[天日]")


_REST = regex("的(?:配套|实施|解读|有关|相关|细则)")
# A自D起废止; D起，A同时废止
_ENDS = pattern(
    r"""(?P<policy>⟨Policy⟩)[^，。；⟦Any⟧]{0,6}(?:自|从|于)?(?P<day>⟨Date⟩)起?[^，。；⟦Any⟧未不没]{0,6}⟨t:repealed_on⟩
        | (?:^|[，。；])(?:自|从)?(?P<from>⟨Date⟩)起，?(?P<which>⟨Policy⟩)[^，。；⟦Any⟧未不没]{0,6}⟨t:repealed_on⟩"""
)


def _between(
    line: Line, name: str, source: int, target: int, span: tuple[int, int], rule: str, doubt: str = ""
) -> Iterator[Relation]:
    a, b = line.at[source], line.at[target]
    if a.name.text != b.name.text:
        yield Relation(name, a, b, line.span(*span), rule, modality(doubt))


def bases(line: Line) -> Iterator[Relation]:
    """为贯彻落实B，印发A; 根据B，制定A; A推动B落实落地."""
    policies = _POLICIES in line.signs
    if not policies and LETTERS["Programme"] not in line.signs:
        return
    for match in _BASIS.finditer(line.mask):
        made = _MADE.search(line.mask, match.end(), match.end() + 60)
        if made is None or _NOT_DIRECT.search(line.mask, match.end("how"), match.start("basis")):
            continue
        doubt = line.mask[max(0, match.start() - 8) : match.start()]  # 要贯彻落实《意见》，启动…
        rule = f"{match['how']} basis, made"
        for i in range(*match.span("basis")):
            if i in line.at:
                yield from _between(line, "implements", made.start(1), i, (match.start(), made.end()), rule, doubt)
                if match["how"] in relation_types()["based_on"].triggers and not _REST.match(line.mask, made.end()):
                    yield from _between(line, "based_on", made.start(1), i, (match.start(), made.end()), rule, doubt)
    for match in _MADE_BY.finditer(line.mask) if policies else ():
        for name in ("implements", "based_on"):
            rule = f"{match['how']} basis 制定"
            yield from _between(line, name, match.start(1), match.start(3), match.span(), rule)
    for match in _SERVES.finditer(line.mask) if "是" in line.mask else ():
        yield from _between(line, "implements", match.start(1), match.start(2), match.span(), "是落实 policy 的举措")
    for match in _LANDS.finditer(line.mask) if policies else ():
        yield from _between(line, "implements", match.start(1), match.start(2), match.span(), "推动 policy 落实")


def changes(line: Line) -> Iterator[Relation]:
    """Renamed bodies; documents that replace, repeal, amend documents, or come into force."""
    policies = line.signs.count(_POLICIES)
    for match in _HEADED.finditer(line.mask) if policies and line.bodies else ():
        for i in range(*match.span(1)):
            if i in line.at and line.at[i].type == "Organization":
                yield from _between(line, "issued", i, match.start(2), match.span(), "body, policy 发布")
    if line.bodies > 1:
        for match in _RENAMED.finditer(line.mask):
            ends = match.start(1), match.start(2)
            yield from _between(line, "renamed_to", *ends, match.span(), "A 更名为 B", match[0])
        for form, rule in ((_FORMERLY, "A 原名 B"), (_CAME_FROM, "A 由 B 更名而来")):
            for match in form.finditer(line.mask):
                yield from _between(line, "renamed_to", match.start(2), match.start(1), match.span(), rule)
    if policies > 1:
        yield from _acts_on(line)
    if policies and LETTERS["Date"] in line.signs:
        yield from _comes_and_goes(line)


def _acts_on(line: Line) -> Iterator[Relation]:
    """Documents that replace, repeal or amend documents."""
    for match in _REPLACES.finditer(line.mask):
        yield from _between(line, "replaces", match.start(1), match.start(2), match.span(), "A 替代 B")
    for match in _REPEALS.finditer(line.mask):
        for i in range(*match.span(2)):
            if i in line.at:
                yield from _between(line, "repeals", match.start(1), i, match.span(), "A 施行, B 废止")
    for match in _AMENDS.finditer(line.mask):
        if match[3] or "了" in match[0]:
            yield from _between(line, "amends", match.start(1), match.start(2), match.span(), "A 修改 B")


def _comes_and_goes(line: Line) -> Iterator[Relation]:
    """Documents that come into force on a day, or cease to be."""
    for match in _ENDS.finditer(line.mask):
        ends = ("policy", "day") if match["policy"] else ("which", "from")
        document, last = (line.at[match.start(end)] for end in ends)
        said = modality(match[0].replace("停止", ""))
        yield Relation("repealed_on", document, last, line.span(*match.span()), "policy 自 date 起废止", said)
    for match in _FROM.finditer(line.mask):
        policy, day = line.at[match.start(2)], line.at[match.start(1)]
        yield Relation("effective_on", policy, day, line.span(*match.span()), "date 起, policy 施行")
    for match in _ON_DAY.finditer(line.mask):
        pairs = (("policy", "day"), ("law", "since"), ("which", "on"))
        i, j = next((match.start(policy), match.start(day)) for policy, day in pairs if match[policy])
        if match["law"] or _DAY.search(line.words(j)):
            yield Relation("effective_on", line.at[i], line.at[j], line.span(*match.span()), "date, policy 施行")
    for match in _EFFECTIVE.finditer(line.mask):
        before = [
            m.start()
            for m in _POLICY.finditer(line.mask, 0, match.start())
            if not _ACTED_ON.search(line.mask, 0, m.start())
        ]
        when = match.start(match.lastindex or 1)
        if _IN_TITLE.match(line.mask, match.end()) or line.words(when).endswith("年度"):
            continue  # 实施中期评估报告, 实施方案, 2022年度
        for i in before[-1:]:
            span = line.span(i, match.end())
            yield Relation("effective_on", line.at[i], line.at[when], span, "policy 自 date 起施行")
