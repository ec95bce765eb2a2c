"""How lines of a page look by themselves: datelines, source lines, credits, list items.

Joining and splitting share these patterns: what is a line of its own for one is so for the other.
"""

from __future__ import annotations

import re
from functools import lru_cache

HAN = "\u4e00-\u9fff"
_VERB = "从在了获采看发表注对就将问还也"  # 记者从…获悉, 记者了解到: no name begins so
NAME = rf"(?:[{HAN}]{{2,6}}(?:[·•][{HAN}]{{1,8}}){{1,3}}|(?![{_VERB}])[{HAN}]{{2,4}})"
NAMES = rf"{NAME}(?:[ 、，,]{{1,2}}{NAME}){{0,7}}"

WIRE = r"(?:新华社|中新社|中新网|央视网|人民网|新华网|光明网|中国网|法新社|路透社)"
PAPER = rf"[{HAN}]{{2,8}}(?:报|报社|电视台)"
_OWN = r"本报|本刊|本台|本网"
# 记者 张伟, 本报记者张伟, 通讯员 李明: several roles may follow each other.
_KIND = r"(?:特约|实习|见习|首席|高级|全媒体|融媒体|驻[^\s记]{2,8})?(?:记者|通讯员|实习生)"
ROLE = rf"(?:{_OWN})?{_KIND}"
_WRITER = rf"(?:{ROLE}[ :：]{{1,2}}|(?:{_OWN}){_KIND}){NAMES}"
WRITERS = rf"{_WRITER}(?:[ ，、]{{1,2}}{_WRITER}){{0,3}}"

_DATE = r"[ ]?\d{1,2}[ ]?月[ ]?\d{1,2}[ ]?日"
_NEWS, _CABLE = r"讯(?![息问号速])", r"电(?![视影台子力话商网信])"
_PLACE_DATE = rf"[ ]?[{HAN}]{{2,12}}{_DATE}"


def _wire(group: str, words: str) -> str:
    """Words that open a dispatch, and its writers in brackets: 本报讯（记者 张伟）. 据新华社消息，… is no dateline."""
    return rf"{words}[ ]{{0,2}}(?:[（(](?P<{group}>[^（()）]{{1,60}})[）)])?[ :：]{{0,2}}(?![，,])"


DATELINE = re.compile(
    rf"""[ ]*(?:
      # 本报讯, 本报北京5月22日电
      {_wire("own_writers", rf"(?:{_OWN})(?:{_NEWS}|{_PLACE_DATE}(?:{_NEWS}|{_CABLE}))")}
      # 据新华社电, 新华社北京5月22日电
    | 据?(?P<wire>{WIRE}){_wire("wire_writers", rf"(?:{_PLACE_DATE}|{_DATE})?(?:{_NEWS}|专?{_CABLE}|消息)")}
      # 科技日报讯
    | 据?(?P<paper>{PAPER}){_wire("paper_writers", rf"(?:{_NEWS}|{_PLACE_DATE}(?:{_NEWS}|{_CABLE}))")}
    )""",
    re.VERBOSE,
)
SOURCE = re.compile(
    r"""[ ]*[（(【]?[ ]*(?:信息|稿件|文章|新闻)?(?:来源|稿源|供稿)[ ]*[：:]
    [ ]*(?P<publisher>[^）)】\n]{2,40}?)[ ]*[）)】]?[ ]*""",
    re.VERBOSE,
)
# （市科技局办公室供稿）
SUPPLIED = re.compile(r"[ ]*[（(](?P<publisher>[^（()）]{2,24}?)(?:供稿|提供)[）)][ ]*")
# A masthead's name, alone on its line.
OUTLET = re.compile(rf"[ ]*(?:{WIRE}|[{HAN}]{{2,6}}(?:日报|时报|商报|晚报|早报|青年报)|中国[{HAN}]{{2,4}}报)[ ]*")
# 国办发〔2022〕17号
NUMBER = re.compile(rf"[ ]*[{HAN}]{{1,12}}[〔\[（(][12]\d{{3}}[〕\]）)][ ]?(?:第[ ]?)?\d{{1,4}}[ ]?号[ ]*")
# （下转第二版）, （上接第一版）
JUMP = re.compile(r"[（(][下紧]?转至?第?[ ]?[\dA-D一二三四五六七八九十]{1,3}[ ]?版[）)]")
RESUME = re.compile(r"[ ]*[（(][上紧]?接第?[ ]?[\dA-D一二三四五六七八九十]{1,3}[ ]?版[^）)]{0,30}[）)][ ]*")
# （记者 戴小河 印朋）
BYLINE = re.compile(rf"[ ]*[（(][ ]*(?P<writers>{WRITERS})[ ]*[）)][ ]*")
EDITOR = re.compile(
    r"""[ ]*[（(【]?[ ]*(?:责任编辑|责编|编辑|美编|版式|校对|审核|主编|值班主任|监制|统筹|本版编辑|本版责编)
    [ ]*[：:].{1,40}""",
    re.VERBOSE,
)
# 新华社记者 李一博/摄
CREDIT = re.compile(
    rf"""[ ]*(?P<agency>{WIRE}|{PAPER}|{_OWN})?[ ]?(?:特约|实习)?(?:记者|通讯员)[ ]?
    (?P<writers>{NAMES})[ ]?(?:[/／][ ]?[摄文图](?:影报道)?|摄)(?:[（(].{{0,12}}[）)])?[ ]*$""",
    re.VERBOSE,
)
WRITER = re.compile(rf"[ ]*[□■◎●]?[ ]*(?P<writers>{WRITERS})[ ]*")
# 钢铁冶金产业研究团队 崔天琦
TEAM = re.compile(
    rf"""[ ]*(?P<team>[{HAN}]{{2,16}}(?:研究团队|课题组|研究组|编写组|调研组|报道组))[ ]+(?P<writers>{NAMES})[ ]*""",
    re.VERBOSE,
)
AUTHOR = re.compile(rf"[ ]*(?:作者|撰稿|文|撰文|执笔)[ ]?[：:/／][ ]?(?P<writers>{NAMES})[ ]*")
LINK = re.compile(r"[ ]*\[[^\]\n]{1,40}\]\((?P<address>[^)\s]{1,300})\)[ ]*")
RULE = re.compile(r"[ ]*(?:[-—=*_·]{3,}|\(更新时间戳: ?\d+\)|[（(]完[）)])[ ]*")
# What web pages put around an article.
NOTE = re.compile(
    r"""[ ]*(?:
      (?:[【\[]?(?:打印(?:本页)?|关闭(?:窗口|本页)?|返回(?:顶部|首页)|分享到?[:：]?|收藏)[】\]]?[ ]?){1,6}
    | 扫一扫.{0,20} | [【\[]?字体[:：].{0,16} | 上一篇.{0,60} | 下一篇.{0,60}
    | (?:您?的?当前位置[:：]|首页[ ]?[>›»＞]).{0,80}
    | [（(]此件(?:公开|主动|依申请|不)[^）)]{0,12}[）)]
    )[ ]*""",
    re.VERBOSE,
)
# （本文根据…主题报告整理）: it ends an article, and stays, since it says whose report that was.
REMARK = re.compile(r"[ ]*[（(](?:本文|作者)(?:根据|转自|选自|摘自|刊于|为|系|单位)[^（()）]{2,120}[）)][ ]*")
# 04 / “碳排放双控”对钢铁行业的影响, 我市召开大会 …… 3
CONTENTS = re.compile(
    r"""[ ]*(?:\d{1,3}[ ]?[/／|][ ]?\S.{1,60}|\S.{1,60}?[ ]?(?:…{2,}|\.{4,}|·{4,})[ ]?\d{1,4})[ ]*""", re.VERBOSE
)
_WHOLE_LINES = (
    SOURCE, SUPPLIED, OUTLET, NUMBER, JUMP, RESUME, BYLINE, EDITOR, WRITER, TEAM, AUTHOR, LINK, RULE, NOTE, REMARK,
    CONTENTS,
)  # fmt: skip

# What one of them must hold; most lines of running text do not, and are spared the rest.
_SIGN = re.compile(
    r"""[：:〔/／|(（\[【…]|记者|通讯员|实习生|编辑|团队|[题究写研道]组|[报社网讯电息][ ]*$|[-—=*_·.]{3}
    |打印|关闭|返回|分享|收藏|扫一扫|字体|[上下]一篇|首页""",
    re.VERBOSE,
)

_ITEM = re.compile(
    r"""[（(]?[一二三四五六七八九十]{1,3}[）)][ ]?\S | [一二三四五六七八九十]{1,3}、  # （一）, 一、
    | 第[一二三四五六七八九十百\d]{1,4}[章节条编](?=[ ：:]|$)
    | [（(]\d{1,2}[）)] | \d{1,2}[.．、](?!\d)  # （1）, 1.
    | [①-⑳●■◆▲★□○◎※] | [-*][ ] | ——""",
    re.VERBOSE,
)


def starts_item(line: str) -> bool:
    """Starts with a list mark: 一、, （一）, 第三条, 1., ●, ——.

    >>> starts_item("（二）主要目标"), starts_item("1.2万亿元"), starts_item("一是培育主体")
    (True, False, False)
    """
    return bool(_ITEM.match(line))


def starts_block(line: str) -> bool:
    """A line with which something new starts, wherever it stands: a dateline, a source line, a credit."""
    if DATELINE.match(line):
        return True
    return len(line) <= 160 and (_stands_alone(line) or bool(CREDIT.match(line)))


def ends_block(line: str) -> bool:
    """A line that is complete, so that what follows is something else: those, and one that ends with a credit."""
    if "摄" in line[-16:] and CREDIT.search(line[-80:]):
        return True
    return len(line) <= 160 and _stands_alone(line)


@lru_cache(maxsize=256)  # asked of each line as the one before a break and as the one after it
def _stands_alone(line: str) -> bool:
    if not _SIGN.search(line):
        return False
    return any(p.fullmatch(line) for p in _WHOLE_LINES) or (len(line) < 40 and bool(DATELINE.fullmatch(line)))
