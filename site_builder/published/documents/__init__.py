"""What stands in ``content/`` and ``datapackages/reference/`` for documents: reports, proposals, local lists, registers."""
