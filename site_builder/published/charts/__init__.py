"""Charts, one question a module."""
