"""The item pipelines: extract, clean, deduplicate, store."""
