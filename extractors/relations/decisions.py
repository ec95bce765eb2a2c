"""What is decided in set phrases: 经国务院同意, 提请审议, 签署国务院令; and whose a thing is by the way it is told."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.lexicon import matches
from extractors.model import Mention, Modality, Name, Relation
from extractors.patterns import regex
from extractors.relations.clauses import LETTERS, Line
from extractors.relations.context import Context
from extractors.relations.grammar import modality, pattern

_CONSENT = pattern(
    r"(?P<how>经|报)(⟨Org⟩(?:、⟨Org⟩)*)(?:常务会议|会议|审核)?(?:同意|批准|审议通过|表决通过|核准|备案同意|审定|授权)"
)
_PASSED = pattern(r"([⟦Policy⟧])⟨~6⟩[经由](⟨Org⟩)⟨~10⟩(?:审议|表决|修订|修正|全票|会议)?通过")
# X通过A组织的国家验收
_ACCEPTED = pattern(
    r"([⟦Project⟧⟦Programme⟧⟦Org⟧])[^，。；⟦Any⟧]{0,10}通过了?由?(⟨Org⟩)(?:组织|主持)?的?⟨~8⟩(?:验收|评审|批准|审批|核准)"
)
_VOTES = ((_PASSED, "policy 由 body 通过"), (_ACCEPTED, "通过 body 组织的验收"))
# 经教育部批准，甲大学设立
_NEW_BODY = pattern(
    r"，[^，。；⟦Any⟧]{0,8}(⟨Org⟩)(?:已|于|正式|获批|⟨Date⟩){0,3}(?:设立|成立|组建|升格|更名|筹建|挂牌)(?=[，。；]|为)"
)
_DECIDED = pattern("[⟦Policy⟧⟦Programme⟧⟦Project⟧]")
_MATTERS = regex("事项|名单|人选|决议")
_CITED = regex("依据|根据|按照|依照|违反")
_SUBMITTED = pattern(r"([⟦Policy⟧])[^。；⟦Policy⟧]{0,30}提请([⟦Org⟧⟦Event⟧])⟨~8⟩(?:审议|审查|审定|批准)")
_TO_SUBMIT = regex("(?:决定|建议|同意|拟|将|把|关于)[^。；]{0,80}提请$")
_DECREE = pattern(r"签署(⟨Org⟩)令[，\s]?(?:予以)?(?:公布|颁布|发布)(?:新?修[订改]后?的|新的)?(⟨Policy⟩)")
# 中国海油发布消息，…项目投用: a company tells of its own project; 记者从A获悉 only names who told
_ANNOUNCES = pattern(
    r"""(?<!从)(⟨Org⟩)⟨~10⟩(?:发布消息|宣布|对外发布|对外宣布|发布公告)称?，([^。；⟦Org⟧]{0,40}?)([⟦Project⟧⟦Programme⟧])[^，。；⟦Org⟧]{0,30}?
        (?:投用|投产|建成|开工|投运|并网|通水|完工|封顶|贯通|开钻|获批|启动建设)"""
)
_OTHERS_MADE = regex("我国自主[^，。；]{0,6}[计造制发]的")  # it does not say that it made what it tells of
# 甲公司完成对乙公司的收购
_BOUGHT = pattern(r"(⟨Org⟩)(?:今天|⟨Date⟩|正式|已|顺利|宣布){0,3}完成了?对(⟨Org⟩)[^，。；⟦Any⟧]{0,12}的?(?:收购|并购)")
_HOLDS = pattern(r"(⟨Org⟩)(?:旗下|控股|全资)的?(?:子公司|公司|企业)?(⟨Org⟩)")
# A牵头，B、C等单位参与的J
_LEADS = pattern(
    r"(⟨Org⟩)⟨~4⟩(?:牵头|总承包|为主)，[^。；]{0,60}?(?:参与|参加|参研|协作|配合)[^，。；⟦Project⟧]{0,12}的([⟦Project⟧⟦Programme⟧])"
)
# O1是O2依法设立的…机构
_FOUNDED = pattern(
    r"(⟨Org⟩)[，]?是(?:由)?(⟨Org⟩(?:[、和与]⟨Org⟩)*)(?:等[^，。；⟦Any⟧]{0,8})?[^，。；的⟦Any⟧]{0,8}"
    r"(?<!批准)(?<!同意)(?:设立|成立|组建|创办|创建|发起|共建|筹建|出资设立)的"
)
# 长城汽车蜂巢能源项目, but not 储运中心西气东输第一站
_OWN_SIDE = pattern(r"(⟨Org⟩)(⟨Project⟩)(?!第[一二三四五六七八九十\d]|[^，。；]{0,3}(?:站|段|沿线))")
_OWN = pattern(r"([⟦Org⟧])(?<!⟨Park⟩)等?的(⟨Project⟩)")


# 二十届三中全会 is a meeting of the Central Committee, not of the Party
_PLENUM = regex("中国共产党第[一二三四五六七八九十]{1,3}届中央委员会")


def meeting(event: Mention | None) -> Mention | None:
    """The body whose name a meeting bears: 国务院常务会议, 全国人大常委会会议."""
    if event is None or not event.name.text.endswith("会议"):
        return None
    if _PLENUM.match(event.name.text):
        return Mention(event.span, "Organization", Name("中国共产党中央委员会", "Ministry", anaphor=True), "the body")
    for start, _, entry in matches(event.name.text, "ministries", "party_bodies"):
        if start == 0:
            name = Name(entry.value, "Ministry", anaphor=True)
            return Mention(event.span, "Organization", name, "the body that meets")
    return None


def decisions(line: Line) -> Iterator[Relation]:
    """Consents, submissions and decrees of one sentence."""
    at, mask = line.at, line.mask
    for match in _CONSENT.finditer(mask) if "经" in mask or "报" in mask else ():
        yield from _consents(line, *match.span(2), match.end())
    for match in _SUBMITTED.finditer(mask) if "提请" in mask else ():
        body_at = match.start(2)
        body = at[body_at]
        approver = meeting(body) if body.type == "Event" else body
        if approver:
            span = line.span(*match.span())
            rule = "policy 提请 body 审议"
            # 草案提请A审议 says that A has it before it; 决定将草案提请A审议 that it will
            said: Modality = "planned" if _TO_SUBMIT.search(line.mask, 0, body_at) else "asserted"
            yield Relation("approved", approver, at[match.start(1)], span, rule, said)
    for form, rule in _VOTES if "通过" in mask else ():
        for match in form.finditer(mask):
            doubt = modality(mask[match.end(1) : match.start(2)])
            yield Relation("approved", at[match.start(2)], at[match.start(1)], line.span(*match.span()), rule, doubt)
    for match in _DECREE.finditer(mask) if "签署" in mask else ():
        span = line.span(*match.span())
        yield Relation("issued", at[match.start(1)], at[match.start(2)], span, "signed as a decree")


def _consents(line: Line, start: int, end: int, after: int) -> Iterator[Relation]:
    """经国务院同意，A印发B: the body approved B, or what stands before where nothing follows."""
    body = _NEW_BODY.match(line.mask, after)
    thing = _DECIDED.search(line.mask, after)
    before = max((m.start() for m in _DECIDED.finditer(line.mask, 0, start)), default=-1)
    position = body.start(1) if body else thing.start() if thing else before
    if position < 0 or _CITED.search(line.mask, *line.clause(position)):
        return  # 依据《条例》，经国务院批准，…
    if position < start and _MATTERS.search(line.mask, position, start):
        return  # G获奖者名单等事项，报国务院批准
    span = line.span(min(start - 1, position), max(after, position + 1))
    # 报国务院批准 only says what is to be done
    doubt: Modality = "planned" if line.mask[start - 1] == "报" else modality(line.mask[max(0, start - 4) : start])
    for i in range(start, end):
        if i in line.at:
            yield Relation("approved", line.at[i], line.at[position], span, "with the consent of a body", doubt)


# A为项目业主, 项目建设单位为A
_PARTY = "(?:业主|建设单位|承建单位|总承包单?位?|牵头单位|实施单位|依托单位|投资方|运营方|设计单位|施工单位|承担单位)"
_OWNED = pattern(
    rf"(?P<body>⟨Org⟩)[为是](?:该|本)?(?:项目|工程)的?{_PARTY}|(?:项目|工程)的?{_PARTY}[为是](?P<named>⟨Org⟩)"
)
_PROJECT = pattern("⟨Project⟩")


def _parties(line: Line, context: Context) -> Iterator[Relation]:
    """Who builds the project that the sentence, or its paragraph, is about."""
    for match in _OWNED.finditer(line.mask) if "项目" in line.mask or "工程" in line.mask else ():
        here = [line.at[m.start()] for m in _PROJECT.finditer(line.mask, 0, match.start())]
        told = here or [m for m in context.told if m.type == "Project"]
        if told:
            body = line.at[match.start("body" if match["body"] else "named")]
            yield Relation("undertakes", body, told[-1], line.span(*match.span()), "body 为项目业主")


def owners(line: Line, context: Context) -> Iterator[Relation]:
    """中国科学院沈阳自动化研究所的海斗一号; 中国海油发布消息，…项目投用."""
    yield from _parties(line, context)
    works = line.works or LETTERS["Programme"] in line.signs
    if works:
        yield from _owned_works(line)
    if line.bodies > 1:
        yield from _owned_bodies(line)
    for match in _ANNOUNCES.finditer(line.mask) if works else ():
        company = line.at[match.start(1)]
        if company.name.kind == "Company" and not _OTHERS_MADE.search(match[2]):
            span = line.span(*match.span())
            yield Relation("undertakes", company, line.at[match.start(3)], span, "company announces its project")


def _owned_works(line: Line) -> Iterator[Relation]:
    """The works right after the body whose they are, and those that others only have a part in."""
    for match in _OWN_SIDE.finditer(line.mask):
        source, target = line.at[match.start(1)], line.at[match.start(2)]
        if source.name.kind == "Company":
            yield Relation("undertakes", source, target, line.span(*match.span()), "company, its project side by side")
    for form, rule in ((_OWN, "body 的 project"), (_LEADS, "body 牵头, others 参与的 project")):
        for match in form.finditer(line.mask):
            source, target = line.at[match.start(1)], line.at[match.start(2)]
            yield Relation("undertakes", source, target, line.span(*match.span()), rule)


def _owned_bodies(line: Line) -> Iterator[Relation]:
    """Bodies that belong to others, were bought or set up by them."""
    for form, rule in ((_HOLDS, "body 旗下 body"), (_BOUGHT, "body 完成对 body 的收购")):
        for match in form.finditer(line.mask):
            source, target = line.at[match.start(1)], line.at[match.start(2)]
            yield Relation("owns_or_founds", source, target, line.span(*match.span()), rule)
    for match in _FOUNDED.finditer(line.mask) if "是" in line.mask else ():
        for i in range(*match.span(2)):
            if i in line.at and line.at[i].name.text != line.at[match.start(1)].name.text:
                span = line.span(*match.span())
                yield Relation("owns_or_founds", line.at[i], line.at[match.start(1)], span, "body 是 founder 设立的")
