//! The other end of the wire: a loopback order API for the demo and for tests. Imports nothing of ours.
