"""The only SQL: the log, the texts beside it, what consumers remember, and the views. SQLAlchemy Core, never ORM rows."""
