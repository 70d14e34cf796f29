import COpenSSL

extension Certificate {
    /// A name as RFC 2253 spells it, in UTF-8.
    static func text(of name: OpaquePointer?) throws(CryptographyError) -> String {
        guard let output = unsafe BIO_new(BIO_s_mem()) else {
            throw .draining(.libraryFailure, "A name could not be spelled.")
        }
        defer { unsafe BIO_free(output) }
        guard unsafe X509_NAME_print_ex(output, name, 0, ledger_name_flags()) >= 0 else {
            throw .draining(.malformedCertificate, "A name in a certificate is no text.")
        }
        var start: UnsafeMutablePointer<CChar>?
        let count = unsafe BIO_ctrl(output, BIO_CTRL_INFO, 0, &start)
        guard count > 0, let start = unsafe start else {
            return ""
        }
        let characters = unsafe UnsafeRawBufferPointer(start: start, count: count)
        let bytes = unsafe [UInt8](characters)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw malformed("has its names in valid UTF-8")
        }
        return text
    }

    /// The texts of the subject and of its alternative names.
    static func subjectTexts(of x509: OpaquePointer) throws(CryptographyError) -> [String] {
        var texts = unsafe texts(of: X509_get_subject_name(x509))
        let names = try unsafe extensionValue(NID_subject_alt_name, of: x509)
        defer {
            unsafe OPENSSL_sk_pop_free(names) { name in
                unsafe GENERAL_NAME_free(name?.assumingMemoryBound(to: GENERAL_NAME.self))
            }
        }
        unsafe texts += elements(of: names).flatMap { name in
            unsafe Self.texts(of: UnsafePointer<GENERAL_NAME>(name))
        }
        return texts
    }

    /// The extended key usages; nil where the certificate has no such extension.
    static func extendedKeyUsages(of x509: OpaquePointer) throws(CryptographyError) -> [String]? {
        guard let usages = try unsafe extensionValue(NID_ext_key_usage, of: x509) else {
            return nil
        }
        defer {
            unsafe OPENSSL_sk_pop_free(usages) { usage in
                unsafe ASN1_OBJECT_free(OpaquePointer(usage))
            }
        }
        return unsafe elements(of: usages).compactMap { usage in unsafe ASN1.dotted(usage) }
    }

    /// An extension's decoded value, the caller's to free; nil where there is none.
    private static func extensionValue(
        _ kind: Int32,
        of x509: OpaquePointer
    ) throws(CryptographyError) -> OpaquePointer? {
        // Afterwards: -1 not there, -2 there twice, 0 or 1 there but perhaps unreadable.
        var criticality: Int32 = 0
        let value = unsafe X509_get_ext_d2i(x509, kind, &criticality, nil)
        guard unsafe value != nil || criticality == -1 else {
            throw .draining(.malformedCertificate, "A certificate's extension cannot be read.")
        }
        return OpaquePointer(value)
    }

    private static func texts(of name: OpaquePointer?) -> [String] {
        unsafe (0..<max(0, X509_NAME_entry_count(name))).compactMap { index in
            guard
                let entry = unsafe X509_NAME_get_entry(name, index),
                let value = unsafe X509_NAME_ENTRY_get_data(entry)
            else {
                return nil
            }
            return unsafe ASN1.text(value)
        }
    }

    private static func texts(of name: UnsafePointer<GENERAL_NAME>) -> [String] {
        let kind = unsafe name.pointee.type
        if kind == GEN_EMAIL || kind == GEN_DNS || kind == GEN_URI,
            let text = unsafe name.pointee.d.ia5
        {
            return unsafe [ASN1.text(text)]
        }
        if kind == GEN_DIRNAME {
            return unsafe texts(of: name.pointee.d.directoryName)
        }
        if kind == GEN_OTHERNAME, let value = unsafe name.pointee.d.otherName?.pointee.value {
            let type = unsafe value.pointee.type
            let isString = [
                V_ASN1_UTF8STRING, V_ASN1_PRINTABLESTRING, V_ASN1_IA5STRING, V_ASN1_BMPSTRING,
                V_ASN1_UNIVERSALSTRING, V_ASN1_T61STRING, V_ASN1_NUMERICSTRING,
                V_ASN1_VISIBLESTRING,
            ].contains(type)
            if isString, let text = unsafe value.pointee.value.asn1_string {
                return unsafe [ASN1.text(text)]
            }
        }
        // Of the other kinds, whatever in their encoding can be read as text.
        let der = unsafe DER.encode { output in unsafe i2d_GENERAL_NAME(name, output) }
        return [String(decoding: der, as: UTF8.self)]
    }
}
