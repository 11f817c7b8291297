//! A key pair for listeners, made for tests and used nowhere else.

pub(super) const CERTIFICATE: &str = "\
-----BEGIN CERTIFICATE-----\n\
MIIBkDCCATagAwIBAgIUDg7rq/KA1DATp5FVkKY7ogR5tVkwCgYIKoZIzj0EAwIw\n\
DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjUwNzEzMTdaGA8yMTI2MTEwMTA3MTMx\n\
N1owDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABL1s\n\
wxZPEU1ZqmAwDusU607XS7nA4fVIyoZwYG0pufbNCQ68RIB4Hb8O64JycHyQDxHd\n\
gEaKK6fp2A/SzQ+L8++jbjBsMB0GA1UdDgQWBBTk2hR8gCVpoGcwOr+9m10oj74H\n\
1zAfBgNVHSMEGDAWgBTk2hR8gCVpoGcwOr+9m10oj74H1zAPBgNVHRMBAf8EBTAD\n\
AQH/MBkGA1UdEQQSMBCCBmEudGVzdIIGKi50ZXN0MAoGCCqGSM49BAMCA0gAMEUC\n\
IHNeqOeHFgJZAf8N+Yg3EKvCBTceQERfcNd6invnNZVzAiEAjBp1/diqWc3I6bZd\n\
IHewfjCy+sRDKC8q9q2EY7F+e3U=\n\
-----END CERTIFICATE-----\n\
";

pub(super) const KEY: &str = "\
-----BEGIN PRIVATE KEY-----\n\
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgSAME4ifQ+FzY1hd5\n\
kQFIp4vX9nL58BT27pKEHnGAOJqhRANCAAS9bMMWTxFNWapgMA7rFOtO10u5wOH1\n\
SMqGcGBtKbn2zQkOvESAeB2/DuuCcnB8kA8R3YBGiiun6dgP0s0Pi/Pv\n\
-----END PRIVATE KEY-----\n\
";

/// Whether a text is one of these two, or none that begins a PEM section. The oracle looks at the frame of PEM
/// alone: what stands in the frame of another text it cannot judge.
pub fn is_judged(pem: &[u8]) -> bool {
    const BEGIN: &[u8] = b"-----BEGIN ";
    [CERTIFICATE, KEY].iter().any(|known| pem == known.as_bytes())
        || !pem.windows(BEGIN.len()).any(|bytes| bytes == BEGIN)
}
