"""What is allowed, by family; `dofile.table` puts it together."""
