/// Shares of wholes as bars: a picture of a table that stands beside it.
struct Bars {
    struct Bar {
        let name: String
        let part: Int64
        let whole: Int64
        /// What is written at the bar.
        let label: String
    }

    /// Of the picture among those of the page.
    let id: String
    let title: String
    let description: String
    let bars: [Bar]

    private static let rowHeight = 44

    var markup: Markup {
        let height = bars.count * Self.rowHeight + 4
        let rows = bars.enumerated().map { offset, bar -> Markup in
            let top = offset * Self.rowHeight
            return """
                <text x="0" y="\(top + 15)">\(bar.name)</text>
                <text x="600" y="\(top + 15)" text-anchor="end">\(bar.label)</text>
                <rect class="whole" x="0" y="\(top + 22)" width="600" height="14"/>
                <rect class="part" x="0" y="\(top + 22)" width="\(Self.width(bar))" height="14"/>

                """
        }
        return """
            <svg class="bars" viewBox="0 0 600 \(height)" role="img" \
            aria-labelledby="\(id)-title \(id)-desc" xmlns="http://www.w3.org/2000/svg">
            <title id="\(id)-title">\(title)</title>
            <desc id="\(id)-desc">\(description)</desc>
            \(rows)</svg>

            """
    }

    /// Of 600; more than the whole is drawn as the whole.
    private static func width(_ bar: Bar) -> Int64 {
        guard bar.whole > 0 else { return 0 }
        return min(600, max(0, bar.part) * 600 / bar.whole)
    }
}
