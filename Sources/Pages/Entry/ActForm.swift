package import Console

/// A short form of one act on a household: that it was not collected, or is withdrawn.
package struct ActForm: Sendable {
    package struct Field: Sendable {
        let name: String
        let label: Phrase
        let hint: Phrase?
        let isRequired: Bool
        /// To choose from; none is typed.
        let options: [(value: String, name: Phrase)]

        package init(
            _ name: String,
            _ label: Phrase,
            hint: Phrase? = nil,
            isRequired: Bool = true,
            options: [(value: String, name: Phrase)] = []
        ) {
            self.name = name
            self.label = label
            self.hint = hint
            self.isRequired = isRequired
            self.options = options
        }
    }

    let title: Phrase
    let path: [String]
    let fields: [Field]
    /// Sent along unseen.
    let hidden: [(String, String)]
    package var values: [String: String] = [:]
    package var faults: [String: Phrase] = [:]
    package var notices: [Phrase] = []

    package init(
        title: Phrase,
        path: [String],
        fields: [Field],
        hidden: [(String, String)],
        values: [String: String]
    ) {
        self.title = title
        self.path = path
        self.fields = fields
        self.hidden = hidden
        self.values = values
    }
}

extension Pages {
    package func actForm(_ form: ActForm, _ request: PageRequest) -> [UInt8] {
        PageContext(pages: self, request: request).actForm(form).body
    }
}

extension PageContext {
    fileprivate func actForm(_ form: ActForm) -> PageAnswer {
        let hidden = (form.hidden + [("csrf", request.reader?.csrf ?? "")]).map { pair -> Markup in
            "<input type=\"hidden\" name=\"\(pair.0)\" value=\"\(pair.1)\"/>\n"
        }
        var told: [Markup] = form.notices.map { note("\($0.text(language))") }
        let wrong = form.fields.compactMap { field -> Markup? in
            form.faults[field.name].map { fault in
                "<a href=\"#\(field.name)\">\(field.label.text(language)): \(fault.text(language))</a>"
            }
        }
        if !wrong.isEmpty { told.append(list(wrong)) }
        return page(
            form.title.text(language),
            [
                "<div id=\"told\" role=\"status\">\n\(told)</div>\n",
                """
                <form class="entry" method="post" action="\(Link.to(form.path))" autocomplete="off">
                <button type="submit" disabled="disabled" hidden="hidden"></button>
                \(hidden)<div class="questions">
                \(form.fields.map { control($0, form) })</div>
                <div class="actions"><button type="submit" name="do" value="record">\
                \(choose("บันทึก", "Record"))</button></div></form>

                """,
            ]
        )
    }

    private func control(_ field: ActForm.Field, _ form: ActForm) -> Markup {
        let value = form.values[field.name] ?? ""
        let fault = form.faults[field.name]
        let ids = [
            field.hint == nil ? nil : "\(field.name)-hint",
            fault == nil ? nil : "\(field.name)-fault",
        ]
        .compactMap(\.self)
        let by: Markup =
            ids.isEmpty ? "" : " aria-describedby=\"\(ids.joined(separator: " "))\""
        let required: Markup = field.isRequired ? " aria-required=\"true\"" : ""
        let invalid: Markup = fault == nil ? "" : " aria-invalid=\"true\""
        let input: Markup
        if field.options.isEmpty {
            input = """
                <input id="\(field.name)" name="\(field.name)" type="text" maxlength="500" \
                value="\(value)"\(required)\(invalid)\(by)/>
                """
        } else {
            var options: [Markup] = ["<option value=\"\"></option>\n"]
            for (offset, option) in field.options.enumerated() {
                let chosen: Markup = option.value == value ? " selected=\"selected\"" : ""
                let name = option.name.text(language)
                options.append(
                    "<option value=\"\(option.value)\"\(chosen)>\(offset + 1) \(name)</option>\n"
                )
            }
            input = """
                <select id="\(field.name)" name="\(field.name)"\(required)\(invalid)\(by)>
                \(options)</select>
                """
        }
        let hint: Markup =
            field.hint.map { hint -> Markup in
                "<span class=\"hint\" id=\"\(field.name)-hint\">\(hint.text(language))</span>\n"
            } ?? ""
        let told: Markup =
            fault.map { fault -> Markup in
                "<span class=\"fault\" id=\"\(field.name)-fault\">\(fault.text(language))</span>\n"
            } ?? ""
        return """
            <div class="question"><label for="\(field.name)">\(field.label.text(language))</label>
            \(hint)\(input)
            \(told)</div>

            """
    }
}
