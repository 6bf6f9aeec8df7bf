"""PostgreSQL as Django knows it, but statements are prepared: parsed and planned once a connection, with their policies.

To plan the policies of a table took longer than to obey them. A plan holds no right and no row: PostgreSQL runs it for
whoever acts now, makes it anew under another role, and after any change of a table or a policy. ADR 25.
"""

from typing import Any, Self

from django.db.backends.postgresql import base
from psycopg import ClientCursor

# The protocol carries 65,535 values at most, and a statement with so many is asked once: it is sent written out.
MANY = 1_000


class PreparedCursor(base.ServerBindingCursor):
    """Values travel beside the statement, so that the next one with the same words is known."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        if params is not None and len(params) > MANY:
            written = ClientCursor(self.connection).mogrify(query, params)
            return super().execute(written, None, prepare=False)
        return super().execute(query, params, **options)


class DatabaseWrapper(base.DatabaseWrapper):
    """Needs `server_side_binding` and `prepare_threshold` among its OPTIONS."""

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "cursor_factory": PreparedCursor}
