"""A compiled question: the SQL that answers it for each row of a table.

The query is a tower of subqueries: the columns that are needed; what is shared; whether each norm applies,
and its terms; the sets of norms that apply, stand and collide; the verdict; the lists that are shown. Norms
are bits of integers there, so the last stages cost next to nothing, and a list that is not selected is not
made.
"""

from __future__ import annotations

from attrs import frozen
from sqlglot import exp

from guiju.compiler.kernel import Corpus, Question
from guiju.compiler.table import sql
from guiju.compiler.table.answered import Answered
from guiju.compiler.table.bits import Sets
from guiju.compiler.table.columns import Columns
from guiju.compiler.table.given import Added, given
from guiju.compiler.table.question import Asked
from guiju.compiler.table.sql import Sql
from guiju.compiler.table.stages import stages
from guiju.compiler.table.terms import Named, Term, Terms, WorkdayCount
from guiju.compiler.table.workdays import workdays


@frozen(eq=False)
class Compiled:
    """The answer to one question, for every row of a table.

    The columns of the result, beside the key:

    * ``verdict``: a value of ``Verdict``; ``undetermined`` where it is unknown whether some norm applies.
    * ``grounds``: the ids of the norms that the verdict rests on, in the order of ``norms``: those that
      forbid strictly (ineligible), that forbid with room left (discretionary), that permit or oblige
      (eligible), that collide (in conflict); of a value all that stand. Empty where it is undetermined.
    * ``answers``: of a value, what each of ``grounds`` answers: DATE, BIGINT, VARCHAR or BOOLEAN, NULL
      where it is left open. Of a span ``starts`` and ``ends``; no end is 9999-12-31.
    * ``applying``, ``resting``, ``unsettled``: the norms that surely apply, those of ``grounds``, and those
      of which it is unknown: bit ``n`` for ``norms[n]``. Beyond 62 norms also ``applying_1`` and so on.

    Attributes:
        question: What was asked.
        norms: The ids of the norms that answer it, in the order of bits.
    """

    question: Question
    norms: tuple[str, ...]
    _given: Added
    _stages: tuple[Added, ...]
    _shown: Added
    _key: str | None

    def query(self, source: exp.Expression | str) -> exp.Select:
        """The query on ``source``: the name of a table, or a query."""
        below = exp.to_table(source) if isinstance(source, str) else source.copy()
        if isinstance(below, exp.Query):
            below = below.subquery(copy=False)
        below.set("alias", exp.TableAlias(this=exp.to_identifier("given")))
        key: Added = []
        if self._key is not None:
            key.append(("row_key", exp.column(self._key, table="given", quoted=True)))
        found = _select([*key, *self._given], below)
        for number, added in enumerate(self._stages):
            found = _select(added, found.subquery(f"stage{number}", copy=False), beside=exp.Star())
        found = _select(self._shown, found.subquery("answered", copy=False))
        if self._key is not None:
            found.expressions.insert(0, exp.alias_(exp.column("row_key"), self._key, quoted=True))
        return found

    def sql(self, source: str, dialect: str = "duckdb") -> str:
        """The query on the table ``source``, in a dialect of SQLGlot."""
        return self.query(source).sql(dialect=dialect)


def compiled(asked: Asked, corpus: Corpus, columns: Columns) -> Compiled:
    """The SQL of ``asked`` on ``columns``."""
    cases = given(corpus, columns, asked.roots())
    named: dict[Named, Term] = {}
    terms = Terms(corpus, workdays(corpus.calendar), cases.column, named, sql.Variables())
    shared: list[Added] = []
    for stage in stages(asked.roots()):
        printed = [(each, _printed(each, terms)) for each in stage]
        added: Added = []
        for each, term in printed:
            named[each] = _name(f"s{len(named)}", term, added)
        shared.append(added)
    answered = Answered(asked, Sets(len(asked.norms)), terms)
    return Compiled(
        asked.question,
        tuple(norm.id for norm in asked.norms),
        cases.added(),
        tuple(added for added in [*shared, *answered.stages()] if added),
        answered.shown(corpus),
        columns.key,
    )


def _printed(named: Named, terms: Terms) -> Term:
    return Term(terms.count(named.move)) if isinstance(named, WorkdayCount) else terms.of(named)


def _name(name: str, term: Term, added: Added) -> Term:
    """``term`` as the columns ``name`` that a stage adds."""
    added.append((name, term.value))
    if term.undefined is None:
        return Term(exp.column(name))
    added.append((f"{name}_undefined", term.undefined))
    return Term(exp.column(name), exp.column(f"{name}_undefined"))


def _select(added: Added, below: Sql, beside: Sql | None = None) -> exp.Select:
    """The columns ``added`` from what is ``below``, ``beside`` those that it has."""
    columns = [exp.alias_(part.copy(), name, copy=False) for name, part in added]
    return exp.Select(expressions=columns if beside is None else [beside, *columns]).from_(below, copy=False)
