"""Run the migrations on the database that the configuration names."""

from alembic import context

from tracker.store.dialects import dialect_of
from tracker.store.tables import metadata

url = context.config.get_main_option("sqlalchemy.url") or ""
dialect = dialect_of(url)
engine = dialect.engine(url)
with engine.connect() as connection:
    # The write lock makes a second process wait here, and then find nothing left to do.
    dialect.begin_write(connection.connection.driver_connection)
    context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
    context.run_migrations()
    dialect.commit(connection.connection.driver_connection)
engine.dispose()
