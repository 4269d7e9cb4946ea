"""Pages, charts and downloads, from releases and national packages only."""
