"""Let ``python -m nido`` do what the ``nido`` command does."""

from nido.cli import main

if __name__ == "__main__":
    main(prog_name="nido")
