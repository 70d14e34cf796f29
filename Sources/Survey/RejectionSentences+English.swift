extension RejectionCode {
    /// What people who read English are told; `{}` is the subject.
    package var english: String {
        switch self {
        // general
        case .commandIncomplete: "The command lacks the field {}: fill it in."
        case .identifierMalformed: "The identifier in {} must be 1 to 64 of A-Z a-z 0-9 . _ -."
        case .identifierIsCitizenId:
            "The identifier in {} reads as a citizen id: choose another, be it with a letter in it."
        case .textMalformed:
            "The text in {} is too long or has control or invisible characters: clean it."
        case .textHoldsCitizenId:
            "The text in {} holds a citizen id for all to read, for ever: leave it out."
        case .listTooLong: "The list in {} is too long: divide it."
        case .valueUnknown: "The value of {} is none that this version knows."
        case .dateMalformed: "The date in {} is no real day in the form YYYY-MM-DD."
        case .dateLooksBuddhist:
            "The date in {} looks Buddhist-era: give the C.E. year (B.E. - 543)."
        case .actInFuture: "The day of the act {} is after the day of recording."
        case .actBeforePrevious: "The act is dated before the one it follows ({}): correct its day."
        case .actBeforeTreeHead:
            "The act names a tree head of {} or later: date it no earlier than that."
        case .reasonMissing: "A reason with a letter or digit in it must be given in {}."
        case .periodReversed: "The period {} ends before it starts."
        case .kindUnknown: "The command has no kind that this version knows."
        // areas
        case .areaCodeMalformed:
            "The area code {} does not fit its level (2, 4, 6, 8 digits; LAO 4 or 6)."
        case .areaAlreadyDefined: "The area {} exists already: revise it instead."
        case .areaUnknown: "The area {} is unknown: define it first."
        case .areaParentMismatch: "The area {} does not belong under the parent given."
        case .areaLevelMismatch: "The area {} is not of the level needed here."
        case .areaNotValid: "The area {} was not valid on that day."
        case .laoDoesNotCover: "The LAO {} does not cover the tambon of that village."
        case .areaNamedTwice: "The area {} is named twice in one list."
        case .areaUnchanged: "The revision of the area {} changes nothing."
        case .areaOutsideCycle: "The area {} lies outside the province of this cycle."
        // cycle
        case .cycleAlreadyDefined: "The cycle {} is defined already."
        case .cycleUnknown: "The cycle {} is unknown: define it first."
        case .editionUnknown: "The questionnaire edition {} is unknown: define it first."
        case .editionAlreadyDefined:
            "The questionnaire edition {} is defined already: give another name."
        case .editionTooLarge:
            "The questionnaire has {} bytes as JSON, over 55,000: shorten its texts."
        case .editionMalformed: "The questionnaire cannot be used: {}: correct the document."
        case .cycleOutsideEdition:
            "The cycle {} is no B.E. year that its edition was printed for: name it like 2561."
        case .referenceDateOutsideCycle:
            "The reference date {} is in no year next to its cycle's: check both."
        case .deadlineDuplicate: "The deadline {} is named twice."
        case .deadlineUnknown: "The deadline {} is unknown in this cycle."
        case .deadlineActMismatch: "The deadline {} is not met by a report."
        case .deadlineLevelMismatch: "The deadline {} must lead from one level to a higher one."
        case .deadlineUnchanged: "The deadline {} would not change."
        case .certificationRuleInvalid:
            "The rule of level {} must come once, with distinct roles or a minimum of 1 to 99."
        // people
        case .personAlreadyRegistered: "The person {} is registered already."
        case .personUnknown: "The person {} is unknown: register first."
        case .citizenIdInvalid: "The citizen id at {} is invalid: check its 13 digits."
        case .citizenIdDuplicated: "The citizen id at {} is in this household twice."
        case .birthDateInvalid:
            "The birth date at {} is no real day or lies after the cycle's reference date."
        case .keyMalformed: "The public key of {} is not 32 bytes of a usable Ed25519 key."
        case .keyAlreadyRegistered: "This public key is registered already (by {})."
        case .keyUnknown: "This public key is not {}'s, or was revoked."
        case .certificateMalformed:
            "The certificate of {} is no X.509 certificate in DER of at most 16,384 bytes."
        case .certificateHoldsCitizenId:
            "A certificate or CMS of {} holds a citizen id for all to read, for ever: use another."
        case .certificateRootsTooLarge:
            "The trusted certificates have {} bytes together, over 40,000: leave some out."
        case .certificateRootsUnchanged:
            "The list of {} is the one in force already."
        case .certificateNotValid:
            "The certificate of {}, or one above it, was not valid at that time."
        case .certificateUntrusted:
            "The certificate of {} leads to no trusted root or is not for signing documents."
        case .certificateAlreadyRegistered:
            "This certificate or its key is registered already (by {}): take a new key."
        case .passkeyMalformed:
            "The passkey of {} has no id of 16 to 1,023 bytes or no key of ES256, EdDSA or RS256."
        case .relyingPartyInvalid:
            "The field {} is no domain in lower case, nor localhost."
        case .passkeyAlreadyRegistered:
            "This passkey or its key is registered already (by {}): make a new one."
        case .passkeyUnknown: "This passkey is not {}'s, or was revoked."
        case .certificateUnknown:
            "This certificate is not {}'s, or was revoked."
        // orders
        case .orderAlreadyIssued: "The order {} is issued already."
        case .orderUnknown: "The order {} is unknown."
        case .orderRevoked: "The order {} is revoked already."
        case .orderEmpty: "The order {} appoints nobody or changes nothing."
        case .orderInFuture: "The order {} bears a date after the day of the act: check both days."
        case .appointmentDuplicate: "{} is appointed twice by the same order."
        case .committeeAlreadyOrdered:
            "The order {} seats that area's committee then: amend it, or revoke it first."
        case .appointmentOutsideArea: "The area {} lies outside the order's area."
        case .roleUnknown: "The role {} is unknown for this kind of order."
        case .personNotInOrder: "{} is not appointed by this order."
        // targets
        case .targetAlreadySet: "The target of {} is set already: revise it with a reason."
        case .targetNotSet: "The target of {} is not set yet."
        case .targetUnchanged: "The target of {} would not change."
        case .targetTooLarge:
            "The target of {} is over 100,000 households or questionnaires: check it."
        // households
        case .householdAlreadyRecorded:
            "The household {} has a live record already: correct it instead."
        case .householdNotRecorded: "The household {} has no live record."
        case .collectorNotAppointed: "{} holds no collector's appointment for that area and day."
        case .recorderNotAppointed: "{} holds no recorder's appointment for that area and day."
        case .interviewAfterRecording: "The interview of {} is dated after its recording."
        case .membersMissing: "The household {} has no members."
        case .membersTooMany:
            "The household {} has more than 61 members, the record format's limit."
        case .agesImplausible: "An age in the household {} is over 130 years."
        case .referenceDateMismatch: "The ages of {} were not checked against birth dates at entry."
        case .indicatorUnknown: "The indicator {} is not in this edition."
        case .indicatorDuplicate: "The indicator {} is given twice."
        case .indicatorScopeMismatch:
            "The in-scope count of indicator {} contradicts the members' ages."
        case .indicatorFailingExceeds: "More fail indicator {} than are in its scope."
        case .indicatorDigitsMalformed:
            "The answers of {} are not one base-62 digit for each indicator number of the edition."
        case .correctionEmpty: "The correction of {} changes nothing."
        case .correctionStale: "The old value of {} is not the recorded one: read it again."
        case .correctionFieldUnknown: "The correction names an unknown field {}."
        case .personalDataMissing: "The personal data of {} is missing."
        case .sealedMalformed:
            "The sealed personal data of {} is malformed or over 32,768 bytes: shorten its texts."
        case .answersElsewhere: "Leave {} empty: what it says belongs in the field answers alone."
        case .answerUnknown:
            "There is an answer at {} that the form does not ask for: take the form's names."
        case .answerMalformed: "The answer at {} is none that its question takes: see the form."
        case .answerNotAsked:
            "The answer at {} is to a question that is not asked there: leave it out."
        case .answerMissing: "The answer at {} is missing: ask for it."
        case .answersContradict: "The answers contradict one another: {}: check them."
        case .answersRequired:
            "The household {} gave its answers: correct it by all of them, not by counts."
        case .warningCountMismatch:
            "The record of {} counts more warnings than its answers can give."
        // certifications
        case .certificationLevelInvalid: "The cycle has no certification rule for the level of {}."
        case .certificationIdTaken: "The certification id {} is taken."
        case .certificationOpen: "The area {} has a standing certification: withdraw it first."
        case .certificationUnknown: "The certification {} is unknown."
        case .certificationWithdrawn: "The certification {} was withdrawn."
        case .certificationSuperseded: "The data changed after {} was prepared: prepare it again."
        case .coverageIncomplete:
            "Households of the target of {} have neither a record nor a reason."
        case .lowerCertificationMissing: "The LAO {} has submitted no standing certification yet."
        case .figuresMismatch: "The figures of {} are not those of the records below its tree size."
        case .treeHeadMismatch: "The tree size or root hash of {} is not the log's."
        case .statementMismatch: "The statement of {} does not say what its figures say."
        case .signerNotOnCommittee: "{} was not on that committee in that role on that day."
        case .signatureInvalid: "The signature of {} is not over this statement's exact bytes."
        case .signatureFormInvalid:
            "The signature of {} must be a public key with its signature, or CMS alone."
        case .cmsMalformed:
            "The CMS of {} is no CAdES-B signature in DER with SHA-256: sign with -cades -binary."
        case .assertionMalformed:
            "The passkey's answer of {} is none to a request to sign: ask the passkey again."
        case .assertionElsewhere:
            "The passkey of {} answered another site than the one it was registered for."
        case .assertionUnverified:
            "The passkey of {} did not verify its holder: set a PIN, a fingerprint or a face."
        case .assertionRepeated:
            "The counter of {}'s passkey did not grow since it last signed here: sign anew."
        case .signingTimeInvalid:
            "The CMS was signed on {}: before the statement was prepared or after the act's day."
        case .alreadySigned: "{} has signed already."
        case .signaturesMissing: "Signatures are missing: {}."
        case .alreadyIssued: "The certification {} is issued already."
        case .notIssued: "The certification {} is not issued yet."
        case .alreadySubmitted: "The certification {} is submitted already."
        case .recipientMismatch: "A certification goes to the level above, not to {}."
        case .reportAlreadySubmitted: "The report {} is submitted already."
        // acts of the letter
        case .documentMalformed:
            "The document {} needs a SHA-256 of 64 lower-case hex digits, a size and a media type."
        case .documentDuplicate: "The document {} is listed twice: leave one out."
        case .documentNotAttached: "The document {} is not beside the ledger: bmn attach it first."
        case .dayAfterAct: "The day in {} lies after the day of the act: correct one of them."
        case .dayTooEarly:
            "The day in {} lies before that of the paper or call it follows: correct it."
        case .personNamedTwice: "{} is named twice in one list."
        case .directiveAlreadyIssued: "The directive {} is recorded already."
        case .directiveUnknown: "The directive {} is unknown: record it first."
        case .areaNotAddressed: "The directive is not addressed to the area {}."
        case .directiveAlreadyReceived: "The area {} has received the directive already."
        case .directiveUnchanged: "The revision of the directive {} would not change what is read."
        case .meetingAlreadyCalled: "The meeting {} is called already."
        case .meetingUnknown: "The meeting {} is unknown: call it first."
        case .meetingClosed: "The meeting {} was held or cancelled already."
        case .meetingRuleInvalid:
            "The quorum {} must be a share above nothing and at most the whole, in parts of up to 100."
        case .committeeLevelInvalid:
            "The level {} cannot ask for a committee, or is named twice: name district, tambon or lao."
        case .quorumMismatch:
            "The members, those present or the quorum of {} are not the committee's of that day."
        case .votesExceed:
            "More votes on resolution {} than committee members attended: count them again."
        case .dissenterAbsent: "{} dissents without having attended."
        case .dissenterNotMember:
            "{} dissents without sitting on that committee on that day: only members vote."
        case .dissentsExceed:
            "More dissents on resolution {} than members who did not vote for it: count them again."
        case .trainingAlreadyHeld: "The training {} is recorded already."
        case .trainingUnknown: "The training {} is unknown: record it first."
        case .orderAlreadyCirculated: "The order was circulated to the area {} already."
        case .orderAlreadySubmitted: "The order was submitted to the area {} already."
        case .orderRecipientMismatch: "An order goes to an area above its own, not to {}."
        case .userAlreadyRegistered: "The user {} is registered already: update the registration."
        case .userUnknown: "The user {} is not registered in this cycle, or was disabled."
        case .userRoleUnknown:
            "The role {} is none of a user: recorder, supervisor, committee, auditor or admin."
        case .userUnchanged: "The registration of {} would not change."
        case .userNotAppointed: "{} holds no appointment of that role for that area and day."
        case .paperNotRecorded:
            "Nothing of that kind is recorded of {}: check kind, paper and area."
        case .paperWithdrawn: "{} was withdrawn: record it under another id."
        // co-operation, plans, progress and awards
        case .cooperationAlreadyRequested: "The request for co-operation {} is recorded already."
        case .cooperationUnknown: "The request for co-operation {} is unknown: record it first."
        case .citationMissing:
            "The request {} cites no paper, as this cycle asks: name the ministry's letter."
        case .laoNotAsked: "That request does not ask the LAO {}."
        case .cooperationAlreadyAnswered:
            "The LAO {} has answered that request already: ask anew if it changed its mind."
        case .planAlreadyDrafted:
            "The area has the plan {} already: it is drafted anew only after a return."
        case .planUnknown: "The plan {} is unknown: draft it first."
        case .planReturned: "The plan {} was returned: draft it anew first."
        case .planAlreadySubmitted: "The plan was submitted to the area {} already."
        case .planNotSubmitted:
            "The plan does not lie with the area {}: not submitted there, or accepted already."
        case .planStepDuplicate: "The step {} is in the plan twice: name one otherwise."
        case .planStepUnknown: "The step {} is not in the plan as it stands."
        case .planStepAlreadyDone: "The step {} is done already."
        case .paperRecipientMismatch:
            "A plan or the awards go to an area above their own, not to {}."
        case .progressAlreadyReported:
            "The progress {} is reported already: revise it with a reason."
        case .progressNotReported: "The progress {} is not reported yet."
        case .progressUnchanged: "The revision of the progress {} changes nothing."
        case .progressTooLarge: "The progress {} is over 1,000,000 households: check it."
        case .nomineeKindMismatch:
            "The award {} goes to one person, or to one LAO where it is for LAOs."
        case .nomineeNotAppointed: "{} was never appointed to that work in the district."
        case .nomineeAlreadyEntered: "{} is nominated for that award already."
        case .awardAlreadyDecided: "The award {} is decided already."
        case .winnerNotNominated: "{} is not nominated for that award: enter the nomination first."
        case .deciderIsNominee: "{} is nominated for that award and cannot decide it."
        case .awardsUndecided: "No award of the district {} is decided yet."
        case .awardsAlreadyReported: "All decided awards of the district {} are reported already."
        case .serialRangeInvalid:
            "The serials {} must run upwards, 10,000 at most, after a prefix that ends in no digit."
        case .questionnaireAlreadyIssued: "Forms of the serials {} are issued already."
        case .questionnaireNotIssued: "The form {} was not issued in this cycle."
        case .questionnaireOfOther: "The form {} was issued to another collector."
        case .questionnaireClosed: "The form {} was returned or spoiled."
        case .questionnaireUsed:
            "The form {} is named by another household's record: correct the one that is wrong."
        case .budgetAlreadyAllocated: "The allocation {} is recorded already."
        case .budgetUnknown: "The allocation {} is unknown: record it first."
        case .amountInvalid: "The amount in {} must be 1 satang to 10,000,000 baht."
        case .voucherAlreadySpent: "The voucher {} of that area is recorded already."
        case .allocationSpent:
            "Vouchers of the allocation {} are recorded: withdraw them before it."
        // reviews and checks
        case .presentationAlreadyRecorded: "The presentation {} is recorded already."
        case .presentationUnknown:
            "The presentation {} of that cycle and area is unknown: record it first."
        case .presentationNotConfirmed:
            "The figures of {} as they are were not presented and confirmed: hold a review."
        case .reviewAlreadyHeld:
            "The presentation {} is confirmed, or was reviewed on that day already."
        case .attendanceNamedTwice: "Those attending as {} are counted twice: add them up."
        case .objectionAlreadyRaised: "The objection {} is recorded already."
        case .objectionUnknown: "The objection {} is unknown: record it first."
        case .objectionClosed: "The objection {} is resolved already."
        case .objectionOpen: "The objection {} is open: resolve it before certifying."
        case .sampleUnknown: "The sample {} of that cycle and area is unknown: announce it first."
        case .sampleSizeInvalid: "A sample takes at least one household and at most all, not {}."
        case .sampleMismatch:
            "The number, population or seed of the sample {} is not what the log gives."
        case .sampleNotDrawn: "The sample {} is announced and not drawn yet: draw it first."
        case .sampleAlreadyDrawn: "The sample {} is drawn already: announce another one."
        case .sampleNotSealed:
            "No checkpoint was signed after the sample {} was announced: sign one first."
        case .checkAlreadyDone: "The check {} is recorded already."
        case .checkUnknown: "The check {} of that cycle is unknown: record it first."
        case .householdOutsideCheck: "The household {} lies outside the area of the check."
        case .checkerUnknown: "{} is none of the checkers of that check."
        case .checkerNotIndependent:
            "{} collected or recorded the household: another checker asks it again."
        case .checkersNotIndependent:
            "All checkers of {} are appointed to collect or record there: add another."
        case .checkerNotAnnounced:
            "{} was not announced as a checker of that sample: leave them out."
        case .reinterviewAlreadyRecorded: "The household {} was asked again in that check already."
        case .reinterviewMismatch:
            "The differences stated for {} are not those from the recorded answers."
        case .reinterviewsTooMany:
            "The household {} was asked again in 20 checks: that is all that are recorded."
        case .areaFull:
            "The area {} has 10,000 of them already: record them for the areas within it."
        case .defectAlreadyFound: "The defect {} is recorded already."
        case .defectUnknown: "The defect {} is unknown: record it first."
        case .defectClosed: "The defect {} is resolved already."
        case .defectOpen: "The defect {} is open: resolve it before certifying."
        case .householdPlaceMismatch:
            "The place stated of the household {} is not the recorded one."
        case .districtCheckMissing:
            "The district has not checked {} at the stage certifying: check it first."
        case .defectOutsideCheck: "The area {} of the defect lies outside the area of its check."
        // ledger
        case .ledgerAlreadyCreated: "The ledger has its first record already."
        case .ledgerNotCreated: "The ledger has no first record yet."
        case .originMalformed: "The origin {} must be 1 to 200 characters without spaces or +."
        case .logKeyMalformed: "The log key {} has not the form origin+key id+key."
        case .logKeyUsed: "The key {} is or was this log's already: make a new one."
        case .endorsementInvalid: "The endorsement is not the former key's over the new key {}."
        case .formatUnknown: "The record format version {} is unknown."
        case .commandIdMalformed: "The command id {} is no lower-case UUID."
        case .commandIdReused: "The command id {} was used for another command: take a new one."
        case .versionConflict:
            "The stream is at version {}, not at the expected one: read it again."
        case .recordTooLarge: "The record would exceed 65,535 bytes ({}): shorten its texts."
        case .notStored:
            "Not stored, because another command of the same atomic batch was refused."
        case .personalDataErased: "The key of the personal data of {} is gone from the vault."
        }
    }
}
