"""``python -m site_builder`` is the command ``site-builder``."""

from site_builder.cli.app import main

main()
