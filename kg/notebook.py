"""What a person has in hand: a graph with what is asked of it, each method a line over a module that does the work.

Modules that need pandas or matplotlib are imported when they are asked, so that a graph can be had without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sized
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg import DEFAULT_NER, cards, loading, pipeline, samples, select
from kg.graph import BASE_IRI, GraphData
from kg.model import Problem
from kg.pipeline import Build, Progress
from kg.reference import facts, one
from kg.resolution import Decision
from kg.select import Day
from kg.views import EvidenceView, View, Views, view
from kg.wording import so_many

if TYPE_CHECKING:
    import networkx
    import pandas as pd
    import rdflib

    from kg.charts import Plots
    from kg.conform import Check
    from kg.reference import Fact
    from kg.showing import Shown
    from kg.sparql import Triples


class KnowledgeGraph:
    """A graph to be asked. `graph` holds its plain records, `built` how it was made if that was just now.

    >>> import kg
    >>> kg.example()
    <KnowledgeGraph: 3 articles, 8 entities, 10 relations, 4 figures>
    """

    def __init__(self, graph: GraphData, built: Build | None = None, problems: Iterable[Problem] | None = None) -> None:
        self.graph = graph
        self.built = built
        self._problems = list(graph.problems if problems is None else problems)

    def __repr__(self) -> str:
        graph = self.graph
        sizes: dict[str, Sized] = {
            "article": graph.articles, "entity": graph.entities, "relation": graph.statements,
            "figure": graph.observations,
        }  # fmt: skip
        counted = (so_many(len(held), name) for name, held in sizes.items())
        return f"<KnowledgeGraph: {', '.join(counted)}>"

    def _repr_html_(self) -> str:
        return cards.graph(self.graph)

    # ---- the graph for other programs

    @property
    def nx(self) -> networkx.MultiDiGraph[str]:
        """What is asserted, as a networkx graph: nodes by id, edges by the id of their statement.

        Nodes have type, kind, name, aliases, …; edges predicate, label, evidence, confidence, weight, …

        >>> import kg
        >>> g = kg.example()
        >>> [data["label"] for _, _, data in g.nx.out_edges(g.find("自然资源部")[0].id, data=True)]
        ['印发、发布']
        """
        return self.graph.nx

    def to_rdf(self) -> rdflib.Graph:
        """The same triples as graph.ttl, as an rdflib graph. About 1.4 GB per million triples.

        >>> import kg
        >>> from kg.vocab import KG
        >>> g = kg.example()
        >>> len(list(g.to_rdf().subject_objects(KG.issued)))
        3
        """
        from kg.rdf import to_rdf

        return to_rdf(self.graph)

    def write(self, folder: str | Path) -> list[Path]:
        """Write the files of `kg build` into a folder: a part of a graph goes to Gephi or a triple store this way."""
        from kg.export import write_all

        graph = self.graph
        length = sum(article.length for article in graph.articles.values())
        files = len({source for article in graph.articles.values() for source in article.sources})
        return write_all(self.built or Build(graph, self._problems, files, length, {}), Path(folder))

    # ---- tables

    def entities(self) -> pd.DataFrame:
        """One row per named thing: type, kind, name, aliases, within, codes, articles, first_issued, last_issued.

        >>> import kg
        >>> kg.example().entities().query("type == 'Organization'")[["name", "kind"]].values.tolist()
        [['中国长江三峡集团有限公司', 'Company'], ['国家能源局', 'Ministry'], ['自然资源部', 'Ministry']]
        """
        from kg import frames

        return frames.entities(self.graph)

    def relations(self) -> pd.DataFrame:
        """One row per relation, planned and denied ones included (`modality`), with its first quote and article.

        >>> import kg
        >>> issued = kg.example().relations().query("relation == 'issued'")
        >>> issued[["subject", "object"]].values.tolist()[1:]
        [['国家能源局', '海上风电发展规划'], ['自然资源部', '海上风电发展规划']]
        """
        from kg import frames

        return frames.relations(self.graph)

    def figures(self) -> pd.DataFrame:
        """One row per figure: value and upper as numbers of `unit`, begin and end of its time, status, quote, article.

        >>> import kg
        >>> kg.example().figures()[["metric", "comparator", "value", "unit", "status", "time"]].values.tolist()[0]
        ['装机容量', '>=', 30000000.0, '千瓦', 'target', '2025']
        """
        from kg import frames

        return frames.figures(self.graph)

    def articles(self) -> pd.DataFrame:
        """One row per article: title, date, publisher, files, and how much is named and stated in it.

        >>> import kg
        >>> kg.example().articles()[["issued", "entities", "relations", "figures"]].values.tolist()[0]
        ['2021-12-28', 3, 3, 1]
        """
        from kg import frames

        return frames.articles(self.graph)

    def problems(self) -> pd.DataFrame:
        """One row per problem: input that was lost, what looks wrong, and what could not be decided and why.

        >>> import kg
        >>> len(kg.example().problems())
        0
        """
        from kg import frames

        return frames.problems(self._problems)

    def sparql(self, query: str) -> pd.DataFrame:
        """The answer to a SPARQL query, or to a shipped one by its name; the prefixes of graph.ttl are known.

        Numbers and days in the answer are numbers and days. A QueryError says what is wrong with a query.

        >>> import kg
        >>> g = kg.example()
        >>> g.sparql("SELECT ?value { ?figure kg:status 'target' ; kg:value ?value }").value.tolist()
        [30000000.0]
        >>> g.sparql("targets-due").reported.tolist()
        [40000000.0, 41270000.0]
        """
        return self._triples.ask(query)

    @cached_property
    def _triples(self) -> Triples:
        from kg.sparql import Triples

        return Triples(self.graph)

    # ---- questions

    def find(self, words: str) -> Views[View]:
        """All that is called so, by name or alias, or has this id, IRI or the 16 digits of one; empty if nothing is.

        >>> import kg
        >>> g = kg.example()
        >>> g.find("三峡集团")
        (中国长江三峡集团有限公司 [组织机构 · 企业],)
        >>> g.find("三峡集团")[0].statements
        (中国长江三峡集团有限公司 —承建、研发→ 青州海上风电场,)
        """
        return Views(view(self.graph, found) for found in self.graph.find(words))

    def ego(self, x: str | View, depth: int = 1, kinds: str | Iterable[str] | None = None) -> KnowledgeGraph:
        """The things within `depth` relations of x and all that is said between them; `kinds` are names of relations.

        >>> import kg
        >>> g = kg.example()
        >>> g.ego("青州海上风电场").entities().name.tolist()
        ['中国长江三峡集团有限公司', '阳江市', '青州海上风电场']
        >>> g.ego("青州海上风电场", depth=2, kinds="located_in").entities().name.tolist()
        ['广东省', '阳江市', '青州海上风电场']
        """
        return KnowledgeGraph(select.ego(self.graph, one(self.graph, x), depth, kinds))

    def subgraph(
        self, types: str | Iterable[str] | None = None, since: Day = None, until: Day = None
    ) -> KnowledgeGraph:
        """What is of these types or kinds, as told by articles issued from `since` to `until`, both days included.

        A time is a day or an EDTF date: 2024 is the whole year.

        >>> import kg
        >>> g = kg.example()
        >>> g.subgraph(types=["Ministry", "Policy"], until=2021).relations().subject.tolist()
        ['国家能源局', '海上风电发展规划', '自然资源部']
        """
        return KnowledgeGraph(select.subgraph(self.graph, types, since, until))

    def timeline(self, x: str | View) -> pd.DataFrame:
        """What is said about x and has a time, earliest first; `basis` is reported where only the article is dated.

        >>> import kg
        >>> g = kg.example()
        >>> g.timeline("青州海上风电场")[["time", "basis", "fact"]].values.tolist()[1:3]
        [['2024-06-28', 'said', 'completed_on'], ['2024-06-30', 'reported', 'undertakes']]
        """
        from kg import frames
        from kg.timeline import timeline

        return frames.timeline(self.graph, timeline(self.graph, one(self.graph, x)))

    def targets(self, due: Day = None) -> pd.DataFrame:
        """Targets, those whose time ends in `due` or all with a time, each with every later figure of the same thing.

        `gap` is the reported value less the target.

        >>> import kg
        >>> kg.example().targets(due=2025)[["target", "actual", "actual_time", "gap"]].values.tolist()[0]
        [30000000.0, 41270000.0, '2024-12', 11270000.0]
        """
        from kg import frames
        from kg.targets import targets

        return frames.targets(self.graph, targets(self.graph, due))

    def evidence(self, fact: Fact) -> Views[EvidenceView]:
        """The quotes that say a relation or a figure; of a thing, those of all its facts.

        A fact is a view, an id, an edge of `nx`, or a row or some rows of a table; a list of ids or views is several.

        >>> import kg
        >>> g = kg.example()
        >>> (quote,) = g.evidence(g.figures().iloc[0])
        >>> quote.quote, quote.before[-4:], quote.article.name
        ('装机容量达到3000万千瓦以上', '海上风电', '两部门印发海上风电发展规划')
        """
        return Views(quote for found in facts(self.graph, fact) for quote in found.evidence)

    # ---- pictures

    def show(self, height: int = 640) -> Shown:
        """The explorer in the cell: search, filters, neighbourhoods and quotes, offline; `height` is in pixels.

        >>> import kg
        >>> kg.example().show()
        <explorer: 3 articles, 8 entities, 10 relations, 4 figures>
        """
        from kg.showing import Shown

        return Shown(self.graph, repr(self).strip("<>").partition(": ")[2], height)

    @cached_property
    def plot(self) -> Plots:
        """Charts: g.plot.metric("装机容量"), g.plot.co_issuing(), g.plot.timeline("青州海上风电场")."""
        from kg.charts import Plots

        return Plots(self.graph)


def build(
    *paths: str | Path | Iterable[str | Path],
    sources_file: str | Path | None = None,
    issued: str | None = None,
    publisher: str | None = None,
    base_iri: str = BASE_IRI,
    jobs: int = 1,
    decisions: Iterable[Decision] | None = None,
    skip: str | Path | None = None,
    progress: Progress | None = None,
    ner: str = DEFAULT_NER,
    ner_threads: int = 1,
    ner_batch: int = 8,
    check: Check = "auto",
) -> KnowledgeGraph:
    """Read files and folders, named one by one or in a list, into one graph; the options are those of `kg build`.

    `check="none"` saves the second or two in which the graph is held against the SHACL shapes.
    Raises CannotRun when an option is wrong, a model is not here, or not one article can be read.

    >>> import kg
    >>> g = kg.build(["seeds/bulletin-2022-01.txt", "seeds/reform-2023-03.txt"])
    >>> len(g.articles()), g.built.sources
    (3, 2)
    """
    named = [path for one in paths for path in ([one] if isinstance(one, str | Path) else one)]
    built = pipeline.build(
        *named, sources_file=sources_file, issued=issued, publisher=publisher, base_iri=base_iri, jobs=jobs,
        decisions=decisions, skip=skip, progress=progress, ner=ner, ner_threads=ner_threads, ner_batch=ner_batch,
        check=check,
    )  # fmt: skip
    return KnowledgeGraph(built.graph, built, built.problems)


def load(folder: str | Path) -> KnowledgeGraph:
    """The graph in a folder that `kg build` wrote, or in its graph.ttl. A NoGraph says what is wrong.

    >>> import kg, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = kg.example().write(folder)
    ...     kg.load(folder)
    <KnowledgeGraph: 3 articles, 8 entities, 10 relations, 4 figures>
    """
    from kg.export.report import problems

    path = loading.graph_file(folder)
    return KnowledgeGraph(loading.load(path), problems=problems(path.with_name("report.json")))


def example() -> KnowledgeGraph:
    """The graph of three short made-up articles, to try things on.

    >>> import kg
    >>> kg.example().articles().title.tolist()
    ['两部门印发海上风电发展规划', '青州海上风电场投产', '海上风电装机容量超过4000万千瓦']
    """
    built = pipeline.build_sources(samples.sources(), check="none")
    return KnowledgeGraph(built.graph, built, built.problems)
