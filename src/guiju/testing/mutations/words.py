"""What is written wrong, in a line of words."""

from __future__ import annotations

from attrs import field, frozen

from guiju.checker.phrasing import phrase
from guiju.compiler.kernel import AtLeast, Compare, Corpus, Expr, Order, walk
from guiju.dsl.source import Bilingual
from guiju.testing.clauses import is_condition
from guiju.testing.mutations.literals import Variant
from guiju.testing.mutations.rows import record_of

#: How long a passage that is quoted may be, in Chinese and in English.
_LONGEST = (60, 120)
_CUT = "…"


@frozen(eq=False)
class Words:
    """Says passages of one norm; what was said once is remembered."""

    corpus: Corpus
    _said: dict[Expr, Bilingual] = field(factory=dict, init=False)

    def of(self, expr: Expr) -> Bilingual:
        """``expr`` in words, cut short where it is long; a condition on a row says of what."""
        found = self._said.get(expr)
        if found is None:
            found = self._said[expr] = _cut(phrase(_closed(expr), self.corpus))
        return found

    def written(self, old: Expr, new: Expr) -> Bilingual:
        """That ``new`` is written in place of ``old``."""
        return instead(self.of(old), self.of(new))

    def changed(self, whole: Expr, here: Expr, variant: Variant) -> Bilingual:
        """That a literal of ``whole`` is written as another, which makes it ``here``.

        Where the passage is too long to be quoted, the literals are.
        """
        old, new = self.of(whole), self.of(here)
        if old.zh.endswith(_CUT) or new.zh.endswith(_CUT):
            said = self.written(variant.old, variant.new)
            return Bilingual(f"{said.zh}：{old.zh}", f"{said.en}: {old.en}")
        return instead(old, new)


def instead(old: Bilingual, new: Bilingual) -> Bilingual:
    """That ``new`` is written in place of ``old``, both in words."""
    return Bilingual(f"{old.zh} 写成 {new.zh}", f"{old.en} written as {new.en}")


def _closed(expr: Expr) -> Expr:
    """``expr`` as it can be said alone: what is asked of a row, as that there is such a row."""
    record = record_of(expr)
    if record is None:
        return expr
    if is_condition(expr):
        return AtLeast(1, record, expr)
    # A term with a condition inside cannot be said without knowing the types of the fields.
    asks = any(is_condition(each) for each in walk(expr))
    return AtLeast(1, record, Compare(Order.EQ, expr, expr)) if asks else expr


def _cut(words: Bilingual) -> Bilingual:
    zh, en = _LONGEST
    if len(words.zh) <= zh and len(words.en) <= en:
        return words
    return Bilingual(words.zh[: zh - 1] + _CUT, words.en[: en - 1] + _CUT)
