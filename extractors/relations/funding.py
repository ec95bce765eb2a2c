"""Who pays for what: A资助B, A向B拨付2亿元, B获得A的资助, 由A出资的B. The amount is a figure of its own."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Relation
from extractors.relations.clauses import Line
from extractors.relations.grammar import modality, pattern

_GIVER = "(?P<giver>[⟦Org⟧⟦Programme⟧])"
_TAKER = "(?P<taker>[⟦Org⟧⟦Project⟧⟦Programme⟧](?:[、和与及][⟦Org⟧⟦Project⟧⟦Programme⟧]){0,30})"
_MONEY = "(?:资金|经费|贷款|融资|补助|补贴|资助|专项债券?|投资|拨款|捐款)"
_FORMS = (
    # G资助J, A捐资建设J
    (
        pattern(rf"{_GIVER}(?P<gap>[^，。；的⟦Any⟧]{{0,14}})⟨t:funds⟩了?⟨~10⟩{_TAKER}", only="⟨t:funds⟩"),
        "giver 资助 taker",
    ),
    # A向B拨付2亿元, A为J提供贷款; 对 asks for money, too
    (
        pattern(
            rf"""{_GIVER}(?P<gap>⟨~14⟩)(?:向|给|为|对){_TAKER}⟨~14⟩
            (?:⟨m:funds⟩|(?:提供|给予|发放|安排|下达)了?⟨~12⟩{_MONEY})""",
            only="[向给为对][⟦Org⟧⟦Project⟧⟦Programme⟧]",
        ),
        "giver 向 taker 拨付",
    ),
    # J获得G资助, B得到A的3亿元贷款, J由A出资建设
    (
        pattern(
            rf"{_TAKER}⟨~8⟩(?P<gap>获得?|得到|受到|受)了?{_GIVER}的?[^，。；⟦Org⟧⟦Project⟧]{{0,14}}{_MONEY}",
            only="[获得到受]了?[⟦Org⟧⟦Programme⟧]",
        ),
        "taker 获 giver 资助",
    ),
    (
        pattern(rf"{_TAKER}⟨~6⟩(?P<gap>由){_GIVER}⟨~6⟩(?:⟨t:funds⟩|提供{_MONEY})", only="由[⟦Org⟧⟦Programme⟧]"),
        "taker 由 giver 出资",
    ),
    (
        pattern(rf"由(?P<gap>){_GIVER}⟨~6⟩⟨t:funds⟩(?:建设|兴建|设立)?的{_TAKER}", only="由[⟦Org⟧⟦Programme⟧]"),
        "由 giver 出资的 taker",
    ),
)


def funds(line: Line) -> Iterator[Relation]:
    """Money that one sentence says goes from a body or a programme to a body, a project or a programme."""
    if "资" not in line.mask and "款" not in line.mask and "拨" not in line.mask and "捐" not in line.mask:
        return
    for form, rule in _FORMS:
        for match in form.finditer(line.mask):
            giver = line.at[match.start("giver")]
            doubt = modality(line.mask[match.start() : match.end()])
            for i in range(*match.span("taker")):
                if i in line.at and line.at[i].name.text != giver.name.text:
                    yield Relation("funds", giver, line.at[i], line.span(*match.span()), rule, doubt)
