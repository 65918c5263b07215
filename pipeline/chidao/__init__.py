"""chidao reads Vietnamese administrative directives into an obligation register."""
