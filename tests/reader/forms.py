"""Every form: to import this is to register them."""

from tests.reader import asked, beyond, differing, foreseen, london, moving, papers, reach, reported, sentences, sources
from tests.reader.reader import FORMS

MODULES = (asked, beyond, differing, foreseen, london, moving, papers, reach, reported, sentences, sources)
__all__ = ["FORMS", "MODULES"]
