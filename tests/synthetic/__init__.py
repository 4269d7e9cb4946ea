"""Invented returns of the 33 boroughs: plausible, keyed, and the same on every machine.

Every count is drawn from ``random.Random`` seeded with the SHA-256 of ``key|area|indicator|period``, so a further
indicator, borough or quarter never changes another figure. Sizes follow the published child populations; nothing here
was taken from, or fitted to, any return. ``python -m tests.synthetic OUT [--as-at RELEASE] [--seed KEY]`` writes them.
"""
