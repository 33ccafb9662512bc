"""A test suite as files: for programs, for drafters who review it, and back again."""
