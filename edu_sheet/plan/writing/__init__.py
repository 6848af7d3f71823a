"""分工方案.xlsx written from nothing, or changed in place with all else left as it is."""
