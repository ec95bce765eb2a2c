"""The look for HanLP's packages and weights before anything is read: exact words, a tenth of a second, status 2."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from extractors.ner import NotReady, hanlp_files
from extractors.ner.hanlp_files import DEFAULT_MODEL, Model, find_model, local
from extractors.ner.readers import chosen
from extractors.ontology import entity_types
from tests.counting import lines_run
from tests.test_cli import TEXT, kg

needs_hanlp = pytest.mark.skipif(find_spec("hanlp") is None, reason="needs the extra hanlp")
HUB = "https://file.hankcs.com/hanlp/"
SMALL = "close_tok_pos_ner_srl_dep_sdp_con_electra_small_20210111_124159"
ENCODER = "electra_zh_small_20210706_125427"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HANLP_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("HANLP_URL", raising=False)
    return tmp_path / "home"


def refusal(name: str) -> tuple[str, list[str]]:
    with pytest.raises(NotReady) as caught:
        find_model(name)
    return str(caught.value), [f"{p.where}: {p.message}" for p in caught.value.problems]


def lacking(place: Path, url: str) -> str:
    return f"{place}: not there; {place.name}.zip is to be had from {url}, and may lie there unpacked or as it is"


def config(folder: Path, transformer: str, *tasks: str, **more: object) -> dict[str, object]:
    return {
        "classpath": hanlp_files.MULTITASK,
        "encoder": {"transformer": transformer},
        **{task: {"dependencies": "tok", "trn": "https://example.org/corpus.zip#train"} for task in ("tok", *tasks)},
        **more,
    }


def make(folder: Path, *arguments: str, **more: object) -> Path:
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(config(folder, *arguments, **more)), encoding="utf-8")
    (folder / "model.pt").write_bytes(b"")
    return folder


@needs_hanlp
def test_weights_that_are_not_here(home: Path) -> None:
    message, missing = refusal(DEFAULT_MODEL)
    assert message == (
        f"--ner hanlp:{DEFAULT_MODEL}: files of the model are not here, and nothing is downloaded; they are looked for "
        f"under {home} (HANLP_HOME) and come from {HUB} (HANLP_URL)"
    )
    assert missing == [
        lacking(home / "mtl" / SMALL, f"{HUB}mtl/{SMALL}.zip"),
        lacking(home / "transformers" / ENCODER, f"{HUB}transformers/{ENCODER}.zip"),
    ]


@needs_hanlp
def test_the_archives_that_a_model_asks_for(home: Path) -> None:
    table = "https://file.hankcs.com/corpus/char_table.json.zip"
    encoder = "hfl/chinese-electra-180g-small-discriminator"
    transform = {"classpath": "hanlp.common.transform.NormalizeCharacter", "mapper": table}
    folder = make(home / "mtl" / SMALL, encoder, "ner/msra", "ner/ontonotes", "pos", transform=transform)
    place = home / "thirdparty/file.hankcs.com/corpus/char_table.json"
    _, missing = refusal(DEFAULT_MODEL)
    assert missing == [
        lacking(home / "transformers" / ENCODER, f"{HUB}transformers/{ENCODER}.zip"),
        lacking(place, table),
    ]
    assert refusal(str(folder))[1] == missing
    place.parent.mkdir(parents=True)
    place.write_text("{}", encoding="utf-8")
    archive = home / "transformers" / f"{ENCODER}.zip"
    archive.parent.mkdir()
    archive.write_bytes(b"half a download")
    assert "electra_zh_small_20210706_125427.zip is damaged, and to be had from" in refusal(DEFAULT_MODEL)[1][0]
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("vocab.txt", "")
    assert find_model(DEFAULT_MODEL) == Model(f"{HUB}mtl/{SMALL}.zip", "ner/ontonotes")
    assert find_model(str(folder)) == find_model(f"mtl/{SMALL}") == Model(str(folder), "ner/ontonotes")


@needs_hanlp
def test_an_archive_is_as_good_as_a_folder(home: Path, tmp_path: Path) -> None:
    (home / "mtl").mkdir(parents=True)
    (tmp_path / "bert").mkdir()
    (tmp_path / "bert/vocab.txt").write_text("", encoding="utf-8")
    with zipfile.ZipFile(home / "mtl" / f"{SMALL}.zip", "w") as packed:
        packed.writestr(f"{SMALL}/config.json", json.dumps(config(home, str(tmp_path / "bert"), "ner/pku")))
    assert find_model(DEFAULT_MODEL).task == "ner/pku"


@needs_hanlp
def test_a_mirror(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANLP_URL", "https://mirror.example.org/h/")
    hanlp_files._assigned.cache_clear()
    message, missing = refusal(DEFAULT_MODEL)
    hanlp_files._assigned.cache_clear()
    assert message.endswith("come from https://mirror.example.org/h/ (HANLP_URL)")
    assert missing[0] == lacking(home / "mtl" / SMALL, f"https://mirror.example.org/h/mtl/{SMALL}.zip")


@needs_hanlp
def test_hanlp_itself_looks_in_the_same_places(home: Path) -> None:
    from hanlp.layers.transformers.resource import model_mirrors, tokenizer_mirrors
    from hanlp.pretrained import mtl
    from hanlp.utils.io_util import path_from_url

    urls = [url for name, url in vars(mtl).items() if name.isupper() and isinstance(url, str) and url.endswith(".zip")]
    table = "https://file.hankcs.com/corpus/char_table.json.zip"
    assert len(urls) > 8
    for url in [*urls, table, *model_mirrors.values(), *tokenizer_mirrors.values()]:
        assert Path(path_from_url(url, str(home)).removesuffix(".zip")) == local(url)
    known = hanlp_files._assigned("pretrained/mtl.py")
    assert {known[name] for name in known if name != "HANLP_URL"} >= set(urls)
    mirrors = hanlp_files._assigned("layers/transformers/resource.py")
    assert mirrors == {
        **{f"tokenizer_mirrors {name}": url for name, url in tokenizer_mirrors.items()},
        **{f"model_mirrors {name}": url for name, url in model_mirrors.items()},
    }
    assert set(hanlp_files.ENCODERS.values()) <= set(tokenizer_mirrors)


@needs_hanlp
def test_encoders_of_hugging_face_and_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    folder = make(tmp_path / "a", "someone/some-bert", "ner")
    assert refusal(str(folder))[1] == [f"{tmp_path}/hf/hub/models--someone--some-bert: not there"]
    folder = make(tmp_path / "b", str(tmp_path / "gone"), "ner")
    assert refusal(str(folder))[1] == [f"{tmp_path}/gone: not there"]


@needs_hanlp
def test_folders_that_are_no_model_for_names(home: Path, tmp_path: Path) -> None:
    (tmp_path / "bert").mkdir()
    (tmp_path / "bert/vocab.txt").write_text("", encoding="utf-8")
    folder = make(tmp_path / "a", str(tmp_path / "bert"), "pos")
    assert refusal(str(folder))[0] == f"--ner hanlp:{folder}: the model recognises no names, its tasks are pos, tok"
    (folder / "config.json").write_text('{"classpath": "some.Tagger"}', encoding="utf-8")
    assert refusal(str(folder))[0] == f"{folder}: is no multi-task model of HanLP, its config.json says some.Tagger"
    (folder / "config.json").write_text("{", encoding="utf-8")
    assert refusal(str(folder))[0].startswith(f"{folder}: its config.json cannot be read: ")
    (folder / "model.pt").unlink()
    assert refusal(str(folder))[1] == [f"{folder / 'model.pt'}: not there; the folder of a model holds it"]
    assert refusal("NO_SUCH_MODEL")[0].startswith(
        f"--ner hanlp:NO_SUCH_MODEL: no folder, no folder under {home} (HANLP_HOME) or {home / 'mtl'}, and no "
        "multi-task model of HanLP's hub; those for Chinese names are OPEN_"
    )


@needs_hanlp
def test_the_look_imports_neither_torch_nor_hanlp() -> None:
    code = (
        "import sys\nfrom extractors.ner import NotReady\nfrom extractors.ner.hanlp_files import find_model\n"
        f"try:\n find_model({DEFAULT_MODEL!r})\nexcept NotReady: pass\n"
        "print('torch' in sys.modules, 'hanlp' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False False\n"
    refusal(DEFAULT_MODEL)
    assert lines_run(lambda: refusal(DEFAULT_MODEL)) < 2_000  # a look at some folders, and no search of the disk


@needs_hanlp
def test_the_command_stops_before_it_reads(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    for command in (("build", tmp_path / "a.txt", "--out", tmp_path / "out"), ("extract", tmp_path / "a.txt")):
        done = kg(*command, "--ner", "hanlp")
        assert done.returncode == 2 and done.stdout == ""
        first, second, last = done.stderr.splitlines()
        assert first == "note: " + lacking(home / "mtl" / SMALL, f"{HUB}mtl/{SMALL}.zip")
        assert f"transformers/{ENCODER}.zip" in second and last.startswith(
            f"kg: --ner hanlp:{DEFAULT_MODEL}: files of "
        )
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("absent", ["hanlp", "torch", "transformers"])
def test_a_package_that_is_not_installed(absent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hanlp_files, "find_spec", lambda name: None if name == absent else object())
    expected = f"--ner hanlp needs the package {absent}, which is not installed: pip install 'policykg[hanlp]'"
    assert refusal(DEFAULT_MODEL) == (expected, [])


def test_a_hanlp_that_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hanlp_files, "find_spec", lambda name: object())
    monkeypatch.setattr(hanlp_files, "version", lambda name: "2.1.3")
    expected = "--ner hanlp needs hanlp 2.1.4 or newer, this is 2.1.3: pip install 'policykg[hanlp]'"
    assert refusal(DEFAULT_MODEL) == (expected, [])


@pytest.mark.parametrize("words", ["", "hanpl", "hanlp:", "none:x", "embedded:x", "HANLP"])
def test_readers_that_do_not_exist(words: str) -> None:
    with pytest.raises(NotReady, match="write none, embedded, hanlp or hanlp:MODEL"):
        chosen(words)


def test_every_label_has_a_type_of_ours() -> None:
    from extractors.ner.multitask import TYPES

    assert set(TYPES.values()) <= set(entity_types())
