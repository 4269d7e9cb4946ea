"""The search for the cells to hide. Nothing it returns is believed until the attack has failed on it."""
