"""``python -m guiju``: the command line, as the ``guiju`` script runs it."""

from guiju.cli import main

if __name__ == "__main__":
    main()
