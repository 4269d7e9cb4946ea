"""Every form: to import this is to register them."""

from tests.reader import asked, beyond, foreseen, moving, sentences, sources
from tests.reader.reader import FORMS

MODULES = (asked, beyond, foreseen, moving, sentences, sources)
__all__ = ["FORMS", "MODULES"]
