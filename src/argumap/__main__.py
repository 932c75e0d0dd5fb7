"""``python -m argumap`` is the command ``argumap``."""

from argumap.cli import main

if __name__ == "__main__":
    main()
