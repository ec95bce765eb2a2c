"""National teams: 中国女篮, 印度尼西亚羽毛球队, 中国体育代表团."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.lexicon import matches
from extractors.model import Mention, Name, Span
from extractors.names.boundary import edge_at
from extractors.patterns import regex

_TEAM = regex(
    r"""(?:国家)?(?:男子|女子|男|女|男女)?
        (?:羽毛球|乒乓球|篮球|足球|排球|沙滩排球|网球|游泳|跳水|体操|田径|举重|射击|短道速滑|速滑|花样滑冰|冰球|冰壶|自行车|赛艇|皮划艇
          |击剑|柔道|摔跤|跆拳道|拳击|攀岩|滑雪|水球|手球|曲棍球|橄榄球|棒球|垒球|电竞|艺术体操|花样游泳|[篮足排乒羽])?
        (?:队(?![伍员长友内列])|代表队)
      | (?:男|女)[篮足排乒]
      | (?:体育|奥运|残奥|奥运会|冬奥)?代表团(?![成团])""",
    re.VERBOSE,
)


# 武警|河北|总队, 武警部队|四川省|总队, 武警|北京|市总队
_FORCE = regex(r"武警(?:部队)?(?=[一-龥]{2,8}总队)")


def _armed_police(text: str) -> Iterator[Mention]:
    """武警|河北|总队: the armed police of a province."""
    if "武警" not in text:
        return
    places = {start: (end, entry.value) for start, end, entry in matches(text, "provinces")}
    for force in _FORCE.finditer(text):
        end, province = places.get(force.end(), (0, ""))
        corps = re.compile("[省市]?总队").match(text, end)
        if end and corps:
            name = Name(f"武警{province}总队")  # under the Central Military Commission alone
            yield Mention(Span(force.start(), corps.end()), "Organization", name, "armed police of a province")


_SPORT = regex(
    "[男女][篮足排]|羽毛球|乒乓球|游泳|跳水|体操|田径|举重|射击|短道速滑|花样滑冰|冰壶|冰球|赛艇|击剑|柔道|拳击|水球|棒球|橄榄球"
)
_CORPS = regex(r"(?:中国人民解放军)?(?:陆军)?(?P<name>第\d{2}集团军)")


def find_teams(text: str) -> Iterator[Mention]:
    """中国|羽毛球队; 中国|队 alone is the team that the article names in full; else it is no name."""
    yield from _armed_police(text)
    for corps in _CORPS.finditer(text) if "集团军" in text else ():  # 陆军|第78集团军
        yield Mention(Span(*corps.span()), "Organization", Name(f"中国人民解放军{corps['name']}"), "army corps")
    found = []
    for start, end, entry in matches(text, "countries"):
        team = _TEAM.match(text, end)
        if team and edge_at(text, start) and (team.group() != "代表团"):
            found.append((start, team.end(), entry.word))
    by_length = sorted(found, key=lambda f: f[1] - f[0])
    full = {country: text[s:e] for s, e, country in by_length if not text.endswith("代表团", s, e)}
    for start, end, country in found:
        name = full[country] if text[start:end] == country + "队" else text[start:end]
        if name == country + "队":  # every sport has its 中国队: which, only an article on one sport says
            sports = {sport.group() for sport in _SPORT.finditer(text)}
            if len(sports) != 1:
                continue
            name = f"{country}{sports.pop()}队"
        yield Mention(Span(start, end), "Organization", Name(name), "national team")
