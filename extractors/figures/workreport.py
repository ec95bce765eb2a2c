"""Government work reports: one part tells of the year before, the other plans the year of the report.

Their sentences name no dates: 粮食产量1.4万亿斤 is of last year, 新增高标准农田8000万亩以上 is for this one.
"""

from __future__ import annotations

from extractors.model import Article, Quantity, Span, record
from extractors.patterns import regex

_TITLE = regex(r"政府工作报告")
_YEAR = regex(r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?=年)")
_REVIEW = regex(r"工作回顾|过去(?:一|五)年|[一五]年来|回顾过去")
_PLAN = regex(
    r"今年[^，。]{0,14}(?:目标|任务|工作)|工作(?:总体要求|任务|安排|重点|建议)|主要(?:预期)?目标|重点(?:抓好|做好)"
)
# 五年年均增长5.2%, 十年增加近70万亿元
_SPAN_OF_YEARS = regex(r"(?P<years>[三四五十])年(?:来)?(?:年均|累计|间|共|新?增)")
# The reports of 2013, 2018 and 2023 sum up the five years of a government: there 年均 is said of those
_TERM, _LAST_OF_TERM = 5, 3
_YEARLY = regex(r"年均|连年")
_YEARS = {"三": 3, "四": 4, "五": 5, "十": 10}


@record()
class WorkReport:
    """A work report of `year`: what it tells is of the year before."""

    year: int

    def years(self, clause: str) -> str | None:
        """The years that a clause sums up.

        >>> WorkReport(2023).years("五年年均增长"), WorkReport(2023).years("财政收入增加到")
        ('2018/2022', None)
        """
        found = _SPAN_OF_YEARS.search(clause)
        return f"{self.year - _YEARS[found['years']]}/{self.year - 1}" if found else None

    def term(self, clause: str) -> str | None:
        """The five years of a government, of which a clause says 年均 in the report that ends them.

        >>> WorkReport(2023).term("城镇新增就业年均"), WorkReport(2024).term("城镇新增就业年均")
        ('2018/2022', None)
        """
        ends_term = self.year % _TERM == _LAST_OF_TERM
        return f"{self.year - _TERM}/{self.year - 1}" if ends_term and _YEARLY.search(clause) else None


def work_report(article: Article) -> WorkReport | None:
    """The report that an article is, by its title; None for any other text."""
    title = article.title or ""
    if not _TITLE.search(title):
        return None
    found = _YEAR.search(title) or _YEAR.search((article.issued or "")[:4] + "年")
    if not found:
        return None
    year, issued = int(found["year"]), (article.issued or "")[:4]
    return WorkReport(year + 1 if issued == str(year + 1) else year)  # the report on 2023, given in January 2024


# 2020年上海市产业技术创新十件大事, 2023年国民经济和社会发展统计公报
_ANNUAL = regex(
    r"^[^0-9]{0,12}(?P<year>(?:19|20)[0-9]{2})\s?年度?(?![0-9一]|前|第|上半|下半).*"
    r"(?:大事|公报|总结|回顾|情况|统计|综述|年报|年度报告|成绩单|亮点)"
)


def year_told(article: Article) -> str | None:
    """The year that an article sums up, by its title; None when it has none or looks ahead."""
    found = _ANNUAL.search(article.title or "")
    if not found or found["year"] >= (article.issued or "9999")[:4]:
        return None
    return found["year"]


def turns_to(sentence: str) -> bool | None:
    """Whether a sentence opens the plan (True) or the review (False) of a report; None when neither.

    >>> turns_to("今年发展主要预期目标是："), turns_to("一、2023年工作回顾"), turns_to("财政收入增加到20万亿元。")
    (True, False, None)
    """
    if _PLAN.search(sentence):
        return True
    return False if _REVIEW.search(sentence) else None


def is_planned(quantity: Quantity) -> bool:
    """新增高标准农田8000万亩以上: an excerpt without headings still shows a target by its floor."""
    return quantity.comparator == ">=" and quantity.change == "+"


def whole_year(text: str, date: Span) -> bool:
    """全年 in a report is the year that it tells of."""
    return date.of(text) == "全年"
