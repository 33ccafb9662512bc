"""What fuzzing found, as small as it gets. Mistakes that are reported now stand in ``tests/corpus/``."""

from __future__ import annotations

import pytest

from guiju.compiler.kernel import Const, Integer, Sum, WhichValue
from guiju.compiler.typing import check_corpus
from with_world import corpus_of


@pytest.mark.parametrize("amount", ["200元 - 1", "1 + 200元", "200元 + 1 - 1"])
def test_a_number_without_a_unit_beside_one_with(amount: str) -> None:
    """It is of that unit, also in a sum: the kernel adds nothing else."""
    corpus = corpus_of(f"文件 甲 发布 市局 地域 市 施行 2020-01-01 规则 乙 当 占道 则 罚款 为 {amount}")
    check_corpus(corpus)
    (norm,) = (each for each in corpus.norms if isinstance(each.question, WhichValue))
    position = norm.position.value
    assert isinstance(position, Sum)
    units = {
        arg.type.unit for arg in position.args if isinstance(arg, Const) and isinstance(arg.type, Integer)
    }
    assert units == {"元"}


def test_a_number_without_a_unit_added_to_a_fact() -> None:
    """The same, held with the decimals of the fact."""
    rule = "规则 乙 当 应缴 + 1 > 200元 则 摊主 不得 经营"
    check_corpus(corpus_of(f"文件 甲 发布 市局 地域 市 施行 2020-01-01 {rule}"))
