"""The JSON interface: a table of operations, each of which reads the store and gives a JSON value."""

from kg.server.api.fields import Field, Values, parse
from kg.server.api.operation import Operation
from kg.server.api.table import OPERATIONS

__all__ = ["OPERATIONS", "Field", "Operation", "Values", "parse"]
