import ActivityProjection
import AppointmentsProjection
import AreasProjection
import AwardsProjection
import BudgetProjection
import CalendarProjection
import CertificationsProjection
import ChecksProjection
import CorrectionsProjection
import DirectivesProjection
import EditionsProjection
import HouseholdsProjection
import IndicatorsProjection
import MeetingsProjection
import PlansProjection
import ProgressProjection
package import ProjectionRuntime
import QuestionnairesProjection
import ReviewsProjection
import TrainingsProjection
import UsersProjection

/// All read models, for the tools that build and compare them.
package enum ProjectionCatalog {
    package static let all: [any Projection] = [
        AreaReadModel(), AppointmentReadModel(), ProgressReadModel(), HouseholdReadModel(),
        CorrectionReadModel(), IndicatorReadModel(), CertificationReadModel(), CalendarReadModel(),
        EditionReadModel(),
        DirectiveReadModel(), MeetingReadModel(), TrainingReadModel(), UserReadModel(),
        PlanReadModel(), AwardReadModel(), QuestionnaireReadModel(), BudgetReadModel(),
        ReviewReadModel(), CheckReadModel(), ActivityReadModel(),
    ]
}
