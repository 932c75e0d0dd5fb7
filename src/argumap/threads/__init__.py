"""Raw discussion to `Thread`. A source is one file and one line of `READERS`."""
