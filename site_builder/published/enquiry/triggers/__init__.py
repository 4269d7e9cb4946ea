"""The triggers, a module for each kind of reason to ask. Low is asked about like high."""
