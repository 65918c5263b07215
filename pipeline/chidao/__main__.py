"""``python -m chidao``: the command line."""
import sys

from chidao.cli import main

if __name__ == "__main__":
    sys.exit(main())
