"""Tasks and targets: units of the outline, of labelled lines and of tables, with who answers for them."""
