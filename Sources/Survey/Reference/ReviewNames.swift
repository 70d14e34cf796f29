// The one name of each choice, as in the schema.

extension Attendance.Kind {
    package var name: String {
        switch self {
        case .localExecutive: "local_executive"
        case .villageHead: "village_head"
        case .communityLeader: "community_leader"
        case .resident: "resident"
        case .official: "official"
        case .others: "others"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}

extension PublicReview.Outcome {
    package var name: String {
        switch self {
        case .confirmed: "confirmed"
        case .objected: "objected"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}

extension ObjectionResolution.Outcome {
    package var name: String {
        switch self {
        case .accepted: "accepted"
        case .rejected: "rejected"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}

extension QualityCheck.Stage {
    package var name: String {
        switch self {
        case .collecting: "collecting"
        case .recording: "recording"
        case .processing: "processing"
        case .certifying: "certifying"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}

extension QualityCheck.Outcome {
    package var name: String {
        switch self {
        case .sound: "sound"
        case .defective: "defective"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}

extension Defect.Severity {
    package var name: String {
        switch self {
        case .minor: "minor"
        case .major: "major"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}

extension DefectResolution.Outcome {
    package var name: String {
        switch self {
        case .corrected: "corrected"
        case .noFault: "no_fault"
        case .accepted: "accepted"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}
