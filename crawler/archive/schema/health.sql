-- What the judgement of the outlets looks up.

CREATE INDEX revisions_by_fetch ON revisions (fetch);
CREATE INDEX runs_by_start ON runs (started_at);
