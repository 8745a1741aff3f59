"""`python -m idlib_timeline`."""

from .cli import run

if __name__ == "__main__":
    run()
