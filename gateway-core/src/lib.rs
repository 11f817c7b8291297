#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod act;
pub mod attach;
pub mod compile;
mod error;
pub mod explain;
mod key;
pub mod limits;
pub mod lint;
pub mod matching;
pub mod model;
pub mod profile;
mod router;
mod snapshot;
pub mod sorted;
mod splitmix;
pub mod status;
pub mod table;
pub mod validate;

pub use act::{Connection, Decision, Draw, Forward, Pass, Reason, Redirect, Reject, Respond, SpokenHttp};
pub use error::BuildError;
pub use key::{ListenerKey, NamespacedName, ObjectKey};
pub use matching::{Request, RequestView};
pub use model::{Object, ObjectKind};
pub use profile::{Feature, Profile};
pub use router::{
    Arrival, Arrived, Authorities, Credentials, Entrance, Place, PlaceHost, Router, Security, StatusChanges,
    Transport,
};
pub use snapshot::{Change, ChangeKind, Snapshot};
