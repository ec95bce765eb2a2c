"""How lines of a page look by themselves: datelines, source lines, credits, list items. Shared by joining and splitting."""

from __future__ import annotations

import re

HAN = "\u4e00-\u9fff"
NAME = rf"[{HAN}·]{{2,12}}"
NAMES = rf"{NAME}(?:[ 、，,]{{1,2}}{NAME}){{0,7}}"

WIRE = r"(?:新华社|中新社|中新网|央视网|人民网|新华网|光明网|中国网|法新社|路透社)"
PAPER = rf"[{HAN}]{{2,8}}(?:日报|时报|商报|晚报|早报|青年报|报社|电视台)"
# 记者 张伟, 通讯员 李明, 实习生 …: several roles may follow each other.
ROLE = r"(?:本报|本刊|本台|本网)?(?:特约|实习|见习|驻[^\s记]{2,8})?(?:记者|通讯员|实习生|编辑)"
WRITERS = rf"{ROLE}[ :：]{{0,2}}{NAMES}(?:[ ，、]{{1,2}}{ROLE}[ :：]{{0,2}}{NAMES}){{0,3}}"

_PLACE_DATE = rf"[ ]?[{HAN}]{{2,12}}[ ]?\d{{1,2}}[ ]?月[ ]?\d{{1,2}}[ ]?日"
_IN_BRACKETS = r"[ ]{0,2}(?:[（(](?P<%s>[^（()）]{1,60})[）)])?[ :：]{0,2}(?![，,])"
DATELINE = re.compile(
    rf"""[ ]*(?:
      (?:本报|本刊|本网)(?:讯|{_PLACE_DATE}(?:讯|电)){_IN_BRACKETS % "own_writers"}       # 本报讯, 本报北京5月22日电
    | 据?(?P<wire>{WIRE})(?:{_PLACE_DATE})?(?:讯|专?电|消息){_IN_BRACKETS % "wire_writers"}  # 据新华社电, 新华社…5月22日电
    | 据?(?P<paper>{PAPER})(?:讯|{_PLACE_DATE}(?:讯|电)){_IN_BRACKETS % "paper_writers"}   # 科技日报讯
    )""",
    re.VERBOSE,
)
SOURCE = re.compile(r"[ ]*[（(【]?[ ]*(?:信息|稿件|文章|新闻)?(?:来源|稿源|供稿)[ ]*[：:][ ]*(?P<publisher>[^）)】\n]{2,40}?)[ ]*[）)】]?[ ]*")
# （记者 戴小河 印朋）, （作者：…）, （责任编辑：…）
BYLINE = re.compile(rf"[ ]*[（(][ ]*(?P<writers>{WRITERS})[ ]*[）)][ ]*")
EDITOR = re.compile(
    r"[ ]*[（(【]?[ ]*(?:责任编辑|责编|编辑|美编|版式|校对|审核|主编|值班主任|监制|统筹|本版编辑|本版责编)[ ]*[：:].{1,40}"
)
CREDIT = re.compile(
    rf"""[ ]*(?P<agency>{WIRE}|{PAPER}|本报|本刊|本网)?[ ]?(?P<role>特约|实习)?(?:记者|通讯员)[ ]?
    (?P<writers>{NAMES})[ ]?(?:[/／][ ]?(?:摄|文|图)(?:影报道)?|摄)(?:[（(].{{0,12}}[）)])?[ ]*$""",
    re.VERBOSE,
)
WRITER = re.compile(rf"[ ]*[□■◎●]?[ ]*(?P<writers>{WRITERS})[ ]*")
TEAM = re.compile(
    rf"[ ]*(?P<team>[{HAN}]{{2,16}}(?:研究团队|课题组|研究组|编写组|调研组|报道组))[ ]+(?P<writers>{NAMES})[ ]*"
)
AUTHOR = re.compile(rf"[ ]*(?:作者|撰稿|文|撰文|执笔)[ ]?[：:/／][ ]?(?P<writers>{NAMES})[ ]*")
LINK = re.compile(r"[ ]*\[[^\]\n]{1,40}\]\((?P<address>[^)\s]{1,300})\)[ ]*")
RULE = re.compile(r"[ ]*(?:[-—=*_·]{3,}|\(更新时间戳: ?\d+\)|[（(]完[）)])[ ]*")
NOTE = re.compile(
    r"[ ]*(?:打印(?:本页)?|关闭(?:窗口)?|扫一扫.{0,20}|分享到?[:：]?|【?字体[:：].{0,12}】?"
    r"|[（(]此件(?:公开|主动|依申请|不)[^）)]{0,12}[）)]|上一篇.{0,60}|下一篇.{0,60}|返回(?:顶部|首页))[ ]*"
)
# （本文根据…主题报告整理）: it ends an article, and stays, since it says whose report that was.
REMARK = re.compile(r"[ ]*[（(](?:本文|作者)(?:根据|转自|选自|摘自|刊于|为|系|单位)[^（()）]{2,120}[）)][ ]*")
CONTENTS = re.compile(r"[ ]*(?:\d{1,3}[ ]?[/／|][ ]?\S.{1,60}|\S.{1,60}?[ ]?(?:…{2,}|\.{4,}|·{4,})[ ]?\d{1,4})[ ]*")

_ITEM = re.compile(
    r"""(?:[（(]?[一二三四五六七八九十]{1,3}[）)][ ]?\S|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百\d]{1,4}[章节条编]
    |[（(]\d{1,2}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳●■◆▲★□○◎※]|[-*][ ]|——)""",
    re.VERBOSE,
)
_WHOLE_LINES = (SOURCE, BYLINE, EDITOR, WRITER, TEAM, AUTHOR, LINK, RULE, NOTE, REMARK, CONTENTS)


def starts_item(line: str) -> bool:
    """Starts with a list mark: 一、, （一）, 第三条, 1., ●, ——.

    >>> starts_item("（二）主要目标"), starts_item("1.2万亿元"), starts_item("一是培育主体")
    (True, False, False)
    """
    return bool(_ITEM.match(line))


def starts_block(line: str) -> bool:
    """A line with which something new starts, wherever it stands: a dateline, a source line, a photographer's credit."""
    if DATELINE.match(line):
        return True
    return len(line) <= 160 and (_stands_alone(line) or bool(CREDIT.match(line)))


def ends_block(line: str) -> bool:
    """A line that is complete, so that what follows is something else: those, and one that ends with a credit."""
    if "摄" in line[-16:] and CREDIT.search(line[-80:]):
        return True
    return len(line) <= 160 and _stands_alone(line)


def _stands_alone(line: str) -> bool:
    return any(p.fullmatch(line) for p in _WHOLE_LINES) or (len(line) < 40 and bool(DATELINE.fullmatch(line)))
