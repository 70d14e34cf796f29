import Console
package import Survey

/// The pieces of pages for those that this module does not make: pages of the service's own state.
package struct PageParts {
    private let context: PageContext

    package init(_ pages: Pages, _ request: PageRequest) {
        context = PageContext(pages: pages, request: request)
    }

    package var language: Language { context.language }

    package func choose(_ thai: String, _ english: String) -> String {
        context.choose(thai, english)
    }

    /// A whole page, whose heading is its title.
    package func page(
        _ title: String,
        _ parts: [Markup],
        scripts: [String] = []
    ) -> PageAnswer {
        context.page(title, parts, scripts: scripts)
    }

    package func sentence(_ text: String) -> Markup { context.sentence(text) }
    package func paragraph(_ markup: Markup) -> Markup { context.paragraph(markup) }
    package func note(_ text: Markup) -> Markup { context.note(text) }
    package func late(_ text: String) -> Markup { context.late(text) }
    package func code(_ text: String) -> Markup { context.code(text) }
    package func exact(_ text: String) -> Markup { context.exact(text) }
    package func list(_ items: [Markup]) -> Markup { context.list(items) }
    package func facts(_ facts: [(String, Markup)]) -> Markup { context.facts(facts) }
    package func word(_ word: String) -> String { context.word(word) }

    package func number(_ number: some FixedWidthInteger) -> Markup { context.number(number) }

    package func link(
        _ path: [String],
        _ text: String,
        _ query: [String: String] = [:]
    ) -> Markup {
        context.link(path, text, query)
    }

    package func link(record index: UInt64) -> Markup {
        context.link(record: Int64(clamping: index))
    }

    package func section(_ id: String, _ title: String, _ parts: [Markup]) -> Markup {
        context.section(id, title, parts)
    }

    /// A moment as people read it, in Thailand's time; for programs `iso`.
    package func time(unixMicroseconds: Int64, iso: String) -> Markup {
        context.time(unixMicroseconds: unixMicroseconds, iso: iso)
    }

    /// The titles of the columns that hold numbers are said to be numeric.
    package func table(
        _ id: String,
        _ caption: String,
        _ columns: [(title: String, isNumeric: Bool)],
        _ rows: [[Markup]]
    ) -> Markup {
        context.table(
            PageTable(
                id: id,
                caption: caption,
                columns: columns.map { .init($0.title, isNumeric: $0.isNumeric) },
                rows: rows
            )
        )
    }

    /// A form that narrows a list.
    package func search(
        _ path: [String],
        texts: [(name: String, label: String, value: String)],
        days: [(name: String, label: String, value: String)],
        choices: [(name: String, label: String, value: String, options: [(String, String)])]
    ) -> Markup {
        let fields: [FilterForm.Field] =
            texts.map { .text(name: $0.name, label: $0.label, value: $0.value) }
            + choices.map {
                .choice(name: $0.name, label: $0.label, value: $0.value, options: $0.options)
            }
            + days.map { .day(name: $0.name, label: $0.label, value: $0.value) }
        return context.form(FilterForm(path: path, fields: fields))
    }

    /// A form that changes something, which carries the session's own token; `more` are its fields.
    package func form(
        _ path: [String],
        button: String,
        hidden: [(name: String, value: String)] = [],
        _ more: Markup = ""
    ) -> Markup {
        let fields = hidden.map { field -> Markup in
            "<input type=\"hidden\" name=\"\(field.name)\" value=\"\(field.value)\"/>\n"
        }
        return """
            <form class="act" method="post" action="\(Link.to(path))">
            <input type="hidden" name="csrf" value="\(context.request.reader?.csrf ?? "")"/>
            \(fields)\(more)<button type="submit">\(button)</button>
            </form>

            """
    }

    /// A field of such a form, with its label.
    package func field(_ name: String, _ label: String, hint: String = "") -> Markup {
        let about: Markup = hint.isEmpty ? "" : "<span id=\"h-\(name)\">\(hint)</span>\n"
        let described: Markup = hint.isEmpty ? "" : " aria-describedby=\"h-\(name)\""
        return """
            <div><label for="i-\(name)">\(label)</label>
            <input id="i-\(name)" name="\(name)" type="text" required="required" \
            maxlength="200" autocomplete="off"\(described)/>
            \(about)</div>

            """
    }

    /// Something that can be ticked.
    package func tick(_ name: String, _ label: String) -> Markup {
        """
        <div><input id="i-\(name)" name="\(name)" type="checkbox" value="1"/>
        <label for="i-\(name)">\(label)</label></div>

        """
    }

    /// How far something is that goes on: `progress.js` shows it live, by the events of that path.
    package func progress(done: Int, total: Int, label: String, events: [String]) -> Markup {
        let words = choose("{done} จาก {total}", "{done} of {total}")
        let said =
            total == 0
            ? choose("กำลังเริ่ม", "beginning")
            : choose("\(done.grouped) จาก \(total.grouped)", "\(done.grouped) of \(total.grouped)")
        let value: Markup = total == 0 ? "" : " max=\"\(total)\" value=\"\(done)\""
        return """
            <p><label for="progress">\(label)</label>
            <progress id="progress"\(value) data-words="\(words)" \
            data-events="\(Link.to(events))"></progress></p>
            <p id="progress-text" role="status">\(said)</p>

            """
    }

    /// The address of the same page with another query; an empty value leaves it out.
    package func address(_ changes: [String: String]) -> String {
        Link.same(context.request, changes)
    }

    /// The address of a path below the service.
    package func address(_ path: [String], _ query: [String: String] = [:]) -> String {
        Link.to(path, query)
    }
}
