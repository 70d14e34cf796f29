import Console
import Pages
import Survey
import SurveyImport

/// The pages of uploads, in the look of the others.
extension Pages {
    private static let shownFaultCount = 100

    func upload(
        _ request: PageRequest,
        _ kind: ImportKind,
        _ fields: [ImportField],
        isEmpty: Bool
    ) -> [UInt8] {
        let words = ImportWords(request)
        let title = "\(words.upload): \(words.entry.text(kind.title))"
        let fault: Markup =
            isEmpty
            ? "<p class=\"fault\" id=\"file-fault\" role=\"alert\">\(words.noFile)</p>\n" : ""
        let described: Markup =
            isEmpty
            ? " aria-describedby=\"file-hint file-fault\" aria-invalid=\"true\""
            : " aria-describedby=\"file-hint\""
        let table = PageTable(
            id: "columns",
            caption: words.columns,
            columns: [
                .init(words.column), .init(words.required), .init(words.meaning),
                .init(words.example),
            ],
            rows: fields.map { field in
                let meaning = words.entry.choose(field.column.meaningTh, field.column.meaningEn)
                return [
                    "<code>\(field.column.name)</code>",
                    "\(field.column.isRequired ? words.yes : "")", "\(meaning)",
                    "\(field.column.example)",
                ]
            }
        )
        let form: Markup =
            kind.hasForm
            ? "<p><a href=\"/enter/\(kind.rawValue)\">\(words.oneByOne)</a></p>\n" : ""
        return layout.render(
            title: title,
            main: """
                <h1>\(title)</h1>
                <p>\(words.howTo)</p>
                <p><a href="/import/\(kind.rawValue)/template">\(words.template)</a></p>
                <form class="entry" method="post" action="/import/\(kind.rawValue)" \
                enctype="multipart/form-data">
                <input type="hidden" name="csrf" value="\(request.reader?.csrf ?? "")"/>
                <div class="field">
                <label for="file">\(words.file)</label>
                <p class="hint" id="file-hint">\(words.fileHint)</p>
                \(fault)<input id="file" name="file" type="file" accept=".csv,text/csv"\(described)/>
                </div>
                <p><button type="submit">\(words.look)</button></p>
                </form>
                \(form)\(layout.table(table, request.language))
                """,
            request: request
        )
    }

    /// What the file says, or how far it came.
    func progress(_ request: PageRequest, _ upload: ImportUpload) -> [UInt8] {
        let words = ImportWords(request)
        let title = "\(words.upload): \(words.entry.text(upload.kind.title))"
        let isPreviewed = if case .previewed = upload.state { true } else { false }
        return layout.render(
            title: "\(words.state(upload)) · \(title)",
            main: """
                <h1>\(title)</h1>
                <p role="status"><b>\(words.state(upload))</b></p>
                \(isPreviewed ? preview(words, request, upload) : counts(words, upload))\
                \(faults(words, request, upload))
                """,
            request: request
        )
    }

    private func preview(
        _ words: ImportWords,
        _ request: PageRequest,
        _ upload: ImportUpload
    ) -> Markup {
        let preview = upload.preview
        let confirm: Markup =
            preview.readyCount == 0
            ? ""
            : button(request, upload, "confirm", words.confirm(preview.readyCount), "")
        let table = PageTable(
            id: "rows",
            caption: words.firstRows,
            columns: [.init(words.line)] + preview.header.map { .init($0) },
            rows: preview.firstRows.map { row in
                ["\(row.line)"] + row.cells.map { cell in "\(cell)" as Markup }
            }
        )
        return """
            <dl class="facts">
            <div><dt>\(words.rows)</dt><dd>\(preview.rowCount)</dd></div>
            <div><dt>\(words.ready)</dt><dd>\(preview.readyCount)</dd></div>
            <div><dt>\(words.refused)</dt><dd>\(preview.faults.refusedCount)</dd></div>
            <div><dt>\(words.warnings)</dt><dd>\(preview.faults.warningCount)</dd></div>
            </dl>
            <p>\(words.nothingYet)</p>
            \(confirm)\(button(request, upload, "forget", words.forget, "quiet"))\
            \(layout.table(table, request.language))
            """
    }

    private func button(
        _ request: PageRequest,
        _ upload: ImportUpload,
        _ path: String,
        _ text: String,
        _ look: String
    ) -> Markup {
        """
        <form class="entry" method="post" action="/imports/\(upload.id)/\(path)">
        <input type="hidden" name="csrf" value="\(request.reader?.csrf ?? "")"/>
        <p><button class="\(look)" type="submit">\(text)</button></p>
        </form>

        """
    }

    private func counts(_ words: ImportWords, _ upload: ImportUpload) -> Markup {
        let total = upload.totalCount
        let why: Markup
        if case .stopped(let problem) = upload.state {
            why = """
                <p class="note">\(words.entry.text(problem.sentence)) <code>\(problem.code)</code>. \
                \(words.again)</p>

                """
        } else if upload.isUnderWay {
            why = """
                <p>\(words.mayLeave) <a href="/imports/\(upload.id)">\(words.refresh)</a></p>

                """
        } else {
            why = """
                <p><a href="/records">\(words.records)</a> · \
                <a href="/import/\(upload.kind.rawValue)">\(words.another)</a></p>

                """
        }
        return """
            <p><label for="done">\(words.doneOf)</label>
            <progress id="done" max="\(max(total, 1))" value="\(total - upload.leftCount)">\
            \(total - upload.leftCount)/\(total)</progress></p>
            <dl class="facts">
            <div><dt>\(words.recorded)</dt><dd>\(upload.recordedCount)</dd></div>
            <div><dt>\(words.repeated)</dt><dd>\(upload.repeatedCount)</dd></div>
            <div><dt>\(words.refused)</dt><dd>\(upload.faults.refusedCount)</dd></div>
            <div><dt>\(words.left)</dt><dd>\(upload.leftCount)</dd></div>
            </dl>
            \(why)
            """
    }

    private func faults(
        _ words: ImportWords,
        _ request: PageRequest,
        _ upload: ImportUpload
    ) -> Markup {
        let faults = upload.faults
        guard !faults.kept.isEmpty else { return "" }
        let table = PageTable(
            id: "faults",
            caption: words.faults,
            columns: [
                .init(words.line), .init(words.column), .init(words.result),
                .init(words.reason),
            ],
            rows: faults.kept.prefix(Self.shownFaultCount).map { fault in
                [
                    "\(fault.line)", "<code>\(fault.column)</code>",
                    "\(fault.isWarning ? words.warning : words.refused)",
                    "\(words.entry.text(fault.sentence)) <code>\(fault.code)</code>",
                ]
            }
        )
        let more: Markup =
            faults.kept.count > Self.shownFaultCount
            ? "<p>\(words.onlyFirst(Self.shownFaultCount))</p>\n" : ""
        let omitted: Markup =
            faults.omitted.map { "<p class=\"note\">\(words.entry.text($0))</p>\n" } ?? ""
        return """
            <p><a href="/imports/\(upload.id)/faults">\(words.faultsFile)</a></p>
            \(more)\(omitted)\(layout.table(table, request.language))
            """
    }
}
