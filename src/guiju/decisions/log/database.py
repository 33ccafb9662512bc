"""A decision log in a database: the chain is extended in one transaction that nobody else can enter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any, Final

import sqlalchemy as sa
from attrs import frozen

from guiju.decisions.log import verification
from guiju.decisions.log.chain import START, Entry, Receipt, Recorded, chained, utc
from guiju.decisions.log.failures import translated
from guiju.decisions.log.problems import LogDamaged
from guiju.decisions.log.tables import ENTRIES, HEAD, recorded_in, row_of, stored_text, transaction

#: Entries read at a time. They are read by number, page by page: no long transaction, and little memory.
PAGE: Final = 50

_TAKE: Final = (
    sa.update(HEAD)
    .where(HEAD.c.id == 1)
    .values(sequence=HEAD.c.sequence + sa.bindparam("count", type_=sa.Integer))
)
_HEAD: Final = sa.select(HEAD.c.sequence, HEAD.c.digest).where(HEAD.c.id == 1)
_LAST: Final = (
    sa.select(ENTRIES.c.sequence.label("last"), ENTRIES.c.digest.label("last_digest"))
    .order_by(ENTRIES.c.sequence.desc())
    .limit(1)
    .subquery()
)
#: The head and the last entry in one statement: between two, others may append.
_END: Final = (
    sa.select(HEAD.c.sequence, HEAD.c.digest, _LAST.c.last, _LAST.c.last_digest)
    .select_from(HEAD.outerjoin(_LAST, HEAD.c.id == 1))
    .where(HEAD.c.id == 1)
)
_INSERT: Final = sa.insert(ENTRIES)
_MARK: Final = sa.update(HEAD).where(HEAD.c.id == 1).values(digest=sa.bindparam("last"))


@frozen
class DecisionLog:
    """A log that is open; ``open_log`` makes one. Threads may share it, and processes may share its database.

    Attributes:
        where: Its path, or its URL without the password.
    """

    where: str
    engine: sa.Engine

    def append(self, entry: Entry) -> Receipt:
        """Record one entry; when this returns, it lasts.

        Raises:
            LogUnavailable: It could not be recorded: the request must not be answered.
        """
        return self.append_many((entry,))[0]

    def append_many(self, entries: Sequence[Entry]) -> tuple[Receipt, ...]:
        """Record several entries, in their order, in one transaction: all of them or none.

        Raises:
            LogUnavailable: None was recorded.
        """
        if not entries:
            return ()
        recorded: list[Recorded] = []
        with translated(self.where), transaction(self.engine, writes=True) as connection:
            # The update comes first: in any database it holds the row against others until the commit.
            if connection.execute(_TAKE, {"count": len(entries)}).rowcount != 1:
                raise self.lost_head()
            sequence, head_digest = connection.execute(_HEAD).one()  # a number: something was added to it
            head = Receipt.parse(f"{sequence - len(entries)}:{head_digest}")
            if head is None:
                raise self.lost_head()
            for entry in entries:
                recorded.append(chained(head, entry))
                head = recorded[-1].receipt
            connection.execute(_INSERT, [row_of(each) for each in recorded])
            connection.execute(_MARK, {"last": head.digest})
        return tuple(each.receipt for each in recorded)

    def head(self) -> Receipt:
        """The last entry's place, as the log keeps it: to be kept elsewhere, and given to ``verify``.

        Raises:
            LogUnavailable: It cannot be read; ``LogDamaged`` when it is lost.
        """
        head = self._stored_head()
        if head is None:
            raise self.lost_head()
        return head

    def require_continuable(self) -> None:
        """See that the last entry is the one that the log keeps as its head; nothing else is verified.

        Raises:
            LogUnavailable: It cannot be read; ``LogDamaged`` when it is another, or the head is lost.
        """
        with translated(self.where), transaction(self.engine) as connection:
            row = connection.execute(_END).first()
        head = None if row is None else Receipt.parse(f"{row.sequence}:{row.digest}")
        if row is None or head is None:
            raise self.lost_head()
        last = START if row.last is None else Receipt.parse(f"{row.last}:{row.last_digest}")
        if last != head:
            raise LogDamaged(
                f"决定日志 {self.where}：末条不是自己记下的那一条，不能续写；详见 guiju log verify",
                f"decision log {self.where}: its last entry is not the head that it keeps; it cannot be "
                "continued. guiju log verify tells what is wrong",
            )

    def entries(
        self,
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
        request_id: str | None = None,
    ) -> Iterator[Recorded]:
        """The entries by sequence number, read as they are asked for; nothing is verified.

        Args:
            since: Only those from this moment on; with a time zone.
            until: Only those up to and including this moment; with a time zone.
            request_id: Only those of this request.

        Raises:
            LogUnavailable: They cannot be read.
        """
        chosen = sa.select(ENTRIES).order_by(ENTRIES.c.sequence).limit(PAGE)
        if since is not None:
            chosen = chosen.where(ENTRIES.c.at >= utc(since))
        if until is not None:
            chosen = chosen.where(ENTRIES.c.at <= utc(until))
        if request_id is not None:
            chosen = chosen.where(ENTRIES.c.request_id == request_id)
        return self._pages(chosen)

    def verify(
        self, expected_head: Receipt | None = None, visit: Callable[[Recorded], object] | None = None
    ) -> verification.Verification:
        """Walk the whole chain.

        Args:
            expected_head: A head that was kept elsewhere. Without one, nobody can see that a tail was cut
                off together with the head that the log itself keeps.
            visit: Called with each entry that is intact, as it is reached.

        Raises:
            LogUnavailable: The log cannot be read; what cannot be read within it is a fault instead.
        """
        return verification.verify(self.entries(), self._stored_head, expected_head, visit)

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()

    def __enter__(self) -> DecisionLog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _pages(self, chosen: sa.Select[Any]) -> Iterator[Recorded]:
        page = chosen
        while True:
            with translated(self.where), transaction(self.engine) as connection:
                rows = connection.execute(page).all()
            yield from map(recorded_in, rows)
            if len(rows) < PAGE:
                return
            page = chosen.where(ENTRIES.c.sequence > rows[-1].sequence)

    def _stored_head(self) -> Receipt | None:
        with translated(self.where), transaction(self.engine) as connection:
            if not sa.inspect(connection).has_table(HEAD.name):
                return None
            row = connection.execute(_HEAD).first()
        if row is None or not isinstance(row.sequence, int):
            return None
        return Receipt(row.sequence, stored_text(row.digest))

    def lost_head(self) -> LogDamaged:
        return LogDamaged(
            f"决定日志 {self.where}：自己记下的末条不见了，不能续写",
            f"decision log {self.where}: the head that it keeps is lost; it cannot be continued",
        )
