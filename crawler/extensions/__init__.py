"""Extensions: what is recorded and shown of a run."""
