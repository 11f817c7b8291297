//! Requests: decided by the engine, carried out here.

mod answer;
mod attempts;
mod auth;
mod auth_grpc;
mod budget;
mod check;
mod deadline;
mod forward;
mod handle;
pub(crate) mod message;
mod mirror;
mod prefixed;
mod replay;
mod serve;
mod session;
mod tee;
mod upgrade;

pub(crate) use budget::Budgets;
pub(crate) use serve::serve;
