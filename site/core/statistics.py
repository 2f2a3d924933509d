"""What the database knows of the amounts it holds, by which it chooses how to find rows."""

from django.db import connection


def learn() -> None:
    """Let the database count what it holds: seconds for millions of rows.

    PostgreSQL does so by itself some time after a load, SQLite never, and without it both may read
    a whole table where a few rows are asked for.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
