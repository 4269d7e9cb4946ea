"""Parts of the site: each module here gives pages, or files, by their path. A new one is a new file."""
