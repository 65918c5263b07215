"""``python -m chidao``: the command line."""
import sys

from chidao.cli import main

sys.exit(main())
