"""``HERE``: the place of this process. It is read once, so it is settled before this is imported."""

from __future__ import annotations

from site_builder.vocabulary.place import Place, settled

HERE: Place = settled()
