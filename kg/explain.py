"""Who says so: every fact about a thing, with the words, the article, its date and file, the rule, the confidence."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from difflib import get_close_matches

from extractors.ontology import entity_types, relation_types
from kg.graph import KnowledgeGraph
from kg.model import ArticleNode, DateNode, Entity, Evidence, Observation, Statement, fold
from kg.rdf import plain

SHOWN = 3  # quotes of one fact, unless all are asked for
CLOSE = 24  # code points of context shown on either side
STATUS = {"actual": "", "target": "目标", "forecast": "预计"}
MODALITY = {"asserted": "", "planned": "（计划）", "negated": "（否定）"}
COMPARATOR = {"=": "", "~": "约", ">": "超过", ">=": "不低于", "<": "不到", "<=": "不超过"}
CHANGE = {"+": "升", "-": "降", None: ""}


def explain(graph: KnowledgeGraph, words: str, shown: int | None = SHOWN) -> Iterator[str]:
    """Lines of text about everything that is called so; none when nothing is. At most `shown` quotes per fact."""
    for number, node in enumerate(graph.find(words)):
        if number:
            yield ""
        if node in graph.statements:
            yield from _statement(graph, graph.statements[node], None)
        elif node in graph.observations:
            yield from _figure(graph, graph.observations[node])
        else:
            yield from _node(graph, node, shown)


def similar(graph: KnowledgeGraph, words: str, number: int = 5) -> list[str]:
    """Names that look like the words: those that hold them, or else those spelled alike."""
    names = list(dict.fromkeys(entity.name for entity in graph.entities.values()))
    holding = [name for name in names if fold(words) and fold(words) in fold(name)]
    return holding[:number] or get_close_matches(words, names, number)


def _node(graph: KnowledgeGraph, node: str, shown: int | None) -> Iterator[str]:
    yield from _heading(graph, node)
    statements, figures = graph.statements_of(node), graph.observations_of(node)
    for statement in statements:
        yield ""
        yield from _statement(graph, statement, shown)
    for seen in figures:
        yield ""
        yield from _figure(graph, seen)
    if not statements and not figures:
        yield ""
        yield "  mentioned only: no relation or figure"


def _heading(graph: KnowledgeGraph, node: str) -> Iterator[str]:
    found = graph.node(node)
    kind = node.partition("/")[0]
    label = entity_types()[kind].label if kind in entity_types() else kind
    if isinstance(found, Entity):
        second = f" · {entity_types()[kind].kinds.get(found.kind, found.kind)}" if found.kind else ""
        yield f"{found.name}  [{label}{second}]" + (f"  {found.within}" if found.within else "")
        if found.aliases:
            yield f"  also called: {'、'.join(found.aliases)}"
        if found.codes:
            yield f"  code: {'、'.join(found.codes)}"
    elif isinstance(found, DateNode):
        yield f"{found.edtf}  [{label}]"
        if found.labels:
            yield f"  printed as: {'、'.join(found.labels)}"
    elif isinstance(found, ArticleNode):
        yield f"{_origin(found)}  [{label}]"
    else:
        yield f"{graph.name(node)}  [{label}]"
    yield f"  {graph.base}{node}"
    if isinstance(found, Entity | DateNode) and found.mentioned_in:
        yield f"  mentioned in {len(found.mentioned_in)} article{'s' * (len(found.mentioned_in) > 1)}"


def _statement(graph: KnowledgeGraph, statement: Statement, shown: int | None) -> Iterator[str]:
    label = relation_types()[statement.predicate].label
    qualifier = f"（{statement.qualifier}）" if statement.qualifier else ""
    ends = graph.name(statement.subject), graph.name(statement.object)
    head = f"{ends[0]} —{label}{qualifier}→ {ends[1]}{MODALITY[statement.modality]}"
    yield f"  {head}   confidence {plain(statement.confidence)}"
    for evidence in statement.evidence[:shown]:
        yield from _evidence(graph, evidence)
    if shown is not None and len(statement.evidence) > shown:
        yield f"      … and {len(statement.evidence) - shown} more quotes"


def _figure(graph: KnowledgeGraph, seen: Observation) -> Iterator[str]:
    upper = "" if seen.upper is None else f"–{_grouped(seen.upper)}"
    number = f"{COMPARATOR[seen.comparator]}{_grouped(seen.value)}{upper}"
    time = f"（{graph.name(seen.time)}）" if seen.time else ""
    subject = f"{graph.name(seen.about)} · " if seen.about else ""
    value = f"{STATUS[seen.status]}{CHANGE[seen.change]}{number}{seen.unit}"
    yield f"  {subject}{graph.name(seen.metric)}{time}: {value}   confidence {plain(seen.confidence)}"
    if seen.stated_by:
        yield f"      according to {graph.name(seen.stated_by)}"
    yield from _evidence(graph, seen.evidence)


def _grouped(number: Decimal) -> str:
    """A number that can be read off: 680,000,000."""
    return format(Decimal(plain(number)), ",f")


def _evidence(graph: KnowledgeGraph, evidence: Evidence) -> Iterator[str]:
    before, after = evidence.before[-CLOSE:], evidence.after[:CLOSE]
    words = "".join((before, "【", evidence.quote, "】", after)).replace("\n", " ")
    yield f"      …{words}…"
    span = evidence.span
    yield f"      {_origin(graph.articles[evidence.article])}, characters {span.start}–{span.end}"
    yield f"      rule: {evidence.rule}"


def _origin(article: ArticleNode) -> str:
    title = f"《{article.title}》" if article.title else "(no title)"
    issued = f"{article.issued} ({article.issued_basis})" if article.issued else "no date"
    return ", ".join([title, issued, *article.sources])
