"""What the tests of the checker share."""

from __future__ import annotations

from unasked import unasked_canaries as unasked_canaries
