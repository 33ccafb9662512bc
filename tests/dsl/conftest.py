"""One parser for all tests of the front end: building its tables takes long."""

import pytest

from guiju.dsl.parser import Parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()
