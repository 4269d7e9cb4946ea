"""The command line: the only zone that speaks."""
