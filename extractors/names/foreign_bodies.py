"""Bodies of other countries that no list has: 苏丹|武装部队, 日本|防卫省, 黎巴嫩|公共卫生部, 柬埔寨|人民党."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.lexicon import matches
from extractors.model import Mention, Name, Span
from extractors.names.boundary import left_edge
from extractors.patterns import regex

_HOME = frozenset({"中国", "中华人民共和国", "我国"})
_BODY = regex(
    r"""
      (?:国家|伊斯兰)? (?: 武装部队(?:总参谋部|总司令部)? | 武装力量总参谋部 | 国防军 | 革命卫队 )
    | 联合参谋本部 | 总参谋部 | 最高法院 | 最高法庭 | 宪法法院 | 宪法委员会 | 中央银行 | 央行 | 联邦银行
    | 政府
      (?= $ | [，。、；称说拟和与将已\d] | 宣布|表示|发布|发表|公布|指出|通报|证实|批准|决定|计划
        | 今天|昨天|当天|此前|日前|正式|官员|发言人|代表 )
    | 总统府 | 首相府 | 红新月会 | 红十字会
    | (?:联邦|国家|国民|人民)? (?:议会|国会)(?:上院|下院|众议院|参议院)?(?![厦大道选听里])
    | 众议院 | 参议院 | 国家杜马 | 联邦议院 | 国民议会 | 国民会议
    | (?:联邦)?侦查委员会
    | (?P<office> [一-龥]{1,8}? (?: [^东南西北中大全内外局干总支学本主腹头]部 | 省 | 厅 | 局 | 署 ) )
      (?= 长?[，。、（）\d]
        | 称|说|表示|宣布|发布|发表|公布|指出|通报|证实|批准|启动|当天|今天|昨天|方面|发言人|官员|和|与|的 )
    | (?P<named_party> (?:[^\W\d的在和与等各两最大是有被将已政新老对第该一各派非及为了入退持消灭强加]{2,4}) 党 )
      (?! [派内外组委校章建史课籍纲性争政羽魁] | 员(?!会) | 的(?:领导|建设|全面) )
    | (?P<party> [一-龥]{1,6}? 党 ) (?= 主席|总书记|领袖|领导人|党首|总裁|中央|候选人|[，。、] )
    """,
    re.VERBOSE,
)
# 大都会警察|局 is one; 政|局, 警方|当局 and 贸易|格局 are none. 阿联酋|外长, 美国|加州: no offices.
_NO_OFFICE = regex(
    r"(?:当|格|大|全|变|战|僵|结|布|政|困|时|定|开|败|残)局$|俱乐部|编辑部|指挥部|司令部$|[各多两三四五六七八几某]|有关|相关|地方|等"
    r"|(?:某|该|本|此|外|全|节|[0-9])省$|客厅|餐厅|大厅|部署$|签署$|部部$|^首都"
)
_NO_PARTY = regex(r"执政|反对|在野|两党|各|政党|多党|联合|主要|朝野|新党$")

# 越共|中央政治局委员、中组部部长: who leads the party of another country, and what the organs after it are called there
_PARTIES = {
    "越共": ("越南共产党", "越南"), "越南共产党": ("越南共产党", "越南"), "老挝人民革命党": ("老挝人民革命党", "老挝"),
    "老挝党": ("老挝人民革命党", "老挝"), "古共": ("古巴共产党", "古巴"), "古巴共产党": ("古巴共产党", "古巴"),
    "朝鲜劳动党": ("朝鲜劳动党", "朝鲜"), "俄共": ("俄罗斯联邦共产党", "俄罗斯"),
}  # fmt: skip
_PARTY = regex("|".join(sorted(_PARTIES, key=len, reverse=True)))
# A chain of posts ends where somebody meets somebody, or where an organ says that it is ours.
_CHAIN = regex(r"(?:(?!会[见谈晤]|访华|中共|中国|我国|全国|国务院|习近平)[^。！？；，\n同向]){0,80}")
_OF_THE_PARTY = regex(
    r"中央(?:政治局|书记处|委员会|军委|组织部|宣传部|对外部|对外联络部|外联部|检查委员会|办公厅|政法委)|政治局|书记处"
    r"|中组部|中宣部|中联部"
    r"|(?P<state>公安部|国防部|外交部|财政部|商务部|司法部|教育部|交通运输部|国会|人民军)"
)
_CENTRE = regex(
    r"中央(?!政治局|书记处|军委|组织部|宣传部|对外部|对外联络部|外联部|检查委员会|办公厅|政法委)(?:委员会(?!委员))?"
)
_IN_FULL = {"中组部": "中央组织部", "中宣部": "中央宣传部", "中联部": "中央对外联络部"}


def find_party_bodies_abroad(text: str) -> Iterator[Mention]:
    """越共|中央政治局, 越共…、|公安部: in a chain of posts that a foreign party begins, the organs are its own."""
    for party in _PARTY.finditer(text):
        name, country = _PARTIES[party.group()]
        if centre := _CENTRE.match(text, party.end()):  # 越共中央|总书记
            full = f"{name}中央委员会"
            yield Mention(Span(party.start(), centre.end()), "Organization", Name(full), "centre of a party abroad")
        chain = _CHAIN.match(text, party.end())
        for organ in _OF_THE_PARTY.finditer(text, party.end(), chain.end() if chain else party.end()):
            word = organ.group()
            full = country + word if organ["state"] else name + _IN_FULL.get(word, word)
            start = party.start() if organ.start() == party.end() else organ.start()
            yield Mention(Span(start, organ.end()), "Organization", Name(full), "organ of a party abroad")


def find_foreign_bodies(text: str) -> Iterator[Mention]:
    """Parliaments, armies, ministries, offices and parties that stand right after the name of another country."""
    for start, end, entry in matches(text, "countries"):
        if entry.value in _HOME:
            continue
        body = _BODY.match(text, end)
        if not body:
            continue
        if office := body["office"]:
            plain = left_edge(text, body.end("office") - 1, start) == start
            if len(office) < 3 or not plain or _NO_OFFICE.search(office):
                continue
            if office.endswith("省") and entry.value != "日本":  # 叙利亚|哈塞克省 is a province
                continue
        if (party := body["party"] or body["named_party"]) and _NO_PARTY.search(party):
            continue
        span = Span(start, body.end())
        yield Mention(span, "Organization", Name(span.of(text)), "body of another country")
