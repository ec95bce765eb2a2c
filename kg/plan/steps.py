"""The stages one after the other: from what was read to triples and tables, whoever runs them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.lexicon import lexicon
from kg.header import Count, Header, header
from kg.model import About, Judgement, Problem, fold, make_id
from kg.plan.bags import Card, Named, opened
from kg.plan.judging import ANSWER, COLLECT, JUDGE, PART, Parting, asked_names, grouped
from kg.plan.keeping import COUNT, KEEP
from kg.plan.merging import MEET, MERGE, SHARE, Merging, successors, touched
from kg.plan.naming import BLOCK, CARD, CARD_PEOPLE, NAME, OFFICES, PAIR, Carding, Naming, routed
from kg.plan.stage import Frame, Runner
from kg.plan.stating import DATE, FIGURE, LABEL, STATE, STATEMENT, Stating
from kg.resolution import Decision, Resolution
from kg.resolution.candidates import Use
from kg.resolution.editions import yearly
from kg.resolution.meant import with_meanings
from kg.resolution.replay import Replay
from kg.resolution.reprints import earliest
from kg.resolution.steps import In, agree, strongest
from kg.resolution.successors import judge_successors
from kg.resolution.successors import successors as known_successors


@dataclass(slots=True)
class Done:
    """What the plan came to; triples and tables are in the bags."""

    count: Count
    numbers: Mapping[str, Mapping[str, int]]  # for the report
    problems: Sequence[Problem]
    judgements: Sequence[Judgement]
    reprints: int

    def header(self, frame: Frame, about: About) -> Header:
        """The header of what was written."""
        variant = "align " * frame.align + "rdf12 " * frame.rdf12
        return header(self.count, about, frame.base, variant)


def carry_out(runner: Runner, frame: Frame, decisions: Iterable[Decision]) -> Done:
    """Run all stages on the bags `told`, `texts` and `problems`."""
    runner.run(KEEP, frame)
    runner.run(COUNT, frame)
    runner.drop("texts", "sources")
    resolution = _Resolving(runner, frame, decisions).resolved()
    runner.drop("uses", "people")
    runner.run(LABEL, frame)
    runner.run(DATE, frame)
    runner.drop("labels", "dates")
    stating = Stating(frame, resolution)
    runner.run(STATE, stating)
    runner.drop("told", "kept", "names")
    runner.run(STATEMENT, stating)
    runner.run(FIGURE, stating)
    runner.drop("claims", "figures")
    return _done(runner, resolution)


def _done(runner: Runner, resolution: Resolution) -> Done:
    count, numbers = Count(), dict[str, Counter[str]]()
    for tally in runner.gather("tallies"):
        count.add(opened(tally))
        for what, found in tally.numbers.items():
            numbers.setdefault(what, Counter()).update(found)
        resolution.decided.hear(tally.heard)
    problems = [*runner.gather("problems"), *resolution.problems, *resolution.decided.unheard(resolution.absorbed)]
    problems.sort(key=lambda problem: (problem.where, problem.message))
    return Done(count, numbers, problems, resolution.judgements, len(resolution.copies))


class _Resolving:
    """The stages of resolution; what is kept here is small: judgements, places with codes, nodes that share keys."""

    def __init__(self, runner: Runner, frame: Frame, decisions: Iterable[Decision]) -> None:
        self.runner = runner
        self.frame = frame
        self.decisions = tuple(decisions)
        listed = {node for line in known_successors() for node in map(_body, (line.predecessor, line.successor))}
        self.listed = frozenset(listed | {node for d in self.decisions for node in (d.left, d.right) if node})
        self.sent: dict[In, str] = {}

    def resolved(self) -> Resolution:
        told = self._named()
        cards = self._cards()
        runner, frame = self.runner, self.frame
        known = {c.entity.id: c for c in cards}
        found = [*told, *runner.gather("judgements")]
        runner.drop("judgements")
        ruled, wanted = self._judged(cards)
        known |= {c.entity.id: c for c in wanted}
        listed = {node: None for node in self.listed if node in known}
        ruled += judge_successors(listed)  # type: ignore[arg-type]
        found += strongest(ruled, self.decided.judgements(known))
        names = self.decided.names

        def name(node: str) -> str:
            return known[node].entity.name if node in known else names.get(node, node)

        agreed = agree(found, name, lambda node: known[node].articles if node in known else 0)
        merging = Merging(frame, agreed, self.decided, successors(agreed.judgements), touched(agreed))
        runner.run(SHARE, merging)
        runner.run(MERGE, merging)
        runner.drop("shares")
        runner.run(MEET, merging)
        runner.drop("meetings")
        problems = [*self.unmeant, *self.decided.problems(agreed.judgements)]
        return Resolution(
            (), (), agreed.judgements, problems, self.decided, self.sent, agreed.moved, agreed.absorbed, self._copies()
        )  # fmt: skip

    def _named(self) -> list[Judgement]:
        """Names by node, after what decisions and the calendar move."""
        runner, frame = self.runner, self.frame
        meant: dict[str, list[Decision]] = {}
        for decision in self.decisions:
            if decision.judgement == "means":
                meant.setdefault(decision.value.partition(" ")[0], []).append(decision)
        retypes = [d for d in self.decisions if d.judgement == "retype"]
        kinds = frozenset(d.left.partition("/")[0] for d in retypes), frozenset(d.value for d in retypes)
        runner.run(NAME, Naming(frame, self.listed | _yearly_nodes(), meant, *kinds))
        for article in runner.gather("met"):
            del meant[article]
        self.unmeant = with_meanings((), (d for some in meant.values() for d in some))[1]
        readers: dict[str, int] = {}
        named: dict[str, list[Use]] = {}
        for found in sorted(runner.gather("picked"), key=lambda n: (n.use.scene.article, n.use.seen.id)):
            readers[found.use.scene.article] = found.part
            named.setdefault(found.use.seen.id, []).append(found.use)
        runner.drop("picked")
        self.decided = Replay(self.decisions, named)
        self.listed |= self.decided.nodes
        self.sent, told = yearly(named)
        runner.put(
            routed(Named(readers[use.scene.article], use), frame.parts) for some in named.values() for use in some
        )
        return told

    def _copies(self) -> dict[str, str]:
        """By article the one that it reprints."""
        self.runner.run(PAIR, self.frame)
        issued: dict[str, str] = {}
        pairs = []
        for one, other in self.runner.gather("pairs"):
            issued |= dict((one, other))
            pairs.append((one[0], other[0]))
        self.runner.drop("bands", "pairs", "met")
        return earliest(pairs, issued)

    def _cards(self) -> list[Card]:
        """What is known of places and listed nodes; namesakes are parted on the way."""
        runner, carding = self.runner, Carding(self.frame, self.listed)
        runner.run(OFFICES, self.frame)
        runner.run(CARD, carding)
        cards = [*runner.gather("gazetteer"), *runner.gather("cards")]
        runner.drop("asked", "gazetteer", "cards")
        runner.run(PART, Parting(self.frame, cards))
        runner.drop("persons")
        self.sent |= {(old, article): new for old, article, new in runner.gather("sent")}
        runner.run(CARD_PEOPLE, carding)
        cards += [*runner.gather("cards")]
        runner.drop("cards", "sent")
        return cards

    def _judged(self, cards: Sequence[Card]) -> tuple[list[Judgement], list[Card]]:
        """What rules say, and the nodes that share keys."""
        runner = self.runner
        runner.run(BLOCK, self.frame)
        groups = grouped(self.frame, runner.gather("blocks"))
        runner.drop("members", "blocks")
        runner.run(COLLECT, groups)
        wanted = list(runner.gather("wanted"))
        by_id = {c.entity.id: c for c in wanted}
        names = asked_names((block for some in groups.blocks.values() for block in some), by_id)
        groups = replace(groups, names=names)
        runner.run(ANSWER, groups)
        every = {c.entity.id: c for c in (*cards, *runner.gather("owners"), *wanted)}
        runner.run(JUDGE, replace(groups, cards=tuple(every.values()), names=frozenset()))
        ruled = list(runner.gather("judgements"))
        runner.drop("cases", "wanted", "owners", "judgements")
        return ruled, wanted


def _body(name: str) -> str:
    return make_id("Organization", fold(name), "")


def _yearly_nodes() -> frozenset[str]:
    """What comes every year, under its bare name."""
    return frozenset(make_id(kind, fold(word), "") for word in lexicon("yearly") for kind in ("Event", "Policy"))
