-- What version 3 had otherwise than version 4.

DROP TABLE grants;
CREATE TABLE grants (
    courier_id VARCHAR NOT NULL,
    grant_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    state VARCHAR NOT NULL,
    door_id VARCHAR NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    max_entries INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    returned INTEGER NOT NULL,
    parcel_ref VARCHAR,
    driver_ref VARCHAR,
    content VARCHAR NOT NULL,
    issuer_kind VARCHAR,
    issuer_id VARCHAR,
    keep_until BIGINT NOT NULL,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL,
    PRIMARY KEY (courier_id, grant_id)
) WITHOUT ROWID;
CREATE INDEX grants_by_order ON grants (issuer_id)
    WHERE issuer_kind = 'order';
CREATE INDEX ix_grants_keep_until ON grants (keep_until);

DROP TABLE orders;
CREATE TABLE orders (
    order_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    resident_id VARCHAR NOT NULL,
    source_kind VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    courier_id VARCHAR NOT NULL,
    door_id VARCHAR NOT NULL,
    most_per_day INTEGER NOT NULL,
    is_paused BOOLEAN NOT NULL,
    revision INTEGER NOT NULL,
    day VARCHAR,
    issued INTEGER NOT NULL,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL,
    PRIMARY KEY (order_id)
);
