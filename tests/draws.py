"""Random draws for reading: what was extracted, and sentences in which something may have been missed.

    python -m tests.draws FOLDER --seed 1 --out DIR        one table per type: TYPE.tsv and TYPE.candidates.tsv

A draw is settled by a hash of the seed and of what was drawn, so that the same corpus gives the same draw on every
machine, and a changed rule changes only the lines that it touches. Verdicts are written in the first column by whoever
reads (`ok`, `wrong`, or for candidates the number of things that are there, a slash, and how many of them were missed);
tests/quality.py counts them. Extractions are drawn once per article and meaning; candidates are sentences with a cue of
the type (an ending, a verb), whether or not anything was extracted there.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from extractors.model import Article, Edtf, Extraction, Figure, Mention, Name, Problem, Relation, Span
from extractors.ontology import relation_types
from extractors.sentences import sentences
from kg.read import extractions, find_sources

EACH = 100

# What a thing of the type is often said with. A cue is wide on purpose: it is there to show what was missed.
CUES = {
    "Organization": "公司|集团|大学|学院|研究院|研究所|实验室|委员会|部门?|局|厅|协会|学会|中心|医院|银行|企业|组织|社",
    "Person": "主席|总理|部长|书记|主任|院士|教授|总统|外长|局长|负责人|会见|说|表示|介绍|研究员|工程师|代表|团长",
    "Place": "[省市县区州镇村岛港湾江河湖山]|广场|机场|车站|园区|在[^，。]{2,8}(?:举行|召开|开幕|启动|建成)",
    "Event": "会议|论坛|大会|博览会|座谈会|展览|仪式|活动|大赛|比赛|运动会|峰会|发布会|会谈|周|节|日[，。]",
    "Project": (
        "工程|项目|铁路|高铁|公路|高速|大桥|隧道|电站|油田|气田|基地|卫星|飞船|空间站|机组|平台|水库|管道|港口|装置|生产线"
    ),
    "Programme": "行动|计划|工程|专项|战略|倡议|机制|制度|政策",
    "Policy": "《|办法|条例|规划|意见|通知|方案|规定|法[》，。]|决定|白皮书|公报",
    "Product": "[号型]|系列|系统|机型|芯片|飞机|列车|疫苗|药|模型|机器人|发动机|船",
    "Work": "《",
    "Date": r"\d{1,4}年|\d{1,2}月|\d{1,2}[日号]|今[天年日]|昨[天日]|明年|去年|季度|上半年|下半年|近日|日前|以来|期间",
    "Figure": r"\d|[一二三四五六七八九十百千万亿两]{2}",
}


def main() -> None:
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ask.add_argument("folder")
    ask.add_argument("--seed", default="1")
    ask.add_argument("--each", type=int, default=EACH, help="draws per type")
    ask.add_argument("--out", type=Path, required=True)
    chosen = ask.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for table, row in _rows(chosen.folder):
        rank = sha256(f"{chosen.seed} {table} {row[0]} {row[1]}".encode()).hexdigest()
        found[table].append((rank, "\t".join(row), ""))
        if len(found[table]) > 50 * chosen.each:  # keep the lowest ranks only: the corpus may be large
            found[table] = sorted(found[table])[: chosen.each]
    for table, rows in sorted(found.items()):
        lines = [f"\t{row}\n" for _, row, _ in sorted(rows)[: chosen.each]]
        (chosen.out / f"{table}.tsv").write_text("".join(lines), encoding="utf-8")
        print(f"{table:32}{len(lines):6}")


def _rows(folder: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(table, (where, what, in which words)) of all extractions and candidate sentences."""
    sources, _ = find_sources([folder])
    for source in sources:
        for extraction in extractions(source):
            if not isinstance(extraction, Problem):
                yield from _extracted(extraction)
                yield from _candidates(extraction)


def _extracted(extraction: Extraction) -> Iterator[tuple[str, tuple[str, ...]]]:
    article = extraction.article
    seen: set[tuple[str, str]] = set()
    for mention in extraction.mentions:
        if mention.type == "Quantity" or (isinstance(mention.value, Name) and mention.value.anaphor):
            continue
        meaning = (mention.type, _value(mention))
        if meaning not in seen:
            seen.add(meaning)
            yield mention.type, (_where(article, mention.span), meaning[1], _around(article, [mention.span]))
    for relation in extraction.relations:
        meaning = (_where(article, relation.evidence), _relation(relation))
        if meaning not in seen:
            seen.add(meaning)
            yield relation.type, (*meaning, _around(article, [relation.source.span, relation.target.span]))
    for figure in extraction.figures:
        yield "Figure", (_where(article, figure.span), _figure(figure), _around(article, [figure.span]))


def _candidates(extraction: Extraction) -> Iterator[tuple[str, tuple[str, ...]]]:
    text = extraction.article.text
    for sentence in sentences(text):
        words = sentence.of(text)
        where = _where(extraction.article, sentence)
        inside = [m for m in extraction.mentions if sentence.contains(m.span)]
        for type_, cue in CUES.items():
            if re.search(cue, words):
                if type_ == "Figure":
                    said = [_figure(f) for f in extraction.figures if sentence.contains(f.span)]
                else:
                    said = [f"{m.span.of(text)}={_value(m)}" for m in inside if m.type == type_]
                yield f"{type_}.candidates", (where, " | ".join(said), words)
        for type_, relation in relation_types().items():
            ends = {m.type for m in inside}
            if not ends & set(relation.source) or not ends & set(relation.target):
                continue
            if any(word in words for word in (*relation.triggers, *relation.theme)):
                said = [_relation(r) for r in extraction.relations if r.type == type_ and sentence.overlaps(r.evidence)]
                yield f"{type_}.candidates", (where, " | ".join(said), words)


def _where(article: Article, span: Span) -> str:
    return f"{article.source}#{article.id}:{span.start}-{span.end}"


def _value(mention: Mention) -> str:
    match mention.value:
        case Edtf(value):
            return value
        case Name():
            name = mention.value
            return name.text + (f" [{name.kind}]" if name.kind else "") + (f" in {name.within}" if name.within else "")
    return ""


def _relation(relation: Relation) -> str:
    extra = "".join(f" ({word})" for word in (relation.qualifier, relation.modality) if word and word != "asserted")
    return f"{_value(relation.source)} —{relation.type}→ {_value(relation.target)}{extra}"


def _figure(figure: Figure) -> str:
    quantity = figure.quantity
    subject = _value(figure.subject) if isinstance(figure.subject, Mention) else figure.subject or "?"
    value = f"{quantity.value:f}" + (f"–{quantity.upper:f}" if quantity.upper is not None else "")
    change = quantity.change or ""
    compared = f" {figure.compared_with}" if figure.compared_with else ""
    return (
        f"{subject} · {figure.metric} {quantity.comparator}{change}{value} {quantity.unit}"
        f" · {figure.time or '?'} · {figure.status}{compared}"
    )


def _around(article: Article, spans: list[Span]) -> str:
    """The sentences that hold the spans, with the spans between 【 and 】."""
    text = article.text
    begin, end = min(s.start for s in spans), max(s.end for s in spans)
    held = [s for s in sentences(text) if s.start < end and begin < s.end]
    start, stop = min((s.start for s in held), default=begin), max((s.end for s in held), default=end)
    marks = sorted({(s.start, "【") for s in spans} | {(s.end, "】") for s in spans}, reverse=True)
    words = text[start:stop]
    for at, mark in marks:
        words = words[: at - start] + mark + words[at - start :]
    issued = f" ⟨issued {article.issued}⟩" if article.issued else ""
    return re.sub(r"\s+", " ", words) + issued


if __name__ == "__main__":
    main()
