"""The store: one SQLite file with articles, mentions, judgements and the events derived from them.

The caller owns the transaction: a build runs inside `with store.transaction():`, so that an interrupted
one leaves the last complete store. Every SQLite failure leaves here as a StoreError that names the file.
"""

from .articles import Articles
from .inquiry import Inquiry
from .judging import Judging


class Store(Articles, Judging, Inquiry):
    """An open store; a context manager that closes it. See `open`."""
