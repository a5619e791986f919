BEGIN TRANSACTION;
CREATE TABLE about (
    name VARCHAR NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
);
INSERT INTO "about" VALUES('retention_days','30');
INSERT INTO "about" VALUES('log_months','12');
INSERT INTO "about" VALUES('steadiness','["2026-11-24T12:00:00+00:00","2026-11-24T12:00:00+00:00",false]');
CREATE TABLE address_codes (
    unit VARCHAR NOT NULL,
    resident_id VARCHAR NOT NULL,
    code BLOB NOT NULL,
    at BIGINT NOT NULL,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL,
    PRIMARY KEY (unit)
);
INSERT INTO "address_codes" VALUES('3b','resident-ada',X'F28B5E3FB487F5D3B0EAF472C6EE2BE9A79521476FD0D59A6E3D0B3770B79096',1795521630000000,X'42A490A5F3B1B88DF4442A354D0C0546');
CREATE TABLE answers (
    ask_id INTEGER NOT NULL,
    unit VARCHAR NOT NULL,
    resident_id VARCHAR NOT NULL,
    answer VARCHAR NOT NULL,
    at BIGINT NOT NULL,
    entry_id VARCHAR,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL,
    PRIMARY KEY (ask_id, unit),
    FOREIGN KEY (ask_id) REFERENCES asks (id)
);
INSERT INTO "answers" VALUES(1,'3b','resident-ada','approved',1795521600000000,'01M86PTPG0V9WQ8Z3A9BMKHR5Q',X'FA8623812E2CEDCD7E9F0F4C717F6216');
CREATE TABLE asks (
    id INTEGER NOT NULL,
    courier_id VARCHAR NOT NULL,
    grant_id VARCHAR NOT NULL,
    door_id VARCHAR NOT NULL,
    proof VARCHAR NOT NULL,
    at BIGINT NOT NULL,
    tokens JSON NOT NULL,
    PRIMARY KEY (id)
);
INSERT INTO "asks" VALUES(1,'courier-parcel-post','asked','door-lobby','signed',1795521600000000,'{}');
CREATE TABLE code_tries (
    door_id VARCHAR NOT NULL,
    hours JSON NOT NULL,
    notified_at BIGINT,
    PRIMARY KEY (door_id)
);
INSERT INTO "code_tries" VALUES('door-lobby','[[498756, 0, 1]]',NULL);
CREATE TABLE configured (
    kind VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    value TEXT NOT NULL,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
INSERT INTO "configured" VALUES('courier','courier-parcel-post','{"name":"Parcel Post","doors":["door-garage","door-lobby"],"keys":["e30b3e306206c14d7a5d91a964fb1224990e1c951ce576eaf5c0d37ccc131561"],"past_names":["parcelpost"],"past_keys":["e30b3e306206c14d7a5d91a964fb1224990e1c951ce576eaf5c0d37ccc131561"],"is_removed":false}',X'9A38550EEEE7A14F8E78590941A8E277');
INSERT INTO "configured" VALUES('door','door-garage','{"name":"Garage","opener":{"entity":null,"device":null,"domain":null}}',X'750055481B41EE76FD80AFDDF00E6C58');
INSERT INTO "configured" VALUES('door','door-lobby','{"name":"Lobby","opener":{"entity":null,"device":null,"domain":null}}',X'CF412CB8ACE1212CF6D665CE9312B487');
INSERT INTO "configured" VALUES('kinds','','["door","source"]',X'31B24809AA3DFDAB66451D88AB20DD36');
INSERT INTO "configured" VALUES('zone','','"US/Pacific"',X'E4CB039781AF1871EA24040372EE0BC8');
CREATE TABLE consent_texts (
    hash VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    text TEXT NOT NULL,
    keep_until BIGINT NOT NULL,
    PRIMARY KEY (hash)
) WITHOUT ROWID;
INSERT INTO "consent_texts" VALUES('7a270e7cac713ca5a09721630ec511cffc2063818221a0ca668515aa9e1a076a','en','Couriers may open the door for you.',1795521630000000);
CREATE TABLE entries (
    seq INTEGER NOT NULL,
    entry_id VARCHAR NOT NULL,
    at BIGINT NOT NULL,
    courier_id VARCHAR NOT NULL,
    courier_name VARCHAR NOT NULL,
    grant_id VARCHAR,
    door_id VARCHAR NOT NULL,
    door_name VARCHAR NOT NULL,
    proof VARCHAR,
    decision VARCHAR NOT NULL,
    reason VARCHAR,
    outcome VARCHAR,
    lock_confirmed BOOLEAN,
    unlocked_until BIGINT,
    relock_by BIGINT,
    use_returned BOOLEAN NOT NULL,
    repeats INTEGER NOT NULL,
    last_at BIGINT NOT NULL,
    completed_at BIGINT,
    context_id VARCHAR,
    pass_id VARCHAR,
    PRIMARY KEY (seq),
    FOREIGN KEY (seq) REFERENCES records (seq),
    UNIQUE (entry_id)
);
INSERT INTO "entries" VALUES(19,'01M86PTPG0V9WQ8Z3A9BMKHR5Q',1795521600000000,'courier-parcel-post','Parcel Post','asked','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521605000000,NULL,0,0,1795521600000000,1795521630000000,'01M86PTPG0K5M1157YDP3ABNRA',NULL);
INSERT INTO "entries" VALUES(34,'01M86PVKSG7D2R3DPWJD8V22ZH',1795521630000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521635000000,NULL,0,0,1795521630000000,1795521690000000,'01M86PVKSG564P9W4HNPKJ8RKA',NULL);
INSERT INTO "entries" VALUES(37,'01M86PXECGEVSBG23WDE5J27W1',1795521690000000,'courier-parcel-post','Parcel Post','made-up','','','signed','refused','unknown_grant',NULL,NULL,NULL,NULL,0,2,1795521690000000,NULL,'01M86PXECG7VS99AB6T1QR7G4T',NULL);
INSERT INTO "entries" VALUES(39,'01M86PXECGTNRXG26WWNT36F3B',1795521690000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','refused','paused',NULL,NULL,NULL,NULL,0,0,1795521690000000,NULL,'01M86PXECGV6430V40XPGKE5PR',NULL);
INSERT INTO "entries" VALUES(46,'observed-1',1795521870000000,'observed-key','Amazon Key',NULL,'door-lobby','Lobby',NULL,'observed',NULL,NULL,NULL,NULL,NULL,0,0,1795521870000000,NULL,NULL,NULL);
INSERT INTO "entries" VALUES(47,'01M86Q2Y5GQ8PM156WBKYY41PE',1795521870000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521875000000,1795521875000000,0,0,1795521870000000,NULL,'01M86Q2Y5GGPTTYCVZC5WXRQC1',NULL);
CREATE TABLE evidence (
    seq INTEGER NOT NULL,
    resident_id VARCHAR NOT NULL,
    gives BOOLEAN NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (seq),
    FOREIGN KEY (seq) REFERENCES records (seq)
);
INSERT INTO "evidence" VALUES(10,'resident-ada',1,NULL);
INSERT INTO "evidence" VALUES(13,'resident-ben',1,1795521690000000);
INSERT INTO "evidence" VALUES(14,'resident-cleo',1,NULL);
INSERT INTO "evidence" VALUES(15,'resident-dora',1,NULL);
INSERT INTO "evidence" VALUES(32,'resident-cleo',0,NULL);
INSERT INTO "evidence" VALUES(43,'resident-ben',0,1795521690000000);
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
    FOREIGN KEY (set_revision) REFERENCES resident_sets (revision)
);
INSERT INTO "fanouts" VALUES(1,'courier_admitted',4,NULL,NULL,NULL,NULL,'{}','{"courier": "Parcel Post", "courier_id": "courier-parcel-post", "authors": ""}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(2,'consent_invited',6,NULL,NULL,NULL,'resident-ada','{}','{}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(3,'resident_added',7,NULL,NULL,NULL,'resident-ben','{"3b": "3B"}','{"name": "Ben", "resident_id": "resident-ben", "since_seq": "2"}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(4,'consent_invited',7,NULL,NULL,NULL,'resident-ben','{}','{}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(5,'consent_invited',8,NULL,NULL,NULL,'resident-cleo','{}','{}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(6,'consent_invited',9,NULL,NULL,NULL,'resident-dora','{}','{}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(7,'consent_given',10,NULL,NULL,NULL,'resident-ada','{}','{"at": "2026-11-24T12:00:00+00:00", "by": "login", "loosened": "hours", "first": "yes"}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(8,'resident_confirmed',12,NULL,NULL,NULL,'resident-ben','{"3b": "3B"}','{"name": "Ben", "by": "login", "confirmed_by": "Ada", "authors": "resident-ada"}',NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(9,'consent_given',13,NULL,NULL,NULL,'resident-ben','{}','{"at": "2026-11-24T12:00:00+00:00", "by": "login", "loosened": "hours", "first": "yes"}',NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(10,'consent_given',14,NULL,NULL,NULL,'resident-cleo','{}','{"at": "2026-11-24T12:00:00+00:00", "by": "login", "loosened": "hours", "first": "yes"}',NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(11,'consent_given',15,NULL,NULL,NULL,'resident-dora','{}','{"at": "2026-11-24T12:00:00+00:00", "by": "link", "loosened": "", "first": "yes"}',NULL,2,1795521600000000,1795521900000000,NULL);
INSERT INTO "fanouts" VALUES(12,'delivery_announced',16,NULL,'courier-parcel-post','asked',NULL,'{"3b": "3B", "4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T11:59:00+00:00", "ends_at": "2026-11-24T14:00:00+00:00", "max_entries": "5"}',NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(13,'entry_admitted',19,'01M86PTPG0V9WQ8Z3A9BMKHR5Q',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(14,'rules_loosened',32,NULL,NULL,NULL,'resident-cleo','{}','{"since": "2026-11-24T12:00:30+00:00", "at": "2026-11-24T12:00:30+00:00", "by": "login", "loosened": "orders couriers digest"}',NULL,2,1795521630000000,1795521900000000,NULL);
INSERT INTO "fanouts" VALUES(15,'delivery_announced',25,NULL,'courier-parcel-post','house-6e6324f02f0e',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T12:00:30+00:00", "ends_at": "2026-11-25T08:00:00+00:00", "max_entries": "1", "issued_by": "order"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(17,'delivery_announced',28,NULL,'courier-parcel-post','vetoed',NULL,'{"3b": "3B", "4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00", "max_entries": "1"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(19,'delivery_called_off',31,NULL,'courier-parcel-post','revoked',NULL,'{"3b": "3B"}','{"courier": "Parcel Post", "door": "Garage", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(20,'delivery_announced',33,NULL,'courier-parcel-post','open',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00", "max_entries": "3"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(21,'entry_admitted',34,'01M86PVKSG7D2R3DPWJD8V22ZH',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(22,'access_paused',38,NULL,NULL,NULL,NULL,'{}','{"until": "2026-11-25T12:01:30+00:00", "authors": "resident-dora"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(23,'entry_refused',39,'01M86PXECGTNRXG26WWNT36F3B','courier-parcel-post','open',NULL,NULL,NULL,NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(24,'access_resumed',40,NULL,NULL,NULL,NULL,'{}','{}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(25,'unit_paused',41,NULL,NULL,NULL,NULL,'{"5c": "5C"}','{"until": "2026-11-25T12:01:30+00:00", "authors": "resident-dora"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(26,'link_renewed',42,NULL,NULL,NULL,'resident-dora','{}','{}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(27,'rules_loosened',43,NULL,NULL,NULL,'resident-ben','{}','{"at": "2026-11-24T12:01:30+00:00", "by": "login", "loosened": "couriers"}',NULL,2,1795521690000000,1795521900000000,NULL);
INSERT INTO "fanouts" VALUES(28,'consent_withdrawn',43,NULL,NULL,NULL,NULL,'{"3b": "3B"}','{"name": "Ben", "resident_id": "resident-ben", "authors": "resident-ben"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(30,'delivery_announced',45,NULL,'courier-parcel-post','changed',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T12:00:30+00:00", "ends_at": "2026-11-24T14:01:30+00:00", "max_entries": "2"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(31,'entry_observed',46,'observed-1',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521870000000,NULL,1795521870000000);
INSERT INTO "fanouts" VALUES(32,'entry_admitted',47,'01M86Q2Y5GQ8PM156WBKYY41PE',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521870000000,NULL,1795521870000000);
CREATE TABLE grant_units (
    courier_id VARCHAR NOT NULL,
    grant_id VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    label VARCHAR,
    part VARCHAR NOT NULL,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL,
    PRIMARY KEY (courier_id, grant_id, unit)
) WITHOUT ROWID;
INSERT INTO "grant_units" VALUES('courier-parcel-post','asked','3b',0,'3B','withdrawn',X'D8B28C45FFCCC4E9232A9A8C9EBDDAD2');
INSERT INTO "grant_units" VALUES('courier-parcel-post','asked','4a',1,'4A','accepted',X'2CDE3ACD88698FCAE9FDD596505CEC3A');
INSERT INTO "grant_units" VALUES('courier-parcel-post','changed','4a',0,'4A','accepted',X'F97B092844B4ECFCE3BA44CB575A16EE');
INSERT INTO "grant_units" VALUES('courier-parcel-post','house-6e6324f02f0e','4a',0,'4A','accepted',X'4CA89C21EA1CC068634A2373102B5AB8');
INSERT INTO "grant_units" VALUES('courier-parcel-post','house-f071c2cabadc','4a',0,'4A','accepted',X'349C6017161E4C0335CE9D3E55B6B7CD');
INSERT INTO "grant_units" VALUES('courier-parcel-post','open','4a',0,'4A','accepted',X'E9FBA9DF0B165CF312059B9CB4939AA8');
INSERT INTO "grant_units" VALUES('courier-parcel-post','revoked','3b',0,'3B','withdrawn',X'17C47580ECE04F83B26B87A5D97B924B');
INSERT INTO "grant_units" VALUES('courier-parcel-post','vetoed','3b',0,'3B','withdrawn',X'9FCE7F2169DAA7D0210F84C3042E7132');
INSERT INTO "grant_units" VALUES('courier-parcel-post','vetoed','4a',1,'4A','vetoed',X'97CBF586088A07302E41AF53641A7F43');
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
    is_forgeable BOOLEAN,
    keep_until BIGINT NOT NULL,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL,
    PRIMARY KEY (courier_id, grant_id)
) WITHOUT ROWID;
INSERT INTO "grants" VALUES('courier-parcel-post','asked',1,'open','door-lobby',1795521540000000,1795528800000000,5,1,0,'P-1',NULL,'86ab5fc4084cab3cebdee9ed85b3e92371bd51653c268daeaf37a76dc731901f',NULL,NULL,NULL,1796133600000000,X'2DD6683DFEC91E8955D4376C901E7EB3');
INSERT INTO "grants" VALUES('courier-parcel-post','changed',2,'open','door-lobby',1795521630000000,1795528890000000,2,0,0,NULL,NULL,'6b0a9a9dad8593417cb4728d98d361d223d59241f52436d453712ba1e035534d',NULL,NULL,NULL,1796133690000000,X'941242F3B3BEAF1CC14D49E3E4CA7F79');
INSERT INTO "grants" VALUES('courier-parcel-post','house-6e6324f02f0e',1,'open','door-lobby',1795521630000000,1795593600000000,1,0,0,'P-3',NULL,'d560d0f25b4c502520044a451b427e3108bf39688e5bab2d74173656945f35ed','order','order-1',0,1796198400000000,X'F1E6DDFFF0E171813B5B767B7E8A12BE');
INSERT INTO "grants" VALUES('courier-parcel-post','house-f071c2cabadc',1,'called_off','door-lobby',1795521630000000,1795593600000000,1,0,0,'P-4',NULL,'c20438aefc0806d374636b54c02db9e33373cf43cde13ba6b46ca4eaed1647d9','order','order-1',0,1796198400000000,X'A5E89D404A6CC99007EA6455B8504C58');
INSERT INTO "grants" VALUES('courier-parcel-post','open',1,'open','door-lobby',1795521570000000,1795528830000000,3,2,0,'P-2',NULL,'d677c55c2d5c4dda48a3989370e8f44b725b1cdd98232c7d73601e51e54d28a8',NULL,NULL,NULL,1796133630000000,X'7E7B1FA088D31C96C3F73406B34E1328');
INSERT INTO "grants" VALUES('courier-parcel-post','revoked',1,'revoked','door-garage',1795521570000000,1795528830000000,1,0,0,NULL,NULL,'ab9d36563a693b784bee902832a86419a2cd2a24e9815750881b877a829301fb',NULL,NULL,NULL,1798718430000000,X'60BE2E7040C3E67D05D2C8FDB3CB0F21');
INSERT INTO "grants" VALUES('courier-parcel-post','vetoed',1,'open','door-lobby',1795521570000000,1795528830000000,1,0,0,NULL,NULL,'37bbe9d7c385acf31807c0a72e7bebed25fa92759767e55e6601dbc9c8e06dfd',NULL,NULL,NULL,1796133630000000,X'C6014C6830DBB0F3D00B0F9C2F1D2C6E');
CREATE TABLE links (
    resident_id VARCHAR NOT NULL,
    token VARCHAR NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (resident_id),
    UNIQUE (token)
);
INSERT INTO "links" VALUES('resident-dora','Dv9mCVLO3Q9wlWtp1X4QFYkhpBBxlo9pkIkCunhe0EI',1795521690000000);
CREATE TABLE notifications (
    id INTEGER NOT NULL,
    fanout_id INTEGER NOT NULL,
    resident_id VARCHAR NOT NULL,
    recipient BOOLEAN NOT NULL,
    state VARCHAR NOT NULL,
    tag VARCHAR NOT NULL,
    token VARCHAR,
    courier_id VARCHAR,
    held BOOLEAN NOT NULL,
    led_by INTEGER,
    addressed JSON,
    over JSON NOT NULL,
    attempts INTEGER NOT NULL,
    due_at BIGINT NOT NULL,
    next_at BIGINT,
    sent_at BIGINT,
    delivered_at BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY (fanout_id) REFERENCES fanouts (id)
);
INSERT INTO "notifications" VALUES(1,1,'resident-ada',0,'sent','courier_access_6b057c4064044aeae84bfcfbe8ad7755','6b057c40f7273c73e047c5f67aa0824c',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(2,1,'resident-ben',0,'sent','courier_access_6b057c409195c4109be49b5092d374b2','6b057c40b9de220b3436437c41d4928d',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(3,1,'resident-cleo',0,'sent','courier_access_6b057c40bb8dd4b5d4a8ced331ddf9d8','6b057c40671466b5cb09a64e2ad322e8',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(4,1,'resident-dora',0,'pending','courier_access_6b057c40bd962a80b05c8eb91d579b1b','6b057c40ca8dbc974418550526ca7ca9',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(5,2,'resident-ada',1,'sent','courier_access_6b057c40a8bb1d04f4a26a6d2f68501b','6b057c40d5f70aaf11ae020cf49138cd',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(6,3,'resident-ada',1,'sent','courier_access_6b057c40036360466236a36a72ac6487','6b057c407d0a15e5fe7cef9d9139659e',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(7,4,'resident-ben',1,'sent','courier_access_6b057c4067d9ebf8095a52a8fc33ce20','6b057c4005a02cfa54ac8a09ad317750',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(8,5,'resident-cleo',1,'sent','courier_access_6b057c40db06282c58b7c0b84816f5be','6b057c407fcfbd49f59599f685d1b165',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(9,6,'resident-dora',1,'pending','courier_access_6b057c407a9e13d0c605bb1bf711b519','6b057c4064cc124a3b3663f2b145647a',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(10,7,'resident-ada',1,'sent','courier_access_6b057c40ea758c2f478967de784866b1','6b057c40024cc56d2dc8564e57363333',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(11,8,'resident-ada',1,'sent','courier_access_6b057c40e7e970f7f1bab5175d464cd4','6b057c408e1c211f23572e807f703969',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(12,9,'resident-ben',1,'sent','courier_access_6b057c40c60c79ca1a088a6f352efe34','6b057c40c27cc6db6bbc05d84eeeff45',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(13,10,'resident-cleo',1,'sent','courier_access_6b057c4048b2d3724551e7b4cbc194c1','6b057c404e465e2cd08f25fdd0fb31d2',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(14,12,'resident-ada',1,'sent','courier_access_6b057c4032350b7b1607fb87876b4e30','6b057c4020ac89b5b521a3b1246e7735','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(15,12,'resident-ben',1,'sent','courier_access_6b057c408626c6e6ea89c9699c4afa8f','6b057c405221f48404cb417f1a5663de','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(16,12,'resident-cleo',1,'sent','courier_access_6b057c409833584acbf9db6ec08d66a2','6b057c4047def71c820782f91b66d9ed','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(17,13,'resident-ada',1,'sent','courier_access_6b057c404812653949e34f8a84a167b9',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(18,13,'resident-ben',1,'sent','courier_access_6b057c40975da6b805e90c90b83600eb',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(19,13,'resident-cleo',0,'sent','courier_access_6b057c403467d25efc88f669f89d20b7',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(20,13,'resident-dora',0,'pending','courier_access_6b057c404218d880b35980163e4b6ef6',NULL,NULL,0,NULL,NULL,'[]',3,1795521600000000,1795521930000000,NULL,NULL);
INSERT INTO "notifications" VALUES(21,15,'resident-cleo',1,'sent','courier_access_6b057c5ef5e1ebfaf9e68fa0c1664aa3','6b057c5e0e3db42dbbf32b538167c21c','courier-parcel-post',1,21,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(23,17,'resident-ada',1,'sent','courier_access_6b057c5e82e44e4ee1bd088450334781','6b057c5e9fce769f1fcbab808bd3a980','courier-parcel-post',1,23,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(24,17,'resident-ben',1,'sent','courier_access_6b057c5eabecd7a30a59e748002edbf7','6b057c5e3ca6067d7f5b511f090e9b9d','courier-parcel-post',1,24,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(26,20,'resident-cleo',1,'sent','courier_access_6b057c5e20c5a92a5870178597ed43bf','6b057c5e87fe04405357ccfa2d128af2','courier-parcel-post',1,21,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(27,21,'resident-ada',0,'sent','courier_access_6b057c5e75b22ce4b770a3de1928da99',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(28,21,'resident-ben',0,'sent','courier_access_6b057c5e6c7c97d47385390999492585',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(29,21,'resident-cleo',1,'sent','courier_access_6b057c5e5821556f617ae334aa76f23e',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(30,21,'resident-dora',0,'pending','courier_access_6b057c5e5a6631049a028c87af269bf3',NULL,NULL,0,NULL,NULL,'[]',2,1795521630000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(31,22,'resident-ada',0,'sent','courier_access_6b057c9af369c9358477e9c6b9c3e4fe','6b057c9a4944de86af4f68497cfbcc57',NULL,1,37,NULL,'["notify.mobile_app_ada"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(32,22,'resident-ben',0,'sent','courier_access_6b057c9a40ff7198a4d98f80856e6c3e','6b057c9a01c68eb1620deb790e76ef99',NULL,1,38,NULL,'["notify.mobile_app_ben"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(33,22,'resident-cleo',0,'sent','courier_access_6b057c9a194e6e77921cdece10d721a0','6b057c9ab5d5b9d630884f44dd95377a',NULL,1,39,NULL,'["notify.mobile_app_cleo"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(34,22,'resident-dora',0,'pending','courier_access_6b057c9a2e973dc56afc98ee76206a82','6b057c9ad6181662726613c350511ad5',NULL,1,40,NULL,'[]',3,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(35,23,'resident-cleo',1,'sent','courier_access_6b057c9adc48cb5ce88549f66e964d2f',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(36,23,'owner',0,'sent','courier_access_6b057c9a2f13ad247bc910c8faa200b4',NULL,NULL,0,NULL,NULL,'["persistent_notification"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(37,24,'resident-ada',0,'sent','courier_access_6b057c9a060338dec3db4113ebd07a4a','6b057c9a8b0cbd3f5ec87d6b4893f785',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(38,24,'resident-ben',0,'sent','courier_access_6b057c9a8a4e348ac5bdff3dd7f91574','6b057c9a1d8a7e3acfeb40b20a416f0f',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(39,24,'resident-cleo',0,'sent','courier_access_6b057c9aae8122782be38ecd44d3d3ea','6b057c9a96a0cc61c874d3e88f97a062',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(40,24,'resident-dora',0,'pending','courier_access_6b057c9a30d391642d56ce408dc0b506','6b057c9a520383730388f1237aefa4a3',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(41,25,'resident-dora',1,'pending','courier_access_6b057c9a6aa6ece8a69a334305650f63','6b057c9a410f020840c12f3c1fa1df79',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(42,26,'resident-dora',1,'pending','courier_access_6b057c9a0c2a3d7d8a1f14f9e42374fa','6b057c9ab843cf0d2ad26b24bbc56159',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(43,28,'resident-ada',1,'sent','courier_access_6b057c9afd8bfaa26387612a1e17e6e2','6b057c9ac49fd36a3fb4bb3fc31eb4c9',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(44,28,'resident-ben',1,'sent','courier_access_6b057c9a164e28d3d12d6b3d68a1452d','6b057c9aa7ce6d2e6f6cfb5e864675c9',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(45,28,'owner',0,'sent','courier_access_6b057c9a509e6cf4b8fdcd6530b0aa65','6b057c9ab6d349c9b2d7b58742ac4daa',NULL,0,NULL,NULL,'["persistent_notification"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(46,30,'resident-cleo',1,'sent','courier_access_6b057c9a1643946d7bc3f9c87539dce7','6b057c9a63139970d9409f76f593fa11','courier-parcel-post',1,46,NULL,'["notify.mobile_app_cleo"]',1,1795521750000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(47,31,'resident-ada',0,'sent','courier_access_6b057d4ed927b8a96145e4b54eab8b53',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(48,31,'resident-ben',0,'sent','courier_access_6b057d4ee6fce306d2a51596591b3bda',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(49,31,'resident-cleo',0,'pending','courier_access_6b057d4ef8943fb7bb5fa82135ac3302',NULL,NULL,1,NULL,NULL,'[]',0,1795575600000000,1795575600000000,NULL,NULL);
INSERT INTO "notifications" VALUES(50,31,'resident-dora',0,'pending','courier_access_6b057d4e0c5914aab1d009c234834e06',NULL,NULL,0,NULL,NULL,'[]',1,1795521870000000,1795521880000000,NULL,NULL);
INSERT INTO "notifications" VALUES(51,32,'resident-ada',0,'sent','courier_access_6b057d4ef705d9a6769076e30aed7a27',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(52,32,'resident-ben',0,'sent','courier_access_6b057d4efc1f90bb929beb0cb1811921',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(53,32,'resident-cleo',1,'sent','courier_access_6b057d4e8ef92c4a01e494c64c18b952',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(54,32,'resident-dora',0,'pending','courier_access_6b057d4e85a0394065589355fe9cbf7e',NULL,NULL,0,NULL,NULL,'[]',1,1795521870000000,1795521880000000,NULL,NULL);
CREATE TABLE orders (
    order_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    resident_id VARCHAR NOT NULL,
    sources JSON NOT NULL,
    account VARCHAR,
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
INSERT INTO "orders" VALUES('order-1',24,'resident-cleo','["56928b12260e7bd38d0b700c874c44e4"]',NULL,'courier-parcel-post','door-lobby',3,0,1,'2026-11-24',2,X'F5652DFDD5EEF3F55F4C0CCD71B98E0D');
CREATE TABLE passes (
    pass_id VARCHAR NOT NULL,
    courier_id VARCHAR NOT NULL,
    grant_id VARCHAR NOT NULL,
    resident_id VARCHAR NOT NULL,
    pin BLOB NOT NULL,
    short_code BLOB NOT NULL,
    link BLOB NOT NULL,
    digits INTEGER NOT NULL,
    at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL,
    is_used BOOLEAN NOT NULL,
    is_revoked BOOLEAN NOT NULL,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL,
    PRIMARY KEY (pass_id)
);
INSERT INTO "passes" VALUES('01M86PVKSGKXNBMPZX5WXZ7MJ1','courier-parcel-post','asked','resident-ada',X'1519DB2A4CF9C7D768F85ADE295C840CD0D8595927359405A51AF7B80F9D4E15',X'7EA964F7C099AC1721EA58705EF663FA26994BAFFB1234E4F8F0013C30AC6BA8',X'D9D165E6B4033534FFAD765ED00A5FDD72C66873024E8444CDC225E5D3D6DFA7',8,1795521630000000,1796133600000000,0,0,X'1702471360E710C6E1089DC2C8ED97AF');
CREATE TABLE pauses (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    unit VARCHAR,
    by_unit VARCHAR,
    at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    ended_at BIGINT,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL
);
INSERT INTO "pauses" VALUES(38,NULL,'5c',1795521690000000,1795608090000000,1795521690000000,X'DFED78B716E8C083A0485FD97DA4B995');
INSERT INTO "pauses" VALUES(41,'5c','5c',1795521690000000,1795608090000000,NULL,X'A56364FF385676F32A9240CD4558120C');
CREATE TABLE personal (
    seq INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    value TEXT NOT NULL,
    salt BLOB NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (seq, field),
    FOREIGN KEY (seq) REFERENCES records (seq)
) WITHOUT ROWID;
INSERT INTO "personal" VALUES(2,'resident','resident-dora',X'D5BD8A5773A0081E638FD930429EDC02E583FA304011E7C6A0837B82DC879F4D',1795521600000000);
INSERT INTO "personal" VALUES(3,'units','{"resident-ada":"3b","resident-ben":"","resident-cleo":"4a","resident-dora":"5c"}',X'1EDD296817461391D8962A9243B4E00EC86A74EAE15FE57A3F06E424883CE244',1795521600000000);
INSERT INTO "personal" VALUES(6,'resident','resident-ada',X'B4538C45066C08FCF803C12524443BB4B3044F3308198F8E92A1108FA84B0BA8',1795521600000000);
INSERT INTO "personal" VALUES(6,'unit','3b',X'63656C4FF9AB5EA6F2CB063EBA39ADDDD43BF2C22B693906E3C5C0B081B0322B',1795521600000000);
INSERT INTO "personal" VALUES(7,'resident','resident-ben',X'91D03D76731BD9DB85AA8AFA01EBE6CF9E4E365DF0FD30843544ED676D133CDE',1795521600000000);
INSERT INTO "personal" VALUES(7,'unit','3b',X'3EFACDB10DA1279C2ED28FDF211C609BB54FEB74BB2FBB611FEFBC6BC5FBE997',1795521600000000);
INSERT INTO "personal" VALUES(8,'resident','resident-cleo',X'FD1ACFA661932539BA8F5DA33E08161A7358253D2B6CD0189F1642E29FC08E25',1795521600000000);
INSERT INTO "personal" VALUES(8,'unit','4a',X'9E7C17B9779CC9325C8EF9FB805C857E5E7F5CC47FF1116F7F679AE8AF54E902',1795521600000000);
INSERT INTO "personal" VALUES(9,'resident','resident-dora',X'463237F00BD5D223EDC97B8B8FB4C7F61308C14B9ACDB57776623D6585DD8208',1795521600000000);
INSERT INTO "personal" VALUES(9,'unit','5c',X'C3DDCC09D13A2F021140B5BC98D0862C856943BC2AE91FF2F1A02C4CB6401042',1795521600000000);
INSERT INTO "personal" VALUES(10,'consent','given',X'A6803E099FC57CC34DBFC38A1A6BF1F9255652CEE567125815FA20A79F27EA57',1795521600000000);
INSERT INTO "personal" VALUES(10,'decided_by','4550d0a22f2049c493ca513e0961310f',X'478F971657603D942D162723A8C60D4A73A08AF0B1C143437D7BC69A97112F28',1795521600000000);
INSERT INTO "personal" VALUES(10,'resident','resident-ada',X'65DDAF7B7E1A527D3F005555301643097291E8FB1AD39DED7872E12B126F1764',1795521600000000);
INSERT INTO "personal" VALUES(10,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'B3971FC1ABF961A8B5C091A0ABFFBD53FFF9B85C0F2F07AB70705BDB9F242D8B',1795521600000000);
INSERT INTO "personal" VALUES(10,'unit','3b',X'313E7398FA07D276598102202808958C1EDD424EAEAE1D32F3A024BCD68EE759',1795521600000000);
INSERT INTO "personal" VALUES(11,'decided_by','4550d0a22f2049c493ca513e0961310f',X'FF549A6ACB9B63ADF3B6BE83945D71574BDB1FE1BA2BDA2073CF78DE3E027AEF',1795521600000000);
INSERT INTO "personal" VALUES(11,'resident','resident-ben',X'35DA625CC63264A056CF8144BE5E2194B9AE09ED9333CF12F95D48D391E35D1E',1795521600000000);
INSERT INTO "personal" VALUES(11,'unit','3b',X'29A3A7909EFCC4BC1D6EB9FF09C901C6BBCC6A8F937004A59BA900002AAD7106',1795521600000000);
INSERT INTO "personal" VALUES(12,'units','{"resident-ada":"3b","resident-ben":"3b","resident-cleo":"4a","resident-dora":"5c"}',X'6399AB82C00B7B019727EE7733A930A2DFA025A25FE10DCB4BD8731FF881205A',1795521600000000);
INSERT INTO "personal" VALUES(13,'consent','given',X'82F5B0A155D90114FE355B86032A6735653BFB08099B8BF7236D4FD8A4FBA88F',1795521600000000);
INSERT INTO "personal" VALUES(13,'decided_by','99bff4cf15c949f0a0cdf8072757f583',X'F9C30735A60C0A939B2FA3CD7318B39D4B1F23B20404A414D85DCF58A27B314A',1795521600000000);
INSERT INTO "personal" VALUES(13,'resident','resident-ben',X'904B4EA1B1DB69D85A2EA82BE202DB4CBD78D80243352A4F7116048288E7B47E',1795521600000000);
INSERT INTO "personal" VALUES(13,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'BB76E33DF89FEC40ED632C2D90CAC415AF3EA33E3BE507203DD00B28E387A2BC',1795521600000000);
INSERT INTO "personal" VALUES(13,'unit','3b',X'F588C19A3E44B0561E8A05615B61FE4A37A30A5F97666E38EA0E152D63C85DD2',1795521600000000);
INSERT INTO "personal" VALUES(14,'consent','given',X'8F0DC40CBF33D27BC18CBCB78028A5454919C1168599162450C60A5A2C0F00A4',1795521600000000);
INSERT INTO "personal" VALUES(14,'decided_by','3ce976c533ea469591406a1e42f0012a',X'E115668B77830F8A2B95FEFFEBD6BC4FA5CC3E2BF48FF12C34B65F1B94572825',1795521600000000);
INSERT INTO "personal" VALUES(14,'resident','resident-cleo',X'C0B559121AD74F2BAA19CF654FED44ACB4C465BE8E539758B87FE29541E93E8C',1795521600000000);
INSERT INTO "personal" VALUES(14,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'3502338C908F52486F748C5F3820B3DE4357F3AA767B5BD403BC4D476B22B69D',1795521600000000);
INSERT INTO "personal" VALUES(14,'unit','4a',X'F13373CC86E5505F6368741C36D810145CD4F67C18DC08794E78EB730C0C916A',1795521600000000);
INSERT INTO "personal" VALUES(15,'consent','given',X'14B3276B327B33C3EA96E2A6648EC1874B4BC11B80442F9A172BE27122EC6477',1795521600000000);
INSERT INTO "personal" VALUES(15,'decided_by','link',X'9AB46FF86B4FE611CF65C22B27E52CBC86D4A18B253BC946E38F83339497BC12',1795521600000000);
INSERT INTO "personal" VALUES(15,'resident','resident-dora',X'1248E10841686F91D93CC7625EC9871F773666DCC474E41033487BDBCDAEABD8',1795521600000000);
INSERT INTO "personal" VALUES(15,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{},"share_hours":false}',X'60B60387A95B7E829C67B6C83448BF4A270CB7AE96FCC817DA1CAA73614F70DF',1795521600000000);
INSERT INTO "personal" VALUES(15,'unit','5c',X'188AD45C3F6BE6DADF0D286CDB51C488027CCD278ECD2DC04D33A5861DDDC9D7',1795521600000000);
INSERT INTO "personal" VALUES(16,'grant_id','asked',X'6892A4ABEC49545FCFB6020257DC2B53AEC07A5DBE2B464C29128D630C75DC64',1795521600000000);
INSERT INTO "personal" VALUES(16,'parcel_ref','P-1',X'684902AB9F57A3C65916438DC05C20C6F778820641712B672D547F695409576F',1795521600000000);
INSERT INTO "personal" VALUES(16,'units','{"3b":"accepted","4a":"accepted"}',X'A255B35EBF005619D3639BBE39D40EEDF39B4EAA83EA767AB68FE59C6CAEF94B',1795521600000000);
INSERT INTO "personal" VALUES(17,'grant_id','asked',X'A7A5A369348204EA1E637A99A02643D1C2B19DD8040780EB88A27665504DB4A4',1795521600000000);
INSERT INTO "personal" VALUES(17,'units','["3b","4a"]',X'771E3D62BC283F1F7E25503203135D7C08A9408F8F9BBB1EEE1D6D14B0C80C2D',1795521600000000);
INSERT INTO "personal" VALUES(18,'decided_by','4550d0a22f2049c493ca513e0961310f',X'940BC08697BA91FD55B1A50F569CCD0686D7EF53107D84286395D69605872808',1795521600000000);
INSERT INTO "personal" VALUES(18,'grant_id','asked',X'213889BD0FAB3F11C740C00A3373F2B2C80E1BCADB503EC5F671CA3B87C089C0',1795521600000000);
INSERT INTO "personal" VALUES(18,'unit','3b',X'F156E5C0790DDFBDAB6EB66AD3A749DC8A4ADD969EB2B01871D4D1C04B502739',1795521600000000);
INSERT INTO "personal" VALUES(19,'driver_ref','D-1',X'576D1204DCD11D634614EDA2684D34AB8B4ED1CDA7B45AC7C159BAECE305B8B2',1795521600000000);
INSERT INTO "personal" VALUES(19,'grant_id','asked',X'684889448379F4FBAB326B5F484D72A0BD6341D3B03AEAC54F38569C5F610610',1795521600000000);
INSERT INTO "personal" VALUES(19,'parcel_ref','P-1',X'17DFD76BD3D2FFB7CAED4CAFAC36D18C25D8F5D571CEE0562A3AC5961E7943ED',1795521600000000);
INSERT INTO "personal" VALUES(19,'unit_labels','{"3b":"3B"}',X'AED7B2AB01C9DC1CE339D6E898EB6BEC7ABD9AB79161D751419F3D7C19B0B797',1795521600000000);
INSERT INTO "personal" VALUES(19,'units','["3b"]',X'A9746EFD874ED72FF32F2F02912478374595221678218B7347049C864E2C95EA',1795521600000000);
INSERT INTO "personal" VALUES(22,'decided_by','4550d0a22f2049c493ca513e0961310f',X'11860525C4A36112B05BBF5BB4A288E66DC3A144BE50D853C0A2CF5D887B68CB',1795521630000000);
INSERT INTO "personal" VALUES(22,'grant_id','asked',X'5200B9002C7414D1FF91719CB9F237822117CA1BB3FA10F90B899DE8B695A7C6',1795521630000000);
INSERT INTO "personal" VALUES(22,'unit','3b',X'8BEBEEE07089DA5C67A5290AF5ED1630F3A1C77BF11C14F83EF6D499359D7747',1795521630000000);
INSERT INTO "personal" VALUES(23,'decided_by','4550d0a22f2049c493ca513e0961310f',X'33739BB39E23EF2FCA23DB7487D15E3AFCFD03A3CDA1B35711DCB0AA543DF790',1795521630000000);
INSERT INTO "personal" VALUES(23,'unit','3b',X'DAE3A36EF8247C41BAD707E1AF9A0EA08E019353E67EDB9D9CA0276F4DDC9587',1795521630000000);
INSERT INTO "personal" VALUES(24,'decided_by','3ce976c533ea469591406a1e42f0012a',X'C00B747A01BC9A1E4A2E93416458EF066BEEE04A9ADE2248A57DC627F8345392',1795521630000000);
INSERT INTO "personal" VALUES(24,'order','order-1',X'003263D82BDEB28200348F86F6DF1151EB4A4ABA42034CA0B1E17F7CB2D906A5',1795521630000000);
INSERT INTO "personal" VALUES(24,'resident','resident-cleo',X'4C977577A39F3D17B6587FED4117DC338E7C9776D2D0A513C06EEF7CFC56507B',1795521630000000);
INSERT INTO "personal" VALUES(24,'terms','{"account":null,"courier_id":"courier-parcel-post","door_id":"door-lobby","is_paused":false,"most_per_day":3,"sources":["56928b12260e7bd38d0b700c874c44e4"]}',X'E905507F116131CDD577E8309E0C18E9E6A80BF9CEB688D8484E3F48A0798EE9',1795521630000000);
INSERT INTO "personal" VALUES(24,'unit','4a',X'78D3FB9BD3511BE7F0B842BDA80CA3EDAD79D7E25E383C51082AB14CF805314B',1795521630000000);
INSERT INTO "personal" VALUES(25,'grant_id','house-6e6324f02f0e',X'384D739602E4CE907E7CB46685E6DC55685C7BBEC5F846E505785A26BE7A5A2B',1795521630000000);
INSERT INTO "personal" VALUES(25,'order','order-1',X'5BE9734837D98E34ED5251B11BA0E3A5D2A5AA0199F4D88072670D4CEB5A81BC',1795521630000000);
INSERT INTO "personal" VALUES(25,'parcel_ref','P-3',X'583BEB4A9F229AAF2627663AC6968F1AC8DD555C7635D76C3F4D1BBD28726082',1795521630000000);
INSERT INTO "personal" VALUES(25,'units','{"4a":"accepted"}',X'9AAA5D99AE2EB3BDA7954CCD32562F62D4A669A4CF2E96476EAD9D73CAAB21D9',1795521630000000);
INSERT INTO "personal" VALUES(26,'grant_id','house-f071c2cabadc',X'EEFA1928865278C9C6F693B488BBB03DEA78A2D0AFE01FC428E447A451310634',1795521630000000);
INSERT INTO "personal" VALUES(26,'order','order-1',X'F14C9BBA88484C8F60DDADB7E4CF13A58950200F660403E9BDD5B24E2C6C2A28',1795521630000000);
INSERT INTO "personal" VALUES(26,'parcel_ref','P-4',X'0E7B14D57B89A759802DF96563C12C8317C2A1FC8543E280A90ACA81962913D1',1795521630000000);
INSERT INTO "personal" VALUES(26,'units','{"4a":"accepted"}',X'D6979815AFF0A9C85FFD33D04B2BC258E53B286EE598FA9D723845F27213E7A2',1795521630000000);
INSERT INTO "personal" VALUES(27,'grant_id','house-f071c2cabadc',X'BF4CB205089FA3B618FA88F528A931D18DCCF7EDF288AD68F7BF49A5A07FDB0F',1795521630000000);
INSERT INTO "personal" VALUES(28,'grant_id','vetoed',X'B7232A2274BEFD1F0EC652E70A58B26AD07DF144F82B27630802F824C52510D5',1795521630000000);
INSERT INTO "personal" VALUES(28,'units','{"3b":"accepted","4a":"accepted"}',X'1222FAA10DA24B3CA3CB97BE76D7A9EF57E3D35016140D5F62C8072CA1D02F0A',1795521630000000);
INSERT INTO "personal" VALUES(29,'decided_by','link',X'FBF85B06D0F39EDE11EFA27B13C7F7AA9B1B9210220A47A17024504DD0DBED23',1795521630000000);
INSERT INTO "personal" VALUES(29,'grant_id','vetoed',X'AB1C1E7AB73BD54B86E02CC2C26B3450E8E93ADDE8F3963D93B32D8A652C44C9',1795521630000000);
INSERT INTO "personal" VALUES(29,'unit','4a',X'A804D915BA2CF8436727ABBD7B43074C4FFABDB80612E9D68D2D13D79A15E246',1795521630000000);
INSERT INTO "personal" VALUES(30,'grant_id','revoked',X'1C5F603AF4E359314F6AC3E26D3AB04B04A0EDC17DFE7948569AE67495FBD371',1795521630000000);
INSERT INTO "personal" VALUES(30,'units','{"3b":"accepted"}',X'8B1DB2150E35021B9B4F9A8002F5B734147E3904BAA229DC3F74B2A40DCDB985',1795521630000000);
INSERT INTO "personal" VALUES(31,'grant_id','revoked',X'119CBA8AD88303338273E76141D6732BA3B0E2C072C09E72F91127222BF7CF5F',1795521630000000);
INSERT INTO "personal" VALUES(32,'consent','given',X'65C57905AB68388546C4E917EC2121582F3C94165E0D95375F1D707EDF9F3DBC',1795521630000000);
INSERT INTO "personal" VALUES(32,'decided_by','3ce976c533ea469591406a1e42f0012a',X'89373AA4C903C09C8605ADAF30277D74F65762AEE67FE6D98E31963A847640B8',1795521630000000);
INSERT INTO "personal" VALUES(32,'resident','resident-cleo',X'7A73EF6028D081888F9B0C2427E930E3B7193A3F0AA80FE2737814DA45C1AF64',1795521630000000);
INSERT INTO "personal" VALUES(32,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":1140,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'252CD157178904F881C5956693A2E153523BF2F01BC6AE90DF5090237642F6E7',1795521630000000);
INSERT INTO "personal" VALUES(32,'unit','4a',X'3624DC9A0BB71751836305AFFEB23DBABE32F62BA517DA9E7EAC2A1B3BD0BD3D',1795521630000000);
INSERT INTO "personal" VALUES(33,'grant_id','open',X'2BD196A688FF93B6AB846B43280379078BEB5DB832324B240EEC2932B147451A',1795521630000000);
INSERT INTO "personal" VALUES(33,'parcel_ref','P-2',X'231DBA50146CA4F74B29846B197B759FC2339CA0DF9B683E42FF55E000594392',1795521630000000);
INSERT INTO "personal" VALUES(33,'units','{"4a":"accepted"}',X'2DC1CF3ED067A785BEF78921C79C6CBCCB4B70F1C3E565506F046E5C12DD4C8E',1795521630000000);
INSERT INTO "personal" VALUES(34,'driver_ref','D-2',X'1049C029E900D930B79784D8F0D601E91AA4DFE5D7D17E3D0BB4E8908D467A87',1795521630000000);
INSERT INTO "personal" VALUES(34,'grant_id','open',X'14C534E5553D326EC6DFDE7454188CFC484B69AFBE958779AEC2469458A09F74',1795521630000000);
INSERT INTO "personal" VALUES(34,'parcel_ref','P-2',X'F13CBFDC533E4A439C656C5F50A796BE371FC21AA458136FE36B3DA4C3F085C6',1795521630000000);
INSERT INTO "personal" VALUES(34,'unit_labels','{"4a":"4A"}',X'832095FC521BDCC700BF252B5B3A1CA6E44896FDC5B1EBB53DA81CA0BFA2AD57',1795521630000000);
INSERT INTO "personal" VALUES(34,'units','["4a"]',X'FA4E6D98BE0A54547DCC38A12AC89A624E91EF99303BD9B61A5ED89CA548DECA',1795521630000000);
INSERT INTO "personal" VALUES(37,'grant_id','made-up',X'89CBDDE4435868EAAA221A936FECCEF13FDAF120564D7393D9BD90600C9E60B8',1795521690000000);
INSERT INTO "personal" VALUES(37,'unit_labels','{}',X'FD6DE3C1AE9F2F38770DDDA6D1DBD1361AE733CB1207BFAD5486BE7DF4071122',1795521690000000);
INSERT INTO "personal" VALUES(37,'units','[]',X'3EBC0936B66F3F84198799D134F3C84278EA4F1F272282BBCC95A0A01839D2D3',1795521690000000);
INSERT INTO "personal" VALUES(38,'decided_by','link',X'BE0A9C5BEC7A0C9E68DBFAA1E27738A93CAE08D3B2CBDCB8CAC8CE3C7465306A',1795521690000000);
INSERT INTO "personal" VALUES(39,'grant_id','open',X'FF42D042710BD8A01089BF90ED92DA48B1CE395D784A6940C2E466C86D5277B5',1795521690000000);
INSERT INTO "personal" VALUES(39,'parcel_ref','P-2',X'EE7D53B1C13DA284A7DA0BE57C79BDE23D5EEC607141C506F2B0B63FC8BD530D',1795521690000000);
INSERT INTO "personal" VALUES(39,'unit_labels','{"4a":"4A"}',X'74BC6BD14B5E6C069B62742CC8BA4DA4989CF78B2BBD63ED8D90D8D58937F541',1795521690000000);
INSERT INTO "personal" VALUES(39,'units','["4a"]',X'2F7374DC6427D2C9CDF239F4DB696D8259BC5E3CB9DD36332417D12383FD55E1',1795521690000000);
INSERT INTO "personal" VALUES(40,'decided_by','link',X'DAE081435046920A51E7BCE288C2EAE13BA556CE89315AE5B650784894AE859B',1795521690000000);
INSERT INTO "personal" VALUES(41,'decided_by','link',X'9EB2B4213E70EE9545AF60AD5A5DBC2011AE4AE61BFC8E9B42905969A3790C49',1795521690000000);
INSERT INTO "personal" VALUES(41,'unit','5c',X'B75246A1E8593F79658674DDCC00A8B8B64B9B4335DA3B7A4D146EE5E6890202',1795521690000000);
INSERT INTO "personal" VALUES(41,'until','2026-11-25T12:01:30+00:00',X'9C0ECF76672BD99E9986C246FA610B9BFD144D13273F6E869AA755D64AAA90E3',1795521690000000);
INSERT INTO "personal" VALUES(42,'decided_by','link',X'A307D9D8D2C1062B5E08C105DE60F5EC68702C21D4BEB9982AE2A1B5E07E72D7',1795521690000000);
INSERT INTO "personal" VALUES(42,'resident','resident-dora',X'553CC92846503AC06099C7E2A827FECA9A249E19F2BAF6EC8610FF280B1834CA',1795521690000000);
INSERT INTO "personal" VALUES(43,'consent','withdrawn',X'115B300C2C4C56B04C87861D03126E5DA8C2839AA7A8130CA74581F470B658FE',1795521690000000);
INSERT INTO "personal" VALUES(43,'decided_by','99bff4cf15c949f0a0cdf8072757f583',X'2F56335D237D4E275CAD5366A51014FD887D46CF4C452D0E5D82E9DD2D2BE615',1795521690000000);
INSERT INTO "personal" VALUES(43,'resident','resident-ben',X'E636801F2270B216CD4D736F3C73A4F116257696014612C2275B20405BA04CEC',1795521690000000);
INSERT INTO "personal" VALUES(43,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'E51C52CD23CFC225629EFCC824C3D0DA8EB1620AB7A617A4564CC5C24F6D6ACE',1795521690000000);
INSERT INTO "personal" VALUES(43,'unit','3b',X'753E13C5CC1F4EA5CA3D3ABA38D5FFAFD08ACCA2465BBAABA8E988395E7A2DDF',1795521690000000);
INSERT INTO "personal" VALUES(44,'grant_id','changed',X'89AAF51BD1763E95E10BEBC353DB8E3380AB8DCB7540490C807887BB02403961',1795521690000000);
INSERT INTO "personal" VALUES(44,'units','{"4a":"accepted"}',X'2B6867F80C6AFA88D5E73B7B24298592D90F196FB66AD8A1AB3F4E09BD0BEF2A',1795521690000000);
INSERT INTO "personal" VALUES(45,'grant_id','changed',X'BD9D8DE4380A34435922DF0269DDE77F92F09A5E52DB5379735CEB6164A22E4F',1795521690000000);
INSERT INTO "personal" VALUES(45,'units','{"4a":"accepted"}',X'D3419402971EE56B6663B30F60DE70882189D493AAA1A4B15D59020C5631B755',1795521690000000);
INSERT INTO "personal" VALUES(47,'grant_id','open',X'7653BE5C06A27F53470719CE806794BBC663ABBA7F506267D879C82E71FBDDBC',1795521870000000);
INSERT INTO "personal" VALUES(47,'parcel_ref','P-2',X'2569FA8B0D2117FA5277E43460C451F44DE8593B98882A2A5987F0251FB6B3D1',1795521870000000);
INSERT INTO "personal" VALUES(47,'unit_labels','{"4a":"4A"}',X'07E0C45FB50F138F5B8D81C915491131925E3DAB6A55635F38A3A307A506F126',1795521870000000);
INSERT INTO "personal" VALUES(47,'units','["4a"]',X'BE1B0A5692CDCE76AD5952BCF62ABFAFBA031FC09957FC9FFF0D26DF96CEBC97',1795521870000000);
CREATE TABLE records (
    seq INTEGER NOT NULL,
    at BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    body TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (seq)
);
INSERT INTO "records" VALUES(1,1795521600000000,'zone.recorded','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"ac44fe446e5dec33f011222ae69e25a90db33897161071988f24ad3b570500f6","kind":"zone.recorded","personal":{},"seq":1,"zone":"US/Pacific"}',X'5A6981408212DB81F4E394077E17200A69F13B4B8DB5AC35B2478D76CBB6C875');
INSERT INTO "records" VALUES(2,1795521600000000,'link.renewed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"fd3388bf5624277ba6b58788a2ce72f01de7cbb82e20a73d6428828790bd1aca","kind":"link.renewed","personal":{"resident":"f50a5d22435be1eb798dddeb494d17587dd19b0635015472d77aa08b5e1c6628"},"seq":2}',X'776A14DEA562AE0A565CD1BC55DED03B83B39D9876F7941798A454582E1FA04B');
INSERT INTO "records" VALUES(3,1795521600000000,'residents.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"fd3388bf5624277ba6b58788a2ce72f01de7cbb82e20a73d6428828790bd1aca","kind":"residents.changed","personal":{"units":"956b2efb78769e385b57b0dcf31e0ff3e5311b874b1ae4b750405d13730a9e2b"},"residents":["resident-ada","resident-ben","resident-cleo","resident-dora"],"revision":1,"seq":3}',X'E3C9CE8F8112F1CD9048C187B603F5F247515C435E55765946A7DE9389D07F9B');
INSERT INTO "records" VALUES(4,1795521600000000,'courier.admitted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"d0953983301980ac08f7744190b82935fea5f60a3feb8a22a83273b8752e6586","courier":"courier-parcel-post","courier_name":"Parcel Post","kind":"courier.admitted","personal":{},"seq":4}',X'1C95C535E637F969A17650AA48F4FEB6C3C992658251079DD96F423649A6B286');
INSERT INTO "records" VALUES(5,1795521600000000,'configuration.recorded','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"4cc5ad02d52dd0ab7b0b2c9d281d07b04f662b45cf2f23f95b56e3ba732cd998","configuration":"{\"doors\":{\"door-garage\":{\"name\":\"Garage\",\"opener\":{\"entity\":null,\"device\":null,\"domain\":null}},\"door-lobby\":{\"name\":\"Lobby\",\"opener\":{\"entity\":null,\"device\":null,\"domain\":null}}},\"sources\":{}}","kind":"configuration.recorded","personal":{},"seq":5}',X'A2203030B4966539B43D196AE6676556082A70B1EC6E1A61892560685A7A96FF');
INSERT INTO "records" VALUES(6,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"4cc5ad02d52dd0ab7b0b2c9d281d07b04f662b45cf2f23f95b56e3ba732cd998","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"ad510f00f4eb1c2ebdd6b1728e2500f9059af50d13790cb63ed5e86a5d463353","unit":"2f62ada88e1d81ac3ce27a71263b1e9f76b50dbf360d2c1fd2c8859deb22c390"},"seq":6}',X'466AB48FDC63E81B93072B4557807D313FC9657AB8CE823FB5E835FBAF0C52EC');
INSERT INTO "records" VALUES(7,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"4cc5ad02d52dd0ab7b0b2c9d281d07b04f662b45cf2f23f95b56e3ba732cd998","changed":false,"is_confirmed":false,"kind":"resident.enrolled","personal":{"resident":"8e6843585dbe932d2cfd5a65059235c1ebdfb0e48e57d9ce19899a1713006b7f","unit":"0629d155da80ee10f18de573a550d79f0eadf23c7d864c5e0537024b16d91218"},"seq":7}',X'5DD6590A73BDCE6C286A2975A46DF01F4875C26F2B08B35DEB755077B58B1C53');
INSERT INTO "records" VALUES(8,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"4cc5ad02d52dd0ab7b0b2c9d281d07b04f662b45cf2f23f95b56e3ba732cd998","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"08894da96aca1f67e7d6dd977379f9e9801321b8b6d1f7cfb858b0b5a32b54e6","unit":"9380b6bcb969619c336d0224eada264b9ddef7dcbf2cdbe604b9afea302f8c0a"},"seq":8}',X'6641BD970AA55806588415ED330120C37E2A8B5E39CF5176F2303A0BC007AACC');
INSERT INTO "records" VALUES(9,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"4cc5ad02d52dd0ab7b0b2c9d281d07b04f662b45cf2f23f95b56e3ba732cd998","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"529145b7c07f281e41b0adf69c0bf201d2d5811b678a4befd5ff565c3dd272f3","unit":"584f340af3734d8774c12c8ac1ef3d8c62d0d9a943738e0164e8eee58b4c9adb"},"seq":9}',X'F0CF6D36984A3947052FCD05596E5C3B169DBB191CCB6205ABABC8D275694AB3');
INSERT INTO "records" VALUES(10,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"792fbba154c99ded25f8fadf24720a4561524221cf7a6f021ff2ce0f13590237","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"c83d4209b3a2c01ec3765086222e70da834146f817a598c0d8db8636269ba7ca","decided_by":"072f0d4da60fb54b867ad2b74865d5a0f85d4f24ceb0ca8f57933bdf8ffb6da8","resident":"dd24634cf42413345c46b2b24851cf226e0d6fa47831eafdbdbc8f6f801a0ed3","rules":"0f7d298ab3e5d37721e491a81f746240cbf715919a28385be39d7d821c6a70f9","unit":"19ac5b08471aa24ac4d60397c373443a39e82169d0025498001bb080f9e2cf5b"},"policy":3,"revision":1,"seq":10}',X'B1FEE0C12D9D63CF8B2D3D33E8E98E3901DFB2ABEC00822989546449BBBA70C0');
INSERT INTO "records" VALUES(11,1795521600000000,'resident.confirmed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"d053bd24c9c75533fb6ee70e275e33bd0cb64df50b13f76223412a5320c0ce5b","kind":"resident.confirmed","personal":{"decided_by":"4e85fadcfb74a1419a39227d5ce9e2ba0d23bdfa1e3b14ecff07172ee3b9aaa2","resident":"8963dcec84797d133d4603f112777edada21263b422004f1e0f52bd0c4044aee","unit":"47490d95d72ab838811f68cc2bf6a3e13f7511099a6038818f29afd321e8bbc4"},"seq":11}',X'014431166A7B5DFAF9F1BD8BED28D83D58F41D2E16F4249F1F018AE816A86439');
INSERT INTO "records" VALUES(12,1795521600000000,'residents.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"d053bd24c9c75533fb6ee70e275e33bd0cb64df50b13f76223412a5320c0ce5b","kind":"residents.changed","personal":{"units":"08e745e7a17102e02bda5654733dff9a0a86fc24577a6a3c8f9034474393af5e"},"residents":["resident-ada","resident-ben","resident-cleo","resident-dora"],"revision":2,"seq":12}',X'4F9AAF6A25AAA353E9482BB93FCE12F7988635FDAB4A08F2344EE1AAACF89C97');
INSERT INTO "records" VALUES(13,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"3dda276b4fdcc8c882dc26b6a89992023944611a8e47a6788608419f673dc774","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"4511162d437616aa6d05fd42307341f280392b053d02c86becca2dc69e8c8cb3","decided_by":"8457e840ee8b508f8683e0220ad2aff5fe2736cfe4a4f2e409c67d75afce71c5","resident":"b21d5338c50e1cf19c6017643177deb3f89abfabfbaabdb254fe2a337d5a722d","rules":"9f4c0c8a64ec44fa526bbb51a460e772f5b0c619ce7ef3af3c570e7982a5047b","unit":"5384d79ccdf98f1b6a2e68ef4def8e5b7e1aa4a4fe23e8d5c5bb1971409ab970"},"policy":3,"revision":1,"seq":13}',X'3DFA5C327983C2A153DE865918A6FA4D89D06E144219E92B8251979F097DB557');
INSERT INTO "records" VALUES(14,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"d63a846321e015b9b37237851f90605ce85d9116bc3e2319a7e176644bd57a63","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"d49442ad7c2b638247c13a4235a2fec8de00fe0c4c63c5cad61dcbd636f4a65c","decided_by":"7145108167cd183ec03165e09d71eee407181e51500938f26b908a23f24f739c","resident":"d810d5e6e3e213df45cffa35afe87971378913258f5cd1feb8889b06756179c9","rules":"766e5cc14ed4fb9927fdb5d0f0bf55bfc9f8a30a342744510d80aadfa9269f2f","unit":"1dd22b538ec2979f14f63c5758d9d363370b24198a234cb6c746c7e49c8432c5"},"policy":3,"revision":1,"seq":14}',X'E9E5AA97382FF1783CA7B8FAC4558EA16050051F8F1BF60E79534BFDF07F05F8');
INSERT INTO "records" VALUES(15,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"01966f069de653f5d7dfc255a0945e7eb9c5770dd7a4a471cdcb9aabf439347f","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"96012989b9713fcaeab99a77b6c3cc97908742a6db9189b42bae045b2bcf5d06","decided_by":"36507bbdd94ceefe978bc5481026ce32ecca72f166a699bea0f0abffeaf4b34a","resident":"793d19eca8c153d27d80a9edcb055211d9bf67c22aeb07af5f7407f660605fa8","rules":"6bf930642fc61b8592265ed9b5201302762d5bb1d4e720c35b310a2766b36f45","unit":"ddfd28d993a852c4a2e7c54e1da972edcfbe695aa4e3f8e81fa1e780b782c705"},"policy":3,"revision":1,"seq":15}',X'B2DD34A34DB8D9AE18BCF576DB1793EF13CA8356C89613444E01BF750BE6E855');
INSERT INTO "records" VALUES(16,1795521600000000,'grant.accepted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"820e42f1e180dd85dd7514f8430fe0c99fe7430b6714ef31af92196aea0cc7d8","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:00+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":5,"personal":{"grant_id":"a2ce3e272983694e863fdec198ba6978f8f3e72d180d5d3a9d5fcb087a537a08","parcel_ref":"23c4fe201063efa9eafd25223f2dacc0620ffe9cdb203703b787174a06325f42","units":"e71d97fa9cf44c77db5c6f9c420ce1df2efd69ccd2acedf908af599d0f380f0a"},"reason":"ok","revision":1,"seq":16,"starts_at":"2026-11-24T11:59:00+00:00"}',X'86128C82B9A18CF39FE04840072A1FC4CFFE9189E61E3FCCFF36ADF877C1D84C');
INSERT INTO "records" VALUES(17,1795521600000000,'entry.asked','{"ask":1,"at":"2026-11-24T12:00:00.000000+00:00","bound":"820e42f1e180dd85dd7514f8430fe0c99fe7430b6714ef31af92196aea0cc7d8","courier":"courier-parcel-post","door":"door-lobby","kind":"entry.asked","personal":{"grant_id":"615d85f31cdece4c4562a85d66aba82a46b841c7fb87b44366c3b5ca78786d7c","units":"b9fc2cbad811526da4804e601f2dd50d1f71b374638dfc619bf5e780e5254ae0"},"seq":17}',X'A9CFADF5C7BD882D69A2FDD3AAA503C4BD63A7D1AB72D67574A549FC3440237A');
INSERT INTO "records" VALUES(18,1795521600000000,'entry.answered','{"answer":"approved","ask":1,"at":"2026-11-24T12:00:00.000000+00:00","bound":"4c73aa85683f252b31e2f3aadbca713c4ee69dd2612e2d614e8cb3097a244098","courier":"courier-parcel-post","kind":"entry.answered","personal":{"decided_by":"ee23a61d894a56a4cbc768e60ee8635ee80ec0c501cee929b9c3d94841847237","grant_id":"1985909f109df248dfe0ef8f1c74689a798aed74c9eba9f40e33a7de5b119fd4","unit":"6cd16c2d69c41447653b7d420431cf5a5da43313d9c5e69b55b90f22219ff305"},"seq":18}',X'7A10014E1314DAAF137E3E8F909B64BE3685AB993121951398F18324C3361DF1');
INSERT INTO "records" VALUES(19,1795521600000000,'entry.admitted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"935618428a005bae1f54088e496d431e3b0825bfea72c052111dbd181c722b99","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PTPG0V9WQ8Z3A9BMKHR5Q","kind":"entry.admitted","personal":{"driver_ref":"bb748ae6b9c00bd6177da99b1014c9c8e78325855fc0d331447e745cc149fda8","grant_id":"ee3ec61df3913d34d2a0bbeb8952da6f88e53a5044246e8596f713dbe4e1ab97","parcel_ref":"20cd18e6c71b2f12423350449cb2538445936247d250253d0572efb98e072967","unit_labels":"54b2254e211295714db00836b3b0bf0eb4f01426639d105f87fade0da5734a70","units":"93f87ec3e7aa2b4e2b13d1d9400d2bf1084e05e4b6f136b97a9138a9091384ee"},"proof":"signed","reason":"ok","seq":19}',X'2DCC9505DE89E055B2786452332506255DB79E5FF5B1150598FAE55C33E46202');
INSERT INTO "records" VALUES(20,1795521600000000,'entry.outcome','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"935618428a005bae1f54088e496d431e3b0825bfea72c052111dbd181c722b99","entry_id":"01M86PTPG0V9WQ8Z3A9BMKHR5Q","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":20,"unlocked_until":"2026-11-24T12:00:05+00:00","use_returned":false}',X'BBAFE01CF547D71EFA3EDD7F83637770CB680911C9F5246F3BC948385814EF0D');
INSERT INTO "records" VALUES(21,1795521630000000,'entry.completed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"935618428a005bae1f54088e496d431e3b0825bfea72c052111dbd181c722b99","completed":"2026-11-24T12:00:30+00:00","entry_id":"01M86PTPG0V9WQ8Z3A9BMKHR5Q","kind":"entry.completed","personal":{},"relocked":"2026-11-24T12:00:30+00:00","seq":21}',X'45130CEDD18B3D8404B412DB0CD1764A9DCD8296389CEB259C167E814C676C28');
INSERT INTO "records" VALUES(22,1795521630000000,'pass.made','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"48e4fa33d78b8cb7b5cf96860826ad5fca383090a5fad024eb42fa602c2e09af","courier":"courier-parcel-post","kind":"pass.made","pass":"01M86PVKSGKXNBMPZX5WXZ7MJ1","personal":{"decided_by":"4786de687a1eb9c43157f2850073e7549c811614a4ec94bdf7faae3d590d2036","grant_id":"c83859825b123533f9faa0063fbc80e120cfe374d01b36e5cb7b0526a26ceb49","unit":"d524a286a12d15d42096772748e5b679086bc3a9402599c6d0d2f16faee8e009"},"seq":22}',X'ADCEC70842754D696E59C64F9C94469C90AA6EDCC2893650DCCA57CBC236BB81');
INSERT INTO "records" VALUES(23,1795521630000000,'address_code.renewed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"d4bcf60d2aaa96bdeddbf41f099c2dca950a30a7a1904b6bb158279f233062da","kind":"address_code.renewed","personal":{"decided_by":"633344897e8fdaabf6ad36dfaef90094db00c23431329f7cfa0d0b0dc830ca3d","unit":"452ffa05cffa5aef4d3a3256ef77fae1633824b7f143563c64d43359285ec067"},"seq":23}',X'68E5FB3CF2E89288D94EC7BA6D40554E307281325BFD034EFB24BCA0BD69B0D8');
INSERT INTO "records" VALUES(24,1795521630000000,'order.given','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"a4bee9050d400ae9a029b76bb11d32da807da7ff32fba749b0595125f7c64890","kind":"order.given","personal":{"decided_by":"c6f2e46b160858a8c46deb86d4d7b63e60a8acf0259d42d45572e9b94070e596","order":"af09c85f60432d3441e4650acb0bb3fa262c49711b125b319dce5b6b9a63cdf2","resident":"7736a8ec97c960015de5303f3466be4a445bd3c11f2727f7e5e0539f32749889","terms":"9f419c9705713d84bc1e3c5125ac68e0a17f9d43cfad1149c3a9ef3e1d7d4fd4","unit":"6d7c64ca847da1700de5a45abff53d2b4c9b0c096a23aff407758c2fe89f05f2"},"revision":1,"seq":24}',X'6983AE2973E6EEDFF17DDEA5167AE12C34D73EBA631FDC3C2DD3E548557F5ADF');
INSERT INTO "records" VALUES(25,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"997e8c5b5d21a2a8d84c822628c346a001eafdab960fc42fd7423481f08a8171","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-25T08:00:00+00:00","issued_by":"order","kind":"grant.accepted","max_entries":1,"order_revision":1,"personal":{"grant_id":"7c165b6fbf26b0aae8b23a70e20edbc07cb4385d70a04c395bcde96b8a416e31","order":"cddd9547cfa5631f1db7213a19ce088962102b0e7e402e69f0df408af96030e7","parcel_ref":"402a2ac9c320635bca4fc300611525c68237954c8dc7cb58ed61b4baa60d8980","units":"575f6112b286ba9a815eab5762a123f0156ded64f036b240bc048466ec0dbf62"},"reason":"ok","revision":1,"seq":25,"starts_at":"2026-11-24T12:00:30+00:00"}',X'8F88E5F94A62A529EC221D714C8E9E537A3C88EEE1912D7E632839DC3DD3EFE1');
INSERT INTO "records" VALUES(26,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"75f7965d9dcd12936809598090602b4f7552d14a0be9a35ac41719b9d317a18f","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-25T08:00:00+00:00","issued_by":"order","kind":"grant.accepted","max_entries":1,"order_revision":1,"personal":{"grant_id":"6f84d74d274580f42e8f58a051c2e5b61d972f8ece19553f1f2d0164dbc92c65","order":"d3b1f4fd66730f0b44ed28474e7bc5f773c4811d413e35cadc5b27741854956d","parcel_ref":"8d09b8ce7dbbf63842d6eb40e652ea7c47b766fcadb91b90f3b4b3ed75ec5aa4","units":"40dbc5c28c4410864d15f8b4809869f82490cb5a17f5ca1e87642698e904e407"},"reason":"ok","revision":1,"seq":26,"starts_at":"2026-11-24T12:00:30+00:00"}',X'AC1714EDEF699EB571E3A0E48F7DD8A24B93D618BD1E0B16C284EE66936DE2C6');
INSERT INTO "records" VALUES(27,1795521630000000,'grant.revoked','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"af8742ec884b7afe570c17e360cc598ea67be73d3eb0d37cddbd92aca29d8307","by_courier":false,"courier":"courier-parcel-post","kind":"grant.revoked","personal":{"grant_id":"7628e28264caa52ee6f73426c7d6f23a9e4d9d6c18cda5943ef4e5a4ad4a31c5"},"seq":27}',X'091376C9A77C9670AC31619ADC307327FBBC9893158C4B81F861B506CF42F57B');
INSERT INTO "records" VALUES(28,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"809aac4db26ddd331c08d0a68640adb7e770499e48b9d189376f6cb30064e162","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"00e15257c3e5a67c4fd9ee4933bb71081d8649ce4342987ff085cfcb09aa597e","units":"ad94a4c50460f9c3db8ffc7145ce0aa0330340f6061e734905e6a6e93ebf00b9"},"reason":"ok","revision":1,"seq":28,"starts_at":"2026-11-24T11:59:30+00:00"}',X'0771C39FDE03F8715C071326DB1470C01AA7A19037415B0D26106305392E5CE8');
INSERT INTO "records" VALUES(29,1795521630000000,'grant.vetoed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"d805fb11844accd7af6941851ee05419d60bbe84828e9272264f19be1037c02d","courier":"courier-parcel-post","kind":"grant.vetoed","personal":{"decided_by":"f48508b1a9b7cf1606f80528b075eaeac878b90b8a019990cd929c442a1416de","grant_id":"d503fb24b6d8792851ab26ba66f1085504fbafe902e58600ba390cf6df9a3673","unit":"85a777eeb603ddda4e295c71ef68196e4d01d720512f0e39ee4221c5b5f39666"},"revision":1,"seq":29}',X'E68914197CEC49FF5950A1B879AAE078DF270C6334C11A886C9EC930B2481626');
INSERT INTO "records" VALUES(30,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"e8063da56d73795f3543560f077586d905504297fddff1490d96208d069af288","courier":"courier-parcel-post","door":"door-garage","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"f5e045bad221ce96d79fe62a63fa8062735a85f79595d9a7eb518a0c2b06df31","units":"18df97f6e74a5fe064fb1a83b4fdb44e42085d17f22bad7b15417a801e750c77"},"reason":"ok","revision":1,"seq":30,"starts_at":"2026-11-24T11:59:30+00:00"}',X'6E686B1E7835BC2A88DFB00834B7EC465C68EAE62541083DBAB43FD8D07E3FCC');
INSERT INTO "records" VALUES(31,1795521630000000,'grant.revoked','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"4cfeed9b158b553ba7007509585507d4205230142fb06788d56e02a58caaa1ee","by_courier":true,"courier":"courier-parcel-post","kind":"grant.revoked","personal":{"grant_id":"6e2c7ccfa932335216d0d97ae936f87c6b1d72e253555b30087f33cd5d639b44"},"seq":31}',X'B14A9DC09F9A75F1C1626E4E2FCCE93F03D6FE50112DFE05D907C2BD8ED58E6D');
INSERT INTO "records" VALUES(32,1795521630000000,'rules.changed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"44d85f29e7aea2173e166a3ae3a254064fc80384700c57325d259ff7d0dcb466","decided_on":null,"earlier_revision":1,"kind":"rules.changed","on_paper":false,"personal":{"consent":"8837d0090f6eeb4bbf0748fe9fbec1248918c545de131b6c8dd0dff151659295","decided_by":"09d5ccdc1d6afd5f273d081e5dac04b89ad0c800d4aae5bb3d893474a7985509","resident":"7467a94491bd276ab284aadf4b510fa7065cc4eb5e935b17aa79b3bb6983f66d","rules":"da306f35159f6d6ec81fd85437da01673b55e7bb01db6e0b463cb5b75c361745","unit":"e6d5c35a9e3da4aa6258cc91f2e9b249b6d0d181bf612a8414e430463dc390f1"},"policy":3,"revision":2,"seq":32}',X'0BD4ECA240F63E08316C5BB90AABDF06F765AE517116432E49F199A0EE22839E');
INSERT INTO "records" VALUES(33,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"d306bfd6e128d9a34187dc5ba2485244f816e9d9b9160a5aa2aec0e77d5de045","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":3,"personal":{"grant_id":"e609c8a0302561f474779faad22e24497b7bc3e723763ffed6f5270c85181dbe","parcel_ref":"5cb6eb5c7726a55008d32d788b799ff88f8f8b19510045490e1eeaa6d486abbd","units":"e03a1c156ad2551fa8d8e60a7a465ada95f37ec0e70b213fa9ba75c5a095b84e"},"reason":"ok","revision":1,"seq":33,"starts_at":"2026-11-24T11:59:30+00:00"}',X'B1B58CD037BD0A1CDEAD664AB8532229C8300BB985AB683A498968D40C4869B2');
INSERT INTO "records" VALUES(34,1795521630000000,'entry.admitted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"d06216284d65b62dc685e40209d6584a4def7a661fb3bf4cdc22ef4c1c39c013","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PVKSG7D2R3DPWJD8V22ZH","kind":"entry.admitted","personal":{"driver_ref":"e7b2a82752097a632e583d091821941d5c06bf0eb9ddd67e8e1f4484160c63d9","grant_id":"f04c70f7f945a5fbcdaab0a047b31f9636e3f3bdda4a2053bc9ec122acc6802b","parcel_ref":"262b8d6db0dc28734f57a1ee6c77992fc061dc470b584fc7499aa6aa2b461a1c","unit_labels":"0744276ee5749ad5f1f80e2ec5d2918e28c83f545a2b0f6db27de4df7c124cf7","units":"d91e336cc05b5ce09a2678e04cc66cced512dcbe14a8d52bd2c10027b933c60d"},"proof":"signed","reason":"ok","seq":34}',X'3EE2AB198BA33B915AD183B56657C6ECEEEFCC8FDF29BAE8DF115B21C9D392F9');
INSERT INTO "records" VALUES(35,1795521630000000,'entry.outcome','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"d06216284d65b62dc685e40209d6584a4def7a661fb3bf4cdc22ef4c1c39c013","entry_id":"01M86PVKSG7D2R3DPWJD8V22ZH","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":35,"unlocked_until":"2026-11-24T12:00:35+00:00","use_returned":false}',X'218F833DA8B140E803D163D7CFD5CF975668B5122109B2DDCC3B52559AF5EA51');
INSERT INTO "records" VALUES(36,1795521690000000,'entry.completed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"d06216284d65b62dc685e40209d6584a4def7a661fb3bf4cdc22ef4c1c39c013","completed":"2026-11-24T12:01:30+00:00","entry_id":"01M86PVKSG7D2R3DPWJD8V22ZH","kind":"entry.completed","personal":{},"relocked":"2026-11-24T12:01:30+00:00","seq":36}',X'9F226546D6B4548CFE32C1F38A91703B780CC982C97197570198EE2D152C373B');
INSERT INTO "records" VALUES(37,1795521690000000,'entry.refused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"d06216284d65b62dc685e40209d6584a4def7a661fb3bf4cdc22ef4c1c39c013","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"refused","door":"","door_name":"","entry_id":"01M86PXECGEVSBG23WDE5J27W1","kind":"entry.refused","personal":{"grant_id":"4ff9759d5f6f287e6fa498b9151aeb2afef658e71db5d51ca8be5220b2dd65c4","unit_labels":"f69399af8c29c9417d6ebbcfadbfd6bf53084558ca6508f73206146475b545ac","units":"73ffe21fdde9c9784c5e657e9283c2560fdff1628d51130253f6b3a2aac71a18"},"proof":"signed","reason":"unknown_grant","seq":37}',X'B8B7719E3E295D2659B49308EB11149F054FF21C27716AC6531E77AEBD30DFA5');
INSERT INTO "records" VALUES(38,1795521690000000,'access.paused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"d91d2c84dee263dc3d6536df61318d18840230d740ec052815f15de19c37368a","building":true,"kind":"access.paused","pause":38,"personal":{"decided_by":"9eb08761383fc5435aab57461027f89265ecfe7937f33255da8e69e1b27e5cc9"},"seq":38,"until":"2026-11-25T12:01:30+00:00"}',X'CF5C039E523584A0C03B248C160F5792DACCBECB33961801609680DF1E441F14');
INSERT INTO "records" VALUES(39,1795521690000000,'entry.refused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"d91d2c84dee263dc3d6536df61318d18840230d740ec052815f15de19c37368a","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"refused","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PXECGTNRXG26WWNT36F3B","kind":"entry.refused","personal":{"grant_id":"5e2be2a352d79f729f3fbfd133dbfe9df57e782356036289cc1ca8523ca42325","parcel_ref":"559eec277bf18507b1d045c47f7a3de9974c1de0e63c9e8e42f732ed647429d9","unit_labels":"ac5d2a1880d8ca0f7b5db307da09a4e9e0b597c3c6051478b521ba19115e64b6","units":"eb3835364c81c9730d20a6affa39af1bc3d3e525e02824b7da5bf5d74af8fb42"},"proof":"signed","reason":"paused","seq":39}',X'0A6D818D4359F3E8585FFB16DBC23D0B9AB1F7D14F2E292845E6AD33403B765E');
INSERT INTO "records" VALUES(40,1795521690000000,'access.resumed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"52deb0e71517e2b7c35f0ac85f484aa583ca4a87fc9f6b8a53086a110067b2f2","kind":"access.resumed","pause":38,"personal":{"decided_by":"91e46e7a5ff4d0cbc1c0d21d1373276ae581ba07cad565ae42cc26a5bfa2de6c"},"seq":40}',X'6FB6BBB9E7CCC72EFA5D738F79DD438CE9B738B3183999AF78E84FB74D6B3863');
INSERT INTO "records" VALUES(41,1795521690000000,'access.paused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"a6365656ca32005576ecf824952ba791638ed6af573230592b8b1a93b657efbc","building":false,"kind":"access.paused","pause":41,"personal":{"decided_by":"7fa65eefeb62ddb81cb84223a7cde2096f7a0d4290a02b9141e8f116810b5d96","unit":"6d541d7cd0ef6ef3891a2c9dcb67086eaca6ff83d62ddb0cafa84caf096e0877","until":"b5501e3ac92353e0409fa9a21c8bfe5d939eeb24a79cf62efcbc455215fd4b1f"},"seq":41}',X'0378413A379C9E9E81488EEC3F5610754FD64D7D8DB903D0B96608E9F53A457E');
INSERT INTO "records" VALUES(42,1795521690000000,'link.renewed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"a6365656ca32005576ecf824952ba791638ed6af573230592b8b1a93b657efbc","kind":"link.renewed","personal":{"decided_by":"55f08706dec89c792ae330feba50d8e6e02ea7507886c899c15546a43f38dbbc","resident":"219b4de66f6bd0671594395e15b363484958f7f0930579312288dca402c2386f"},"seq":42}',X'72081A817E7A1E45681657EC0FFC740EE3460F17B0DC144ABCF9F28EF25CAFCE');
INSERT INTO "records" VALUES(43,1795521690000000,'rules.changed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"12020cb71e494b5a266f84f3946ff59aa7f8e520699c914fcdc83296f5785011","decided_on":null,"earlier_revision":1,"kind":"rules.changed","on_paper":false,"personal":{"consent":"7609fb94d56d020c411549ff0bb077c45ed9acf2503b9d216d021cc18fd3b7a0","decided_by":"ae677667380b3d44e4a70891320b1ac7aba3bea5c5eee020f4fecdac98d2ee15","resident":"71e9add8733ee5bf4b5e36c62cac61950482ce9a237578cced2168bfb36f197b","rules":"928a9d7be9178ad170eed59816784ea14d2d1a2babcf1d177a98ae1a4dfe921c","unit":"7a44bfb00225097da164115629c74678a6f305f0d2852e1fe91de0ce40c80f94"},"policy":3,"revision":2,"seq":43}',X'0756CE7086D82AEDD2EBB9EAAA762B7549CEEC3ED192898B0E6B48C2B80E923B');
INSERT INTO "records" VALUES(44,1795521690000000,'grant.accepted','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"125e6465b179cc21f767c9edecf4b44303e43bf6345979e19860e539eba98caf","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:01:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"e7e86d36dd0979a24bd197f0971a3ad8f843ffb15bf164b9dea8af35c905ac4a","units":"8ba8fd8a3579b78de72ae8f4b378b809a456cfe59b52c88f4576e08ab6e17f91"},"reason":"ok","revision":1,"seq":44,"starts_at":"2026-11-24T12:00:30+00:00"}',X'D70BAFC7CBBA311707C59E45353898E8DF8A6B44B3BBC121A096F832132A7DB4');
INSERT INTO "records" VALUES(45,1795521690000000,'grant.accepted','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"7daed9b68e20eb454482896d670948a5ec5a96b1b970cf5d10b7c3944607f8d7","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:01:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":2,"personal":{"grant_id":"2ed1786f8b2ca35934d7a817f3f2e75c70503f333cb77d405c0c238af77c9cba","units":"3b8e70f93eba51b80cd9ccc9099d5d324c7681bd4af76c441134b7d5ad1428f8"},"reason":"ok","revision":2,"seq":45,"starts_at":"2026-11-24T12:00:30+00:00"}',X'7DFE06C18AD75784C491D014EB37A82F66D70C6C362906F49BCBD2FF3818BEA8');
INSERT INTO "records" VALUES(46,1795521870000000,'entry.observed','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"7daed9b68e20eb454482896d670948a5ec5a96b1b970cf5d10b7c3944607f8d7","courier":"observed-key","courier_name":"Amazon Key","decision":"observed","door":"door-lobby","door_name":"Lobby","entry_id":"observed-1","kind":"entry.observed","personal":{},"proof":null,"reason":null,"seq":46}',X'7227DEEB71EA97932935C91DB9D2F99A53AA58551A137BCF8EC9B1B50AD98C47');
INSERT INTO "records" VALUES(47,1795521870000000,'entry.admitted','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"747043fd000e1c15455a073773b64e9eb8166d99c2b4c21dbe8b32d079df593e","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86Q2Y5GQ8PM156WBKYY41PE","kind":"entry.admitted","personal":{"grant_id":"2490a8075fc05631ccd5cadadafda264908c6feb52777b4ea8a0cd0a836d971c","parcel_ref":"c35225227e9aabdb0847fa3113858c3eab0160ffbcdf46f442fb03935ebd562f","unit_labels":"71a77c90235dbc4b0f13f6fb545d60b48258ac2efff5a88aeab8cc1d34859a58","units":"ddfc6b3e5e4d9068d074e8d271856d1cb2e6a7f5524ae0a782ad5fbb1cfae860"},"proof":"signed","reason":"ok","seq":47}',X'F31C7B88316EA2B6F22174F78985B5E6364C6D570F2D251696C94ED3AC35DB57');
INSERT INTO "records" VALUES(48,1795521870000000,'entry.outcome','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"747043fd000e1c15455a073773b64e9eb8166d99c2b4c21dbe8b32d079df593e","entry_id":"01M86Q2Y5GQ8PM156WBKYY41PE","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":48,"unlocked_until":"2026-11-24T12:04:35+00:00","use_returned":false}',X'71176B7E831A2DD6227DD7F1FDA4224D018941DE97CD5C490A5599F431753EF0');
CREATE TABLE replies (
    courier_id VARCHAR NOT NULL,
    message_id VARCHAR NOT NULL,
    body_hash BLOB NOT NULL,
    reply TEXT NOT NULL,
    entry_id VARCHAR,
    keep_until BIGINT NOT NULL,
    PRIMARY KEY (courier_id, message_id)
) WITHOUT ROWID;
INSERT INTO "replies" VALUES('courier-parcel-post','msg_05b0c82f80d6411fb4d63c87aa838c7a',X'66C17A9DB2D4ABF24406F6987E1C646454AAE6EF789CA13437F4477CA1E2F9CF','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86PVKSG7D2R3DPWJD8V22ZH","grant_id":"open","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:00:35Z","entries_left":2}','01M86PVKSG7D2R3DPWJD8V22ZH',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_0cc4df7efc904342a3edfd4624d8c2e8',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECGEVSBG23WDE5J27W1","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECGEVSBG23WDE5J27W1',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_20d91114b95742bb83a6fccada74331b',X'A3652077B2368997DA95A07EA54D2761B87E5EABEA4A1A2B4067EDD6F312568F','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"changed","revision":1,"units":["4A"]}',NULL,1796133690000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_28b2ff818f204ad58f36742bf2a2de09',X'14A575C2122622C564273CDCF6B81FE9A35E9D694C5CBFF5F1EE54AC468B3E74','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"revoked","revision":1,"units":["3B"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_31401f4d7251443f92e7c12b2f0e2475',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECGEVSBG23WDE5J27W1","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECGEVSBG23WDE5J27W1',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_3b66196553b44eac84cb00ec3b226de8',X'44664A1477BF1E69E3578EED4B9FC2D3EB1891A3341B2D2C62C7E92BA87FBD49','{"type":"grant.revoked","decision":"revoked","reason":"ok","replayed":false,"grant_id":"revoked","known":true}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_45ee936467494173b03cb515ac62f8f8',X'9995DF72124556C852AF3FA2D1D1E52C2926488B34126F9062810524CCB88FF5','{"type":"entry.requested","decision":"refused","reason":"paused","replayed":false,"entry_id":"01M86PXECGTNRXG26WWNT36F3B","grant_id":"open","door":"lobby","proof":"signed","entries_left":2}','01M86PXECGTNRXG26WWNT36F3B',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_5488c836ece24311873729228cb23bce',X'74B7E31EE1334A78ECF9F05A0FBADE5F843D0F37F9366720F2F5AB1A5804AC55','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"asked","revision":1,"units":["3B","4A"]}',NULL,1796133600000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_5496a4ffb27d4d1abadb3ac8d9b55ff7',X'9B5649D698BD90CEBC0B7BE6ADACE05D0B4A3B12D7C75F4081D84424EDEA1730','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86PTPG0V9WQ8Z3A9BMKHR5Q","grant_id":"asked","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:00:05Z","entries_left":4}','01M86PTPG0V9WQ8Z3A9BMKHR5Q',1796133600000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_89afbc8904b74695b0ffcc85dd10d0f7',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECGEVSBG23WDE5J27W1","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECGEVSBG23WDE5J27W1',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_ac3284a0aa3043348fde8bce7287f2cd',X'309DD9F341D01B473CC85CE97373E612550E86875E185FD89E8291C49301C2B7','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86Q2Y5GQ8PM156WBKYY41PE","grant_id":"open","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:04:35Z","entries_left":1}','01M86Q2Y5GQ8PM156WBKYY41PE',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_be13b4faf866462da521beaf36e2242b',X'7D1027FFCB2677F98014FF1775E122935410D143755B935CB550BB9614B76522','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"open","revision":1,"units":["4A"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_d305b6a2b2bb4a01a09fd45811a1aa9a',X'8FB389799B438FBC8DACAD9E57B1377FA3643197CABE141D5D0403A72BDDC447','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"changed","revision":2,"units":["4A"]}',NULL,1796133690000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_f75fd26ecf8c40a79cc98a9bd0fe2119',X'8CE29CFB93FFCA0D4165956BC20372976720E44393C86246D6100F24AD2499FD','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"vetoed","revision":1,"units":["3B","4A"]}',NULL,1796133630000000);
CREATE TABLE residences (
    resident_id VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    person VARCHAR,
    user_id VARCHAR,
    login VARCHAR NOT NULL,
    is_confirmed BOOLEAN NOT NULL,
    since BIGINT NOT NULL,
    since_seq INTEGER NOT NULL,
    addressed JSON NOT NULL,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL,
    PRIMARY KEY (resident_id)
);
INSERT INTO "residences" VALUES('resident-ada','3b','a992ec33078fa9d96df0985279a35d27','4550d0a22f2049c493ca513e0961310f','linked',1,1795521600000000,2,'{"name": "Ada", "unit": "3B", "person": "a992ec33078fa9d96df0985279a35d27", "user_id": "4550d0a22f2049c493ca513e0961310f", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}], "private_notifications": false}',X'55415E0320B46A12700449613436D2EA');
INSERT INTO "residences" VALUES('resident-ben','3b','6cfa20ae014c0c9d6e15486de408c841','99bff4cf15c949f0a0cdf8072757f583','linked',1,1795521600000000,2,'{"name": "Ben", "unit": "3B", "person": "6cfa20ae014c0c9d6e15486de408c841", "user_id": "99bff4cf15c949f0a0cdf8072757f583", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}], "private_notifications": false}',X'9BDB5EAED49884B63CFB09E4D2847195');
INSERT INTO "residences" VALUES('resident-cleo','4a','9dcaf9669f8f544ad2f1d463831d60f2','3ce976c533ea469591406a1e42f0012a','linked',1,1795521600000000,2,'{"name": "Cleo", "unit": "4A", "person": "9dcaf9669f8f544ad2f1d463831d60f2", "user_id": "3ce976c533ea469591406a1e42f0012a", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}], "private_notifications": false}',X'EAF04C5AB087E487EA9D7C771BE27DF7');
INSERT INTO "residences" VALUES('resident-dora','5c',NULL,NULL,'none',1,1795521600000000,2,'{"name": "Dora", "unit": "5C", "person": null, "user_id": null, "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}], "private_notifications": false}',X'ED4953230DFBC59A059E13086B0AEBB9');
CREATE TABLE resident_sets (
    revision INTEGER NOT NULL,
    at BIGINT NOT NULL,
    members JSON NOT NULL,
    PRIMARY KEY (revision)
);
INSERT INTO "resident_sets" VALUES(1,1795521600000000,'[["resident-ada", "3b"], ["resident-ben", ""], ["resident-cleo", "4a"], ["resident-dora", "5c"]]');
INSERT INTO "resident_sets" VALUES(2,1795521600000000,'[["resident-ada", "3b"], ["resident-ben", "3b"], ["resident-cleo", "4a"], ["resident-dora", "5c"]]');
CREATE TABLE rules (
    resident_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    unit VARCHAR NOT NULL,
    person VARCHAR,
    user_id VARCHAR,
    consent VARCHAR NOT NULL,
    consent_at BIGINT NOT NULL,
    schedule JSON NOT NULL,
    share_hours BOOLEAN NOT NULL,
    default_attitude VARCHAR NOT NULL,
    couriers JSON NOT NULL,
    default_proof VARCHAR NOT NULL,
    proofs JSON NOT NULL,
    exceptions JSON NOT NULL,
    only_while JSON NOT NULL,
    never_while JSON NOT NULL,
    digest_at INTEGER,
    paper_id VARCHAR,
    by_link BOOLEAN NOT NULL,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL,
    PRIMARY KEY (resident_id)
);
INSERT INTO "rules" VALUES('resident-ada',1,'3b','a992ec33078fa9d96df0985279a35d27','4550d0a22f2049c493ca513e0961310f','given',1795521600000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'ask','{}','pass','{}','[]','[]','[]',NULL,NULL,0,X'7908848ED32FB3CE6A8C251D373E88CE');
INSERT INTO "rules" VALUES('resident-dora',1,'5c',NULL,NULL,'given',1795521600000000,'{}',0,'allow','{}','pass','{}','[]','[]','[]',NULL,NULL,1,X'161AA18909629C6A4688CA6F6A5C5663');
INSERT INTO "rules" VALUES('resident-cleo',2,'4a','9dcaf9669f8f544ad2f1d463831d60f2','3ce976c533ea469591406a1e42f0012a','given',1795521600000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'allow','{}','pass','{}','[]','[]','[]',1140,NULL,0,X'7D96B9F2371966A11D7A4A4E2014100C');
INSERT INTO "rules" VALUES('resident-ben',2,'3b','6cfa20ae014c0c9d6e15486de408c841','99bff4cf15c949f0a0cdf8072757f583','withdrawn',1795521690000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'allow','{}','pass','{}','[]','[]','[]',NULL,NULL,0,X'F3C4E72BBF0BBC8A1070F3FAF268B93E');
CREATE TABLE texts_shown (
    resident_id VARCHAR NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (resident_id)
) WITHOUT ROWID;
INSERT INTO "texts_shown" VALUES('resident-dora',1795521630000000);
CREATE INDEX asks_by_grant ON asks (courier_id, grant_id);
CREATE INDEX ix_asks_at ON asks (at);
CREATE INDEX grant_units_by_unit ON grant_units (unit);
CREATE INDEX grants_by_order ON grants (issuer_id)
    WHERE issuer_kind = 'order';
CREATE INDEX ix_grants_keep_until ON grants (keep_until);
CREATE INDEX ix_passes_keep_until ON passes (keep_until);
CREATE INDEX ix_records_at ON records (at);
CREATE INDEX records_of_accepted_clocks ON records (seq)
    WHERE kind = 'clock.accepted';
CREATE INDEX records_of_migrations ON records (seq)
    WHERE kind = 'ledger.migrated';
CREATE INDEX records_of_purges ON records (seq)
    WHERE kind = 'personal.erased';
CREATE INDEX records_of_seals ON records (seq)
    WHERE kind = 'log.sealed';
CREATE INDEX records_carried ON records (seq)
    WHERE kind = 'log.carried';
CREATE INDEX ix_replies_keep_until ON replies (keep_until);
CREATE INDEX ix_rules_unit ON rules (unit);
CREATE INDEX entries_by_pass ON entries (pass_id)
    WHERE pass_id IS NOT NULL;
CREATE INDEX entries_by_time ON entries (at, decision);
CREATE INDEX entries_to_relock ON entries (relock_by)
    WHERE relock_by IS NOT NULL;
CREATE INDEX ix_evidence_resident_id ON evidence (resident_id);
CREATE INDEX fanouts_by_grant ON fanouts (courier_id, grant_id)
    WHERE courier_id IS NOT NULL;
CREATE INDEX fanouts_by_kind ON fanouts (kind, at);
CREATE INDEX fanouts_of_entries ON fanouts (entry_id)
    WHERE entry_id IS NOT NULL;
CREATE INDEX fanouts_open ON fanouts (expanded_at)
    WHERE expanded_at IS NULL;
CREATE INDEX ix_fanouts_seq ON fanouts (seq);
CREATE UNIQUE INDEX notifications_by_fanout ON notifications (fanout_id, resident_id);
CREATE INDEX notifications_by_tag ON notifications (substr(tag, 16, 8));
CREATE UNIQUE INDEX notifications_by_token ON notifications (token)
    WHERE token IS NOT NULL;
CREATE INDEX notifications_held ON notifications (held, led_by, next_at)
    WHERE held = 1 AND led_by IS NULL;
CREATE INDEX notifications_led ON notifications (led_by)
    WHERE led_by IS NOT NULL;
CREATE INDEX notifications_of_couriers ON notifications (courier_id, resident_id, due_at, held, led_by)
    WHERE courier_id IS NOT NULL;
CREATE INDEX notifications_open ON notifications (next_at)
    WHERE next_at IS NOT NULL;
CREATE INDEX notifications_sent ON notifications (resident_id, sent_at)
    WHERE sent_at IS NOT NULL;
CREATE INDEX notifications_undeliverable ON notifications (state, resident_id)
    WHERE state = 'undeliverable';
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('pauses',41);
COMMIT;
PRAGMA user_version = 7;
