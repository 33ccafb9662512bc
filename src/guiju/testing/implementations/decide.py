"""What ``Corpus.decide`` answers: the generated programs, and everything that a decision shows."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from guiju.decisions.corpus import Corpus
from guiju.decisions.problems import InvalidInput
from guiju.testing.implementations.understood import refused
from guiju.testing.running import Tell, parse_answer
from guiju.testing.suite import Test


@frozen(eq=False)
class Decide:
    """Asks ``rules`` as a program does that embeds them."""

    rules: Corpus

    def __call__(self, tests: Sequence[Test], tell: Tell) -> None:
        for number, test in enumerate(tests):
            try:
                decision = self.rules.decide(
                    test.case,
                    test.question,
                    on=test.on,
                    at=test.at,
                    law_date=test.law_date,
                    readings=test.readings,
                    solve=False,
                )
            except InvalidInput as error:
                tell(number, refused(error.problems))
            else:
                tell(number, parse_answer(decision.to_dict()))
