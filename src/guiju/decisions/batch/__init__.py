"""One question, asked of every row of a file: each is answered, or rejected with every problem in it.

``opened`` understands the file, ``Run.go`` goes through it. A file is a ``Source`` of chunks; ``Native``
answers row by row, ``Table`` a chunk at once by SQL and leaves to the other what it is not sure of; what they
say of a sample of rows the reference evaluator must say again (``verification``).
"""

from guiju.decisions.batch.request import FORMATS as FORMATS
from guiju.decisions.batch.request import Input as Input
from guiju.decisions.batch.request import Opening as Opening
from guiju.decisions.batch.request import Request as Request
from guiju.decisions.batch.request import Summary as Summary
from guiju.decisions.batch.request import Unusable as Unusable
from guiju.decisions.batch.request import Watch as Watch
from guiju.decisions.batch.running import Run as Run
from guiju.decisions.batch.running import opened as opened
