"""A database of its own for a site that runs in another process: the tests' own is inside a transaction, and others use it."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def own_database() -> Iterator[str]:
    """The address of an empty database beside that of the other tests, gone afterwards; "" on SQLite, which lies in the site's folder."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield ""
        return
    import psycopg

    name = f"own_{uuid.uuid4().hex}"
    head, mark, query = server.partition("?")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"{head.rpartition('/')[0]}/{name}{mark}{query}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
