"""Chains: who reports, refers and hands over to whom, what that sets going, and how long it takes.

Everything is derived from the norms and from what actions are declared to bring about; no edge is written
by hand. ``steps`` reads the steps out of a corpus, ``links`` says which leads to which, ``graphs`` gives
them as networkx graphs, ``timeline`` orders their dates and ``schedule`` puts them on a calendar.
"""
