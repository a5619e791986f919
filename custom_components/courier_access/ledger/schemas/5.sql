-- What version 5 had otherwise than version 6.

DROP INDEX records_of_seals;
DROP INDEX records_carried;

DROP TABLE fanouts;
CREATE TABLE fanouts (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    entry_id VARCHAR,
    courier_id VARCHAR,
    grant_id VARCHAR,
    resident_id VARCHAR,
    units JSON,
    details JSON,
    addressed JSON,
    set_revision INTEGER NOT NULL,
    at BIGINT NOT NULL,
    ready_at BIGINT,
    expanded_at BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY (seq) REFERENCES records (seq),
    FOREIGN KEY (set_revision) REFERENCES resident_sets (revision)
);
CREATE INDEX fanouts_by_grant ON fanouts (courier_id, grant_id)
    WHERE courier_id IS NOT NULL;
CREATE INDEX fanouts_by_kind ON fanouts (kind, at);
CREATE INDEX fanouts_of_entries ON fanouts (entry_id)
    WHERE entry_id IS NOT NULL;
CREATE INDEX fanouts_open ON fanouts (expanded_at)
    WHERE expanded_at IS NULL;
CREATE INDEX ix_fanouts_seq ON fanouts (seq);
