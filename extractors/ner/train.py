"""Train the embedded reader of names with HanLP and export it.

    python -m extractors.ner.train --work FOLDER --out extractors/ner/names.npz \\
        --universal zh_gsdsimp-ud-train.iob2 --keyed FOLDER [--without 3] [--hold-out N OF] \\
        --raw FOLDER [--raw-characters N] [--apart FOLDER]

`--universal` is a Universal NER file; `--keyed` a folder with texts/*.txt and gold/*.json, of which `--without 3`
leaves alone those whose number 3 divides; `--raw` a folder of raw text that our rules label, without the pieces that
stand in the texts of an `--apart` folder (on which one wants to measure). Needs torch and `hanlp>=2.1.4,<2.2`, with
setuptools below 81. The model is HanLP's RNNNamedEntityRecognizer: character vectors, one BiLSTM, a CRF.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import torch
from hanlp.components.ner.rnn_ner import RNNNamedEntityRecognizer
from hanlp.layers.crf.crf import CRF
from hanlp.layers.embeddings.word2vec import Word2VecEmbedding
from hanlp.utils.time_util import CountdownTimer

from extractors.ner.augment import Pool
from extractors.ner.samples import Sample, articles, cut, keyed, silver, universal
from extractors.ner.symbols import UNKNOWN, symbols
from extractors.ner.vectors import write_vectors
from extractors.ner.weights import IMPOSSIBLE, export

_RAREST = 3


def may_follow(left: str, right: str) -> bool:
    """IOBES: B and I go on with the same type, all else begins anew. The empty string is the end of a sentence.

    >>> may_follow("B-Place", "E-Place"), may_follow("B-Place", "O"), may_follow("O", "E-Place"), may_follow("O", "")
    (True, False, False, True)
    """
    if left[:1] in {"B", "I"}:
        return right[:1] in {"I", "E"} and left[1:] == right[1:]
    return right[:1] in {"O", "B", "S", ""}


class _FastCRF(CRF):  # type: ignore[misc]
    """HanLP's CRF with the sum over previous tags as a product of matrices: the same number in a tenth of the time."""

    def _compute_normalizer(self, emissions: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        transitions = self.transitions.exp()
        score = self.start_transitions + emissions[0]
        for i in range(1, emissions.size(0)):
            top = score.max(dim=1, keepdim=True)[0].detach()
            summed = ((score - top).exp() @ transitions).clamp_min(1e-30).log() + top + emissions[i]
            score = torch.where(mask[i].unsqueeze(1), summed, score)
        return torch.logsumexp(score + self.end_transitions, dim=1)


class NameReader(RNNNamedEntityRecognizer):  # type: ignore[misc]
    """HanLP's reader with repairs: its CRF takes the batch first and knows IOBES, and training decodes nothing."""

    def build_model(self, *args: Any, **kwargs: Any) -> torch.nn.Module:
        model = super().build_model(*args, **kwargs)
        tags = self.vocabs["tag"].idx_to_token
        crf = _FastCRF(len(tags))
        crf.batch_first = True
        with torch.no_grad():
            for i, left in enumerate(tags):
                if left[0] in "IE":
                    crf.start_transitions[i] = IMPOSSIBLE
                if not may_follow(left, ""):
                    crf.end_transitions[i] = IMPOSSIBLE
                for j, right in enumerate(tags):
                    if not may_follow(left, right):
                        crf.transitions[i, j] = IMPOSSIBLE
        model.crf = crf
        return model

    def build_scheduler(self, optimizer: Any, epochs: int, **kwargs: Any) -> Any:
        return torch.optim.lr_scheduler.LambdaLR(optimizer, lambda epoch: max(0.1, 1 - epoch / epochs))

    def fit_dataloader(self, trn: Any, criterion: Any, optimizer: Any, *args: Any, **kwargs: Any) -> None:
        self.model.train()
        timer, total = CountdownTimer(len(trn)), 0.0
        for index, batch in enumerate(trn):
            optimizer.zero_grad()
            out, mask = self.feed_batch(batch)
            loss = self.compute_loss(criterion, out, batch["tag_id"], mask) / mask.sum()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            optimizer.step()
            total += loss.item()
            timer.log(f"loss: {total / (index + 1):.4f}", ratio_percentage=False, logger=kwargs.get("logger"))


def write_tsv(samples: Iterable[Sample], known: frozenset[str], path: Path) -> None:
    """One line for each character with its tag, an empty line between samples."""
    with path.open("w", encoding="utf-8") as out:
        for sample in samples:
            for char, tag in zip(symbols(sample.text), sample.tags(), strict=True):
                out.write(f"{char if char in known else UNKNOWN}\t{tag}\n")
            out.write("\n")


def _keys(options: argparse.Namespace) -> tuple[list[Path], list[Path]]:
    """Keys to train on and keys held out."""
    keys = sorted((options.keyed / "gold").glob("*.json")) if options.keyed else []
    keys = [k for k in keys if not options.without or int(k.stem[1:]) % options.without]
    number, of = options.hold_out or (-1, 1)
    return [k for i, k in enumerate(keys) if i % of != number], [k for i, k in enumerate(keys) if i % of == number]


def _gold(keys: Iterable[Path]) -> list[Sample]:
    return [s for key in keys for s in keyed(key.parent.parent / "texts" / f"{key.stem}.txt", key)]


def _rough(options: argparse.Namespace, files: Sequence[Path], draw: random.Random) -> list[Sample]:
    """Silver samples: nothing that stands in a text kept apart, and of pieces without a name one in five."""
    apart = {s.text for folder in options.apart for a in articles(sorted(folder.iterdir())) for s in cut(a.text, ())}
    rough, size = list[Sample](), 0
    for sample in silver(files):
        if sample.text not in apart and (sample.labels or draw.random() < 0.2):
            rough.append(sample)
            size += len(sample.text)
        if size >= options.raw_characters:
            break
    return rough


def _corpus(options: argparse.Namespace) -> tuple[list[Sample], list[Sample], list[str]]:
    """Samples to train on, samples held out, and all raw text."""
    draw = random.Random(options.seed)
    seen, held = _keys(options)
    files = sorted(options.raw.iterdir()) if options.raw else []
    draw.shuffle(files)
    gsd = [s for path in options.universal for s in universal(path)]
    gold, rough = _gold(seen), _rough(options, files, draw)
    pool = Pool([*gsd, *gold, *rough], options.seed)
    samples = [*gsd, *(gold * options.repeat), *pool.varied(rough, 0.5), *pool.varied(gold * options.repeat, 0.7)]
    draw.shuffle(samples)
    return samples, _gold(held), [a.text for a in articles(files)]


def train(options: argparse.Namespace) -> NameReader:
    """Train on the corpora of the options and save HanLP's model under the work folder."""
    work: Path = options.work
    work.mkdir(parents=True, exist_ok=True)
    samples, held, raw = _corpus(options)
    counts = Counter(c for s in samples for c in symbols(s.text))
    vectors = work / "vectors.txt"
    write_vectors([*raw, *(s.text for s in samples)], options.size, _RAREST, vectors)
    known = frozenset(line.split(" ", 1)[0] for line in vectors.read_text(encoding="utf-8").splitlines())
    write_tsv(samples, known, work / "train.tsv")
    write_tsv(held or samples[:200], known, work / "dev.tsv")
    print(f"{len(samples)} samples, {sum(counts.values())} characters, {len(known)} symbols; held out {len(held)}")
    reader = NameReader()
    reader.fit(
        str(work / "train.tsv"), str(work / "dev.tsv"), str(work / "model"),
        batch_size=options.batch, epochs=options.epochs, rnn_hidden=options.hidden, drop=options.drop, lr=options.rate,
        embed=Word2VecEmbedding("token", str(vectors), normalize="std", trainable=True, word_dropout=options.word_drop),
        tagging_scheme="IOBES", token_delimiter="", patience=options.epochs,
        seed=options.seed, devices=-1,
    )  # fmt: skip
    return reader


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the options, train, export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="folder for what training writes")
    parser.add_argument("--out", type=Path, required=True, help="the exported file (.npz)")
    parser.add_argument("--universal", type=Path, action="append", default=[], help="a Universal NER file (.iob2)")
    parser.add_argument("--keyed", type=Path, help="a folder with texts/*.txt and gold/*.json")
    parser.add_argument("--without", type=int, help="leave alone keys whose number this divides")
    parser.add_argument("--hold-out", type=int, nargs=2, metavar=("N", "OF"), help="measure on every OF-th key from N")
    parser.add_argument("--raw", type=Path, help="a folder of raw text for silver labels")
    parser.add_argument(
        "--apart", type=Path, action="append", default=[], help="a folder of texts that raw text may hold"
    )
    parser.add_argument("--raw-characters", type=int, default=420_000)
    parser.add_argument("--repeat", type=int, default=2, help="how often each keyed text stands in an epoch")
    parser.add_argument("--size", type=int, default=64, help="numbers in a character's vector")
    parser.add_argument("--hidden", type=int, default=96, help="units of the LSTM in each direction")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--drop", type=float, default=0.3)
    parser.add_argument("--word-drop", type=float, default=0.05)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=20261120)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    export(train(options), options.out)


if __name__ == "__main__":
    main()
