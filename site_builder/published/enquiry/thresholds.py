"""From where on a figure gives rise to a question. Every number that a trigger compares with stands here, or with the
method that it belongs to (funnels, trends, differences, control charts)."""

from __future__ import annotations

from fractions import Fraction

TREND_SHARE = Fraction(1, 10)  # a clear trend asks from this part of the first point on: many clear moves are small
RECENT_QUARTERS = 4  # how many of the last quarters may depart from the usual pattern to be asked about
QUARTERS = 12  # quarters in a row before a pattern is spoken of
NEIGHBOURS = 6  # shown neighbours that a range needs
NOT_CLOSE = 4  # at most so many of them may be unlike the borough
MANY = 100  # denominator from which a reported zero is looked at
EXPECTED = 10  # and events that London's share would make there
RESTATED_SHARE = Fraction(1, 10)  # a restated count asks beyond this part of the earlier one
RESTATED_CASES = 5  # and from so many cases on
LINES = 12  # lines on the page of a borough; the challenge page has all
LINES_OF_RETURNS = 4  # of these, places kept for figures from returns
