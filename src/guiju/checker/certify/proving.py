"""Proving claims again: each as a script in the other encoding, put to the second solver."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from attrs import frozen

from guiju.checker.bed import Bed
from guiju.checker.certify.certificate import Entry, Result
from guiju.checker.certify.watched import Limits, replies
from guiju.compiler import smt
from guiju.compiler.claims import Claim
from guiju.compiler.kernel import FactRef, walk
from guiju.compiler.smtlib import Unsupported, script
from guiju.compiler.smtlib.second import Answer, Reply

#: What the second solver may use for one claim, in its own units.
DEFAULT_BUDGET: Final = 20_000_000

_RESULT: Final = {
    Answer.UNSATISFIABLE: Result.PROVED,
    Answer.SATISFIABLE: Result.DISAGREES,
    Answer.UNKNOWN: Result.UNKNOWN,
}


@frozen(eq=False)
class Query:
    """A claim as a script; claims with the same script are one.

    ``refused``: why there is no script. ``canary``: it is about nothing but what was planted.
    """

    digest: str
    about: str
    claim: Claim
    refused: str = ""
    canary: bool = False


@frozen(eq=False)
class Asked:
    """A query, its script, what was replied, and what becomes of it in the certificate."""

    query: Query
    script: str
    reply: Reply
    entry: Entry

    def first_script(self) -> str:
        """The same claim as the first solver was asked."""
        backend = smt.Backend(self.query.claim.corpus, 0, assumptions=())
        return backend.to_smt2(self.query.claim.conditions)


Progress = Callable[[str, int, int], None]


def queries(claims: Iterable[Claim], bed: Bed | None = None) -> list[Query]:
    """One query for all claims that are the same script, in the order of their digests.

    ``bed``: where canaries were planted, to tell them apart; what is asked of the rules as well is no canary.
    """
    found: dict[str, Query] = {}
    for claim in claims:
        canary = bed is not None and _planted(claim, bed)
        try:
            query = Query(digest(script(claim.corpus, claim.conditions)), claim.about, claim, canary=canary)
        except Unsupported as error:
            refused = f"unsupported: {error}"
            query = Query(digest(repr((refused, claim.conditions))), claim.about, claim, refused, canary)
        known = found.get(query.digest)
        if known is None or (query.canary, query.about) < (known.canary, known.about):
            found[query.digest] = query
    return [found[each] for each in sorted(found)]


def prove(asked: Iterable[Query], limits: Limits, progress: Progress | None = None) -> Iterator[Asked]:
    """What the second solver says of each query, in their order.

    Raises:
        Missing: It is not installed.
    """
    wanted = list(asked)
    say = progress or (lambda stage, done, total: None)
    said = replies((_script(query) for query in wanted if not query.refused), limits)
    for number, query in enumerate(wanted):
        say("certify", number, len(wanted))
        text, reply = ("", Reply(Answer.UNKNOWN, query.refused)) if query.refused else next(said)
        result = _RESULT[reply.answer]
        reason = reply.reason if result is Result.UNKNOWN else ""
        yield Asked(query, text, reply, Entry(query.digest, query.about, result, reason, query.canary))
    say("certify", len(wanted), len(wanted))


def digest(text: str) -> str:
    """The digest of a script."""
    return hashlib.sha256(text.encode()).hexdigest()


def _planted(claim: Claim, bed: Bed) -> bool:
    """Whether ``claim`` is about norms of ``bed``, or asks first of all about its facts.

    Conditions come before the assumptions that go with them, which may speak of planted facts in any claim.
    """
    spoken = (e for first in claim.conditions[:1] for e in walk(first) if isinstance(e, FactRef))
    return bed.planted(claim.about) or any(bed.planted(e.name) for e in spoken)


def _script(query: Query) -> str:
    return script(query.claim.corpus, query.claim.conditions)
