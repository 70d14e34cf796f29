/// The files beside this code, which lie in the program: it runs from anywhere.
enum Assets {
    /// By their path below `/assets/`.
    ///
    /// What is put into the folder Assets gets its line here.
    static let files: [String: (contentType: String, bytes: [UInt8])] = [
        "style.css": ("text/css; charset=utf-8", PackageResources.style_css),
        "passkeys.js": ("text/javascript; charset=utf-8", PackageResources.passkeys_js),
        "progress.js": ("text/javascript; charset=utf-8", PackageResources.progress_js),
    ]

    static let templates: [String: [UInt8]] = [
        "layout": PackageResources.layout_mustache,
        "table": PackageResources.table_mustache,
    ]
}
