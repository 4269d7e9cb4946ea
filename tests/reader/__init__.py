"""An independent reader of the site: it takes sentences apart and works every figure in them out again.

Nothing of the builder is imported. Figures come from the CSV files of the packages, methods are written anew.
"""
