"""The seam: what may be known by anybody. Releases, their proof of safety, and packages on disk."""
