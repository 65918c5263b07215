"""Which body, group or other actor a name means in the directive that it stands in."""
