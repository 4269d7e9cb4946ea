"""The rules of a return, one module a stage."""
