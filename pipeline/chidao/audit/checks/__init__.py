"""The checks of the audit, one module a subject; each takes a view of a directive and gives its findings."""
