"""``guiju source``, from end to end: texts as they really come, each with a precise report, never a crash."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guiju.cli.app import guiju
from market_texts import PLAN, RULES, TWO
from word_files import Word

ROOT = Path(__file__).parents[2]
TEXTS = Path(os.environ.get("GUIJU_SOURCES", ROOT.parent / "shared" / "sources"))
TITLE = "临湖市流动摊位管理办法（试行）"
LISTED = (
    '"第一条" "第二条" "第三条(一)" "第三条(二)" "第三条(三)" "第三条第二款" "第四条" "第四条(一)"'
    ' "第四条(二)1" "第四条(二)2" "第五条" "附件1" "附件2"'
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(guiju, ["source", *map(str, arguments)])


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """A corpus of two instruments, of which everything is marked as left out."""
    folder = tmp_path / "specs"
    folder.mkdir()
    (folder / "world.gj").write_text("法域 市\n机关 局\n", encoding="utf-8")
    (folder / "rules.gj").write_text(
        f'文件 办法 标题 "{TITLE}" 发布 局 地域 市 施行 2020-01-01\n  目录 {LISTED}\n不编 {LISTED} 因 宣示\n',
        encoding="utf-8",
    )
    (folder / "plan.gj").write_text(
        '文件 方案 标题 "夜市整治方案" 发布 局 地域 市 施行 2020-01-01\n'
        '  目录 "通知" "引言" "一" "二" "三"\n不编 "通知" "引言" "一" "二" "三" 因 宣示\n',
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def text(tmp_path: Path, specs: Path) -> Path:
    """The text of both instruments, locked; the path is that of the first one."""
    for name, content in (("rules.txt", RULES), ("plan.txt", PLAN)):
        (tmp_path / name).write_text(content, encoding="utf-8")
        assert run("lock", tmp_path / name, specs).exit_code == 0
    return tmp_path / "rules.txt"


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def refused(result: Result, *words: str) -> None:
    """Assert that the file was refused with these words, and no traceback."""
    assert (result.exit_code, result.stdout) == (2, ""), result.stdout
    assert "Traceback" not in result.stderr
    assert [word for word in words if word not in result.stderr] == []


# --- check --------------------------------------------------------------------------------------------------


def test_the_same_text(text: Path, specs: Path) -> None:
    """By its title, without a word of where it belongs; ``check`` need not be written."""
    result = run(text, specs)
    assert (result.exit_code, result.stdout) == (
        0,
        f"《{TITLE}》（办法）：文本相同（条款 17），目录齐全。\n",
    )
    assert run("check", text, specs, "--instrument", "办法").exit_code == 0
    assert run("--instrument", TITLE, text, specs).exit_code == 0


def test_a_text_with_missing_articles(text: Path, specs: Path) -> None:
    """Each is named; the text is not the same."""
    short = "\n".join(line for line in RULES.split("\n") if not line.startswith(("第二条", "（二）不")))
    result = run(written(text.with_name("short.txt"), short), specs)
    assert result.exit_code == 1
    assert result.stdout == (
        f"《{TITLE}》（办法）：文本不同。\n"
        "  文本中缺少 2：\n    - 第二条\n    - 第三条(二)\n"
        "  目录列出，文本中没有 2：\n    ? 第二条\n    ? 第三条(二)\n"
    )


def test_another_instruments_text(text: Path, specs: Path) -> None:
    """It is said whose it is."""
    result = run(text.with_name("plan.txt"), specs, "--instrument", "办法")
    assert result.exit_code == 1
    assert "这是别的文件的文本：《夜市整治方案》" in result.stdout
    assert "与 方案 的锁相合" in result.stdout


def test_gbk_encoding(text: Path, specs: Path) -> None:
    """The same text; the encoding is told."""
    result = run(written(text.with_name("gbk.txt"), RULES.encode("gbk")), specs)
    assert result.exit_code == 0
    assert "S011" in result.stdout
    assert "GB18030" in result.stdout
    assert "文本相同" in result.stdout


def test_full_width_digits(text: Path, specs: Path) -> None:
    """Widths are typography."""
    wide = RULES.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.()"}).replace("十个", "十  个")
    assert run(written(text.with_name("wide.txt"), wide), specs).exit_code == 0


def test_markdown(text: Path, specs: Path) -> None:
    """So are headings and stars."""
    marked = "".join(f"## **{line}**\n\n" if line else "\n" for line in RULES.split("\n"))
    assert run(written(text.with_name("rules.md"), marked), specs).exit_code == 0


def test_a_docx_with_tables_and_footnotes(text: Path, specs: Path) -> None:
    """The same text from Word: cells are text, footnotes are not, and both are told."""
    word = Word()
    for line in RULES.split("\n"):
        if line.startswith("第五条"):
            word.footnote(line, "见登记规定")
        elif line == "姓名":
            word.table([["姓名"], ["地址"]])
        elif line and line != "地址":
            word.paragraphs(line)
    result = run(written(text.with_name("rules.docx"), word.bytes()), specs)
    assert result.exit_code == 0, result.stdout
    assert "脚注 1 处" in result.stdout
    assert "文本相同" in result.stdout


def test_a_change_in_a_cell_is_a_change_of_the_annex(text: Path, specs: Path) -> None:
    """Tables are provisions."""
    result = run(written(text.with_name("cell.txt"), RULES.replace("姓名\n", "姓名和电话\n")), specs)
    assert result.exit_code == 1
    assert "  文字有改动 1：\n    ~ 附件1（第 23 行）\n" in result.stdout


def test_json(text: Path, specs: Path) -> None:
    """The same as data."""
    changed = written(text.with_name("new.txt"), RULES.replace("盲道；\n（三）", "车道；\n（三）"))
    result = run(changed, specs, "--format", "json")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert document["version"] == 1
    assert document["text"]["encoding"] == "utf-8"
    (instrument,) = document["instruments"]
    assert (instrument["same"], instrument["locked"], instrument["other"]) == (False, True, None)
    assert instrument["differences"] == [{"kind": "changed", "label": "第三条(二)", "to": None, "line": 9}]


def test_in_english(text: Path, specs: Path) -> None:
    """Labels and titles are the same."""
    result = run(text, specs, "--lang", "en")
    assert "the same text (17 provisions), and all of it is listed." in result.stdout


def test_a_provision_that_the_spec_passes_over(text: Path, specs: Path) -> None:
    """Neither listed, or listed and neither encoded nor marked."""
    spec = specs / "rules.gj"
    source = spec.read_text(encoding="utf-8")
    spec.write_text(source.replace('"第一条" ', "").replace('不编 "第二条" ', "不编 "), encoding="utf-8")
    result = run(text, specs)
    assert result.exit_code == 1
    assert "文本相同，编码不齐全" in result.stdout
    assert "  目录没有列出 1：\n    ! 第一条（第 5 行）\n" in result.stdout
    assert "既没有编码，也没有注明理由 1：\n    ! 第二条\n" in result.stdout


def test_without_a_lock(text: Path, specs: Path) -> None:
    """Not verified is not the same."""
    (specs / "rules.lock").unlink()
    result = run(text, specs)
    assert result.exit_code == 1
    assert "没有锁" in result.stdout


def test_several_instruments_in_one_text(tmp_path: Path, specs: Path) -> None:
    """Each by its title; ``--part`` chooses one; what nobody encoded is said."""
    (specs / "night.gj").write_text(
        '文件 夜市办法 标题 "夜市管理办法" 发布 局 地域 市 施行 2020-01-01\n'
        '  目录 "第一条" "第二条"\n不编 "第一条" "第二条" 因 宣示\n',
        encoding="utf-8",
    )
    path = written(tmp_path / "two.txt", TWO)
    assert run("lock", path, specs).exit_code == 0
    result = run(path, specs)
    assert result.exit_code == 0
    assert "《早市管理办法》：库中没有这个文件。" in result.stdout
    assert run(path, specs, "--part", "夜市管理办法").exit_code == 0
    refused(run(path, specs, "--part", "早市管理办法"), "早市管理办法")
    refused(run(path, specs, "--part", "午市"), "午市", "2. 夜市管理办法", "3. 早市管理办法")


# --- bad input ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["check", "lock", "split", "lint"])
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("big5.txt", RULES.encode("big5", "ignore"), ("S001", "字节")),
        ("broken.txt", RULES.encode()[:200] + b"\xff" + RULES.encode()[200:], ("S001", "UTF-8")),
        ("empty.txt", b"", ("S002", "空")),
        ("a.pdf", b"%PDF-1.4", ("S002", "PDF")),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), ("S003", "密码")),
        ("a.docx", b"PK\x03\x04 no more", ("S004", "损坏")),
        ("b.docx", RULES.encode(), ("S004",)),
    ],
)
def test_what_cannot_be_read(
    tmp_path: Path, specs: Path, action: str, name: str, content: bytes, words: tuple[str, ...]
) -> None:
    """Status 2, the file, the code, and what to do."""
    refused(run(action, written(tmp_path / name, content)), name, *words)


def test_a_text_that_is_not_there(tmp_path: Path, specs: Path) -> None:
    """Or is a folder."""
    refused(run(tmp_path / "none.txt", specs), "none.txt")
    refused(run("lint", tmp_path), tmp_path.name)


def test_an_action_that_does_not_exist(tmp_path: Path) -> None:
    """The one that was meant is named."""
    refused(run("splti", tmp_path / "x.txt"), "split")


def test_a_text_of_no_instrument(text: Path, specs: Path) -> None:
    """Its title is told."""
    other = written(text.with_name("other.txt"), "早市管理办法\n第一条 早市八点收摊。\n")
    refused(run(other, specs), "早市管理办法", "--instrument")


def test_an_instrument_that_does_not_exist(text: Path, specs: Path) -> None:
    """With a suggestion."""
    refused(run(text, specs, "--instrument", "办发"), "办发", "办法")


def test_a_damaged_lock(text: Path, specs: Path) -> None:
    """It is not taken for no lock."""
    (specs / "rules.lock").write_text("{", encoding="utf-8")
    refused(run(text, specs), "rules.lock", "S021")


def test_specs_with_mistakes(text: Path, specs: Path) -> None:
    """Nothing is compared."""
    (specs / "rules.gj").write_text("规则 规则", encoding="utf-8")
    refused(run(text, specs), "rules.gj")


# --- lock, split, lint --------------------------------------------------------------------------------------


def test_a_lock_is_not_made_of_another_text(text: Path, specs: Path) -> None:
    """Unless it is said on purpose."""
    plan = text.with_name("plan.txt")
    refused(run("lock", plan, specs, "--instrument", "办法"), "夜市整治方案", "--part 1")
    assert run("lock", plan, specs, "--instrument", "办法", "--part", "1").exit_code == 0


def test_locking_again_writes_the_same(text: Path, specs: Path) -> None:
    """Byte for byte."""
    before = (specs / "rules.lock").read_bytes()
    assert run("lock", text, specs).exit_code == 0
    assert (specs / "rules.lock").read_bytes() == before


def test_the_tree(tmp_path: Path) -> None:
    """Labels with how each provision begins."""
    result = run(
        "split", written(tmp_path / "x.txt", "夜市办法\n第一条 应当：\n（一）持证；\n（二）清扫。\n")
    )
    assert (result.exit_code, result.stdout) == (
        0,
        "1. 《夜市办法》\n  标题  夜市办法\n  第一条  应当：\n"
        "    第一条(一)  持证；\n    第一条(二)  清扫。\n",
    )


def test_the_tree_as_json(tmp_path: Path) -> None:
    """With texts, digests and places."""
    document = json.loads(run("split", written(tmp_path / "x.txt", RULES), "--format", "json").stdout)
    (part,) = document["parts"]
    article = next(p for p in part["provisions"] if p["label"] == "第三条")
    assert [child["label"] for child in article["children"]] == ["第三条第一款", "第三条第二款"]
    assert article["children"][0]["children"][0]["text"] == "持证出摊；"


def test_the_skeleton_is_accepted_as_it_is(tmp_path: Path, specs: Path) -> None:
    """A spec that begins with it covers the text."""
    path = written(tmp_path / "x.txt", RULES)
    clause = run("split", path, "--skeleton").stdout.partition("\n")[2]
    labels = clause.replace("目录", "").strip()
    (specs / "rules.gj").write_text(
        f'文件 办法 标题 "{TITLE}" 发布 局 地域 市 施行 2020-01-01\n{clause}不编 {labels} 因 宣示\n',
        encoding="utf-8",
    )
    assert run("lock", path, specs).exit_code == 0
    assert run(path, specs).exit_code == 0


def test_lint(tmp_path: Path) -> None:
    """Each slip with its line and carets; warnings give status 1."""
    path = written(tmp_path / "x.txt", "夜市办法\n第一条 帮助摊主摊主。\n第三条 完。\n")
    result = run("lint", path)
    assert result.exit_code == 1
    assert result.stdout == (
        "警告 S161: “摊主”重复\n"
        f"  --> {path}:2:7\n"
        "   | 第一条 帮助摊主摊主。\n"
        "   |            ^^^^^^^^\n\n"
        "错误 S102: 第三条之前缺第二条\n"
        f"  --> {path}:3:1\n"
        "   | 第三条 完。\n"
        "   | ^^^^^^\n\n"
        "错误 1，警告 1，提示 0。\n"
    )
    assert run("lint", path, "--fail-on", "never").exit_code == 0
    assert "S161" not in run("lint", path, "--severity", "error").stdout


def test_lint_as_json(tmp_path: Path) -> None:
    """With code, severity, place and both languages."""
    path = written(tmp_path / "x.txt", "夜市办法\n第一条 七日内办结。\n")
    result = run("lint", path, "--format", "json")
    assert result.exit_code == 0
    (remark,) = json.loads(result.stdout)["remarks"]
    assert (remark["code"], remark["severity"], remark["place"]["line"]) == ("S171", "info", 2)
    assert all(remark["message"][lang] for lang in ("zh", "en"))


def test_the_standard_input() -> None:
    """A dash stands for it."""
    result = CliRunner().invoke(guiju, ["source", "lint", "-"], input=RULES.encode())
    assert (result.exit_code, result.stdout) == (0, "错误 0，警告 0，提示 0。\n")


# --- the real texts -----------------------------------------------------------------------------------------

LOCKS = sorted((ROOT / "specs").rglob("*.lock"))


def test_every_instrument_with_articles_of_its_own_has_a_lock() -> None:
    """At least the ones whose texts we work from."""
    assert {path.stem for path in LOCKS} >= {"traceback", "agencies", "experts"}


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the texts of the regulations are not here")
@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_specs_encode_these_very_texts(path: Path) -> None:
    """Each text is the one that was encoded, and every provision of it is accounted for."""
    result = run(path, ROOT / "specs", "--format", "json")
    document = json.loads(result.stdout)
    differences = [(i["instrument"], d) for i in document["instruments"] for d in i["differences"]]
    assert (result.exit_code, differences) == (0, [])
