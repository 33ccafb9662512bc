"""A suite put to what is not ours, over HTTP or as a command, and what to say of it."""
