"""HanLP's multi-task models as a reader of names: the only module that imports hanlp when text is read.

A model tokenises, then labels the tokens of each sentence; what it labels is proposed, with the offsets of the article.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

from extractors.model import Span
from extractors.ner import NotReady, Proposal, Proposer
from extractors.ner.gazetteer import names
from extractors.ner.hanlp_files import INSTALL, find_model
from extractors.sentences import sentences

# Encoders see 512 pieces with the two marks at the ends (HanLP issue 1906).
LONGEST = 500
PAUSES = "，,；;：、 　\t"

# Labels of OntoNotes, MSRA (two spellings) and PKU → our types. NORP, dates and numbers are nothing to propose.
TYPES = {
    "ORG": "Organization", "ORGANIZATION": "Organization", "NT": "Organization", "nt": "Organization",
    "PERSON": "Person", "PER": "Person", "NR": "Person", "nr": "Person",
    "GPE": "Place", "LOC": "Place", "LOCATION": "Place", "NS": "Place", "ns": "Place",
    "FAC": "Place", "FACILITY": "Place",
    "EVENT": "Event",
    "LAW": "Policy",
    "PRODUCT": "Product",
    "WORK_OF_ART": "Work", "WORK OF ART": "Work",
}  # fmt: skip


def load(name: str, threads: int, batch: int) -> Proposer:
    """The proposer of a model: hub name, local folder or name under HANLP_HOME. A NotReady says why there is none."""
    model = find_model(name)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # what is missing was said; nothing is fetched behind the user's back
    said = io.StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(said):
            import hanlp
            import torch

            torch.set_num_threads(threads)
            component = hanlp.load(model.load, devices=-1, verbose=False)
    except Exception as error:
        raise NotReady(f"--ner hanlp:{name}: HanLP cannot load {model.load}: {_cause(error)}") from error
    return _Reader(component, model.task, batch).propose


def _cause(error: BaseException) -> str:
    """What went wrong first: HanLP stumbles over its own error report where setuptools 81 has no pkg_resources."""
    masked = isinstance(error, ModuleNotFoundError) and error.name == "pkg_resources"
    if masked and error.__context__ is not None:
        error = error.__context__
    elif isinstance(error, ImportError):
        return f"{error}; {INSTALL}"
    return f"{type(error).__name__}: {error}".splitlines()[0]


class _Reader:
    """A loaded model with all its tasks dropped but tokens and names."""

    def __init__(self, model: Any, task: str, batch: int) -> None:
        from hanlp.common.dataset import SortingSamplerBuilder

        groups = model.resolve_tasks(task, None)
        wanted = {name for group in groups for name in group}
        for name in [name for name in model.tasks if name not in wanted]:
            del model[name]
        self._model, self._task = model, task
        self._tokens = next((name for name in groups[0] if name.startswith("tok")), "")
        if not self._tokens:
            raise NotReady(f"--ner hanlp: the model's task {task} wants tokens, and none of its tasks makes any")
        tokeniser = model[self._tokens]
        tokeniser.dict_combine = set(names())
        tokeniser.config.output_spans = True  # tokens with their offsets
        tokeniser.sampler_builder = SortingSamplerBuilder(batch_size=batch)
        # A table of characters that makes one character two would shift what follows.
        transform = model.config.get("transform")
        self._convert = getattr(transform, "convert", None)
        self._sure = _Sureness(model, task)

    def propose(self, text: str) -> list[Proposal]:
        """Names that the model sees in a text, in text order."""
        pieces = [piece for sentence in sentences(text) for piece in cut(text, sentence)]
        if not pieces:
            return []
        found = self._model([self._plain(piece.of(text)) for piece in pieces], tasks=self._task)
        proposals = []
        for number, piece in enumerate(pieces):
            tokens = found[self._tokens][number]
            for _, label, first, last in found[self._task][number]:
                span = _trimmed(text, piece.start + tokens[first][1], piece.start + tokens[last - 1][2])
                if label in TYPES and piece.contains(span) and span.start < span.end:
                    sure = self._sure.of(number, label, first, last)
                    proposals.append(Proposal(span.start, span.end, TYPES[label], sure))
        self._sure.forget()
        return sorted(proposals, key=lambda p: (p.start, p.end, p.type))

    def _plain(self, words: str) -> str:
        """The words as the model may have them: each character stays one character, so that offsets stay true."""
        return "".join(map(self._one, words))

    def _one(self, character: str) -> str:
        if "\ud800" <= character <= "\udfff":  # half a character, which no tokeniser takes
            return "\ufffd"
        if self._convert and len(made := self._convert(character)) != 1:
            return str(made[:1]) or "\ufffd"
        return character


class _Sureness:
    """The probabilities behind the labels, overheard from the model's decoder: HanLP itself keeps them to itself."""

    def __init__(self, model: Any, task: str) -> None:
        labels: Sequence[str] = model[task].vocabs["tag"].idx_to_token if "tag" in model[task].vocabs else ()
        self._labels: dict[str, list[int]] = {}
        for number, label in enumerate(labels):
            self._labels.setdefault(label.partition("-")[2], []).append(number)
        self._first = int(bool(model[task].cls_is_bos))  # a mark for the beginning may stand before the tokens
        self._heard: dict[int, Any] = {}
        model.model.decoders[task].register_forward_hook(self._hear, with_kwargs=True)

    def _hear(self, _: Any, __: Any, keywords: dict[str, Any], scores: Any) -> None:
        if getattr(scores, "ndim", 0) == 3 and self._labels:
            self._heard.update(zip(keywords["batch"]["_idx_"], scores.softmax(-1), strict=True))

    def of(self, sentence: int, label: str, first: int, last: int) -> float:
        """How probable it is, of the least probable token, that it belongs to a name of this type; 1 if unknown."""
        if sentence not in self._heard or label not in self._labels:
            return 1.0
        tokens = self._heard[sentence][first + self._first : last + self._first, self._labels[label]]
        return round(float(tokens.sum(-1).min()), 4)

    def forget(self) -> None:
        self._heard.clear()


def cut(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence in pieces of at most 500 characters, cut after the last pause that fits.

    >>> [(s.start, s.end) for s in cut("字" * 400 + "，" + "字" * 700, Span(0, 1101))]
    [(0, 401), (401, 901), (901, 1101)]
    """
    start = sentence.start
    while sentence.end - start > LONGEST:
        pause = max(text.rfind(mark, start, start + LONGEST) for mark in PAUSES)
        stop = pause + 1 if pause > start else start + LONGEST
        yield Span(start, stop)
        start = stop
    yield Span(start, sentence.end)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
