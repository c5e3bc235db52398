"""The portal on one's own machine: embedded servers, `make run`. Nothing in production imports it."""
