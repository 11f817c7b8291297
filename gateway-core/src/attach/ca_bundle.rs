//! Bundles of CA certificates in ConfigMaps: there, and readable (REF-46, ATT-064, ATT-226).

use alloc::format;
use alloc::string::String;

use crate::attach::certificates::{self, CertificateFault};
use crate::attach::world::World;
use crate::key::NamespacedName;
use crate::model::{ConfigMap, ObjectKind};

/// What is wrong with a reference to CA certificates, in the order of the checks (REF-32..34).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaBundleFault {
    /// Not a core ConfigMap.
    UnsupportedKind,
    /// No such ConfigMap.
    NotFound,
    /// The ConfigMap lacks the key.
    MissingKey,
    /// The value cannot be read as PEM with at least one X.509 certificate.
    Malformed {
        /// What the reader says.
        reason: String,
    },
}

/// Checks the bundle that a reference names. Whether the reference is permitted is the caller's to
/// ask before: a refused one must not tell whether its target exists (REF-08).
pub(crate) fn check(
    world: &World<'_>,
    group: &str,
    kind: &str,
    namespace: &str,
    name: &str,
) -> Result<(), CaBundleFault> {
    if ObjectKind::from_group_kind(group, kind) != Some(ObjectKind::ConfigMap) {
        return Err(CaBundleFault::UnsupportedKind);
    }
    match world.snapshot.config_maps.get(&NamespacedName::new(namespace, name)) {
        Some(config_map) => read(config_map),
        None if world.assumes(ObjectKind::ConfigMap) => Ok(()),
        None => Err(CaBundleFault::NotFound),
    }
}

fn read(config_map: &ConfigMap) -> Result<(), CaBundleFault> {
    match certificates::bundle(config_map) {
        Ok(_) => Ok(()),
        Err(CertificateFault::MissingKey { .. }) => Err(CaBundleFault::MissingKey),
        Err(CertificateFault::NotX509 { reason, .. }) => {
            Err(CaBundleFault::Malformed { reason: format!("not an X.509 certificate: {reason}") })
        }
        Err(CertificateFault::Malformed { reason, .. }) => Err(CaBundleFault::Malformed { reason }),
        Err(_) => Err(CaBundleFault::Malformed { reason: String::from("not readable") }),
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::model::Object;
    use crate::profile::Profile;
    use crate::snapshot::Snapshot;

    const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----
MIIBfDCCASGgAwIBAgIUR8fI5qEswCYA013N6iS/JJ+cdOAwCgYIKoZIzj0EAwIw
EjEQMA4GA1UEAwwHY2EudGVzdDAgFw0yNjExMjUwNDI3MzJaGA8yMTI2MTEwMTA0
MjczMlowEjEQMA4GA1UEAwwHY2EudGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABPkdZDnxNCCJ/03Sjw9FCJEDV4JTs4urzhrhaxbR0Fh5Tbg2VDQ+4zsnfdAS
s+J3lssk6H1kWTHyBW3Xw7FvksmjUzBRMB0GA1UdDgQWBBQMh6x8q1paKIonTwKr
1uRAwL2DOzAfBgNVHSMEGDAWgBQMh6x8q1paKIonTwKr1uRAwL2DOzAPBgNVHRMB
Af8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQDnFguRhWx7dzLRmjkILPL084jd
pAkog/19HeC9vdqrqAIhAJfxKS9SmD4NTNWlf00WXXYxJzDsrmygIFwJEHUL+K/f
-----END CERTIFICATE-----
";

    fn check_bundle(data: &[(&str, &str)]) -> Result<(), CaBundleFault> {
        let mut config_map = ConfigMap::default();
        config_map.metadata.namespace = Some("shop".into());
        config_map.metadata.name = "ca".into();
        config_map.data =
            Some(data.iter().map(|(key, value)| ((*key).to_string(), (*value).to_string())).collect());
        let snapshot: Snapshot = [Object::from(config_map)].into_iter().collect();
        check(&World::new(&snapshot, &Profile::every_class()), "", "ConfigMap", "shop", "ca")
    }

    fn is_malformed(value: &str) -> bool {
        matches!(check_bundle(&[("ca.crt", value)]), Err(CaBundleFault::Malformed { .. }))
    }

    #[test]
    fn ref_46_only_readable_certificates_make_a_bundle() {
        assert_eq!(check_bundle(&[("ca.crt", CERTIFICATE)]), Ok(()));
        assert_eq!(check_bundle(&[("ca.crt", &CERTIFICATE.repeat(2))]), Ok(()));
        assert_eq!(check_bundle(&[("tls.crt", CERTIFICATE)]), Err(CaBundleFault::MissingKey));
        for words in ["", "words", &CERTIFICATE.replace("MII", "MIIB"), &CERTIFICATE.replace("BEGIN", "")] {
            assert!(is_malformed(words), "{words}");
        }
        // A second certificate that cannot be read spoils the bundle.
        let broken = CERTIFICATE.replace("MII", "AAA");
        assert!(is_malformed(&[CERTIFICATE, &broken].concat()));
    }

    #[test]
    fn ref_32_to_33_kind_comes_before_existence() {
        let snapshot = Snapshot::new();
        let profile = Profile::every_class();
        let world = World::new(&snapshot, &profile);
        let of = |group, kind| check(&world, group, kind, "shop", "ca");
        assert_eq!(of("", "Secret"), Err(CaBundleFault::UnsupportedKind));
        assert_eq!(of("example.com", "ConfigMap"), Err(CaBundleFault::UnsupportedKind));
        assert_eq!(of("", "ConfigMap"), Err(CaBundleFault::NotFound));
    }
}
