"""The index behind the words: FTS5 with triggers on SQLite, a tsvector with GIN on PostgreSQL."""

from django.db.backends.base.base import BaseDatabaseWrapper

TRIGGERS = ["base_indexed_added", "base_indexed_removed", "base_indexed_changed"]

_NEW = (
    "INSERT INTO base_indexed_words(rowid, kind, weight, head, lemmas) "
    "VALUES (NEW.id, NEW.kind, NEW.weight, NEW.head, NEW.lemmas); "
)
_OLD = (
    "INSERT INTO base_indexed_words(base_indexed_words, rowid, kind, weight, head, lemmas) "
    "VALUES ('delete', OLD.id, OLD.kind, OLD.weight, OLD.head, OLD.lemmas); "
)
_SQLITE = [
    "CREATE VIRTUAL TABLE IF NOT EXISTS base_indexed_words USING fts5("
    "kind, weight, head, lemmas, content='base_indexed', content_rowid='id', "
    # Words come folded and parted by blanks: nothing but the blanks may cut them again.
    "tokenize='ascii', prefix='3')",
    f"CREATE TRIGGER IF NOT EXISTS base_indexed_added AFTER INSERT ON base_indexed BEGIN {_NEW}END",
    "CREATE TRIGGER IF NOT EXISTS base_indexed_removed AFTER DELETE ON base_indexed "
    f"BEGIN {_OLD}END",
    "CREATE TRIGGER IF NOT EXISTS base_indexed_changed "
    "AFTER UPDATE OF weight, head, lemmas ON base_indexed WHEN OLD.weight <> NEW.weight "
    f"OR OLD.head <> NEW.head OR OLD.lemmas <> NEW.lemmas BEGIN {_OLD}{_NEW}END",
]

_POSTGRESQL = [
    # Not to_tsvector: its parser would cut words in ways that `words_of` does not.
    "ALTER TABLE base_indexed ADD COLUMN IF NOT EXISTS words tsvector GENERATED ALWAYS AS ("
    "array_to_tsvector(array_remove(string_to_array('kind:' || kind || ' weight:' || "
    "weight::text || ' ' || head || ' ' || lemmas, ' '), ''))) STORED",
    "CREATE INDEX IF NOT EXISTS base_indexed_words ON base_indexed USING gin (words)",
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the index and its triggers; doing it again changes nothing."""
    if not _has_columns(connection):  # of another version: its own code makes its index
        return
    is_sqlite = connection.vendor == "sqlite"
    is_healed = is_sqlite and bool(missing(connection))
    with connection.cursor() as cursor:
        for statement in _SQLITE if is_sqlite else _POSTGRESQL:
            cursor.execute(statement)
        if is_healed:
            # A table remake dropped the triggers: whatever came since is not in the index.
            cursor.execute("INSERT INTO base_indexed_words(base_indexed_words) VALUES ('rebuild')")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that should be there and are not (PostgreSQL needs none)."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present = {str(row[0]) for row in cursor.fetchall()}
    return [name for name in TRIGGERS if name not in present]


def _has_columns(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        if "base_indexed" not in connection.introspection.table_names(cursor):
            return False
        columns = connection.introspection.get_table_description(cursor, "base_indexed")
    return {"head", "lemmas", "weight"} <= {column.name for column in columns}
