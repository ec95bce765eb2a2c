"""A HanLP multi-task model that is trained in seconds: `python -m tests.tinymodel FOLDER` writes FOLDER/model.

Tokens and two tasks for names on a random BERT of two layers: too small to be of use, real enough for hanlp.load.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

NAMES = {
    "ORG": ("云岭 光电", "海川 机器人", "青松 药业", "长河 半导体", "国家 发展 和 改革 委员会"),
    "PERSON": ("陈立川", "周雪莹", "吴明远", "刘晓东"),
    "GPE": ("合肥", "无锡", "绵阳", "株洲"),
}
SENTENCES = (
    "ORG 在 GPE 投产 新 生产线 。",
    "PERSON 表示 ， ORG 将 扩大 投资 。",
    "GPE 的 ORG 任命 PERSON 为 总工程师 。",
    "记者 PERSON 从 GPE 获悉 ， 项目 进展 顺利 。",
    "PERSON 、 PERSON ， ORG ， 在 GPE 。",
)
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def labelled(count: int) -> list[list[tuple[str, str]]]:
    """Sentences as (token, label) pairs, the labels in IOBES with the names of OntoNotes."""
    draw = random.Random(1)
    found = []
    for _ in range(count):
        sentence: list[tuple[str, str]] = []
        for word in draw.choice(SENTENCES).split():
            tokens = draw.choice(NAMES[word]).split() if word in NAMES else [word]
            inner = ["B", *"M" * (len(tokens) - 2), "E"] if len(tokens) > 1 else ["S"]
            sentence += [(t, f"{i}-{word}" if word in NAMES else "O") for t, i in zip(tokens, inner, strict=True)]
        found.append(sentence)
    return found


def write_data(folder: Path) -> None:
    """Files as HanLP's loaders read them, and the random encoder with its vocabulary."""
    import torch
    from transformers import BertConfig, BertModel

    for name, count in (("trn", 240), ("dev", 20)):
        sentences = labelled(count)
        tokens = (" ".join(token for token, _ in s) for s in sentences)
        lines = ("".join(f"{token}\t{label}\n" for token, label in s) for s in sentences)
        (folder / f"{name}.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
        (folder / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    letters = {c for words in (*SENTENCES, *(n for names in NAMES.values() for n in names)) for c in words}
    vocabulary = [*SPECIAL, *sorted(letters - {" "})]
    torch.manual_seed(1)
    size = {"hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 128,
            "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}  # fmt: skip
    BertModel(BertConfig(vocab_size=len(vocabulary), **size)).save_pretrained(folder / "bert")
    (folder / "bert/vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    (folder / "bert/tokenizer_config.json").write_text(
        '{"tokenizer_class": "BertTokenizer", "do_lower_case": true}', encoding="utf-8"
    )


def train(folder: Path) -> None:
    import torch
    from transformers import optimization

    if not hasattr(optimization, "AdamW"):  # transformers 5 leaves it to torch; HanLP asks for it when it trains
        optimization.AdamW = torch.optim.AdamW
    from hanlp.common.dataset import SortingSamplerBuilder
    from hanlp.components.mtl.multi_task_learning import MultiTaskLearning
    from hanlp.components.mtl.tasks.ner.tag_ner import TaggingNamedEntityRecognition
    from hanlp.components.mtl.tasks.tok.tag_tok import TaggingTokenization
    from hanlp.layers.embeddings.contextual_word_embedding import ContextualWordEmbedding

    torch.set_num_threads(1)
    write_data(folder)
    common = {"sampler_builder": SortingSamplerBuilder(batch_size=16), "lr": 1e-2}
    text, labels = ({part: str(folder / f"{part}.{ending}") for part in ("trn", "dev")} for ending in ("txt", "tsv"))
    tasks = {
        "tok": TaggingTokenization(**text, **common),
        "ner/msra": TaggingNamedEntityRecognition(**labels, **common, dependencies="tok"),
        "ner/ontonotes": TaggingNamedEntityRecognition(**labels, **common, dependencies="tok"),
    }
    encoder = ContextualWordEmbedding("token", str(folder / "bert"), max_sequence_length=512, average_subwords=True)
    MultiTaskLearning().fit(
        encoder, tasks, str(folder / "model"), epochs=6, lr=1e-3, encoder_lr=2e-3, devices=-1, seed=1, eval_trn=False
    )


if __name__ == "__main__":
    train(Path(sys.argv[1]))
