"""What migrations need beyond what Django offers."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Together(Operation):
    """New tables with all that belongs to them, made from the state after the last of them.

    Django renders a new table's neighbours anew after every single step, and here everything is
    a neighbour of a person: an empty database took 22 s of processor, of which 20 were that.
    operations: new models, and fields, indexes and constraints of these alone; each model is
    made whole at once, so the others need nothing of their own.
    Errors: TypeError for any other operation, ValueError for one of a model made elsewhere.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)
        self.made = [each for each in self.operations if isinstance(each, CreateModel)]
        names = {each.name_lower for each in self.made}
        for each in self.operations:
            if not isinstance(each, CreateModel | AddField | AddIndex | AddConstraint):
                raise TypeError(f"{each.describe()}: not a part of making a table")
            if not isinstance(each, CreateModel) and each.model_name.lower() not in names:
                raise ValueError(f"{each.describe()}: {each.model_name} is made elsewhere")

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """See Operation."""
        return self.__class__.__name__, [], {"operations": self.operations}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add all to the state before any of it is rendered."""
        state.__dict__.pop("apps", None)  # rendered whole when it is next asked for
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the tables."""
        for operation in self.made:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the tables away, the last made first."""
        for operation in reversed(self.made):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """See Operation."""
        return f"Create {', '.join(each.name for each in self.made)}"
