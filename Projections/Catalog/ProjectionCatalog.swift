import ActivityProjection
import AppointmentsProjection
import AreasProjection
import CalendarProjection
import CertificationsProjection
import CorrectionsProjection
import DirectivesProjection
import EditionsProjection
import HouseholdsProjection
import IndicatorsProjection
import MeetingsProjection
import ProgressProjection
package import ProjectionRuntime
import TrainingsProjection
import UsersProjection

/// All read models, for the tools that build and compare them.
package enum ProjectionCatalog {
    package static let all: [any Projection] = [
        AreaReadModel(), AppointmentReadModel(), ProgressReadModel(), HouseholdReadModel(),
        CorrectionReadModel(), IndicatorReadModel(), CertificationReadModel(), CalendarReadModel(),
        EditionReadModel(),
        DirectiveReadModel(), MeetingReadModel(), TrainingReadModel(), UserReadModel(),
        ActivityReadModel(),
    ]
}
