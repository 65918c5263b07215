"""What the words of a query say: documents, bodies, days; each finder a plain function over text."""
