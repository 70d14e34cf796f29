import Console
import Ledger
import LedgerWriter
import Pages
import Survey
import SurveyImport

/// The pages of entering acts, in the look of the others.
extension Pages {
    func entries(_ request: PageRequest, _ groups: [EntryGroup]) -> [UInt8] {
        let words = EntryWords(request)
        let sections = groups.enumerated().map { offset, group -> Markup in
            let items = group.kinds.map { kind -> Markup in
                let title = words.text(kind.title)
                let file: Markup = """
                    <a href="/import/\(kind.rawValue)" \
                    aria-label="\(words.fromFile): \(title)">\(words.fromFile)</a>
                    """
                return kind.hasForm
                    ? "<li><a href=\"/enter/\(kind.rawValue)\">\(title)</a> · \(file)</li>\n"
                    : "<li>\(title) · \(file)</li>\n"
            }
            return """
                <section aria-labelledby="group-\(offset)">
                <h2 id="group-\(offset)">\(words.text(group.title))</h2>
                <ul>
                \(items)</ul>
                </section>

                """
        }
        return layout.render(
            title: words.enter,
            main: "<h1>\(words.enter)</h1>\n<p>\(words.whatToEnter)</p>\n\(sections)",
            request: request
        )
    }

    func entryForm(_ request: PageRequest, _ form: EntryForm, _ today: Day) -> [UInt8] {
        let words = EntryWords(request)
        let title = words.text(form.kind.title)
        let shared = form.sharedFields.map { field in
            control(words, form, field, row: nil, today)
        }
        let rows = form.rows.indices.map { row in self.row(words, form, row, today) }
        // Enter presses the first button of a form, which must not be one that removes something.
        let enter: Markup = """
            <button type="submit" name="do" value="add" hidden="hidden">\(words.addRow)</button>

            """
        let add: Markup = """
            <p><button class="quiet" type="submit" name="do" value="add">\(words.addRow)</button></p>

            """
        let hasRows = !form.rowFields.isEmpty
        return layout.render(
            title: form.faults.isEmpty ? title : "\(words.mistakes): \(title)",
            main: """
                <h1>\(title)</h1>
                \(summary(words, form))<p>\(words.openInRecords) \
                <a href="/import/\(form.kind.rawValue)">\(words.fromFile)</a></p>
                <form class="entry" method="post" action="/enter/\(form.kind.rawValue)" \
                enctype="multipart/form-data" novalidate="novalidate">
                <input type="hidden" name="csrf" value="\(request.reader?.csrf ?? "")"/>
                <input type="hidden" name="rows" value="\(form.rows.count)"/>
                \(hasRows ? enter : "")\(shared)\(rows)\(hasRows ? add : "")\
                <p><button type="submit" name="do" value="record">\(words.record)</button></p>
                </form>

                """,
            request: request
        )
    }

    /// What came of it, and what usually follows.
    func entered(
        _ request: PageRequest,
        _ kind: ImportKind,
        _ receipt: Receipt,
        _ followers: [(kind: ImportKind, address: String)]
    ) -> [UInt8] {
        let words = EntryWords(request)
        let title = words.text(kind.title)
        let next = followers.map { follower -> Markup in
            "<li><a href=\"\(follower.address)\">\(words.text(follower.kind.title))</a></li>\n"
        }
        return layout.render(
            title: "\(words.recorded): \(title)",
            main: """
                <h1>\(words.recorded): \(title)</h1>
                <p role="status">\(receipt.isRepeated ? words.wasThere : words.isThere)</p>
                <dl class="facts">
                <div><dt>\(words.recordNumber)</dt>\
                <dd><a href="/records/\(receipt.index)">\(receipt.index)</a></dd></div>
                <div><dt>\(words.recordedAt)</dt><dd>\
                <time datetime="\(receipt.recordedAt.text)">\(words.time(receipt))</time></dd></div>
                <div><dt>SHA-256</dt><dd><code>\(receipt.leafHashHex)</code></dd></div>
                </dl>
                <h2>\(words.whatNext)</h2>
                <ul>
                \(next)<li><a href="/enter/\(kind.rawValue)">\(words.oneMore): \(title)</a></li>
                <li><a href="/enter">\(words.enter)</a></li>
                </ul>

                """,
            request: request
        )
    }

    /// What has to be mended, each with a link to its field.
    private func summary(_ words: EntryWords, _ form: EntryForm) -> Markup {
        guard !form.faults.isEmpty else { return "" }
        let items = form.faults.map { fault -> Markup in
            let sentence = words.text(fault.sentence)
            guard let name = fault.field else { return "<li>\(sentence)</li>\n" }
            let label = form.label(of: name, words)
            return "<li><a href=\"#\(name)\">\(label)</a>: \(sentence)</li>\n"
        }
        return """
            <div class="note" role="alert">
            <h2>\(words.mistakes)</h2>
            <ul>
            \(items)</ul>
            </div>

            """
    }

    private func row(
        _ words: EntryWords,
        _ form: EntryForm,
        _ row: Int,
        _ today: Day
    ) -> Markup {
        guard !form.rowFields.isEmpty else { return "" }
        let fields = form.rowFields.map { field in control(words, form, field, row: row, today) }
        let drop: Markup =
            form.rows.count < 2
            ? ""
            : """
            <p><button class="quiet" type="submit" name="do" value="drop-\(row)">\
            \(words.dropRow) \(row + 1)</button></p>

            """
        return """
            <fieldset>
            <legend>\(words.rowNumber) \(row + 1)</legend>
            \(fields)\(drop)</fieldset>

            """
    }

    private func control(
        _ words: EntryWords,
        _ form: EntryForm,
        _ field: ImportField,
        row: Int?,
        _ today: Day
    ) -> Markup {
        let column = field.column
        let name = EntryForm.name(of: column.name, row: row)
        let value = (row.map { form.rows[$0] } ?? form.shared)[column.name] ?? ""
        let faults = form.faults.filter { $0.field == name }
        let hint = words.hint(field, today)
        var described: [String] = []
        if !hint.isEmpty { described.append("\(name)-hint") }
        if !faults.isEmpty { described.append("\(name)-fault") }
        var more: Markup = ""
        if !described.isEmpty {
            more = " aria-describedby=\"\(described.joined(separator: " "))\""
        }
        if !faults.isEmpty { more = "\(more) aria-invalid=\"true\"" }
        if form.focused == name { more = "\(more) autofocus=\"autofocus\"" }
        if column.isRequired { more = "\(more) aria-required=\"true\"" }
        let sentences = faults.map { words.text($0.sentence) }.joined(separator: " ")
        let fault: Markup =
            faults.isEmpty ? "" : "<p class=\"fault\" id=\"\(name)-fault\">\(sentences)</p>\n"
        let advice: Markup =
            hint.isEmpty ? "" : "<p class=\"hint\" id=\"\(name)-hint\">\(hint)</p>\n"
        let need = column.isRequired ? "" : " \(words.mayBeEmpty)"
        return """
            <div class="field">
            <label for="\(name)">\(words.label(field))\(need)</label>
            \(advice)\(fault)\(input(words, field.input, name, value, more))</div>

            """
    }

    private func input(
        _ words: EntryWords,
        _ input: ImportInput,
        _ name: String,
        _ value: String,
        _ more: Markup
    ) -> Markup {
        let keyboard: Markup
        switch input {
        case .words(let options):
            // What was sent and is none of them stays to be seen.
            let all = [""] + options + (options.contains(value) || value.isEmpty ? [] : [value])
            let choices = all.map { option -> Markup in
                let chosen: Markup = option == value ? " selected=\"selected\"" : ""
                return """
                    <option value="\(option)"\(chosen)>\(words.word(option))</option>

                    """
            }
            return "<select id=\"\(name)\" name=\"\(name)\"\(more)>\n\(choices)</select>\n"
        case .flag:
            let chosen: Markup = value.lowercased() == "true" ? " checked=\"checked\"" : ""
            return """
                <input id="\(name)" name="\(name)" type="checkbox" value="true"\(chosen)\(more)/>

                """
        case .count, .areaCode: keyboard = " inputmode=\"numeric\""
        case .day, .text: keyboard = ""
        }
        return """
            <input id="\(name)" name="\(name)" type="text" value="\(value)" \
            autocomplete="off"\(keyboard)\(more)/>

            """
    }
}

extension EntryForm {
    /// What the field of that name is called, with its row where it has one.
    fileprivate func label(of name: String, _ words: EntryWords) -> String {
        guard let dot = name.firstIndex(of: "."),
            let field = fields.first(where: { $0.column.name == name[name.index(after: dot)...] })
        else { return name }
        guard field.isOfRow, let row = Int(name[..<dot].dropFirst()) else {
            return words.label(field)
        }
        return "\(words.rowNumber) \(row + 1) \(words.label(field))"
    }
}
