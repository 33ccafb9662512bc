"""Our own ways to an answer, as implementations that a suite can be put to."""
