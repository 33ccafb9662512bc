"""One question across jurisdictions: who answers it, how, and how the answers stand to each other.

``topics`` says what may be asked about, ``provisions`` puts what each rule says of it into words,
``relations`` asks the solver how two instruments stand to each other, and ``matrix`` puts all of it together.
``report`` turns a matrix into a table. Trusted: what the analyses trust; relations are their findings.
"""
