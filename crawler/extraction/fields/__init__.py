"""The fields around the running text, each read by its layout's rule, then from structured data."""
