"""The compiled path: the norms of one question as generated Python, fast enough for every single case.

A program is written for a ``Setting``: a place and a choice for every reading. What these decide is folded
away; what is left asks the case. It says what the reference says (``evaluate``, ``resolve``) and is compared
with it on random corpora and cases. ``nodes`` and ``specialise`` come first, then ``scope`` and ``writer``,
which write the source; ``program`` runs it.
"""

from guiju.compiler.native.compiling import Condition as Condition
from guiju.compiler.native.compiling import compile_condition as compile_condition
from guiju.compiler.native.compiling import compile_question as compile_question
from guiju.compiler.native.judging import judging as judging
from guiju.compiler.native.kleene import Kleene as Kleene
from guiju.compiler.native.missing import Missing as Missing
from guiju.compiler.native.program import Program as Program
from guiju.compiler.native.setting import Setting as Setting
from guiju.compiler.native.setting import as_fact as as_fact
