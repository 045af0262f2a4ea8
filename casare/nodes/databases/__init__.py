"""Databases by way of SQLAlchemy: connect, ask, change, transactions. SQLite needs nothing more."""
