"""What the analyses of sanctions must show of the real instruments, and must not.

The expectations were worked out from the texts by hand, article by article.
"""

from __future__ import annotations

from guiju.checker.finding import Finding, Report


def of(report: Report, code: str) -> list[Finding]:
    return [f for f in report.findings if f.code == code]


def cited(findings: list[Finding]) -> list[list[str]]:
    """The provisions of each finding."""
    return [list(dict.fromkeys(f"{n.instrument} {n.citations[0]}" for n in f.norms)) for f in findings]


def test_who_keeps_silent_knowingly_may_fare_better(findings: Report) -> None:
    """Article 16 (2) against 17 (3) of Changji's measure, and what follows a greater loss: nothing else."""
    found = of(findings, "Q205")
    assert cited(found) == [
        ["昌吉服务办法 第十七条(三)", "昌吉服务办法 第十六条(二)"],
        ["昌吉服务办法 第十六条(四)", "昌吉服务办法 第十五条(三)"],
    ]
    assert "作为特别规定优先" in found[0].message.zh
    assert "假定" not in found[1].message.zh


def test_no_ladder_lacks_a_rung_between(findings: Report) -> None:
    """The ladders of the seven instruments end early or begin late; none has a hole."""
    assert of(findings, "Q207") == []


def test_a_standard_to_be_consulted_is_sanctioned(findings: Report) -> None:
    """Changzhou's article 6 only refers to the local standard; 8 (2) 3 deducts points for not meeting it."""
    found = of(findings, "G308")
    assert cited(found) == [["常州倒查机制 第六条", "常州倒查机制 第八条(二)3"]]
    assert [dict(way) for way in found[0].readings] == [{"参考标准": "违反亦处理"}]


def test_duties_without_a_consequence(findings: Report) -> None:
    """What the agencies and officers must do and nothing follows from; what is sanctioned is not among it."""
    found = [f for f in of(findings, "G307") if not f.subject.startswith("untold")]
    shown = {(n.instrument, n.citations[0]) for f in found for n in f.norms}
    assert {
        ("昌吉服务办法", "第八条"),
        ("昌吉服务办法", "第十九条第一款"),
        ("常州倒查机制", "第四条(二)"),
        ("丽水一件事方案", "二(二)8"),
    } <= shown
    assert (
        not {
            ("昌吉服务办法", "第四条第二款"),  # 15 (1): qualifications
            ("昌吉服务办法", "第十九条第二款"),  # the same paragraph: fees
            ("昌吉反三违办法", "第二条"),  # 10: any breach
            ("昌吉四项活动办法", "第四条"),  # 10: any breach
            ("武进专家办法", "第十条(五)"),  # 21: breach of duties
            ("武进机构办法", "第十二条"),  # 22 (1): qualifications
        }
        & shown
    )
