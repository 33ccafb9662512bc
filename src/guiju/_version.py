"""Which version of guiju this is."""

#: Read from here by the build, so that no program has to look it up.
VERSION = "0.1.0"


def version() -> str:
    """The version of this code."""
    return VERSION
