"""A small corpus and reports on it, built by hand, for the tests of the reports and the command line."""

from __future__ import annotations

import datetime as dt

from guiju.checker.finding import Finding, NormRef, ProvedBy, Report, Severity, Undecided, Witness
from guiju.checker.load import Loaded
from guiju.compiler.doctrine import Defeat, Doctrine, Grade
from guiju.compiler.kernel import (
    TRUE,
    Boolean,
    Case,
    Corpus,
    Date,
    Deed,
    Enumeration,
    Fact,
    Instrument,
    Integer,
    MayDo,
    Modality,
    Norm,
    Reading,
    Record,
)
from guiju.dsl.diagnostics import Diagnostic
from guiju.dsl.source import Bilingual, Place, Source

FILE = "specs/stalls.gj"
TEXT = """\
instrument 甲办法
    规则 摊主节假日营业 依 第五条
instrument 乙办法
    规则 夜市节假日休市 依 第九条(二)、附件一
"""
SOURCES = {FILE: Source(FILE, TEXT)}

OPENS = Place(FILE, 2, 8, 7)
CLOSES = Place(FILE, 4, 8, 7)
FIRST = NormRef("甲办法", "甲办法.摊主节假日营业", ("第五条",), OPENS)
SECOND = NormRef("乙办法", "乙办法.夜市节假日休市", ("第九条(二)", "附件一"), CLOSES)


def _norm(ref: NormRef, modality: Modality) -> Norm:
    question = MayDo(Deed("摊主", "营业"))
    return Norm(
        f"{ref.rule}/1",
        ref.rule,
        ref.instrument,
        ref.citations,
        TRUE,
        question,
        modality,
        "市",
        place=ref.place,
    )


CORPUS = Corpus(
    horizon=(dt.date(2020, 1, 1), dt.date(2035, 12, 31)),
    territories={"市": None, "区": "市"},
    ranks={},
    authorities={},
    facts={
        "摊位.夜市": Fact("摊位.夜市", Boolean()),
        "摊位.面积": Fact("摊位.面积", Integer(0, 100000, "平方米", scale=2)),
        "摊位.类别": Fact("摊位.类别", Enumeration("类别", ("食品", "百货"))),
        "摊位.期限": Fact("摊位.期限", Integer(0, 60, "months")),
    },
    records={"违规": Record("违规", {"日期": Date(), "罚款": Integer(0, 10**9, "元", scale=2)})},
    readings={
        "试行起算": Reading("试行起算", ("自施行日", "自印发日")),
        "节假日": Reading("节假日", ("法定", "含周末")),
    },
    actions={},
    outcomes={},
    instruments={
        "甲办法": Instrument("甲办法", "摊位管理办法", "市局", "市"),
        "乙办法": Instrument("乙办法", "夜市管理办法", "区局", "区"),
    },
    norms=(_norm(FIRST, Modality.OBLIGED), _norm(SECOND, Modality.FORBIDDEN)),
)

WITNESS = Witness(
    Case(
        facts={"摊位.期限": 36, "摊位.面积": 1250, "摊位.夜市": True, "摊位.类别": "食品"},
        records={"违规": ({"日期": dt.date(2025, 5, 1), "罚款": 20000}, {"日期": dt.date(2025, 6, 1)})},
    ),
    dt.date(2026, 10, 1),
    "区",
    {"节假日": "法定"},
)

#: An unsettled conflict with everything that a finding can have.
CONFLICT = Finding(
    "C101",
    Severity.ERROR,
    (FIRST, SECOND),
    Bilingual("“营业”既被要求又被禁止", "“营业” is both obliged and forbidden"),
    ProvedBy.REPLAYED,
    witness=WITNESS,
    readings=({"试行起算": "自印发日", "节假日": "法定"}, {"节假日": "含周末"}),
    by_default=False,
    subject="摊主 营业",
    details={"relation": "dominated"},
)

#: A conflict that the hierarchy settles, as an argument.
SETTLED = Finding(
    "C103",
    Severity.WARNING,
    (FIRST, SECOND),
    Bilingual("两个期间同起不同止", "two spans start alike and end differently"),
    ProvedBy.REPLAYED,
    witness=Witness(Case(), dt.date(2026, 1, 1), "市"),
    settled_by=Defeat(
        "甲办法.摊主节假日营业/1",
        "乙办法.夜市节假日休市/2",
        Doctrine.SUPERIOR,
        Grade.ARGUED,
        "市局是区局的上级",
    ),
    subject="摊主 营业 期间",
)

#: A finding without witness, about a header.
HEADER = Finding(
    "T402",
    Severity.INFO,
    (),
    Bilingual("《夜市管理办法》没有写明施行日期", "《夜市管理办法》 does not say when it takes effect"),
    ProvedBy.STRUCTURE,
    subject="乙办法",
    place=Place(FILE, 3, 12, 3),
)

UNDECIDED = Undecided("甲办法.摊主节假日营业 是否多余", "预算用尽", (FIRST,))

ENGINE = {"guiju": "0.1.0", "z3": "5.4.0", "budget": "20000000"}
STATISTICS = {"pairs": 12, "queries": 7}


def report(*findings: Finding, undecided: tuple[Undecided, ...] = ()) -> Report:
    """A report of these findings."""
    return Report(findings, undecided, STATISTICS, "0123abcd", ENGINE)


FULL = report(CONFLICT, SETTLED, HEADER, undecided=(UNDECIDED,))
CLEAN = report()
LOADED = Loaded(CORPUS, (), SOURCES)

MISTAKE = Diagnostic(
    "E201",
    Place(FILE, 4, 8, 7),
    Bilingual("规则重名", "the rule is declared twice"),
    Bilingual("换一个名字", "choose another name"),
    ((OPENS, Bilingual("前一个在这里", "the first one is here")),),
)
BROKEN = Loaded(None, (MISTAKE,), SOURCES)
