//! Clusters and requests for tests.
