// What a log asks of others over HTTP: cosignatures of witnesses and timestamps of authorities.
//
// Whoever answers is believed nothing but what is signed: a cosignature is verified before it is
// given to the caller, a timestamp by those who read it. So plain http loses no integrity, and is
// allowed; `ServiceURL.isExposed` says where others can read and hinder it. No redirect is
// followed, no answer is read beyond a bound, and no exchange takes longer than its timeout.
