"""May hold a small number in memory. Cannot draw, render, log or print."""
