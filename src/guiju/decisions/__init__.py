"""Decisions: what the rules say of one case, with its grounds."""
