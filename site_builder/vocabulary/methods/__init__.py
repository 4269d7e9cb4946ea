"""Statistical methods: numbers in, numbers out, standard library only."""
