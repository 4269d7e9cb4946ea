"""Keyed random numbers: counts and shares that depend on the words of their key and on nothing else."""

from __future__ import annotations

import hashlib
from math import exp
from random import Random

_NORMAL_FROM = 60.0  # above this mean a rounded normal is as good as counting one by one


def source(*words: object) -> Random:
    """A source of random numbers for one key."""
    text = "|".join(str(word) for word in words)
    return Random(int.from_bytes(hashlib.sha256(text.encode()).digest(), "big"))


def effect(spread: float, *words: object) -> float:
    """A factor around 1, log-normal with standard deviation ``spread``."""
    return exp(source("effect", *words).gauss(0.0, spread))


def count(random: Random, mean: float, extra: float) -> int:
    """A count with this mean: Poisson, with a gamma factor of coefficient of variation ``extra`` on top."""
    if mean <= 0:
        return 0
    if extra > 0:
        mean *= random.gammavariate(1 / extra**2, extra**2)
    if mean > _NORMAL_FROM:
        return max(0, int(random.gauss(mean, mean**0.5) + 0.5))
    limit, product, made = exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        made += 1
    return made


def some_of(random: Random, whole: int, share: float) -> int:
    """How many of ``whole`` cases, each with probability ``share``."""
    variance = whole * share * (1 - share)
    if variance > _NORMAL_FROM:
        return min(whole, max(0, int(random.gauss(whole * share, variance**0.5) + 0.5)))
    return sum(random.random() < share for _ in range(whole))
