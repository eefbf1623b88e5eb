"""The running text of an article: read, then judged piece by piece."""
