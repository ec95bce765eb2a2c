"""Facts and places in words, as a person reads them off a page: for `kg explain` and for notebooks."""

from __future__ import annotations

from decimal import Decimal

from extractors.ontology import entity_types, relation_types
from kg.block import plain
from kg.graph import GraphData
from kg.model import ArticleNode, Entity, Observation, Statement

# A graph that somebody has changed may have other words than these; they are shown as they are.
STATUS = {"actual": "", "target": "目标", "forecast": "预计"}
MODALITY = {"asserted": "", "planned": "（计划）", "negated": "（否定）"}
COMPARATOR = {"=": "", "~": "约", ">": "超过", ">=": "不低于", "<": "不到", "<=": "不超过"}
CHANGE = {"+": "升", "-": "降", None: ""}


def type_words(found: object, node: str) -> str:
    """组织机构 · 国家机关: the type of a node, and its kind where it has one."""
    kind = node.partition("/")[0]
    known = entity_types().get(kind)
    if known is None:
        return kind
    second = found.kind if isinstance(found, Entity) else None
    return known.label + (f" · {known.kinds.get(second, second)}" if second else "")


def statement_words(graph: GraphData, statement: Statement) -> str:
    """水利部 —印发、发布→ 灌区办法（计划）"""
    label = relation_types()[statement.predicate].label
    qualifier = f"（{statement.qualifier}）" if statement.qualifier else ""
    ends = graph.name(statement.subject), graph.name(statement.object)
    return f"{ends[0]} —{label}{qualifier}→ {ends[1]}{MODALITY.get(statement.modality, statement.modality)}"


def figure_words(graph: GraphData, seen: Observation) -> str:
    """北京市 · 保有量（2025）: 目标约50,000辆"""
    time = f"（{graph.name(seen.time)}）" if seen.time else ""
    subject = f"{graph.name(seen.about)} · " if seen.about else ""
    return f"{subject}{graph.name(seen.metric)}{time}: {amount(seen)}"


def amount(seen: Observation) -> str:
    """目标约50,000辆: the number with its unit, and whether it is a target, an estimate, a rise or a fall."""
    upper = "" if seen.upper is None else f"–{_grouped(seen.upper)}"
    number = f"{COMPARATOR.get(seen.comparator, seen.comparator)}{_grouped(seen.value)}{upper}"
    return f"{STATUS.get(seen.status, seen.status)}{CHANGE.get(seen.change, seen.change)}{number}{seen.unit}"


def _grouped(number: Decimal) -> str:
    """A number that can be read off: 680,000,000."""
    return format(Decimal(plain(number)), ",f")


def origin(article: ArticleNode) -> str:
    """《两部门印发氢能规划》, 2024-03-05 (printed), a.txt"""
    title = f"《{article.title}》" if article.title else "(no title)"
    issued = f"{article.issued} ({article.issued_basis})" if article.issued else "no date"
    return ", ".join([title, issued, *article.sources])


def so_many(number: int, what: str) -> str:
    """A number with its noun.

    >>> so_many(1, "entity"), so_many(1200, "entity"), so_many(2, "article")
    ('1 entity', '1,200 entities', '2 articles')
    """
    plural = f"{what.removesuffix('y')}ies" if what.endswith("y") else f"{what}s"
    return f"{number:,} {what if number == 1 else plural}"
