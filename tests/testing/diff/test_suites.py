"""The tests that a change needs, and what becomes of those that there are."""

from __future__ import annotations

from attrs import evolve

from guiju.testing.diff.new_tests import suite_for
from guiju.testing.diff.standing import restated
from guiju.testing.formats.jsonl import read, to_jsonl
from guiju.testing.suite import Criterion, Suite
from stall_rules import stalls
from testing.diff.two_versions import Edit, difference, edited, topic, version

AGE: Edit = ("摊主.年龄 < 18岁", "摊主.年龄 <= 18岁")
FEE: Edit = ("12.50元", "13.50元")


def suite(*edits: Edit) -> Suite:
    """The tests that an edit needs."""
    return suite_for(difference(*edits), version(edited(*edits)), {}, 0).suite


def test_each_case_is_a_test_with_the_new_answer() -> None:
    """What was said and what is said now is why it is there."""
    found = suite(FEE)
    reasons = [each for test in found.tests for each in test.reasons if each.criterion is Criterion.MUTANTS]
    assert [each.text.zh for each in reasons] == ["结果不同：此前有规定：12.50 元；现在有规定：13.50 元"]
    assert [str(value) for value in found.tests[0].expected.values] == ["13.50"]
    assert found.corpus == version(edited(FEE)).digest


def test_the_bounds_of_what_changed() -> None:
    """Below, at and above the new bound, and of no norm that is as it was."""
    found = suite(AGE)
    ages = {test.case["摊主.年龄"] for test in found.tests}
    assert {17, 18, 19} <= ages
    assert {norm for test in found.tests for each in test.reasons for norm in each.norms} >= {"市办法.未成年"}
    about = {each.norms[0] for t in found.tests for each in t.reasons if each.criterion is Criterion.BOUNDARY}
    assert about == {"市办法.未成年"}
    assert found.counts[Criterion.BOUNDARY].total > 0
    without = suite_for(difference(AGE), version(edited(AGE)), {}, 0, bounds=False).suite
    assert len(without.tests) == len(topic(difference(AGE), "摊主·出摊").changes)


def test_what_is_written_is_read() -> None:
    """As lines of JSON, in which each test still says what the rules say."""
    found = suite(AGE, FEE)
    kept = read(to_jsonl(found), "new.jsonl")
    assert kept == found
    assert len(restated(kept.tests, version(edited(AGE, FEE))).holding) == len(found.tests)


def test_no_test_where_the_new_version_has_no_words() -> None:
    """A question that is gone; a member that is."""
    edits = (("则 费用 为 12.50元", "则 摊主 可 出摊"), ("则 费用 为 20.00元", "则 摊主 可 出摊"))
    made = suite_for(difference(*edits), version(edited(*edits)), {}, 0, bounds=False)
    assert "费用: silent" in made.left_out
    assert "费用" not in {test.question for test in made.suite.tests}
    fewer = (("{果蔬, 熟食, 百货}", "{果蔬, 百货}"), ("摊主.经营 = 熟食", "摊主.经营 = 百货"))
    other = suite_for(difference(*fewer), version(edited(*fewer)), {}, 0, bounds=False)
    assert {test.case["摊主.经营"] for test in other.suite.tests} == {"百货"}
    assert other.left_out == ("摊主·出摊: eligible", "摊主·出摊: discretion")


def test_tests_that_hold_change_and_cannot_be_asked() -> None:
    """The old answers under the new rules."""
    old = suite_for(difference(AGE), stalls(), {}, 0).suite
    new = restated(old.tests, version(edited(AGE)))
    assert [each.test.case["摊主.年龄"] for each in new.changed] == [18] * len(new.changed)
    assert {(each.test.expected.verdict, each.now.verdict) for each in new.changed} == {
        ("eligible", "ineligible"),
        ("ineligible", "ineligible"),  # until a day, and without end
    }
    assert new.holding
    assert not new.unaskable
    renamed = restated(old.tests, version(edited(("健康证", "合格证"))))
    assert "健康证" in renamed.unaskable[0].why.zh
    assert len(renamed.unaskable) == len(old.tests)


def test_why_a_test_cannot_be_asked() -> None:
    """Each part of what it asks may be gone."""
    (test, *_) = suite(FEE).tests
    wrong = {
        "没有问题": evolve(test, question="收费"),
        "没有地域": evolve(test, at="西区"),
        "没有读法": evolve(test, readings={"停摊起算": "自收件日"}),
        "不在时限": evolve(test, on=test.on.replace(year=2050)),
    }
    for words, each in wrong.items():
        (found,) = restated([each], stalls()).unaskable
        assert words in found.why.zh
    needs = version(edited(("则 费用 为 12.50元", "当 摊主.年龄 >= 18岁\n  则 费用 为 12.50元")))
    (found,) = restated([test], needs).unaskable
    assert "没有给出" in found.why.zh
