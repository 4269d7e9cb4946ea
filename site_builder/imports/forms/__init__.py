"""The forms of open data that are read: one module each, with its ``FORM``. A new form is a new file here."""
