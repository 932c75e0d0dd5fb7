"""One person's maps in one file: an SQLite database with full-text search."""

from argumap.store.fts import match_expression
from argumap.store.store import Store, StoredClaim, StoredMap

__all__ = ["Store", "StoredClaim", "StoredMap", "match_expression"]
