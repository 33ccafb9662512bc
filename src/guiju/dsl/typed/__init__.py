"""The typed tree: every name resolved, every expression with its type, nothing left to be wrong.

``resolve`` makes it; the compiler lowers it to kernel norms. Names here are full names (``申请人.年龄``).
"""

from guiju.dsl.standing import Standing as Standing
from guiju.dsl.typed.expressions import Apply as Apply
from guiju.dsl.typed.expressions import Expr as Expr
from guiju.dsl.typed.expressions import FactUse as FactUse
from guiju.dsl.typed.expressions import FieldUse as FieldUse
from guiju.dsl.typed.expressions import Literal as Literal
from guiju.dsl.typed.expressions import LocatedIn as LocatedIn
from guiju.dsl.typed.expressions import Op as Op
from guiju.dsl.typed.expressions import ReadingUse as ReadingUse
from guiju.dsl.typed.expressions import Rows as Rows
from guiju.dsl.typed.expressions import TermUse as TermUse
from guiju.dsl.typed.expressions import TodayUse as TodayUse
from guiju.dsl.typed.expressions import parts as parts
from guiju.dsl.typed.instruments import Annex as Annex
from guiju.dsl.typed.instruments import Basis as Basis
from guiju.dsl.typed.instruments import Claim as Claim
from guiju.dsl.typed.instruments import Instrument as Instrument
from guiju.dsl.typed.instruments import Omission as Omission
from guiju.dsl.typed.instruments import Power as Power
from guiju.dsl.typed.instruments import Precedence as Precedence
from guiju.dsl.typed.instruments import Reference as Reference
from guiju.dsl.typed.instruments import Variants as Variants
from guiju.dsl.typed.program import Example as Example
from guiju.dsl.typed.program import ExpectedPosition as ExpectedPosition
from guiju.dsl.typed.program import Program as Program
from guiju.dsl.typed.rules import ENDLESS as ENDLESS
from guiju.dsl.typed.rules import UNSTATED as UNSTATED
from guiju.dsl.typed.rules import Amount as Amount
from guiju.dsl.typed.rules import Deontic as Deontic
from guiju.dsl.typed.rules import Effect as Effect
from guiju.dsl.typed.rules import Endless as Endless
from guiju.dsl.typed.rules import Required as Required
from guiju.dsl.typed.rules import Rule as Rule
from guiju.dsl.typed.rules import Term as Term
from guiju.dsl.typed.rules import Unstated as Unstated
from guiju.dsl.typed.rules import Valued as Valued
from guiju.dsl.typed.world import Action as Action
from guiju.dsl.typed.world import Assumption as Assumption
from guiju.dsl.typed.world import Authority as Authority
from guiju.dsl.typed.world import Category as Category
from guiju.dsl.typed.world import Fact as Fact
from guiju.dsl.typed.world import Outcome as Outcome
from guiju.dsl.typed.world import Rank as Rank
from guiju.dsl.typed.world import Reading as Reading
from guiju.dsl.typed.world import Record as Record
from guiju.dsl.typed.world import Trace as Trace
