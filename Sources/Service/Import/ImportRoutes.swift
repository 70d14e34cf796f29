import Access
import Console
import HTTPTypes
import Hummingbird
import LedgerWriter
import Pages
import SurveyImport

/// Uploading a CSV file, looking at what it says, and recording it in the background.
///
/// The file lies in memory alone, for its owner alone, until it is recorded, forgotten or an hour old.
enum ImportRoutes {
    private static let id = Parameter.path("id", .text(byteCountMax: 32), "The upload.")
    private static let button = Route.Body(
        contentTypes: ["application/x-www-form-urlencoded"],
        byteCountMax: \.passkeyByteCountMax
    )

    static let all = [
        page("/import/{kind}", "showUpload", "Where a file is uploaded.", EntryRoutes.kind, show),
        page(
            "/import/{kind}/template",
            "readTemplate",
            "A CSV file with the columns and an example.",
            EntryRoutes.kind,
            template
        ),
        Route(
            method: .post,
            template: "/import/{kind}",
            id: "uploadFile",
            summary: "Keeps a file for a while, to be looked at; nothing is recorded.",
            entry: .session(nil),
            parameters: [EntryRoutes.kind],
            body: Route.Body(
                contentTypes: [MultipartForm.type],
                byteCountMax: \.uploadByteCountMax
            ),
            answers: [],
            isPage: true,
            entersCommands: true,
            handler: upload
        ),
        page(
            "/imports/{id}",
            "showProgress",
            "What a file says, or how far it came.",
            id,
            progress
        ),
        page("/imports/{id}/faults", "readFaults", "Its faults as a CSV file.", id, faults),
        Route(
            method: .post,
            template: "/imports/{id}/confirm",
            id: "confirmUpload",
            summary: "Begins to record the file.",
            entry: .session(nil),
            parameters: [id],
            body: button,
            answers: [],
            isPage: true,
            entersCommands: true,
            handler: confirm
        ),
        Route(
            method: .post,
            template: "/imports/{id}/forget",
            id: "forgetUpload",
            summary: "Forgets the file.",
            entry: .session(nil),
            parameters: [id],
            body: button,
            answers: [],
            isPage: true,
            entersCommands: true,
            handler: forget
        ),
    ]

    private static func page(
        _ template: String,
        _ id: String,
        _ summary: String,
        _ parameter: Parameter,
        _ handler: @escaping @Sendable (Call, ServiceCore) async throws -> Response
    ) -> Route {
        Route(
            method: .get,
            template: template,
            id: id,
            summary: summary,
            entry: .session(nil),
            parameters: [parameter],
            answers: [],
            isPage: true,
            entersCommands: true,
            handler: handler
        )
    }

    @Sendable
    private static func show(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let kind = try call.entryKind(withForm: false)
        let fields = kind.fields(of: core.newestQuestionnaire)
        let page = core.parts.pages.upload(call.pageRequest(core), kind, fields, isEmpty: false)
        return .page(page)
    }

    @Sendable
    private static func template(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let kind = try call.entryKind(withForm: false)
        return .file(Array(kind.template.utf8), named: "\(kind.rawValue).csv")
    }

    @Sendable
    private static func upload(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let kind = try call.entryKind(withForm: false)
        guard let sent = call.form else { throw Problem(.bodyMalformed) }
        guard let range = sent.files["file"], !range.isEmpty else {
            let fields = kind.fields(of: core.newestQuestionnaire)
            let request = call.pageRequest(core)
            return .page(
                core.parts.pages.upload(request, kind, fields, isEmpty: true),
                status: 422
            )
        }
        let questionnaires = core.parts.writer.questionnaires
        let (file, preview) = try await core.threads.run {
            let file = Array(call.body[range])
            let submission = try Submission(core, call)
            let preview = try ImportPreview(
                of: file,
                kind,
                questionnaires,
                rowCountMax: core.limits.uploadRowCountMax,
                requireAllowed: submission.requireAllowed
            )
            return (file, preview)
        }
        let (method, template) = (call.route.method.rawValue, call.route.template)
        try await core.note(
            preview.accessCodes.sorted().map { code in
                core.entry(call, method, template, .refused, code: code)
            }
        )
        guard let session = call.session else { throw Problem(.sessionMissing) }
        let id = try core.imports.add(
            file,
            kind,
            preview,
            of: call.principal?.person ?? "",
            session: session,
            now: core.parts.clock()
        )
        return .seeOther("/imports/\(id)")
    }

    @Sendable
    private static func progress(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let upload = try call.upload(core)
        var response = Response.page(core.parts.pages.progress(call.pageRequest(core), upload))
        // The page comes again by itself, without a script, until there is nothing more to tell.
        if upload.isUnderWay { response.headers[.known("Refresh")] = "2" }
        return response
    }

    @Sendable
    private static func faults(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let upload = try call.upload(core)
        let name = "\(upload.kind.rawValue)-faults.csv"
        return .file(upload.faults.file(call.language), named: name)
    }

    @Sendable
    private static func confirm(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let upload = try call.upload(core)
        guard call.mayEnter(upload.kind) else { throw Problem(.roleMissing) }
        guard let session = call.session else { throw Problem(.sessionMissing) }
        core.imports.confirm(upload.id, in: session, request: call.requestID)
        return .seeOther("/imports/\(upload.id)")
    }

    @Sendable
    private static func forget(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let upload = try call.upload(core)
        core.imports.forget(upload.id, of: upload.person)
        return .seeOther("/import/\(upload.kind.rawValue)")
    }
}

extension Call {
    /// The upload that the path names, if it is this person's.
    fileprivate func upload(_ core: ServiceCore) throws(Problem) -> ImportUpload {
        let (id, person) = (parameters["id"] ?? "", principal?.person ?? "")
        guard let upload = core.imports.upload(id, of: person, now: core.parts.clock()) else {
            throw Problem(.notFound)
        }
        return upload
    }
}

extension Response {
    /// A CSV file to be saved.
    fileprivate static func file(_ bytes: [UInt8], named name: String) -> Response {
        .bytes(
            bytes,
            "text/csv; charset=utf-8",
            headers: [.contentDisposition: "attachment; filename=\"\(name)\""]
        )
    }
}
