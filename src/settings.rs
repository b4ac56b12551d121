//! What was asked for: the command line, the environment and the config file, resolved once.

mod endpoint;
mod region;
pub use endpoint::{EndpointUrl, RefusedEndpoint};
pub use region::{NotARegion, check_region};
