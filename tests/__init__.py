"""The tests. They work on this checkout, so its place is settled before any module that is written in its words."""

from __future__ import annotations

from pathlib import Path

from site_builder.vocabulary.place import load_place, settle

settle(load_place(Path(__file__).parents[1]))
