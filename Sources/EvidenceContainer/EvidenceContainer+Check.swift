import Cryptography

extension EvidenceContainer {
    /// Everything that does not fit together; nothing else is wrong with a container whose
    /// signatures are those of their manifests.
    ///
    /// `heartbeat` is called before each file, so that somebody knows that it goes on.
    package func check(heartbeat: () -> Void = {}) -> [ContainerFinding] {
        var findings: [ContainerFinding] = []
        if manifests.isEmpty { findings.append(ContainerFinding(.noManifest)) }
        var digests: [String: Digest] = [:]
        var covered: Set<String> = []
        var signatures: Set<String> = []
        for signed in manifests {
            let signatureName = signed.manifest.signatureName
            if signed.signature == nil {
                findings.append(.init(.signatureMissing, signatureName, manifest: signed.name))
            }
            if !signatures.insert(signatureName).inserted {
                findings.append(.init(.signatureShared, signatureName, manifest: signed.name))
            }
            for reference in signed.manifest.references {
                heartbeat()
                guard let digest = digest(of: reference.name, &digests) else {
                    findings.append(.init(.fileMissing, reference.name, manifest: signed.name))
                    continue
                }
                covered.insert(reference.name)
                if digest != reference.digest {
                    findings.append(.init(.digestMismatch, reference.name, manifest: signed.name))
                }
            }
        }
        findings += files.filter { !covered.contains($0.name) }
            .map { ContainerFinding(.fileNotCovered, $0.name) }
        return findings + strayMetadata(signatures)
    }

    // Each file is hashed once, however many manifests list it.
    private func digest(of name: String, _ known: inout [String: Digest]) -> Digest? {
        if let digest = known[name] { return digest }
        guard let contents = contents(of: name) else { return nil }
        let digest = SHA256.hash(Array(contents))
        known[name] = digest
        return digest
    }

    /// What lies in META-INF and is neither a manifest nor the signature of one.
    private func strayMetadata(_ signatures: Set<String>) -> [ContainerFinding] {
        metadata.map(\.name)
            .filter { name in !Self.isManifest(name) && !signatures.contains(name) }
            .map { name in
                let isSignature = ASiCManifest.SignatureKind.allCases
                    .contains { kind in name.hasSuffix(kind.suffix) }
                return ContainerFinding(
                    isSignature ? .signatureOfNothing : .unknownMetadata,
                    name
                )
            }
    }
}
