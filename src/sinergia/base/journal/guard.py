"""Triggers that refuse to change or delete what the journal holds, on both databases.

They stop mistakes, not an owner of the tables: malice is shown by the published root.
`lift` exists for test runs, whose clean-up is a delete.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

FROZEN = ["base_entry", "base_leaf", "base_head"]
ERASABLE = "base_entrydetail"  # may be emptied, nothing else


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers; doing it again changes nothing."""
    present = set(connection.introspection.table_names())
    if not {*FROZEN, ERASABLE} <= present:
        return
    statements = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away."""
    with connection.cursor() as cursor:
        for table, name in _triggers(connection.vendor):
            suffix = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that should be there and are not."""
    source = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(source)
        present = {str(row[0]) for row in cursor.fetchall()}
    return [name for _, name in _triggers(connection.vendor) if name not in present]


def _triggers(vendor: str) -> list[tuple[str, str]]:
    verbs = ["insert", "update", "delete"] if vendor == "sqlite" else ["change", "truncate"]
    return [(table, f"{table}_no_{verb}") for table in [*FROZEN, ERASABLE] for verb in verbs]


def _sqlite() -> list[str]:
    made = []
    for table in [*FROZEN, ERASABLE]:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        # INSERT OR REPLACE fires no delete trigger, so a taken id is refused at insertion.
        made.append(
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_insert BEFORE INSERT ON {table} "  # noqa: S608
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) {refuse}"
        )
        erased = (
            "WHEN NOT (length(NEW.content) = 0 AND length(NEW.salt) = 0 "
            "AND NEW.entry_id = OLD.entry_id AND NEW.id = OLD.id) "
            if table == ERASABLE
            else ""
        )
        made.append(
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table} "
            f"{erased}{refuse}"
        )
        made.append(
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table} {refuse}"
        )
    return made


def _postgresql() -> list[str]:
    made = [
        """CREATE OR REPLACE FUNCTION sinergia_append_only() RETURNS trigger AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'base_entrydetail' THEN
                IF length(NEW.content) = 0 AND length(NEW.salt) = 0
                   AND NEW.entry_id = OLD.entry_id AND NEW.id = OLD.id THEN
                    RETURN NEW;
                END IF;
            END IF;
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation';
        END $$ LANGUAGE plpgsql"""
    ]
    for table in [*FROZEN, ERASABLE]:
        made.append(
            f"CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION sinergia_append_only()"
        )
        made.append(
            f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION sinergia_append_only()"
        )
    return made
