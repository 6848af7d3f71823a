"""An edited 总表 and a new one made one: what a person wrote stays."""
