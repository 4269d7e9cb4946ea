"""From figures and prose to pages: which words and drawings stand where. One module a group of pages."""
