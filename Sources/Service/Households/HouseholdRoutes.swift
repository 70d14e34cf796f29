import Access
import HTTPTypes
import Hummingbird

/// Where households are entered, corrected and withdrawn on pages; before the route of one household,
/// so a household named `new`, `drafts` or `not-collected` has no page of its own.
enum HouseholdRoutes {
    static let form = Route.Body(
        contentTypes: ["application/x-www-form-urlencoded"],
        byteCountMax: \.formByteCountMax
    )

    private static let household = Parameter.path(
        "id",
        .text(byteCountMax: 64),
        "The household."
    )
    private static let cycle = Parameter.query("cycle", .text(byteCountMax: 64), "The cycle.")
    private static let draft = Parameter.query("draft", .text(byteCountMax: 64), "A draft.")
    private static let kept = [
        Parameter.query("village", .text(byteCountMax: 8), "Its village, to begin with."),
        Parameter.query("lao", .text(byteCountMax: 8), "Its LAO."),
        Parameter.query("collector", .text(byteCountMax: 64), "Its collector."),
    ]

    static let all =
        pair(
            "/households/new",
            "HouseholdForm",
            "the form of a household",
            .enterHousehold,
            [cycle, draft] + kept,
            (NewHousehold.show, NewHousehold.send)
        )
        + pair(
            "/households/drafts",
            "Drafts",
            "one's own drafts",
            .enterHousehold,
            [],
            (DraftPages.show, DraftPages.remove)
        )
        + pair(
            "/households/not-collected",
            "NotCollected",
            "the form of a household that was not collected",
            .enterHousehold,
            [cycle] + kept,
            (HouseholdActs.showNotCollected, HouseholdActs.notCollected)
        )
        + pair(
            "/households/{id}/correct",
            "Correction",
            "the form of a correction, with the answers on record",
            .readSealed,
            [household, cycle, draft],
            isPrivileged: true,
            (HouseholdCorrection.show, HouseholdCorrection.send)
        )
        + pair(
            "/households/{id}/withdraw",
            "Withdrawal",
            "the form of a withdrawal",
            .enterHousehold,
            [household, cycle],
            (HouseholdActs.showWithdrawal, HouseholdActs.withdraw)
        ) + [
            Route(
                method: .get,
                template: "/households/{id}/answers",
                id: "showAnswers",
                summary: "A household's sealed answers, and what corrections changed in them.",
                entry: .session(.readSealed),
                parameters: [household, cycle],
                answers: [],
                isPrivileged: true,
                isPage: true,
                handler: HouseholdCorrection.answers
            )
        ]

    private typealias Handler = @Sendable (Call, ServiceCore) async throws -> Response

    /// A form, and where it goes.
    private static func pair(
        _ template: String,
        _ id: String,
        _ what: String,
        _ action: Action,
        _ parameters: [Parameter],
        isPrivileged: Bool = false,
        _ handlers: (show: Handler, send: Handler)
    ) -> [Route] {
        [
            Route(
                method: .get,
                template: template,
                id: "show\(id)",
                summary: "Shows \(what).",
                entry: .session(action),
                parameters: parameters,
                answers: [],
                isPrivileged: isPrivileged,
                isPage: true,
                handler: handlers.show
            ),
            Route(
                method: .post,
                template: template,
                id: "send\(id)",
                summary: "Takes \(what).",
                entry: .session(action),
                parameters: parameters,
                body: form,
                answers: [],
                isPrivileged: isPrivileged,
                isPage: true,
                handler: handlers.send
            ),
        ]
    }
}
