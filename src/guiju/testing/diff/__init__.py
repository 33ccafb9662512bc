"""What changed from one version of a corpus to the next: in what it answers, not in how it is written."""
