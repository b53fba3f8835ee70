"""`python -m enforceflow`, the same as `enforceflow`."""

from enforceflow.cli import main

if __name__ == "__main__":
    main(prog_name="python -m enforceflow")
