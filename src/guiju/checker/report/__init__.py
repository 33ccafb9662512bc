"""From a report's values to what people and programs read: plain text, JSON, SARIF, and baselines.

``layout`` says what is shown, as lines of pieces with roles; ``text`` joins them, and the terminal of the
command line colours them. Nothing here reads a file or asks a solver; it trusts the report that it is given.
"""
