"""Foreign open data into packages. Never reads a return."""
