"""What all tables share."""

from sqlalchemy import BigInteger, Integer, MetaData

metadata = MetaData()

# Positions may outgrow 32 bits on PostgreSQL; on SQLite only the type INTEGER makes the column the row's own key.
Position = BigInteger().with_variant(Integer(), "sqlite")
