"""What is clear is proved again: by a second solver, from a second encoding; and a certificate says so."""
