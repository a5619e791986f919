-- What version 2 had otherwise than version 3.

DROP TABLE configured;
CREATE TABLE couriers (
    courier_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    PRIMARY KEY (courier_id)
);

DROP TABLE code_tries;
CREATE TABLE code_tries (
    door_id VARCHAR NOT NULL,
    in_a_row INTEGER NOT NULL,
    recent TEXT NOT NULL,
    blocks INTEGER NOT NULL,
    blocked_until BIGINT,
    PRIMARY KEY (door_id)
);

DROP TABLE passes;
CREATE TABLE passes (
    pass_id VARCHAR NOT NULL,
    courier_id VARCHAR NOT NULL,
    grant_id VARCHAR NOT NULL,
    resident_id VARCHAR NOT NULL,
    pin BLOB NOT NULL,
    short_code BLOB NOT NULL,
    link BLOB NOT NULL,
    at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL,
    is_used BOOLEAN NOT NULL,
    is_revoked BOOLEAN NOT NULL,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL,
    PRIMARY KEY (pass_id)
);
CREATE INDEX ix_passes_keep_until ON passes (keep_until);
