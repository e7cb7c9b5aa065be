//! Calls the people of a product and severity.
