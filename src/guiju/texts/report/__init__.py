"""What is said of a text, as plain text and as JSON: its tree, how it compares, what was noticed in it."""
