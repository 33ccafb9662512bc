"""Small mistakes in rules: what somebody who implements a regulation is likely to get wrong."""
