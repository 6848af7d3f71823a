"""What a summary says, part by part. Pure."""
