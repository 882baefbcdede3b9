"""`python -m service`: the same as the command ``mingze``."""

from __future__ import annotations

from service.cli.app import main

if __name__ == "__main__":
    main()
