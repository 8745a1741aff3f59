"""timeline: one chronology, every source cited, from a folder of articles about a war."""

__version__ = "0.1.0"
