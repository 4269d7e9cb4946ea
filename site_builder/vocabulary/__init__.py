"""The field's words as types. Standard library only; every other zone builds on it."""
