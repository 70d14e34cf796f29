import Access
import Console
import HTTPTypes
import Hummingbird
import LedgerWriter
import Pages
import Survey
import SurveyImport

/// Entering one act with a form whose fields are the columns of its CSV file.
enum EntryRoutes {
    static let kind = Parameter.path("kind", .text(byteCountMax: 40), "What is entered.")

    static let all = [
        Route(
            method: .get,
            template: "/enter",
            id: "listEntries",
            summary: "What the reader may enter.",
            entry: .session(nil),
            answers: [],
            isPage: true,
            entersCommands: true,
            handler: list
        ),
        Route(
            method: .get,
            template: "/enter/{kind}",
            id: "showEntry",
            summary: "The form of one act.",
            entry: .session(nil),
            parameters: [kind],
            answers: [],
            isPage: true,
            takesAnyQuery: true,
            entersCommands: true,
            handler: show
        ),
        Route(
            method: .post,
            template: "/enter/{kind}",
            id: "enterAct",
            summary: "Appends the act that the form asks for.",
            entry: .session(nil),
            parameters: [kind],
            body: Route.Body(
                contentTypes: [MultipartForm.type],
                byteCountMax: \.formByteCountMax
            ),
            answers: [],
            isPage: true,
            entersCommands: true,
            handler: enter
        ),
    ]

    @Sendable
    private static func list(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let groups = EntryGroup.all.map { group in
            EntryGroup(title: group.title, kinds: group.kinds.filter { call.mayEnter($0) })
        }
        .filter { !$0.kinds.isEmpty }
        return .page(core.parts.pages.entries(call.pageRequest(core), groups))
    }

    @Sendable
    private static func show(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let kind = try call.entryKind(withForm: true)
        let questionnaire = core.newestQuestionnaire
        let form = EntryForm(kind, questionnaire, known: call.known(kind, questionnaire))
        return .page(core.parts.pages.entryForm(call.pageRequest(core), form, core.today))
    }

    @Sendable
    private static func enter(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let kind = try call.entryKind(withForm: true)
        guard let sent = call.form else { throw Problem(.bodyMalformed) }
        var form = EntryForm(kind, core.newestQuestionnaire, sent: sent.fields)
        let button = sent.fields["do"] ?? ""
        if button == "add" {
            form.addRow()
            return .page(core.entryForm(call, form))
        }
        if let row = button.wholeMatch(of: /drop-([0-9]{1,3})/).flatMap({ Int($0.1) }) {
            form.dropRow(row)
            return .page(core.entryForm(call, form))
        }
        guard let command = form.command(core.parts.writer.questionnaires) else {
            return .page(core.entryForm(call, form), status: 422)
        }
        do {
            guard core.follower.current.failure == nil else { throw Problem(.readModelsBehind) }
            let prepared = try await core.threads.run {
                try Submission(core, call).prepared(GivenCommand(command))
            }
            let outcome: Outcome =
                switch prepared {
                case .success(let ready): try await core.outcome(of: ready)
                case .failure(let rejection): .failure(rejection)
                }
            switch outcome {
            case .success(let receipt):
                await core.untilReadModelsKnow(receipt.index)
                let page = core.parts.pages.entered(
                    call.pageRequest(core),
                    kind,
                    receipt,
                    call.followers(of: form)
                )
                return .page(page, status: receipt.isRepeated ? 200 : 201)
            case .failure(let rejection):
                form.note(rejection, in: command)
                return .page(core.entryForm(call, form), status: 422)
            }
        } catch let problem as Problem where problem.isOfAccess && problem.status == 403 {
            // A mistyped area is often why; what was typed stays, and auditors are told all the same.
            let method = call.route.method.rawValue
            let template = call.route.template
            try await core.note([
                core.entry(call, method, template, .refused, code: problem.code)
            ])
            form.faults = [FormFault(field: nil, sentence: problem.sentence)]
            return .page(core.entryForm(call, form), status: problem.status)
        }
    }
}

extension ServiceCore {
    fileprivate func entryForm(_ call: Call, _ form: EntryForm) -> [UInt8] {
        parts.pages.entryForm(call.pageRequest(self), form, today)
    }

    /// What the latest cycle asks; the columns of some kinds follow from it.
    var newestQuestionnaire: Questionnaire {
        let latest = parts.writer.questionnaires.max { $0.key < $1.key }
        return latest?.value ?? .bmn2560
    }
}

extension Call {
    func mayEnter(_ kind: ImportKind) -> Bool {
        if case .granted? = principal?.mayEver(kind.action) { true } else { false }
    }

    /// The kind that the path names, where the person may enter it anywhere.
    func entryKind(withForm: Bool) throws(Problem) -> ImportKind {
        guard let kind = parameters["kind"].flatMap(ImportKind.init(rawValue:)),
            kind.hasForm || !withForm
        else { throw Problem(.notFound) }
        guard mayEnter(kind) else { throw Problem(.roleMissing) }
        return kind
    }

    /// What a form is filled in with: what a link says, the latest cycle of a role that may enter
    /// such acts, and that role's area where it has one.
    fileprivate func known(
        _ kind: ImportKind,
        _ questionnaire: Questionnaire
    ) -> [String: String] {
        let able = (principal?.grants ?? []).filter { kind.action.reach(of: $0.role) != .nowhere }
        let cycle = able.map(\.cycle).max() ?? ""
        let areas = Set(able.filter { $0.cycle == cycle }.map(\.area))
        var known: [String: String] = [:]
        for field in kind.fields(of: questionnaire) where !field.isOfRow {
            let name = field.column.name
            if let asked = query[name] {
                known[name] = String(asked.prefix(200))
            } else if name == "cycle" {
                if field.column.isRequired { known[name] = cycle }
            } else if case .areaCode(let lengths) = field.input, areas.count == 1,
                ["area", "from_area", "by_area"].contains(name), let area = areas.first,
                lengths.contains(area.utf8.count)
            {
                known[name] = area
            }
        }
        return known
    }

    /// What may come next, with the address of its form, in which the act's identifier stands.
    fileprivate func followers(of form: EntryForm) -> [(kind: ImportKind, address: String)] {
        form.kind.followers.filter { mayEnter($0) && $0.hasForm }.map { follower in
            let names = Set(follower.columns.map(\.name))
            let handedOn = ["cycle", form.fields[0].column.name].filter(names.contains)
            let query = handedOn.compactMap { name in
                form.shared[name].map { "\(name)=\(QueryText.encode($0))" }
            }
            let question = query.isEmpty ? "" : "?" + query.joined(separator: "&")
            return (follower, "/enter/\(follower.rawValue)\(question)")
        }
    }
}
