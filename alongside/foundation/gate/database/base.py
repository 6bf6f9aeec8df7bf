"""PostgreSQL as Django knows it, with statements prepared: parsed and planned once a connection, policies included.

To plan the policies of a table took longer than to obey them. A plan holds no right and no row: PostgreSQL runs it for
whoever acts now, makes it anew under another role, and after any change of a table or a policy. ADR 25.
"""

from typing import Any, Self

from django.db.backends.postgresql import base, operations
from psycopg import ClientCursor
from psycopg.types.numeric import Int8

# The protocol carries 65,535 values at most, and a statement with so many is asked once: it is sent written out.
MANY = 1_000
WIDEST = 2**63


class PreparedCursor(base.ServerBindingCursor):  # type: ignore[name-defined, misc]  # missing from the stubs
    """Values travel beside the statement, so that the next one with the same words is known."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        if params is not None and len(params) > MANY:
            written = ClientCursor(self.connection).mogrify(query, params)
            query, params, options["prepare"] = written, None, False
        super().execute(query, params, **options)
        return self


class DatabaseOperations(operations.DatabaseOperations):
    def adapt_integerfield_value(self, value: Any, internal_type: str) -> Any:
        """A number that its field can't hold goes whole, for PostgreSQL to refuse; psycopg would cut off its front. In
        an array Django takes every number for a small one."""
        least, most = self.integer_field_range(internal_type)
        if isinstance(value, int) and not least <= value <= most:
            return Int8(value) if -WIDEST <= value < WIDEST else value
        return super().adapt_integerfield_value(value, internal_type)


class DatabaseWrapper(base.DatabaseWrapper):
    """Needs `server_side_binding` and `prepare_threshold` among its OPTIONS."""

    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "cursor_factory": PreparedCursor}
