"""The sweep: a built site opened file by file, as a stranger would, and compared with the releases it was built from."""
