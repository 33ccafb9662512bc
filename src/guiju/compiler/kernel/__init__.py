"""The kernel: the small calculus that every construct of the language is lowered to.

It is only data. Its meaning is stated in ``docs/semantics.md``; ``evaluate`` executes that
document and ``smt`` encodes it. The classes here trust that they were built by ``lower`` from a tree that
type-checked; ``typing`` re-checks an expression and is used by the tests.

Three kinds of value can stand where a term is expected:

* an ordinary value (``bool``, ``int``, ``str`` for a member of an enumeration, ``datetime.date``),
* *undefined*: the earliest or latest of no rows; an atom over an undefined term is false,
* *unknown*: a fact that the case does not give; the connectives follow Kleene's strong tables.
"""

from guiju.compiler.kernel.cases import Case as Case
from guiju.compiler.kernel.cases import Context as Context
from guiju.compiler.kernel.cases import Example as Example
from guiju.compiler.kernel.cases import Expectation as Expectation
from guiju.compiler.kernel.corpus import Corpus as Corpus
from guiju.compiler.kernel.corpus import WorkCalendar as WorkCalendar
from guiju.compiler.kernel.corpus import digest_ready as digest_ready
from guiju.compiler.kernel.declarations import Action as Action
from guiju.compiler.kernel.declarations import Annex as Annex
from guiju.compiler.kernel.declarations import Assumption as Assumption
from guiju.compiler.kernel.declarations import Authority as Authority
from guiju.compiler.kernel.declarations import Basis as Basis
from guiju.compiler.kernel.declarations import Category as Category
from guiju.compiler.kernel.declarations import Claim as Claim
from guiju.compiler.kernel.declarations import Fact as Fact
from guiju.compiler.kernel.declarations import Gap as Gap
from guiju.compiler.kernel.declarations import HandOver as HandOver
from guiju.compiler.kernel.declarations import Instrument as Instrument
from guiju.compiler.kernel.declarations import Outcome as Outcome
from guiju.compiler.kernel.declarations import Override as Override
from guiju.compiler.kernel.declarations import Passing as Passing
from guiju.compiler.kernel.declarations import Power as Power
from guiju.compiler.kernel.declarations import Precedence as Precedence
from guiju.compiler.kernel.declarations import Rank as Rank
from guiju.compiler.kernel.declarations import Reading as Reading
from guiju.compiler.kernel.declarations import Record as Record
from guiju.compiler.kernel.declarations import Reference as Reference
from guiju.compiler.kernel.declarations import Trace as Trace
from guiju.compiler.kernel.declarations import Variants as Variants
from guiju.compiler.kernel.expressions import FALSE as FALSE
from guiju.compiler.kernel.expressions import NEVER as NEVER
from guiju.compiler.kernel.expressions import TRUE as TRUE
from guiju.compiler.kernel.expressions import And as And
from guiju.compiler.kernel.expressions import AtLeast as AtLeast
from guiju.compiler.kernel.expressions import Clip as Clip
from guiju.compiler.kernel.expressions import Compare as Compare
from guiju.compiler.kernel.expressions import Const as Const
from guiju.compiler.kernel.expressions import DaysBetween as DaysBetween
from guiju.compiler.kernel.expressions import Expr as Expr
from guiju.compiler.kernel.expressions import Extreme as Extreme
from guiju.compiler.kernel.expressions import FactRef as FactRef
from guiju.compiler.kernel.expressions import FieldRef as FieldRef
from guiju.compiler.kernel.expressions import If as If
from guiju.compiler.kernel.expressions import InTerritory as InTerritory
from guiju.compiler.kernel.expressions import Not as Not
from guiju.compiler.kernel.expressions import Or as Or
from guiju.compiler.kernel.expressions import Order as Order
from guiju.compiler.kernel.expressions import ReadingRef as ReadingRef
from guiju.compiler.kernel.expressions import RollToWorkday as RollToWorkday
from guiju.compiler.kernel.expressions import ShiftDays as ShiftDays
from guiju.compiler.kernel.expressions import ShiftMonths as ShiftMonths
from guiju.compiler.kernel.expressions import ShiftWorkdays as ShiftWorkdays
from guiju.compiler.kernel.expressions import Sum as Sum
from guiju.compiler.kernel.expressions import Times as Times
from guiju.compiler.kernel.expressions import Today as Today
from guiju.compiler.kernel.expressions import children as children
from guiju.compiler.kernel.expressions import conjunction as conjunction
from guiju.compiler.kernel.expressions import disjunction as disjunction
from guiju.compiler.kernel.expressions import distinct as distinct
from guiju.compiler.kernel.expressions import negation as negation
from guiju.compiler.kernel.expressions import rewritten as rewritten
from guiju.compiler.kernel.expressions import walk as walk
from guiju.compiler.kernel.norms import Answer as Answer
from guiju.compiler.kernel.norms import BarEnd as BarEnd
from guiju.compiler.kernel.norms import Combination as Combination
from guiju.compiler.kernel.norms import Deed as Deed
from guiju.compiler.kernel.norms import DueBy as DueBy
from guiju.compiler.kernel.norms import DueWithin as DueWithin
from guiju.compiler.kernel.norms import MayDo as MayDo
from guiju.compiler.kernel.norms import Modality as Modality
from guiju.compiler.kernel.norms import Norm as Norm
from guiju.compiler.kernel.norms import Position as Position
from guiju.compiler.kernel.norms import Question as Question
from guiju.compiler.kernel.norms import Recurs as Recurs
from guiju.compiler.kernel.norms import Requirement as Requirement
from guiju.compiler.kernel.norms import Span as Span
from guiju.compiler.kernel.norms import Strength as Strength
from guiju.compiler.kernel.norms import WhichValue as WhichValue
from guiju.compiler.kernel.norms import binds as binds
from guiju.compiler.kernel.norms import may_contradict as may_contradict
from guiju.compiler.kernel.norms import position_terms as position_terms
from guiju.dsl.source import Place as Place
from guiju.dsl.standing import Standing as Standing
from guiju.dsl.types import DURATION_UNITS as DURATION_UNITS
from guiju.dsl.types import FIRST_YEAR as FIRST_YEAR
from guiju.dsl.types import LAST_YEAR as LAST_YEAR
from guiju.dsl.types import Boolean as Boolean
from guiju.dsl.types import Date as Date
from guiju.dsl.types import Enumeration as Enumeration
from guiju.dsl.types import Integer as Integer
from guiju.dsl.types import Type as Type
from guiju.dsl.types import Value as Value
