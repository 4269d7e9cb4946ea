"""Which cells to hide. A search only: nothing it returns is believed until the attack on public facts has failed."""
