"""Every kind of page: one dataclass, one template of the same name in ``templates/pages/``.

A page's fields are exactly what its template uses; a test compares the two both ways. Fields hold finished words and
finished coordinates, never raw data, so that a page can be rendered from nothing but itself.

``answers``, where a kind has it: ids of the elements that answer what a reader asks in the first five seconds. They begin
on the first screen of a desk, and on the first two of a phone; a browser test measures it.
"""

from __future__ import annotations

from typing import TypeAlias

from site_builder.published.pages_api import ApiPage
from site_builder.published.pages_borough import BoroughIndicatorPage, BoroughPage, BoroughsPage
from site_builder.published.pages_compare import CompareBoroughsPage, ComparePage, MatrixPage
from site_builder.published.pages_document import DocumentPage
from site_builder.published.pages_embed import EmbedPage
from site_builder.published.pages_enquiry import ChallengePage, QuestionsPage
from site_builder.published.pages_indicator import (
    IndicatorPage,
    IndicatorsPage,
    IndicatorWithoutFiguresPage,
    ThemePage,
    ThemesPage,
)
from site_builder.published.pages_journey import BoroughJourneyPage, JourneyPage
from site_builder.published.pages_london import (
    CalendarPage,
    ChallengesPage,
    CoveragePage,
    MapPage,
    ModelPage,
    ReadinessPage,
)
from site_builder.published.pages_moved import MovedPage
from site_builder.published.pages_papers import BoardPage, PackPage, ScoreCardPage
from site_builder.published.pages_predicted import PredictedPage
from site_builder.published.pages_prose import ArticlePage, DecisionsPage, GlossaryPage, RulePage, RulesPage
from site_builder.published.pages_reconciliation import ReconciliationPage
from site_builder.published.pages_site import (
    ChangesPage,
    DataPage,
    HomePage,
    NotFoundPage,
    ReleasePage,
    ReleasesPage,
    SearchPage,
)
from site_builder.published.pages_standing import ProfilePage, StandsOutPage

Page: TypeAlias = (
    HomePage
    | IndicatorsPage
    | IndicatorPage
    | IndicatorWithoutFiguresPage
    | ThemesPage
    | ThemePage
    | ComparePage
    | PredictedPage
    | CompareBoroughsPage
    | MatrixPage
    | BoroughsPage
    | BoroughPage
    | BoroughIndicatorPage
    | ProfilePage
    | BoroughJourneyPage
    | JourneyPage
    | StandsOutPage
    | ChallengePage
    | QuestionsPage
    | DataPage
    | ApiPage
    | ReleasesPage
    | ReleasePage
    | ChangesPage
    | SearchPage
    | NotFoundPage
    | ArticlePage
    | DecisionsPage
    | RulesPage
    | RulePage
    | GlossaryPage
    | ReconciliationPage
    | DocumentPage
    | EmbedPage
    | MovedPage
    | ScoreCardPage
    | BoardPage
    | PackPage
    | CalendarPage
    | ChallengesPage
    | CoveragePage
    | MapPage
    | ModelPage
    | ReadinessPage
)
PAGES: tuple[type[Page], ...] = Page.__args__

__all__ = [
    "PAGES",
    "ApiPage",
    "ArticlePage",
    "BoardPage",
    "BoroughIndicatorPage",
    "BoroughJourneyPage",
    "BoroughPage",
    "BoroughsPage",
    "CalendarPage",
    "ChallengePage",
    "ChallengesPage",
    "ChangesPage",
    "CompareBoroughsPage",
    "ComparePage",
    "CoveragePage",
    "DataPage",
    "DecisionsPage",
    "DocumentPage",
    "EmbedPage",
    "GlossaryPage",
    "HomePage",
    "IndicatorPage",
    "IndicatorWithoutFiguresPage",
    "IndicatorsPage",
    "JourneyPage",
    "MapPage",
    "MatrixPage",
    "ModelPage",
    "MovedPage",
    "NotFoundPage",
    "PackPage",
    "Page",
    "PredictedPage",
    "ProfilePage",
    "QuestionsPage",
    "ReadinessPage",
    "ReconciliationPage",
    "ReleasePage",
    "ReleasesPage",
    "RulePage",
    "RulesPage",
    "ScoreCardPage",
    "SearchPage",
    "StandsOutPage",
    "ThemePage",
    "ThemesPage",
]
