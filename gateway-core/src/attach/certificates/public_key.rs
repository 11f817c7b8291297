//! Public keys in a form that can be compared.
//!
//! RSA, the NIST curves P-256, P-384 and P-521, and Ed25519 are compared as the mathematics has them. Of
//! any other algorithm only the name is compared: whether its keys are a pair is not known here.

use alloc::vec::Vec;

use ed25519_dalek::SigningKey;
use x509_cert::der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use x509_cert::der::{Decode, Encode};
use x509_cert::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoOwned};

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// RSA keys that may only sign with PSS; the key itself is like any other.
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const P521: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PublicKey {
    Rsa {
        /// Big-endian, without leading zeros.
        modulus: Vec<u8>,
        exponent: Vec<u8>,
    },
    Ec {
        curve: Option<ObjectIdentifier>,
        /// `None` when it cannot be worked out.
        point: Option<Vec<u8>>,
    },
    Ed25519(Vec<u8>),
    Other(ObjectIdentifier),
}

impl PublicKey {
    /// The key of a certificate.
    pub(super) fn of_certificate(info: &SubjectPublicKeyInfoOwned) -> Result<Self, &'static str> {
        let bytes = info.subject_public_key.raw_bytes();
        match info.algorithm.oid {
            RSA | RSA_PSS => {
                let key =
                    pkcs1::RsaPublicKeyRef::try_from(bytes).map_err(|_| "its RSA key cannot be read")?;
                Ok(Self::rsa(key.modulus.as_bytes(), key.public_exponent.as_bytes()))
            }
            EC => {
                let parameters = info.algorithm.parameters.as_ref().and_then(|any| any.to_der().ok());
                let curve = parameters.and_then(|der| ObjectIdentifier::from_der(&der).ok());
                Ok(Self::Ec { curve, point: Some(point(curve, bytes)) })
            }
            ED25519 => Ok(Self::Ed25519(bytes.to_vec())),
            oid => Ok(Self::Other(oid)),
        }
    }

    /// The public half of a private key in PKCS #8.
    pub(super) fn of_pkcs8(der: &[u8]) -> Result<Self, &'static str> {
        let info = pkcs8::PrivateKeyInfoRef::try_from(der).map_err(|_| "not a PKCS #8 key")?;
        let key = info.private_key.as_bytes();
        match info.algorithm.oid {
            RSA | RSA_PSS => Self::of_pkcs1(key),
            EC => Self::of_ec(key, named_curve(&info.algorithm)),
            ED25519 => {
                let seed = <&OctetStringRef>::from_der(key).map_err(|_| "not an Ed25519 key")?;
                let seed = seed.as_bytes().try_into().map_err(|_| "not an Ed25519 key")?;
                Ok(Self::Ed25519(SigningKey::from_bytes(seed).verifying_key().to_bytes().to_vec()))
            }
            oid => Ok(Self::Other(oid)),
        }
    }

    /// The public half of an RSA private key in PKCS #1.
    pub(super) fn of_pkcs1(der: &[u8]) -> Result<Self, &'static str> {
        let key = pkcs1::RsaPrivateKeyRef::try_from(der).map_err(|_| "not an RSA key")?;
        Ok(Self::rsa(key.modulus.as_bytes(), key.public_exponent.as_bytes()))
    }

    /// The public half of an elliptic curve's private key in SEC 1.
    pub(super) fn of_sec1(der: &[u8]) -> Result<Self, &'static str> {
        Self::of_ec(der, None)
    }

    fn rsa(modulus: &[u8], exponent: &[u8]) -> Self {
        Self::Rsa { modulus: modulus.to_vec(), exponent: exponent.to_vec() }
    }

    fn of_ec(der: &[u8], curve: Option<ObjectIdentifier>) -> Result<Self, &'static str> {
        let key = sec1::EcPrivateKey::try_from(der).map_err(|_| "not an elliptic curve key")?;
        let curve = curve.or_else(|| key.parameters.and_then(sec1::EcParameters::named_curve));
        let point = match key.public_key {
            Some(public) => Some(point(curve, public)),
            // A key file may leave its public half out.
            None => derived(curve, key.private_key)?,
        };
        Ok(Self::Ec { curve, point })
    }

    /// Whether both are the same key, as far as can be told.
    pub(super) fn fits(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Ec { curve: one, point: own }, Self::Ec { curve: other, point }) => {
                let curves = one.is_none() || other.is_none() || one == other;
                curves && (own.is_none() || point.is_none() || own == point)
            }
            _ => self == other,
        }
    }
}

fn named_curve(algorithm: &AlgorithmIdentifierRef<'_>) -> Option<ObjectIdentifier> {
    algorithm.parameters.and_then(|any: AnyRef<'_>| any.decode_as().ok())
}

/// One spelling of a point: it may be written compressed or in full.
fn point(curve: Option<ObjectIdentifier>, bytes: &[u8]) -> Vec<u8> {
    let full = match curve {
        Some(P256) => p256::PublicKey::from_sec1_bytes(bytes).ok().map(|key| key.to_sec1_bytes()),
        Some(P384) => p384::PublicKey::from_sec1_bytes(bytes).ok().map(|key| key.to_sec1_bytes()),
        Some(P521) => p521::PublicKey::from_sec1_bytes(bytes).ok().map(|key| key.to_sec1_bytes()),
        _ => None,
    };
    full.map_or_else(|| bytes.to_vec(), Vec::from)
}

/// The point of a private number; `None` for a curve that is not computed here.
fn derived(curve: Option<ObjectIdentifier>, private: &[u8]) -> Result<Option<Vec<u8>>, &'static str> {
    let point = match curve {
        Some(P256) => p256::SecretKey::from_slice(private).map(|key| key.public_key().to_sec1_bytes()),
        Some(P384) => p384::SecretKey::from_slice(private).map(|key| key.public_key().to_sec1_bytes()),
        Some(P521) => p521::SecretKey::from_slice(private).map(|key| key.public_key().to_sec1_bytes()),
        _ => return Ok(None),
    };
    point.map(|point| Some(point.into())).map_err(|_| "not a number of its curve")
}
