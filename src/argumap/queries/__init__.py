"""Questions to a map. Each is a function that takes the map and returns data."""

from argumap.queries.support import contested_claims, main_claims, unsupported_claims

__all__ = ["contested_claims", "main_claims", "unsupported_claims"]
