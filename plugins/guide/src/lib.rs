//! The pinned panel: situation, flow, roles.
