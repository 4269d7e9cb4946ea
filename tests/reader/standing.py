"""Sentences that stand on pages whatever the figures are: how to read a page, what a mark means, headings of notes."""

ALWAYS = frozenset(
    """
Places most like it, closest first: the order says nothing about the figures.
Boroughs’ own returns on the same subject stand apart, and are invented for now.
The figures that the Department for Education publishes on the same subject are real, and stand apart.
About three in thirty lie beyond the 95% limits without any reason.
Not available: the figure was not returned, or is not collected there.
Each row has its own scale: London stands in the middle, and the shaded middle half of boroughs is always as wide.
The set of 2008 counts need and time limits, and hardly any help given, so there is less to show here.
Figures from returns stand beside the nearest London neighbours: those of the same list that are in London.
A ratio is worked out only where both counts are printed and the step it is out of has 20 or more.
So there may be more than 100 of one step for every 100 of another, and that is no error.
[c] Hidden to protect children: this figure is small, or a small figure could be worked out from it.
A line that stands out, or is towards the edge, says so on either side.
Neighbours are the median of the borough’s statistical neighbours that have a figure here, where at least six do.
The rest are within the usual variation or are not compared.
Themes, objectives and the place of each indicator are proposed: the framework of 2008 has not come down to us.
Every measure that has figures, with London’s, the 95% interval, and whether a difference is more than usual.
A figure that stands out lies beyond the usual variation between boroughs; a difference within it says little.
Ask whether a difference is more than usual.
A darker square lies further from what is usual, on either side.
Usual variation, or not compared
Which parts of London lie beyond the usual variation?
Every figure stands beside London’s and beside the usual variation between boroughs.
Is a figure what the make-up of a place leads one to expect?
Where do boroughs lie beyond the usual variation, and since when?
The ground of a figure says whether it lies beyond the usual variation between boroughs, and a triangle to which side.
What “usual variation” means
A figure that is mostly hidden tells a board little of one borough, and may still tell of London.
The move is the difference between a borough’s latest figure and that of a year before, as a share of the earlier one; half of the boroughs with both figures printed moved less than the median.
[c] Hidden to protect children
[x] Not available
† A borough that sent no figure is in the base of this average, and not above the line.
Beside figures from returns they are its nearest London neighbours: those of the same list that are in London.
London’s figures are not over the same boroughs in every period, so they are not compared across these.
Nothing is compared with it.
† Not all boroughs are in this average.
Limits of chance alone, 95% and 99.8%
Too unreliable to show: the percentage would rest on fewer than 20 children or cases.
Usual variation, 95%
Usual variation, 99.8%
It was proposed in 2008 and has not been decided.
London’s counts stand as the publisher prints them, rounded to the nearest 10.
Here each borough’s figure stands beside what that alone would lead one to expect, going by all other English authorities.
Higher and lower are neither praise nor blame: use them to decide what to ask next.
How far English authorities lie from what is expected, from the smallest to the largest
How far English authorities lie from what is expected, from the smallest to the largest.
It is what is usual for a place of that kind.
It would be 1 if only chance were at work beside deprivation.
Its interval covers the chance in the figure, the usual distance of authorities from the line, and how sure the line itself is (Student’s t, 95%).
Show intervals and what is expected
The figure, higher or lower
The line is what deprivation alone would lead one to expect; the shaded range is that of a borough of middling size.
The line is what is expected, the dashed lines are the two ends of the interval.
What is expected here is not a target.
What one would expect, 95 times in 100
Neither a sum nor a difference is printed, because it would say something about the hidden one.
Not compared: a figure is hidden.
The sum of the 33 boroughs’ counts against the London row that the department prints to the nearest ten.
Beyond 3.09 (99.8%) it stands out; beyond 1.96 (95%) it is towards the edge.
Places differ, and most differences are usual.
So only what lies beyond the 99.8% limit is said to stand out, and some of that is chance too.
The adjusted z tells how many times its usual error a borough lies from London.
These limits are a little narrow: before the usual variation is measured, the outermost tenth of boroughs at each end is drawn in (winsorised), as is the custom.
This page lists the others: higher and lower alike, A to Z and never by size.
To stand out is neither praise nor blame.
What boroughs usually differ by, beyond chance, is measured for each indicator and period (phi says how far the differences exceed chance).
""".strip().splitlines()
)
