"""A line of labelled data about an article: 来源：科技部 日期：2024年07月01日 15:30 【字号：大 中 小】.

Each site has its own order of labels, so the line is read field by field; it counts only when nothing is left over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.patterns import regex, searching

YEAR, MONTH, DAY = r"(?P<y>(?:19|20)\d\d)", r"(?P<m>1[0-2]|0?[1-9])", r"(?P<d>3[01]|[12]\d|0?[1-9])"
CALENDAR = rf"{YEAR}[ ]?(?:年|[-./])[ ]?(?:{MONTH}[ ]?(?:月|[-./])[ ]?(?:{DAY}[ ]?[日号]?)?)?"
CLOCK = r"\d{1,2}(?:[:：]\d{2}(?:[:：]\d{2})?|时\d{1,2}分)"
_HAN = "\u4e00-\u9fff"
_COLON = r"[ ]?[:：丨︱｜|][ ]?"
_ORIGIN = (
    r"(?:信息|稿件|文章|新闻|内容)?(?:来源|稿源|出处)|(?:发布|主办|编印|主管|发文|编制)(?:机构|单位|机关|部门)?|发布者"
)
_NAME = rf"[{_HAN}·]{{2,8}}(?![{_HAN}·]|[ ]?[:：丨︱｜])"
_FIELD = rf"""
    # 发布时间：2024-05-06 10:20
    (?P<dated>(?:(?:发布|更新|成文|印发|出版|发文|公开|录入|上线|创建|发稿)?(?:时间|日期)[ ]?[:：][ ]?)?
      {CALENDAR}(?:[T ]{{0,3}}(?P<clock>{CLOCK}))?(?:[ ]?(?:印发|发布|更新|发表))?)
    # 来源：科技部
  | (?:{_ORIGIN}){_COLON}(?P<publisher>(?:(?!(?:19|20)\d\d[ ]?[年./-])[^\s|｜：:，。】）)]){{2,30}})(?![：:])
    # 记者：王丽 赵强
  | (?:(?:本[报网刊])?(?:作者|记者|通讯员|撰稿人?|撰文|供稿)){_COLON}(?P<writers>{_NAME}(?:[ 、，]{_NAME}){{0,5}})
    # what is of no use
  | (?P<rest>[【\[（(]?(?:本[版期])?(?:责任|执行|值班)?(?:编辑|责编|审核|校对|美编|录入)(?:人|员)?
      [ ]?[:：/／][ ]?[^\s，。：:/／】\]）)]{{1,12}}[】\]）)]?(?![^\s，。|｜【）)】])
    | (?:浏览|阅读|点击|访问|人气)(?:次数|量|数)?[ ]?[:：]?[ ]?\d{{0,9}}[ ]?[次人]?
    | [【\[（(]?[ ]?字[号体][ ]?(?:大小)?[ ]?[:：]?(?:[ ]?[【\[]?[大中小默认标准特+-][】\]]?){{0,6}}
      [ ]?[】\]）)]{{0,2}}
    | [【\[]?(?:打印本?页?|分享到?|收藏|纠错|关闭窗?口?|微信|微博|举报|保护视力色?|听新闻)[ ]?[:：]?[】\]]?
    | [（(]?第?[ ]?\d{{1,4}}[ ]?期 | [（(]?总第?[ ]?\d{{1,5}}[ ]?期[）)]? | 第[ ]?[A-Z]?\d{{1,3}}[ ]?版
    | (?:星期|周)[一二三四五六日天] | 发表于[{_HAN}]{{2,4}} | 原创
    | (?:https?://|www\.)[!-~]{{3,120}})
"""
_COLONS = regex("[:：丨︱｜|]")
_LABEL = searching(
    rf"(?:{_ORIGIN}|时间|日期|作者|记者|通讯员|撰稿|字号|字体|编辑|责编|浏览|阅读|点击){_COLON}|字[号体]|发表于|\d[:：]\d"
)
# 原创 某某君 某某科普 2022-04-17 09:30 发表于北京, over an article of WeChat
_ACCOUNT = regex(rf"(?:[^\s，。：、]{{2,16}}[ ]?){{1,3}}?{CALENDAR}[ ]{CLOCK}[ ]?发表于[{_HAN}]{{2,4}}")
_FIELDS = regex(_FIELD, re.VERBOSE)
_UNNAMED = re.sub(r"\(\?P<\w+>", "(?:", _FIELD)
_LINE = regex(rf"[ ]*[（(【\[]?(?:(?>{_UNNAMED})[ |｜·,，;；/]{{0,12}}+){{1,10}}+[）)】\]]?[ ]*", re.VERBOSE)
_WIDE = regex("[０-９／．]")
_WIDE_DIGITS = {0xFF10 + i: ord("0") + i for i in range(10)} | {ord("／"): "/", ord("．"): "."}


@dataclass(frozen=True, slots=True)
class MetaLine:
    """What the fields say; dates as EDTF."""

    issued: str | None = None
    publisher: str | None = None
    writers: tuple[str, ...] = ()


def narrow(words: str) -> str:
    """Digits and slashes of full width as plain ones, character for character."""
    return words.translate(_WIDE_DIGITS) if _WIDE.search(words) else words  # a look-up per character is slow


def edtf(match: re.Match[str]) -> str:
    """The date that the groups y, m, d of a match give."""
    year, month, day = match["y"], match["m"], match["d"]
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])


def meta_line(line: str) -> MetaLine | None:
    """The data of a line that holds labelled fields and nothing else; of 字号：大 中 小 that is none.

    >>> meta_line("2024-10-02  来源：某科技网  记者：王丽 赵强")
    MetaLine(issued='2024-10-02', publisher='某科技网', writers=('王丽', '赵强'))
    >>> meta_line("来源：科技部 日期：2024年07月01日 15:30【字号：大 中 小】").issued
    '2024-07-01'
    >>> meta_line("来源：科技部2024年报告显示，投入增加"), meta_line("2024年10月2日")
    (None, None)
    """
    # Running text mostly has none of these, and the search for a label tries many words at each place.
    if len(line) > 160 or not (_COLONS.search(line) or "字" in line or "发表于" in line) or not _LABEL.search(line):
        return None
    line = narrow(line)
    if match := _ACCOUNT.fullmatch(line.strip()):
        return MetaLine(edtf(match))
    if not _LINE.fullmatch(line):
        return None
    issued: str | None = None
    publisher: str | None = None
    writers: tuple[str, ...] = ()
    for field in _FIELDS.finditer(line):
        if field["dated"] and field["m"]:
            issued = issued or edtf(field)
        publisher = publisher or field["publisher"]
        writers += tuple(re.split(r"[ 、，]", field["writers"])) if field["writers"] else ()
    return MetaLine(issued, publisher, writers)
