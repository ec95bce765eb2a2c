"""Hand-made extractions, so that the tests of kg/ do not depend on what the extractors hear."""

from __future__ import annotations

from decimal import Decimal

from extractors.model import (
    Article,
    Comparator,
    Edtf,
    Extraction,
    Figure,
    Mention,
    Modality,
    Name,
    Offsets,
    Problem,
    Quantity,
    Relation,
    Span,
    Status,
)
from kg.facts import Facts, boil_down


class Draft:
    """An extraction in the making: mentions are named by their words."""

    def __init__(
        self, title: str | None, body: str, issued: str | None = "2024-03-05", source: str = "a.txt", raw: int = 0
    ) -> None:
        text = f"{title}\n{body}" if title else body
        self.article = Article(
            Article.make_id(title, text, issued), source, title, text, issued,
            "printed" if issued else "unknown", "科技日报", ("李明",), (), Offsets(((0, raw),)),
        )  # fmt: skip
        self.mentions: list[Mention] = []
        self.relations: list[Relation] = []
        self.figures: list[Figure] = []
        self.problems: list[Problem] = []

    def span(self, words: str) -> Span:
        start = self.article.text.index(words)
        return Span(start, start + len(words))

    def name(
        self, words: str, type_: str, full: str | None = None, kind: str | None = None, *,
        within: str | None = None, code: str | None = None, anaphor: bool = False,
    ) -> Mention:  # fmt: skip
        value = Name(full or words, kind, within, code, anaphor)
        return self._add(Mention(self.span(words), type_, value, "a name in a list"))

    def date(self, words: str, edtf: str) -> Mention:
        return self._add(Mention(self.span(words), "Date", Edtf(edtf), "a date"))

    def _add(self, mention: Mention) -> Mention:
        self.mentions.append(mention)
        return mention

    def relate(
        self, type_: str, source: Mention, target: Mention, words: str, *,
        modality: Modality = "asserted", qualifier: str | None = None, rule: str = "subject, verb, object",
    ) -> Relation:  # fmt: skip
        relation = Relation(type_, source, target, self.span(words), rule, modality, qualifier)
        self.relations.append(relation)
        return relation

    def figure(
        self, words: str, metric: str, value: str, unit: str, *, subject: Mention | str | None = None,
        time: str | None = None, status: Status = "actual", comparator: Comparator = "=", upper: str | None = None,
        stated_by: Mention | None = None,
    ) -> Figure:  # fmt: skip
        quantity = Quantity(Decimal(value), unit, Decimal(upper) if upper else None, comparator)
        span = self.span(words)
        figure = Figure(
            quantity, span, span, metric, subject, time, status, "a number with its noun", stated_by=stated_by
        )
        self.figures.append(figure)
        return figure

    def extraction(self) -> Extraction:
        return Extraction(
            self.article, tuple(self.mentions), tuple(self.relations), tuple(self.figures), tuple(self.problems)
        )

    def facts(self) -> Facts:
        return boil_down(self.extraction())


def plan() -> Draft:
    """Two ministries issue a plan; one figure is a target, one a fact; a project is only planned."""
    draft = Draft(
        "两部门印发氢能规划",
        "3月4日，国家发展改革委、国家能源局联合印发《氢能产业发展规划》。规划提出，到2025年，燃料电池车辆保有量约5万辆。"
        "华光公司拟建设海阳制氢基地，去年产量120万吨。",
    )
    ndrc = draft.name("国家发展改革委", "Organization", "国家发展和改革委员会", "Ministry")
    nea = draft.name("国家能源局", "Organization", kind="Ministry")
    policy = draft.name("《氢能产业发展规划》", "Policy", "氢能产业发展规划", code="发改高技〔2022〕206号")
    day = draft.date("3月4日", "2024-03-04")
    draft.date("2025年", "2025")
    firm = draft.name("华光公司", "Organization", kind="Company")
    base = draft.name("海阳制氢基地", "Project")
    clause = "国家发展改革委、国家能源局联合印发《氢能产业发展规划》"
    draft.relate("issued", ndrc, policy, clause)
    draft.relate("issued", nea, policy, clause)
    draft.relate("partner_of", nea, ndrc, clause)
    draft.relate("issued_on", policy, day, "3月4日，" + clause)
    draft.relate("undertakes", firm, base, "华光公司拟建设海阳制氢基地", modality="planned")
    draft.figure(
        "燃料电池车辆保有量约5万辆", "燃料电池车辆保有量", "50000", "辆",
        subject=policy, time="2025", status="target", comparator="~",
    )  # fmt: skip
    draft.figure("产量120万吨", "产量", "1.2E+6", "吨", subject="基地", time="2023", stated_by=firm)
    return draft


def posts() -> Draft:
    """A person with two posts, and a homonym of a department in another city."""
    draft = Draft(
        "领导活动",
        "徐州市科技局局长王芳在会上说，市科技局联合苏州市科技局，国家发展改革委支持。本届大会在徐州召开。",
        "2024-04-01",
        "b.txt",
        raw=100,
    )
    person = draft.name("王芳", "Person")
    xuzhou = draft.name("徐州市科技局", "Organization", "科技局", "LocalGovernment", within="徐州市")
    suzhou = draft.name("苏州市科技局", "Organization", "科技局", "LocalGovernment", within="苏州市")
    draft.name("国家发展改革委", "Organization", "国家发展和改革委员会", "Ministry")
    event = draft.name("本届大会", "Event", "淮海科技大会", anaphor=True)
    place = draft.name("徐州", "Place", "徐州市", code="320300")
    draft.relate("holds_post", person, xuzhou, "徐州市科技局局长王芳", qualifier="局长")
    draft.relate("holds_post", person, xuzhou, "徐州市科技局局长王芳", qualifier="党组书记")
    draft.relate("partner_of", xuzhou, suzhou, "市科技局联合苏州市科技局")
    draft.relate("located_in", event, place, "本届大会在徐州召开")
    return draft


HOSTILE = [
    'quote " in', "back\\slash", "<script>alert(1)</script>", "=SUM(A1:A9)", "+1", "-1", "@cmd", "\ttab", "nul\x00l",
    "bell\x07", "sur\ud800rogate", "]]>", "&amp;", "new\nline", "car\rriage", "\ufffe", "'''", '"""', "emoji😀",
    "rtl\u202e", "trailing\\", "{}|^`", "\x85nel", "\u2028sep", "@prefix x: <y> .", "# comment", "＝全角", "%s{0}",
]  # fmt: skip


def hostile() -> Draft:
    """Every hostile string as a name, a title, a metric, a qualifier and a quote."""
    body = "。".join(HOSTILE)
    draft = Draft("标题 " + HOSTILE[0] + HOSTILE[8], body, "2024-01-01", 'evil "<\\>.txt')
    ministry = draft.name(HOSTILE[2], "Organization", kind="Ministry")
    for words in HOSTILE:
        target = draft.name(words, "Organization", kind="Company")
        draft.relate("recognised", ministry, target, words, qualifier=words, rule=f"rule {words}")
        draft.figure(words, words, "1", words or "个", subject=words)
    return draft
