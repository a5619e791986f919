BEGIN TRANSACTION;
CREATE TABLE about (
    name VARCHAR NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
);
INSERT INTO "about" VALUES('retention_days','30');
INSERT INTO "about" VALUES('steadiness','["2026-11-24T12:00:00+00:00","2026-11-24T12:00:00+00:00",false]');
CREATE TABLE address_codes (
    unit VARCHAR NOT NULL,
    resident_id VARCHAR NOT NULL,
    code BLOB NOT NULL,
    at BIGINT NOT NULL,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL,
    PRIMARY KEY (unit)
);
INSERT INTO "address_codes" VALUES('3b','resident-ada',X'21A9D60EFAC84035B31D7335982BFD92E61BA01D93ADDE87F3A46016B6D297E9',1795521630000000,X'2E4A5C52C50DE4B7C103A25313B4584A');
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
INSERT INTO "answers" VALUES(1,'3b','resident-ada','approved',1795521600000000,'01M86PTPG0S8QJK7P1K0H2AXPH',X'9DD6D65B457E8D962B3CB56FF09B39D2');
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
INSERT INTO "configured" VALUES('courier','courier-parcel-post','{"name":"Parcel Post","doors":["door-garage","door-lobby"],"keys":["e30b3e306206c14d7a5d91a964fb1224990e1c951ce576eaf5c0d37ccc131561"],"past_names":["parcelpost"],"past_keys":["e30b3e306206c14d7a5d91a964fb1224990e1c951ce576eaf5c0d37ccc131561"],"is_removed":false}',X'F4E1724D443910F5539173320DFDFBBC');
INSERT INTO "configured" VALUES('door','door-garage','{"name":"Garage","opener":{"entity":null,"device":null,"domain":null}}',X'61CA7FD72D6DC434DF0218AE77D293E9');
INSERT INTO "configured" VALUES('door','door-lobby','{"name":"Lobby","opener":{"entity":null,"device":null,"domain":null}}',X'E2B3742B2C032F5EB773E2778C34A99C');
INSERT INTO "configured" VALUES('kinds','','["door","source"]',X'D6DABFE8CDC78BD42012550D8A6D4BD5');
INSERT INTO "configured" VALUES('zone','','"US/Pacific"',X'4EBB04E8730CAD2635930A23697477BC');
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
INSERT INTO "entries" VALUES(19,'01M86PTPG0S8QJK7P1K0H2AXPH',1795521600000000,'courier-parcel-post','Parcel Post','asked','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521605000000,NULL,0,0,1795521600000000,1795521630000000,'01M86PTPG0DFN5VMMGEY1W9750',NULL);
INSERT INTO "entries" VALUES(34,'01M86PVKSGNQDXMAJE822MM6RP',1795521630000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521635000000,NULL,0,0,1795521630000000,1795521690000000,'01M86PVKSGMFM8H9G4S23XHKX4',NULL);
INSERT INTO "entries" VALUES(37,'01M86PXECGWHMR272S28PTW6GD',1795521690000000,'courier-parcel-post','Parcel Post','made-up','','','signed','refused','unknown_grant',NULL,NULL,NULL,NULL,0,2,1795521690000000,NULL,'01M86PXECGTHXAFQ4H2AHJTT6N',NULL);
INSERT INTO "entries" VALUES(39,'01M86PXECGWVSXXD7FQ42QSDRN',1795521690000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','refused','paused',NULL,NULL,NULL,NULL,0,0,1795521690000000,NULL,'01M86PXECG2FKTX0B66W62VFMY',NULL);
INSERT INTO "entries" VALUES(46,'observed-1',1795521870000000,'observed-key','Amazon Key',NULL,'door-lobby','Lobby',NULL,'observed',NULL,NULL,NULL,NULL,NULL,0,0,1795521870000000,NULL,NULL,NULL);
INSERT INTO "entries" VALUES(47,'01M86Q2Y5G3HYR7AZ7G1CS75HS',1795521870000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521875000000,1795521875000000,0,0,1795521870000000,NULL,'01M86Q2Y5GWRRJPP6XGKTSCTQD',NULL);
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
    FOREIGN KEY (seq) REFERENCES records (seq),
    FOREIGN KEY (set_revision) REFERENCES resident_sets (revision)
);
INSERT INTO "fanouts" VALUES(1,'courier_admitted',4,NULL,NULL,NULL,NULL,'{}','{"courier": "Parcel Post", "courier_id": "courier-parcel-post"}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(2,'consent_invited',6,NULL,NULL,NULL,'resident-ada','{}','{}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(3,'resident_added',7,NULL,NULL,NULL,'resident-ben','{"3b": "3B"}','{"name": "Ben", "resident_id": "resident-ben", "since_seq": "2"}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(4,'consent_invited',7,NULL,NULL,NULL,'resident-ben','{}','{}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(5,'consent_invited',8,NULL,NULL,NULL,'resident-cleo','{}','{}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(6,'consent_invited',9,NULL,NULL,NULL,'resident-dora','{}','{}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(7,'consent_given',10,NULL,NULL,NULL,'resident-ada','{}','{"at": "2026-11-24T12:00:00+00:00", "by": "login", "loosened": "hours"}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(8,'resident_confirmed',12,NULL,NULL,NULL,'resident-ben','{"3b": "3B"}','{"name": "Ben", "by": "login", "confirmed_by": "Ada", "authors": "resident-ada"}',NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(9,'consent_given',13,NULL,NULL,NULL,'resident-ben','{}','{"at": "2026-11-24T12:00:00+00:00", "by": "login", "loosened": "hours"}',NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(10,'consent_given',14,NULL,NULL,NULL,'resident-cleo','{}','{"at": "2026-11-24T12:00:00+00:00", "by": "login", "loosened": "hours"}',NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(11,'consent_given',15,NULL,NULL,NULL,'resident-dora','{}','{"at": "2026-11-24T12:00:00+00:00", "by": "link", "loosened": ""}',NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(12,'delivery_announced',16,NULL,'courier-parcel-post','asked',NULL,'{"3b": "3B", "4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T11:59:00+00:00", "ends_at": "2026-11-24T14:00:00+00:00", "max_entries": "5"}',NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(13,'entry_admitted',19,'01M86PTPG0S8QJK7P1K0H2AXPH',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(14,'rules_loosened',24,NULL,NULL,NULL,'resident-cleo','{}','{"at": "2026-11-24T12:00:30+00:00", "by": "login", "loosened": "orders"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(15,'delivery_announced',25,NULL,'courier-parcel-post','house-e8a15a96df78',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T12:00:30+00:00", "ends_at": "2026-11-25T08:00:00+00:00", "max_entries": "1", "issued_by": "order"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(17,'delivery_announced',28,NULL,'courier-parcel-post','vetoed',NULL,'{"3b": "3B", "4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00", "max_entries": "1"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(19,'delivery_called_off',31,NULL,'courier-parcel-post','revoked',NULL,'{"3b": "3B"}','{"courier": "Parcel Post", "door": "Garage", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(20,'rules_loosened',32,NULL,NULL,NULL,'resident-cleo','{}','{"at": "2026-11-24T12:00:30+00:00", "by": "login", "loosened": "couriers digest"}',NULL,2,1795521630000000,1795521930000000,NULL);
INSERT INTO "fanouts" VALUES(21,'delivery_announced',33,NULL,'courier-parcel-post','open',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00", "max_entries": "3"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(22,'entry_admitted',34,'01M86PVKSGNQDXMAJE822MM6RP',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(23,'access_paused',38,NULL,NULL,NULL,NULL,'{}','{"until": "2026-11-25T12:01:30+00:00", "authors": "resident-dora"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(24,'entry_refused',39,'01M86PXECGWVSXXD7FQ42QSDRN','courier-parcel-post','open',NULL,NULL,NULL,NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(25,'access_resumed',40,NULL,NULL,NULL,NULL,'{}','{}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(26,'unit_paused',41,NULL,NULL,NULL,NULL,'{"5c": "5C"}','{"until": "2026-11-25T12:01:30+00:00", "authors": "resident-dora"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(27,'link_renewed',42,NULL,NULL,NULL,'resident-dora','{}','{}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(28,'rules_loosened',43,NULL,NULL,NULL,'resident-ben','{}','{"at": "2026-11-24T12:01:30+00:00", "by": "login", "loosened": "couriers"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(29,'consent_withdrawn',43,NULL,NULL,NULL,NULL,'{"3b": "3B"}','{"name": "Ben", "resident_id": "resident-ben", "authors": "resident-ben"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(31,'delivery_announced',45,NULL,'courier-parcel-post','changed',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T12:00:30+00:00", "ends_at": "2026-11-24T14:01:30+00:00", "max_entries": "2"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(32,'entry_observed',46,'observed-1',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521870000000,NULL,1795521870000000);
INSERT INTO "fanouts" VALUES(33,'entry_admitted',47,'01M86Q2Y5G3HYR7AZ7G1CS75HS',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521870000000,NULL,1795521870000000);
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
INSERT INTO "grant_units" VALUES('courier-parcel-post','asked','3b',0,'3B','withdrawn',X'12965923FAFCD8BF8FC9A24C8A9D8429');
INSERT INTO "grant_units" VALUES('courier-parcel-post','asked','4a',1,'4A','accepted',X'AA0FBF3D27463F3998166F54A3C2524F');
INSERT INTO "grant_units" VALUES('courier-parcel-post','changed','4a',0,'4A','accepted',X'A2A49FD04F03D26A822FE46DD78C3FF8');
INSERT INTO "grant_units" VALUES('courier-parcel-post','house-e8a15a96df78','4a',0,'4A','accepted',X'FB4006BA6ECC1FA4DB669EEC5DABC9F6');
INSERT INTO "grant_units" VALUES('courier-parcel-post','house-ebcdb272b18a','4a',0,'4A','accepted',X'8849BCDAC9EFC46EDDF1E810B493CA66');
INSERT INTO "grant_units" VALUES('courier-parcel-post','open','4a',0,'4A','accepted',X'AA1B0520DF566E5FFA981AE468B4C160');
INSERT INTO "grant_units" VALUES('courier-parcel-post','revoked','3b',0,'3B','withdrawn',X'2F37A8564C4759D558D9EE17D5E417A4');
INSERT INTO "grant_units" VALUES('courier-parcel-post','vetoed','3b',0,'3B','withdrawn',X'95AED2F4F510567F01CE383127AC8F4D');
INSERT INTO "grant_units" VALUES('courier-parcel-post','vetoed','4a',1,'4A','vetoed',X'F9E65AD7EDD91A162FB91C22AF9CD9CE');
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
INSERT INTO "grants" VALUES('courier-parcel-post','asked',1,'open','door-lobby',1795521540000000,1795528800000000,5,1,0,'P-1',NULL,'86ab5fc4084cab3cebdee9ed85b3e92371bd51653c268daeaf37a76dc731901f',NULL,NULL,NULL,1796133600000000,X'64F7FE66B9E7982D028DC2D049AF094C');
INSERT INTO "grants" VALUES('courier-parcel-post','changed',2,'open','door-lobby',1795521630000000,1795528890000000,2,0,0,NULL,NULL,'6b0a9a9dad8593417cb4728d98d361d223d59241f52436d453712ba1e035534d',NULL,NULL,NULL,1796133690000000,X'1E842CECFD1887DCA0F38603A0E173F9');
INSERT INTO "grants" VALUES('courier-parcel-post','house-e8a15a96df78',1,'open','door-lobby',1795521630000000,1795593600000000,1,0,0,'P-3',NULL,'d560d0f25b4c502520044a451b427e3108bf39688e5bab2d74173656945f35ed','order','order-1',0,1796198400000000,X'5B8982A41D3D188F84B3D75FC918326A');
INSERT INTO "grants" VALUES('courier-parcel-post','house-ebcdb272b18a',1,'called_off','door-lobby',1795521630000000,1795593600000000,1,0,0,'P-4',NULL,'c20438aefc0806d374636b54c02db9e33373cf43cde13ba6b46ca4eaed1647d9','order','order-1',0,1796198400000000,X'30C57C7D7D95DFC9348161D8420BCEE7');
INSERT INTO "grants" VALUES('courier-parcel-post','open',1,'open','door-lobby',1795521570000000,1795528830000000,3,2,0,'P-2',NULL,'d677c55c2d5c4dda48a3989370e8f44b725b1cdd98232c7d73601e51e54d28a8',NULL,NULL,NULL,1796133630000000,X'E7788162974D05D387305F2F4F477506');
INSERT INTO "grants" VALUES('courier-parcel-post','revoked',1,'revoked','door-garage',1795521570000000,1795528830000000,1,0,0,NULL,NULL,'ab9d36563a693b784bee902832a86419a2cd2a24e9815750881b877a829301fb',NULL,NULL,NULL,1798718430000000,X'C92B2F56BF41F188165733A3E69B6CD6');
INSERT INTO "grants" VALUES('courier-parcel-post','vetoed',1,'open','door-lobby',1795521570000000,1795528830000000,1,0,0,NULL,NULL,'37bbe9d7c385acf31807c0a72e7bebed25fa92759767e55e6601dbc9c8e06dfd',NULL,NULL,NULL,1796133630000000,X'9B40F6433323F98D37E821556A947A5A');
CREATE TABLE links (
    resident_id VARCHAR NOT NULL,
    token VARCHAR NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (resident_id),
    UNIQUE (token)
);
INSERT INTO "links" VALUES('resident-dora','BTqKHQ6aEGLM7cIO1WqSjsgFJvK3CmWDH-x-BZo_yDs',1795521690000000);
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
    FOREIGN KEY (fanout_id) REFERENCES fanouts (id),
    UNIQUE (tag),
    UNIQUE (token)
);
INSERT INTO "notifications" VALUES(1,1,'resident-ada',0,'sent','courier_access_6b057c40fe7098f122b1528f24e1f15b','6b057c409c87d1a620adf10bf07f71e5',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(2,1,'resident-ben',0,'sent','courier_access_6b057c40f1b488377bd6ed42d232e8e9','6b057c40326911af8320d3d658f93c23',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(3,1,'resident-cleo',0,'sent','courier_access_6b057c400d46632e024100642ecc4eb7','6b057c40b9eab09d5371ddf803c9efd1',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(4,1,'resident-dora',0,'pending','courier_access_6b057c40977b689fdc41907cf3ee257a','6b057c405dabf793c2552b863afbc08a',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(5,2,'resident-ada',1,'sent','courier_access_6b057c4063d7c3c246867baee6abb280','6b057c403f66fbc31d2fdeea903e0817',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(6,3,'resident-ada',1,'sent','courier_access_6b057c4022dc25447f87a03a1966155c','6b057c40136ddf9c59d8c938e3625304',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(7,4,'resident-ben',1,'sent','courier_access_6b057c401fcd56f20f6c1d211da1b932','6b057c406f514e862291e261ca6f4b78',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(8,5,'resident-cleo',1,'sent','courier_access_6b057c4028159d63ddb69797a99aeabb','6b057c400b93f43dc557f03ec793b804',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(9,6,'resident-dora',1,'pending','courier_access_6b057c4015b711d4ad64cdbda94731b6','6b057c4004d101bedf382adf72d42158',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(10,7,'resident-ada',1,'sent','courier_access_6b057c40169c909f87e975bd35bc6e2b','6b057c40ff93c4963d821380d64ddf0f',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(11,8,'resident-ada',1,'sent','courier_access_6b057c4090f2cbd3dd94c3524c4fc3a0','6b057c40b0a2d1cb38e1a7eda0ed7f12',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(12,9,'resident-ben',1,'sent','courier_access_6b057c40f9d61bf40bf19822259edf02','6b057c400583257aac07d2d366a0f010',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(13,10,'resident-cleo',1,'sent','courier_access_6b057c404e3987f2e264ecb1cbde85ae','6b057c405c6ac824abb2fc3b59932325',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(14,11,'resident-dora',1,'pending','courier_access_6b057c40c331ac0cffd2c786ce461d64','6b057c404b4a158ce2b7ae9ccbc43a5f',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(15,12,'resident-ada',1,'sent','courier_access_6b057c40612201653f94a18407c5c539','6b057c40c0400a3e9274134b99e6dd45','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(16,12,'resident-ben',1,'sent','courier_access_6b057c403d3a0c0260d032f4e0027bfe','6b057c40bf2a03539de8c416f736485c','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(17,12,'resident-cleo',1,'sent','courier_access_6b057c40724982f420719c8755825fc9','6b057c4002fb91821c6223f75d361c5f','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(18,13,'resident-ada',1,'sent','courier_access_6b057c4037bf779acef8deac30ee49ad',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(19,13,'resident-ben',1,'sent','courier_access_6b057c406cb951e1ebfd4bc367857bd8',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(20,13,'resident-cleo',0,'sent','courier_access_6b057c40a019bef0511d2b86fad1e8e8',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(21,13,'resident-dora',0,'pending','courier_access_6b057c40510e82943af0ea2a8fe2d445',NULL,NULL,0,NULL,NULL,'[]',3,1795521600000000,1795521930000000,NULL,NULL);
INSERT INTO "notifications" VALUES(22,14,'resident-cleo',1,'sent','courier_access_6b057c5e8f07962a006ebad1a88f717f','6b057c5e4aa5fc3488030e6b4667c7f2',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521630000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(23,15,'resident-cleo',1,'sent','courier_access_6b057c5ec3a11520cc53ae150d3cc967','6b057c5e80f44f8467536937f1b7d1d3','courier-parcel-post',1,23,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(25,17,'resident-ada',1,'sent','courier_access_6b057c5e2dc0b4acc438974fd242d204','6b057c5e881751dbd91cee1b17998008','courier-parcel-post',1,25,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(26,17,'resident-ben',1,'sent','courier_access_6b057c5ead8853a3ddcb1dddf36deb96','6b057c5e0422ae7e219c0f0821efd13b','courier-parcel-post',1,26,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(28,21,'resident-cleo',1,'sent','courier_access_6b057c5ef55fbc3854d06fb65901b33c','6b057c5e229603c25568b3457a2dd17c','courier-parcel-post',1,23,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(29,22,'resident-ada',0,'sent','courier_access_6b057c5e46ab76e85ab5757101ac1851',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(30,22,'resident-ben',0,'sent','courier_access_6b057c5ef4a723b4a00b91cc839151c8',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(31,22,'resident-cleo',1,'sent','courier_access_6b057c5ead874cbfb831ba4ad416b6e8',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(32,22,'resident-dora',0,'pending','courier_access_6b057c5e51fddf4937afbb69d9ae40b9',NULL,NULL,0,NULL,NULL,'[]',2,1795521630000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(33,23,'resident-ada',0,'sent','courier_access_6b057c9a6781b8300b74771966c72d63','6b057c9a1922b8432d9901053437d526',NULL,1,39,NULL,'["notify.mobile_app_ada"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(34,23,'resident-ben',0,'sent','courier_access_6b057c9a9f06fd3f8bd7298bb99383ea','6b057c9a113bea263b8bbd9c726a47f5',NULL,1,40,NULL,'["notify.mobile_app_ben"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(35,23,'resident-cleo',0,'sent','courier_access_6b057c9a09064718f1739a15271e7a47','6b057c9a2270da43295c4d9abe7d4670',NULL,1,41,NULL,'["notify.mobile_app_cleo"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(36,23,'resident-dora',0,'pending','courier_access_6b057c9a830163b3a0199c6257082aaa','6b057c9a4eb4fde20ed3e59137933072',NULL,1,42,NULL,'[]',3,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(37,24,'resident-cleo',1,'sent','courier_access_6b057c9a4d20623be98b6486d576cb55',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(38,24,'owner',0,'sent','courier_access_6b057c9a471469de455a99627e5f9493',NULL,NULL,0,NULL,NULL,'["persistent_notification"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(39,25,'resident-ada',0,'sent','courier_access_6b057c9aaf2adf43082f418741f57388','6b057c9aafd711511ddb4f656685619f',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(40,25,'resident-ben',0,'sent','courier_access_6b057c9af1202748bcdacedf152300bc','6b057c9a28cb5b47afd9d92526b07075',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(41,25,'resident-cleo',0,'sent','courier_access_6b057c9aab3122bf7dbfd6cbf460cb0a','6b057c9a19473c2ab45fd0ecaaf36fab',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(42,25,'resident-dora',0,'pending','courier_access_6b057c9a5bc32e05d01d18b8ca526a50','6b057c9a114bc42169714d50c9c153c1',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(43,26,'resident-dora',1,'pending','courier_access_6b057c9a762d296e19576736bd8adf6c','6b057c9a3ee05f7a1ba333f7012f32a6',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(44,27,'resident-dora',1,'pending','courier_access_6b057c9a8674ef323f5cb9a81627d56e','6b057c9a631d0748a0f20ca2c7072b02',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(45,28,'resident-ben',1,'sent','courier_access_6b057c9a5164574d0fe82605201d3b61','6b057c9abb44a35fd1fd2891cc6a578a',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(46,29,'resident-ada',1,'sent','courier_access_6b057c9afd3f31d34ce2f734a9fc2598','6b057c9a7c85d41456933160775a45d5',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(47,29,'resident-ben',1,'sent','courier_access_6b057c9a4b17366e3f14bb060f806146','6b057c9af069e6f0cc5f10b1b450cdc9',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(48,29,'owner',0,'sent','courier_access_6b057c9ae80d9efcf657d67c22ffdfc8','6b057c9a9599929e332e19d3af814b40',NULL,0,NULL,NULL,'["persistent_notification"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(49,31,'resident-cleo',1,'sent','courier_access_6b057c9ad7a100bae3ec8f88e05a197b','6b057c9a32e218c6747e24b754b21d95','courier-parcel-post',1,49,NULL,'["notify.mobile_app_cleo"]',1,1795521750000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(50,32,'resident-ada',0,'sent','courier_access_6b057d4eb8613116409a2a5984bb6816',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(51,32,'resident-ben',0,'sent','courier_access_6b057d4e93f9bdc2d472bf75e75be96e',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(52,32,'resident-cleo',0,'pending','courier_access_6b057d4ee853f8e7ddb1a5a54c1f2b6e',NULL,NULL,1,NULL,NULL,'[]',0,1795575600000000,1795575600000000,NULL,NULL);
INSERT INTO "notifications" VALUES(53,32,'resident-dora',0,'pending','courier_access_6b057d4e4e155f936bc6cab2cb7352c2',NULL,NULL,0,NULL,NULL,'[]',1,1795521870000000,1795521880000000,NULL,NULL);
INSERT INTO "notifications" VALUES(54,33,'resident-ada',0,'sent','courier_access_6b057d4e3828fa30c1db283df1778f2a',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(55,33,'resident-ben',0,'sent','courier_access_6b057d4ea53e6b4562f9027eee918c13',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(56,33,'resident-cleo',1,'sent','courier_access_6b057d4ec44d9867078d4361014813b3',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(57,33,'resident-dora',0,'pending','courier_access_6b057d4efeec1e972319878afa64c789',NULL,NULL,0,NULL,NULL,'[]',1,1795521870000000,1795521880000000,NULL,NULL);
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
INSERT INTO "orders" VALUES('order-1',24,'resident-cleo','["1111566d236d7b6a01ea6101b5c42910"]',NULL,'courier-parcel-post','door-lobby',3,0,1,'2026-11-24',2,X'F7ADF43C36AC34666E27681E4CB446B6');
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
INSERT INTO "passes" VALUES('01M86PVKSGE0YMWHWY25XP0H66','courier-parcel-post','asked','resident-ada',X'F81464203B7026D565935EAEDEE80FDA798E50309E5E516F2131EB85E8F59EB8',X'85B2ADF37464DC7E6FF597B02FB3B4829AC979F49B848282D4FB693B03B11841',X'3DCE86843A77B8362442951B6878E89BD353A4B4902F679797786E4FF107B9DA',8,1795521630000000,1796133600000000,0,0,X'36E8F8711A7164EADDB416797430E968');
CREATE TABLE pauses (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    unit VARCHAR,
    by_unit VARCHAR,
    at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    ended_at BIGINT,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL
);
INSERT INTO "pauses" VALUES(38,NULL,'5c',1795521690000000,1795608090000000,1795521690000000,X'76FE167FB5EBFFDB903FCC72115F1214');
INSERT INTO "pauses" VALUES(41,'5c','5c',1795521690000000,1795608090000000,NULL,X'39791116F6819CAE714A50A92AD8D0AC');
CREATE TABLE personal (
    seq INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    value TEXT NOT NULL,
    salt BLOB NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (seq, field),
    FOREIGN KEY (seq) REFERENCES records (seq)
) WITHOUT ROWID;
INSERT INTO "personal" VALUES(2,'resident','resident-dora',X'51920F3DA3EFE5C7DE19D72ED1A7140737D1ED55728ADAB3266694E7A6968D37',1795521600000000);
INSERT INTO "personal" VALUES(3,'units','{"resident-ada":"3b","resident-ben":"","resident-cleo":"4a","resident-dora":"5c"}',X'5B0073D9FA112F9B20DB68CF03B00A33D61C6963049A11A518E7573DE2025B70',1795521600000000);
INSERT INTO "personal" VALUES(6,'resident','resident-ada',X'364056B146DE3954C3381EB64FA2A0348877317667E82780AF36C0C3179F5186',1795521600000000);
INSERT INTO "personal" VALUES(6,'unit','3b',X'E433F8F35878DB72D8A5A409230AAD5B8DBD747281D5AA994A2DA5837F34EB21',1795521600000000);
INSERT INTO "personal" VALUES(7,'resident','resident-ben',X'415804C4BE46BE76979E78F9231CC0D627E0ABDF77638DD7A4BBCAB4A5CE6E1D',1795521600000000);
INSERT INTO "personal" VALUES(7,'unit','3b',X'DC492A020885B3EB75B1024495B2FAE09DB5A50A154A58A4788E26E4F84290F0',1795521600000000);
INSERT INTO "personal" VALUES(8,'resident','resident-cleo',X'198902888007E85B2E10F9DFCA46338FD7F03676789CBB6A51F3FC995A04BB23',1795521600000000);
INSERT INTO "personal" VALUES(8,'unit','4a',X'F7BE6EB5F1D842E41D67C9646EF882486A0BEE4EF83DBA9F2C3CE23A45E22534',1795521600000000);
INSERT INTO "personal" VALUES(9,'resident','resident-dora',X'6D94DE7F15018F94E74904A31CA9002C0B94801DA4F659472927AFD13DA55A85',1795521600000000);
INSERT INTO "personal" VALUES(9,'unit','5c',X'67FB1A24D93164E004D8F89FA4E06445782125FCD500DEC9DCF93E1F4218ECA6',1795521600000000);
INSERT INTO "personal" VALUES(10,'consent','given',X'3E5FE4D57C4983B174DEB0A165BB0EF7BA7627B7B85B0A25ABAAC824D414EDE8',1795521600000000);
INSERT INTO "personal" VALUES(10,'decided_by','e8406774f4ce46ef8341b823884c9fdd',X'4325BBF1282D1D2E6F2DA59BD34AFC8C1DE029A6C25E343777460F4C25B4A630',1795521600000000);
INSERT INTO "personal" VALUES(10,'resident','resident-ada',X'57F6F244A0435925B5FFDA3903B372BA329FF4AF6B0BCD359BB145D20AF3EE74',1795521600000000);
INSERT INTO "personal" VALUES(10,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'64825A5B09846B616EB288B15F7D1077A802D37656EF4BCE0C388AF024FD8089',1795521600000000);
INSERT INTO "personal" VALUES(10,'unit','3b',X'D43E4B83D4705456FB7113B1AAB7A12FB14E8634A2D4937F480055193EC3AB88',1795521600000000);
INSERT INTO "personal" VALUES(11,'decided_by','e8406774f4ce46ef8341b823884c9fdd',X'9C674B884A55947F581A60AAFD546FB0EBB0D0C4AE6AED3FB1EFD72240B953C2',1795521600000000);
INSERT INTO "personal" VALUES(11,'resident','resident-ben',X'4208B4884686101CA39A6F7D4CD437E8DB7B35BC7B27B074939F0838270F2DD8',1795521600000000);
INSERT INTO "personal" VALUES(11,'unit','3b',X'92CE1B9FC650C2A43CFD1A645E439AB56585B3E61999136CC96D254AC6936F5C',1795521600000000);
INSERT INTO "personal" VALUES(12,'units','{"resident-ada":"3b","resident-ben":"3b","resident-cleo":"4a","resident-dora":"5c"}',X'073D3ABD2AC0428DCB43D0734F0431F5E356A1B46DB85086728EFAFA7D905D72',1795521600000000);
INSERT INTO "personal" VALUES(13,'consent','given',X'423CD8C4F1AFC4EA4F72B6347BD616EA182AC5202276AEF6983252411D965862',1795521600000000);
INSERT INTO "personal" VALUES(13,'decided_by','16877439745148ebb8802fae92afcb48',X'49806E7B0654ECD5A0E6EBB4CC62F6692558012453E5E44BF1ACBF770764C990',1795521600000000);
INSERT INTO "personal" VALUES(13,'resident','resident-ben',X'7955C1455D2CCD07A11A8205438461C542208C9B6C7010EEBFBAEBD9AA27F900',1795521600000000);
INSERT INTO "personal" VALUES(13,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'B175FD455D189A1A227CA5C701B6E54F5B4AF9EDB672B482956F20DF59F80DD7',1795521600000000);
INSERT INTO "personal" VALUES(13,'unit','3b',X'26B5D561E46F0BC6422FC274631ED446B0BD75827C4E3FBED4C80B0CC1B00798',1795521600000000);
INSERT INTO "personal" VALUES(14,'consent','given',X'048F62B0C0D423B8A2E4104CE03D9A09B091DADC2D80E83019EC9D8CB397148A',1795521600000000);
INSERT INTO "personal" VALUES(14,'decided_by','0bb9d8bbd6574b4286f76df6c7313797',X'67367591744D4380D3A3242096A99DBFE9A2052605294D8DE33EC7E5DF9E196A',1795521600000000);
INSERT INTO "personal" VALUES(14,'resident','resident-cleo',X'6803E25019F6CE279CD2F9E18D6D3E45843F55A2D72A013BF66CA4456B5FAA47',1795521600000000);
INSERT INTO "personal" VALUES(14,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'D40051BF9DE682372AE52A97263481EAC0A02442F68587D9FEE8C27F6B91D3F5',1795521600000000);
INSERT INTO "personal" VALUES(14,'unit','4a',X'5C0E81B6751C62076ED6D3D9E179604411621E54FFF3D4381BDD2C3030ACF208',1795521600000000);
INSERT INTO "personal" VALUES(15,'consent','given',X'4975A62EDCABD027006D314A1DC36CEF588DCAD51E0E3A73FEC981951224F3F3',1795521600000000);
INSERT INTO "personal" VALUES(15,'decided_by','link',X'594E63A7E3CB6684F328FE10E5207A0C4EE308F8C3195920D7B8E38E5304909B',1795521600000000);
INSERT INTO "personal" VALUES(15,'resident','resident-dora',X'3889FD0D883770046249C7FB54BAA6BA0CEF798EA9EEA99542180C3322F324A5',1795521600000000);
INSERT INTO "personal" VALUES(15,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{},"share_hours":false}',X'5DBC597B6A9AF9FFFA2F35921FBDFB8F66026B228CB27A8E513F04E42DBC3E8E',1795521600000000);
INSERT INTO "personal" VALUES(15,'unit','5c',X'39A816A4F3BF3BC79AEA0B6FD47A5F3212DEB43068FB3686E8618DC307B5AC90',1795521600000000);
INSERT INTO "personal" VALUES(16,'grant_id','asked',X'7FEB5D59B6FEDA3FF501B31538609973C21210DF08D9F214F2FC33C2E34DC484',1795521600000000);
INSERT INTO "personal" VALUES(16,'parcel_ref','P-1',X'127D0BC6E8DBF7758B66E0D1EEE46405AC62C62B1E74D385817ACB9AE4885422',1795521600000000);
INSERT INTO "personal" VALUES(16,'units','{"3b":"accepted","4a":"accepted"}',X'045F96AE823D1A301D595B7D164E96A3FF3F0C40719678F45F9D9F81B13302E1',1795521600000000);
INSERT INTO "personal" VALUES(17,'grant_id','asked',X'353E5107FA9E73D5AE09AC21D42B431A673F8DA41D1304D3A1EDB5D3E3426C8A',1795521600000000);
INSERT INTO "personal" VALUES(17,'units','["3b","4a"]',X'50D99FFC308C3EE0B932F5F8A89881E90AD3451FEBE4F562698E0AEB2E936FDB',1795521600000000);
INSERT INTO "personal" VALUES(18,'decided_by','e8406774f4ce46ef8341b823884c9fdd',X'8E4BA017DF40F6B6E3BF7EB7D400C38B63569CEC5F80932D732C54F58BF6D9BF',1795521600000000);
INSERT INTO "personal" VALUES(18,'grant_id','asked',X'EE39AB2ED09B48818CDC87B05036A0C671B4DD96592F57A77CFEB1D0438E8C09',1795521600000000);
INSERT INTO "personal" VALUES(18,'unit','3b',X'C20C528DE7FA6F0A4B9D74E2E9DB9EE7730E51BA9DA8EF148CE7EC7EB310E28F',1795521600000000);
INSERT INTO "personal" VALUES(19,'driver_ref','D-1',X'7749D625D1951A8270F336DFF80D46CE606842630698D48AE71EE7D51C814660',1795521600000000);
INSERT INTO "personal" VALUES(19,'grant_id','asked',X'E39030CF859C652920D9AFA6199755BA4A975E7393318F06A58EC10243A44D89',1795521600000000);
INSERT INTO "personal" VALUES(19,'parcel_ref','P-1',X'129531F9B4BD8B988BAF0EE392791CF03CBB4C6D898EAB5771D37941A7098417',1795521600000000);
INSERT INTO "personal" VALUES(19,'unit_labels','{"3b":"3B"}',X'D856130E6CE994CC0F1B4E5B8C6338C6BD354A8A810EA690EB8B366CF1CD190B',1795521600000000);
INSERT INTO "personal" VALUES(19,'units','["3b"]',X'B9AF1CB00237DC10BC5E19BA9621BFAB560540B5B7EA981CFE4B4B2FC4CF18DB',1795521600000000);
INSERT INTO "personal" VALUES(22,'decided_by','e8406774f4ce46ef8341b823884c9fdd',X'EFBFB365AFA7839F56D4D5DC784C2B60AC26924B144FA228734A28A02BD1ACE1',1795521630000000);
INSERT INTO "personal" VALUES(22,'grant_id','asked',X'0CFD109B5D7ED5800896554019E5A8EC9960DF6A891B11F76F13C2252472066C',1795521630000000);
INSERT INTO "personal" VALUES(22,'unit','3b',X'55C4C6C67473457B0B2A40E61D19CEDD7F30CA54D20FC4DDC19B481BA729F16C',1795521630000000);
INSERT INTO "personal" VALUES(23,'decided_by','e8406774f4ce46ef8341b823884c9fdd',X'E43EAA8EEFF424097AEA3AB24C33443E2F60F39858D809E0A24364603A4EB438',1795521630000000);
INSERT INTO "personal" VALUES(23,'unit','3b',X'9D2A6060879AA10762DFE42A6BFD5761BA2427C50339081E5E81A7811F18B3AB',1795521630000000);
INSERT INTO "personal" VALUES(24,'decided_by','0bb9d8bbd6574b4286f76df6c7313797',X'9C72A98366CD1912BB0F132E454EC0FA0580A8D11E2A6F42F8290FE7A87BA451',1795521630000000);
INSERT INTO "personal" VALUES(24,'order','order-1',X'B234DB9C7AFF47AB0986220CBFB192A8F0AFA8ACB676F3CD9382A4D5C809FD1A',1795521630000000);
INSERT INTO "personal" VALUES(24,'resident','resident-cleo',X'E9861C8096EFBCF82424938415B3F2160E68B901DEE022B2FEA8FC693F8174DC',1795521630000000);
INSERT INTO "personal" VALUES(24,'terms','{"account":null,"courier_id":"courier-parcel-post","door_id":"door-lobby","is_paused":false,"most_per_day":3,"sources":["1111566d236d7b6a01ea6101b5c42910"]}',X'E56D313C72C41FDAA0C5E698CDE77913F28F63252C0E4D7805F7F938D6CEC523',1795521630000000);
INSERT INTO "personal" VALUES(24,'unit','4a',X'322A4ACAC63A6190CC4DE572B109941745E377BB8717DB01ABB57C79D1EC2980',1795521630000000);
INSERT INTO "personal" VALUES(25,'grant_id','house-e8a15a96df78',X'1EE7C77A280F0A11FAE701051D09100DDFAFCFB9EE011DF6E062F6890FA827B4',1795521630000000);
INSERT INTO "personal" VALUES(25,'order','order-1',X'EB4C1DD6CEA017B0F5BB954C869C91C4D1CB34E52DE6B9B471F85D61C73462D3',1795521630000000);
INSERT INTO "personal" VALUES(25,'parcel_ref','P-3',X'99550D2F20E902182DC7A6630200FF3672BF07E60BC981CA5B733AB6C6F63863',1795521630000000);
INSERT INTO "personal" VALUES(25,'units','{"4a":"accepted"}',X'5B56AD6B5C1AC6DDD1674560BE764AE0C7C405E868DADA3D2D649128016B7895',1795521630000000);
INSERT INTO "personal" VALUES(26,'grant_id','house-ebcdb272b18a',X'6385F660A52DE0BDBA1FAD4FF671839EBEE6ADC740A9103052E9AFEF60D63159',1795521630000000);
INSERT INTO "personal" VALUES(26,'order','order-1',X'3DD25F2CCD3E4C17D4FAD3FD218953BD901D599DC30A59DFC0E2BF14C3895C61',1795521630000000);
INSERT INTO "personal" VALUES(26,'parcel_ref','P-4',X'9270FE78CF0BA34FFDC0096B89EF55E67B3620F2CD4D8600CC77AEA36B25A754',1795521630000000);
INSERT INTO "personal" VALUES(26,'units','{"4a":"accepted"}',X'012D97A2B13A071101B9BD8A2BEF7D6A31711D80AB2BDF27149A9E817CEF482A',1795521630000000);
INSERT INTO "personal" VALUES(27,'grant_id','house-ebcdb272b18a',X'E47363422DD8AAF05AA385E3650715889ECF4B276A1ADBFCE570BEA3204E56D5',1795521630000000);
INSERT INTO "personal" VALUES(28,'grant_id','vetoed',X'AF65D3DF169E6775ACACE88A5546638DDF01683AE49242CD2D92FCCF8149C51F',1795521630000000);
INSERT INTO "personal" VALUES(28,'units','{"3b":"accepted","4a":"accepted"}',X'B8EFCAF839674B01F2FC31A6545F75EC47FFD3A89894225E79E4B04A96A7C250',1795521630000000);
INSERT INTO "personal" VALUES(29,'decided_by','link',X'B385505F4C6D2347D1107C6E313E13002886BF48035D78D1E4A91F5B1294ACAD',1795521630000000);
INSERT INTO "personal" VALUES(29,'grant_id','vetoed',X'EF63D4B4FAB7C1D3B212E72B7D3D3794DCD4C5B8D36142EA5CA374AE360E121C',1795521630000000);
INSERT INTO "personal" VALUES(29,'unit','4a',X'D1E56D38817CBD443ECC1EA5BDEDF8CFE377C7AB8755B1A050AFAE77E7B02847',1795521630000000);
INSERT INTO "personal" VALUES(30,'grant_id','revoked',X'4435AC7599F506E8CFD3EE450CA004DA506D8F9EFC6F877F46FEFFD149A24F0F',1795521630000000);
INSERT INTO "personal" VALUES(30,'units','{"3b":"accepted"}',X'ABE1CF7D6455E27975DF0E857C4B0D5E69B872BCF8086A450983898CF54C5B9C',1795521630000000);
INSERT INTO "personal" VALUES(31,'grant_id','revoked',X'D8431282E25E126263CC13410CED3B0F791855F396C8EFB097465C3A9A621B0E',1795521630000000);
INSERT INTO "personal" VALUES(32,'consent','given',X'ACC2C05B645473C11CF10E4023849E4824803A94C60FC4B44760ACF5C1E98139',1795521630000000);
INSERT INTO "personal" VALUES(32,'decided_by','0bb9d8bbd6574b4286f76df6c7313797',X'363C91A98A3DC0468D16AE9149AE680816581E6047230A08ECB22F72ABE06B34',1795521630000000);
INSERT INTO "personal" VALUES(32,'resident','resident-cleo',X'E3371ED0B2BAE6A6ABB0F93FB050E93300CD77A8F21A33D5DADDACF583A0BB2C',1795521630000000);
INSERT INTO "personal" VALUES(32,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":1140,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'465CA42C41EC6E714A4997C5619BB71AD33AC79DD666A8BD6E2DCC16F89BBBA4',1795521630000000);
INSERT INTO "personal" VALUES(32,'unit','4a',X'0742E18C40ADF7B9AAE79E7A9EED0C2A6CB92A6071D6A971020787F466A1EBCD',1795521630000000);
INSERT INTO "personal" VALUES(33,'grant_id','open',X'A683EEE3705130F371FE5F478E1848FD0A74D461522EE5113FF2C5F9C0D14CDA',1795521630000000);
INSERT INTO "personal" VALUES(33,'parcel_ref','P-2',X'8637584662F0CBB2544592BDC7D1818018E99BEEDBEC59CFACE84DC64112AF1B',1795521630000000);
INSERT INTO "personal" VALUES(33,'units','{"4a":"accepted"}',X'6D4C5F91BC96C802D0431F14F3E2AA5744320D8BB92F5EF11FB33D1E29FFB9B3',1795521630000000);
INSERT INTO "personal" VALUES(34,'driver_ref','D-2',X'04074D0D6AEDC3DEFD007F63E49B854CD130D62D300DA156D6D42B64DAF65FF0',1795521630000000);
INSERT INTO "personal" VALUES(34,'grant_id','open',X'64BF29A2C59E78A86B961F68BF32706C78C369B25FFF67D4D032994AB9287BF4',1795521630000000);
INSERT INTO "personal" VALUES(34,'parcel_ref','P-2',X'A2770DAE217B77592DED48268458D1CAFD04FB38433D765F1936B59F051BC239',1795521630000000);
INSERT INTO "personal" VALUES(34,'unit_labels','{"4a":"4A"}',X'877615BA8B56DF1D7D8E01950226D8AFEEDB2674342BEAF57C50BAA67D627998',1795521630000000);
INSERT INTO "personal" VALUES(34,'units','["4a"]',X'60CC5D595DCB8912886E9A4643BB2DFDC46A79D0C2040FE12473237F34DCA160',1795521630000000);
INSERT INTO "personal" VALUES(37,'grant_id','made-up',X'FEDC462B4A81FDB890281C0DAC02C2F6F7B846D63BB5524E7F2C11C413D3161E',1795521690000000);
INSERT INTO "personal" VALUES(37,'unit_labels','{}',X'9B3AB7628F18ED8B1753776656CF4B323E28D83DD90A4C793407BDF5B3511856',1795521690000000);
INSERT INTO "personal" VALUES(37,'units','[]',X'37EEB5E77E8254D4D5CCD68C8B22EF76B4987900E51B6DD3AEA541D3DFA21C96',1795521690000000);
INSERT INTO "personal" VALUES(38,'decided_by','link',X'9FA160FBA0A8C4E142B05E51A5371107FAC4B2577530C65AC16FFE1FE81D0944',1795521690000000);
INSERT INTO "personal" VALUES(39,'grant_id','open',X'92F14C88723C806CF035395D7F0C8AF6ABE2BF9B4CBAE7C67DF2D7864F7DD0EF',1795521690000000);
INSERT INTO "personal" VALUES(39,'parcel_ref','P-2',X'930C1E60AB4B68AE76C48E699E845E99814AC52D54BDAA867E65062980AB55BA',1795521690000000);
INSERT INTO "personal" VALUES(39,'unit_labels','{"4a":"4A"}',X'F96DC81F670CCC5122019988490ADE4E381F125C6C01CD6B726F1C156BF5A6AE',1795521690000000);
INSERT INTO "personal" VALUES(39,'units','["4a"]',X'730F7C406AAAA4D11694F8FE3FD191D6B16463329CDB37FE1E53B1525746E594',1795521690000000);
INSERT INTO "personal" VALUES(40,'decided_by','link',X'42766EFCFBE41AC7D8A63118DECC898AFDACE39AC18490724E3C30B91C57E71D',1795521690000000);
INSERT INTO "personal" VALUES(41,'decided_by','link',X'9F81D98C47E597F85462621836162F174F4912A7CCBE22D02B8AE45260536DD0',1795521690000000);
INSERT INTO "personal" VALUES(41,'unit','5c',X'36D1DEE513A31D585F62E3F8A6479C7A9FF9EFD917893D023E85F9EB0EA6A1B3',1795521690000000);
INSERT INTO "personal" VALUES(42,'decided_by','link',X'1C59C79CABEE5EA05CF6806AC6CF7FC7088AE61F3D3CABBBFD6313249A7D9BFB',1795521690000000);
INSERT INTO "personal" VALUES(42,'resident','resident-dora',X'FBC1CA745A8733D23DAF2F3D689618C81346815F476DE1158176764E92F4340D',1795521690000000);
INSERT INTO "personal" VALUES(43,'consent','withdrawn',X'05D9D383D5611A753E4667620832AB4ADD0A4AC4B7DFBF70FEA58D4D4D883D6C',1795521690000000);
INSERT INTO "personal" VALUES(43,'decided_by','16877439745148ebb8802fae92afcb48',X'9D801D118E6B7CF93934A6CCFAAD7B8D4945610225A6B0B3C060CFDF8645160F',1795521690000000);
INSERT INTO "personal" VALUES(43,'resident','resident-ben',X'5DD0BE0EDB49C741BACE7FBD0C8278D55507B11D324BAB24AB15535E0642607F',1795521690000000);
INSERT INTO "personal" VALUES(43,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'E5B511B323C42094A90A03EFD248CD2027494C33DD49998D26F6E46FBDC671D7',1795521690000000);
INSERT INTO "personal" VALUES(43,'unit','3b',X'31E9A090E424FD0BD1D628FA1094F5FEB494E224F31959C826055B60B750BFCE',1795521690000000);
INSERT INTO "personal" VALUES(44,'grant_id','changed',X'57ABDD020A0FEE7DF1EB0EF0B6F5996DEB470713192756B5C5F3D5886B6CFEEE',1795521690000000);
INSERT INTO "personal" VALUES(44,'units','{"4a":"accepted"}',X'6354DE28B963CB5CA4D2007658E437B6B110638E0DFB768B88989B646FF03752',1795521690000000);
INSERT INTO "personal" VALUES(45,'grant_id','changed',X'00AC233973A28FF8157BF5B5E04354A832A63A28101C5200E515F5A85F6CC3B0',1795521690000000);
INSERT INTO "personal" VALUES(45,'units','{"4a":"accepted"}',X'4A6BC9F749B0398A2B23BAC94E9B3445FEA270C1AE8FCB33DBE64F612A6F9A0B',1795521690000000);
INSERT INTO "personal" VALUES(47,'grant_id','open',X'1B6D3D5F1FC4CD66E01216977CB3F1EA7BE61309531DA72625413643FFCD1582',1795521870000000);
INSERT INTO "personal" VALUES(47,'parcel_ref','P-2',X'66547896348AAAEC9D682B40F67163090926203BCCB3B639CD241D69315F3C29',1795521870000000);
INSERT INTO "personal" VALUES(47,'unit_labels','{"4a":"4A"}',X'62C6566B00F5566EDB2AE7D37EE83FDF4EB10A607438321143CB9E3348182B00',1795521870000000);
INSERT INTO "personal" VALUES(47,'units','["4a"]',X'C5971EA05882CA7DE262F1FD4EDFF9D8EF55518F8F4275A67761C8D88528BC18',1795521870000000);
CREATE TABLE records (
    seq INTEGER NOT NULL,
    at BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    body TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (seq)
);
INSERT INTO "records" VALUES(1,1795521600000000,'zone.recorded','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"12f9c908595cf14909781376da4b44e781856a0d18fa9fe38af1f94d59287576","kind":"zone.recorded","personal":{},"seq":1,"zone":"US/Pacific"}',X'78BE0737EA9E928C493B9BFE5F296DB54223F96FA72FD655FA94A230551BF55A');
INSERT INTO "records" VALUES(2,1795521600000000,'link.renewed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"a628b3e553e44643572bb5b6ae53b014ea21aba35e8e48ba356a53c9e102537b","kind":"link.renewed","personal":{"resident":"d47ad7b8ce0be799c2084f775eba3c282fb6c408297b64f33b6b74815547f08a"},"seq":2}',X'17120416AC8EBE9C3C1935070EDB695C506DE9E347CB7068D384B0241E4F5D28');
INSERT INTO "records" VALUES(3,1795521600000000,'residents.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"a628b3e553e44643572bb5b6ae53b014ea21aba35e8e48ba356a53c9e102537b","kind":"residents.changed","personal":{"units":"e55a541965ce8377a155e6632f5a7ebf7b8b3644dcbb1e1c7c1328d8497cdf80"},"residents":["resident-ada","resident-ben","resident-cleo","resident-dora"],"revision":1,"seq":3}',X'9096597E232C3391C9643326F51A3B43208E2C2ADFD9C9FA3653276EF9A64D6E');
INSERT INTO "records" VALUES(4,1795521600000000,'courier.admitted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"018f80997e380bc6722f49ddd94fd667e77508d6ce12dfd6d4028b6bd203c0c1","courier":"courier-parcel-post","courier_name":"Parcel Post","kind":"courier.admitted","personal":{},"seq":4}',X'1D12180425999E068DF785EA6C2897E7D74C1023B1E4A294D886653F4F101712');
INSERT INTO "records" VALUES(5,1795521600000000,'configuration.recorded','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"708f3c3416aa49b13629758c5ca71f930cf83ca27fca2115f2d5115b7310e74c","configuration":"{\"doors\":{\"door-garage\":{\"name\":\"Garage\",\"opener\":{\"entity\":null,\"device\":null,\"domain\":null}},\"door-lobby\":{\"name\":\"Lobby\",\"opener\":{\"entity\":null,\"device\":null,\"domain\":null}}},\"sources\":{}}","kind":"configuration.recorded","personal":{},"seq":5}',X'9EE8189DEC9BC380DF2B4E8529C8D5BC37A584D4CF68E30F94D841ABCE5C797E');
INSERT INTO "records" VALUES(6,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"708f3c3416aa49b13629758c5ca71f930cf83ca27fca2115f2d5115b7310e74c","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"c38a4dc918c1e127a4339f47a8320ae827480367317aff03964b7c07a571521e","unit":"0db8bb4e6a8c61efd8eecd83755b3d904a35725a2b20630a92c87ba655de2025"},"seq":6}',X'82F96460D3389E00721EBBE2E7C98248939B616BEED99EDD1182F2AD338018F4');
INSERT INTO "records" VALUES(7,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"708f3c3416aa49b13629758c5ca71f930cf83ca27fca2115f2d5115b7310e74c","changed":false,"is_confirmed":false,"kind":"resident.enrolled","personal":{"resident":"c490191eb7f84152353ff2767bf2e405a791f5f74aefc652b444dce4c8d9fce5","unit":"b6c32c3d86f2de223605c6d38278674b6cd1db99eeca64ad32320737764f972f"},"seq":7}',X'28E4E0C11597CB07DAAE808246E1D45009673C8B3F5ADEBA05E53774F461B197');
INSERT INTO "records" VALUES(8,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"708f3c3416aa49b13629758c5ca71f930cf83ca27fca2115f2d5115b7310e74c","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"fecb9c99c213843894ef3a7de647093bd34881ee918afe24a1d658d29bbb75c4","unit":"d8b755e253a537bc88a9c6f500573a3dbbeb5a98b3a70909ba056b1f5fa83a12"},"seq":8}',X'2E2F537CB9C850DDE154EBF7B5C453DAB13EA57E772B08BB2C527962BC68F260');
INSERT INTO "records" VALUES(9,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"708f3c3416aa49b13629758c5ca71f930cf83ca27fca2115f2d5115b7310e74c","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"5189f5a4be76f36a500b9ac90781e44143375a1ba50579faef7c481cac5dad39","unit":"e6fc90798f8a2a7d746296c8cd21621795584bd470338e02364851a23b02405d"},"seq":9}',X'72E2DA34F1C4BAE7772E21532EB843847461DB5F1C6E12F47D5D9B3B4B71C75F');
INSERT INTO "records" VALUES(10,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"2a4882ab639cdd6fc2cedad6b1faffee1aaac3ff6b329559c9e5aa9abdbd9b8e","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"40bd66cff6f8d7323322544dd4aeb735f9e95134c50344d4d4498b396e4ae2c4","decided_by":"c39959b7a70f27343053e2eb8bb9c9c5f74a541264b5a2668550bae201b53593","resident":"8b9dd703fd34ecc5992b8541bc3ca401fa1d377682b0438134e10753a3fd9a3c","rules":"237c9a5b64419564361121c764e5dce3f43b5c458f5036265293e529c165585b","unit":"32fac492a855e06670b2b4acef78ad6d151dbe324fe1b57de19d33193f1af06b"},"policy":3,"revision":1,"seq":10}',X'3F202DA872C0BB490D8957910462A56A061077E416EB1DA740DA06C7BC6BC609');
INSERT INTO "records" VALUES(11,1795521600000000,'resident.confirmed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"480b790ce82f1b8c61cf7d5b10da818291fe361c903a95c8c4fab662d1266f33","kind":"resident.confirmed","personal":{"decided_by":"fc8d7616e927eaa4724ae5e942735c7e3f38577b87dca01414297e7f1d51b402","resident":"d505b7eff73f9fecd3313308804eb7368f6f43ed8addc68e84cd55b2543e8b12","unit":"1fb7cc4fa55a7a6b16828f67515199a002deb1595c86a477a8cbbc146e881454"},"seq":11}',X'2418941198F8F06D2C5E0E0579DDE0802DA3DAAD1ECD77B6BA99BF86DFB10586');
INSERT INTO "records" VALUES(12,1795521600000000,'residents.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"480b790ce82f1b8c61cf7d5b10da818291fe361c903a95c8c4fab662d1266f33","kind":"residents.changed","personal":{"units":"d5131fc96689c8f265eed2527ad29bfac9b28aee9164a544261884be3dcba6d7"},"residents":["resident-ada","resident-ben","resident-cleo","resident-dora"],"revision":2,"seq":12}',X'70EF0B839E994595C1E1090A9887ACD359B7EF1F589086DC3DDC4FE1A12757D8');
INSERT INTO "records" VALUES(13,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"74f65ccb156e3cb24dc0aabad12d6c5f6d0098b353bbcf758c02175b4b66da2a","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"096e83f576a3fc86e2db7d4af62a8911d0f9ae8d6e09255f7916d9641c956e3d","decided_by":"a57e60139988a8886979d16bc5ae3a784bb6559b1ebc5c860527d010d1e05404","resident":"6be05ed2375124f49dffa3e9a8990912427ca942d219914d290f8478fe68d145","rules":"ae69d6f26d852be6f7b92618ae5fddb5c70a626a7c75b7beb3060cd622ee4073","unit":"c78a614c5187362d45a54b37f48d9c3f22479fb71d8b406d8a63cbb124662e3d"},"policy":3,"revision":1,"seq":13}',X'9BA99E898E50E36169893ED74A709809003010E960E0C289ACC009CC3EFA904A');
INSERT INTO "records" VALUES(14,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"172e4a0cd85ef22e853ed35b5ba9e0cb8ace8a8530395e4f6ee27ecd7ba17a2a","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"c54b701ed19b522b6b27d44a0bb497ecf4d76815dc07828a48f7c9fd889d2f38","decided_by":"f7b0aae8ddeaccb62352b0512616b08c7499cc79b8b261d1eb6db94f5cfc4cd2","resident":"efec200e9e5cf2fb67cb480a6b8a10b00ba852bc2b101ebd6a6eae4287717038","rules":"638f676f051e38ae83ba77ce087d6c2e98c68e72d124cebd7b214383b6527e23","unit":"cc327c5df846356623c2b19407ee41ca0308553ffcda9546f46e45c794205cf5"},"policy":3,"revision":1,"seq":14}',X'FEE9A21637DBD08B089BEFBA2EF4CAEEC77369E16D8D3E7A67F8546E28218B26');
INSERT INTO "records" VALUES(15,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"f27bc544b5616b826a07f328f3a90991f5165cd9c72b2679593876dd04b8b5e1","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"18b9f5793a7c1319fed45b96037dccfed1aa2952e8b609586737e3210f5d4823","decided_by":"e6f60104bd4287108890f770ccc528db99a9861d3f253bb9d3fa6445a6d72840","resident":"ed6cb095824b8e203e58dc7ce9bfd1c050d623054b05070d27e4fd6382757dfe","rules":"b09a53c25248dd647b96ade1968b2839f64930c3d7c901d56f74db719e1f157d","unit":"94de2baa2a85e87764a15956369e23df10bbc6fbd010ddb5600c533116275772"},"policy":3,"revision":1,"seq":15}',X'1B641BF85159D201399BD5A16CEEFBE40C42596676B3227A3D5188871EF22FBA');
INSERT INTO "records" VALUES(16,1795521600000000,'grant.accepted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"4125b5375595f3164ec05c415a9831b2892d46d554c24170522c1de34ab04d97","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:00+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":5,"personal":{"grant_id":"ee6d257d66f34402bff819445ecf7adf715c71e822613ba798823926d2309a81","parcel_ref":"c5230c66b6c9f4208b03b97369f0507ba7ab1ff454555374704d4af6e1ce642a","units":"5824ce21d193548d3239b95ca1ecb647d52c2fe4d0695a4c97c574c3e1a8250b"},"reason":"ok","revision":1,"seq":16,"starts_at":"2026-11-24T11:59:00+00:00"}',X'ECDE0170AF57095F20777B6EAEAC7196F448711E15EBD7BEE24C521AEFE05D40');
INSERT INTO "records" VALUES(17,1795521600000000,'entry.asked','{"ask":1,"at":"2026-11-24T12:00:00.000000+00:00","bound":"4125b5375595f3164ec05c415a9831b2892d46d554c24170522c1de34ab04d97","courier":"courier-parcel-post","door":"door-lobby","kind":"entry.asked","personal":{"grant_id":"2beaa031485043c2d2c467a1cd09fcabe94ef0c3bee809f9ed0eecbc576e5b71","units":"d41d7b8cd9b849b85c4fff447a5ae407bc4fc9bafebada81383070923824151c"},"seq":17}',X'063EE1DC03D0A5FE1A9382D06DD6C6FAF678EA0D25D8F866D87C2A9E82EE5B92');
INSERT INTO "records" VALUES(18,1795521600000000,'entry.answered','{"answer":"approved","ask":1,"at":"2026-11-24T12:00:00.000000+00:00","bound":"680ce62f0e2a2bc8c066a79efafdde7eec6780d4584a7f8b847539d4dae5a2ae","courier":"courier-parcel-post","kind":"entry.answered","personal":{"decided_by":"4693335e6d7f0ba51840ecf14dced61c36ae9d92dae3fc26630a7f0357749c62","grant_id":"2c8d55bc2e183562ed81dec41d90ea0e8cb1dbb2d25de256616107d72272ba6a","unit":"9194d9c6a4c1cdbc02fc2a26b925deda1b3ab146341b572a4716f8c717928fa1"},"seq":18}',X'07A3667E151777C2B26A103F9733F1BCD0314CA8EE5A872548BA5A0DC50EA69B');
INSERT INTO "records" VALUES(19,1795521600000000,'entry.admitted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"72086c09d3c82006d118ec6ec694e3aaff6e467f3b8e838398e918d4fa0070ac","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PTPG0S8QJK7P1K0H2AXPH","kind":"entry.admitted","personal":{"driver_ref":"574d58b52a7692d66699e1f51d79a451f7b07d4c15e14b83db57f8fdcbc96a21","grant_id":"db5a792e67dd84725ee6429002823cd9161492f9eedfcd89dd43965260eb54fe","parcel_ref":"52ca7d8a8dfa4fb7f4e5eaf8a8d80f33a64d713dd0d5483bf7ef56fbc8bf87a6","unit_labels":"d2566c0dec01493d7e787af79beb7b1320927be78882d2e8cd6b3a42734984ae","units":"33565ec37835dbf4e65a92354e60727db5a0e91ef99c3d66978befdf3dc4d52b"},"proof":"signed","reason":"ok","seq":19}',X'28519BC52372CDF3F4EED4A6381184109BD217D82E0E79D477A4917EBE52942F');
INSERT INTO "records" VALUES(20,1795521600000000,'entry.outcome','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"72086c09d3c82006d118ec6ec694e3aaff6e467f3b8e838398e918d4fa0070ac","entry_id":"01M86PTPG0S8QJK7P1K0H2AXPH","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":20,"unlocked_until":"2026-11-24T12:00:05+00:00","use_returned":false}',X'C2DBEEAF3D256E3DF149E222CF9089B8E8F936C3EC4D9DEED2270C523C681DE2');
INSERT INTO "records" VALUES(21,1795521630000000,'entry.completed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"72086c09d3c82006d118ec6ec694e3aaff6e467f3b8e838398e918d4fa0070ac","completed":"2026-11-24T12:00:30+00:00","entry_id":"01M86PTPG0S8QJK7P1K0H2AXPH","kind":"entry.completed","personal":{},"relocked":"2026-11-24T12:00:30+00:00","seq":21}',X'F6B86F67D86B41FA30CF7D8DDE1EFDC23CAD4104FC36DE1C081289C4F6F4C9A0');
INSERT INTO "records" VALUES(22,1795521630000000,'pass.made','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"7a37def31519f2b850d4c2f5be92811afc38ac75317f3e18d64c414ab9915d17","courier":"courier-parcel-post","kind":"pass.made","pass":"01M86PVKSGE0YMWHWY25XP0H66","personal":{"decided_by":"b59ad120e71779ec9e7796e59a7d249f883cd78a2725cd7cee40525112ac0f53","grant_id":"99802592e249cd938b5bd7912fa8878a40680119301ea5a6ef6539eff13a02f9","unit":"b6f74ccf57163183134392a70563d411b2f1ee7aaf88261d2b3289b218cd9a64"},"seq":22}',X'554AA83BB1764F3EF5C9371924DC1B80DFE1DE0C905A9331103AD615B2E71DFE');
INSERT INTO "records" VALUES(23,1795521630000000,'address_code.renewed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"21dd0c50180a9b8ee33fd1328bbfbce40df521f78d911adc320fa91514cb1459","kind":"address_code.renewed","personal":{"decided_by":"4d08df9c6da60758f9421c674833a40d12c00153adf32e176dbd956aefcb740a","unit":"5d540583d3259cb4328563dd4ec77c78af29fa3b3a1248f8ff4815604343d376"},"seq":23}',X'0820353CDB6C5D0EEF4B60C9FFF03244911FD055D45E3B1A8BF70E7F454DD89F');
INSERT INTO "records" VALUES(24,1795521630000000,'order.given','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"2fec0f862dc6a68dbbfca46ef68e1d54af0b6e5accb9132d398be8452cd0ffcf","kind":"order.given","personal":{"decided_by":"e14a6d98d8e3ae837106004f7eeebd28ff4dad9a97dabbbc74732eb8e4f74ce7","order":"28c4e08cda3205c64f41b79e9fc27a226cd647ffdb9ff226b42200b2eaf95cbf","resident":"16fac2b88241120addd89145c27654d55beda0cf35d7b9821481edd7d28e686e","terms":"6e18f23b420d85b6f65b077e280a6cf1d8d59d6c55517a13c3fa9f6730572342","unit":"a807f5a88c5b264fcaa3acbf6f636ee3936e9314cd932aa9f4ea40d6210692ae"},"revision":1,"seq":24}',X'7BFFC6907756C151DD2B28B3BCFF0641DA3E7ACC69D9DA898F6AF2533E5D86E1');
INSERT INTO "records" VALUES(25,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"25d3bf0f46cd2f8c251ec1f507b07acc8cabed2d73725cb7be0274b51e2daa4f","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-25T08:00:00+00:00","issued_by":"order","kind":"grant.accepted","max_entries":1,"order_revision":1,"personal":{"grant_id":"63bb50ade2493d09712f75920732e5c21df9c0bc820c9b289c031ad153e4ef00","order":"f2096f2f38eee1ff7858a87cb70c8dd4dbc701709edf4a48f540f4d88ea4ee2f","parcel_ref":"a0713d12a81a59b762cf2ea5da440749bb861d07fdf3c6edcec4745c99e8cf74","units":"370f318380bea63a5eda10ea069fc60a950e0103b221c6ff6359cb28c3dad937"},"reason":"ok","revision":1,"seq":25,"starts_at":"2026-11-24T12:00:30+00:00"}',X'6FF5BFC0D4DEEA7461F40F9A992A719881C4828D3CC0DA1598EEB2201905125B');
INSERT INTO "records" VALUES(26,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"d4359a2fd51501f7b15a7d34c33ad0e2f60f57f8c340d18e3ec35dba6e5dd477","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-25T08:00:00+00:00","issued_by":"order","kind":"grant.accepted","max_entries":1,"order_revision":1,"personal":{"grant_id":"a69971b0c07dc31918b6069319aaaf31646394ad24c59ce9a9abf3e1af7badb5","order":"a3f467e8d05fe170dd49d36ab92cb513c9f720d888736b82a0e345c7d209ec6c","parcel_ref":"9741e449780218b224f2b07ab77dd77e993acc0c7a378992e2bf143821fc6431","units":"f25c84da15bd990c49ae83b45bf03945de3faa71da59c25d10af4810f9a46c57"},"reason":"ok","revision":1,"seq":26,"starts_at":"2026-11-24T12:00:30+00:00"}',X'DEA15233C4844407C432F6C719685789E6331C480249A24E482AEF9C566CCC83');
INSERT INTO "records" VALUES(27,1795521630000000,'grant.revoked','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"8497a7ddfae48ef138cc16bafe4db904041fd7f984e9c2574ccf4cbaae2f7c45","by_courier":false,"courier":"courier-parcel-post","kind":"grant.revoked","personal":{"grant_id":"c71e3def93ba69f1c09ac2b5e1d31008feffd54e0d912761c861aa52e96f5e15"},"seq":27}',X'875E734AB91166B9C10F871BEDF00C67A421922D0639E3132569AD806FB081B6');
INSERT INTO "records" VALUES(28,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"54fa87b2ee91535a46cec4c02bb57f6a014fbd077730d73bfcb27e4dd0aadddb","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"ef3d2a27dba14f34994289898cf4faafb817474b8c60d7b8a0797e71684b6bfa","units":"59b5d48c83362275b01f5d2f84037394f59973dfa48b388f3d7715d4e3643af5"},"reason":"ok","revision":1,"seq":28,"starts_at":"2026-11-24T11:59:30+00:00"}',X'20DE76410F307113C6D0DF6BF7AE61085B3DD563E950F7A4370E1B8B2A9248A5');
INSERT INTO "records" VALUES(29,1795521630000000,'grant.vetoed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"f14260cf0b3d582f2f8ddccb07f4700c75380760fd69a7eb7812e9b18480aa52","courier":"courier-parcel-post","kind":"grant.vetoed","personal":{"decided_by":"320594f84ba9b0bff7a5d36d577ee0a7ffa1d771edf06b083db003d742ff1605","grant_id":"be6e5192a3b372b1f642f6ed9e36674d73eac98b812193560995b04c24b375bb","unit":"1b7e05c43c262021a547712e9f173e07eb2bf2fd641a194eaa1cd99c8b832ce1"},"revision":1,"seq":29}',X'543D60F012B9500486F72F3240A3BA4B18D8BC614D9D26B88E7F7C032B2BE2E5');
INSERT INTO "records" VALUES(30,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"3256a48401c937b376ae6b75d956340ee4c7d5c2b334e37dcc07891b1cb2044f","courier":"courier-parcel-post","door":"door-garage","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"b971e5a5c0ca0b952c6a404015619b73f1e87e7d54574af547063c903dcded92","units":"913296c2e9467b7dd310e97318d22601917368eaa30404516648919b7f547cf5"},"reason":"ok","revision":1,"seq":30,"starts_at":"2026-11-24T11:59:30+00:00"}',X'451A04F073FA4A68208001CB61CC27445B9E3DDCBEE91F4D294CCFF476ADD7DD');
INSERT INTO "records" VALUES(31,1795521630000000,'grant.revoked','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"5e9c42ba5431f4a0e3b3715e32080aca34e38c4df12ef7f69d3c32f80fb33db8","by_courier":true,"courier":"courier-parcel-post","kind":"grant.revoked","personal":{"grant_id":"5156b97e8a720405349d0376360b4c0b0897cba3e715b637016100f1cf5a13c8"},"seq":31}',X'3229B5D710B780DF37486313F5B981456D0ECCEEBB74A1982F95B9686B748AE0');
INSERT INTO "records" VALUES(32,1795521630000000,'rules.changed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"4feb48089fd61500e33f2e90004ae085ac8c129cf278c2892dbefa4585f880ce","decided_on":null,"earlier_revision":1,"kind":"rules.changed","on_paper":false,"personal":{"consent":"745b48e7451c3c67deadf3b14585c89f42a29e5d990c517e0b183380108d24e7","decided_by":"032978612b47aca858a7d9d17bfcc1de3412482ce737288247fc3ca4e4ec2bb0","resident":"1e2604968447c59cffdfb75dde05bb55d56650d3d3afa69d8b935b514f3fba96","rules":"ba4462c3f0ad0635d7c14a8f5386b1237c24ac5fc044032eaa249c9fe178f483","unit":"65886fc5afecbb680eb188e61a3ea4f747455a4f8859e3485bfb1f2dd36d7bda"},"policy":3,"revision":2,"seq":32}',X'377359C831728F1C3B068F916F5F1FF322DA836970A4EA08FB050E4C9233350F');
INSERT INTO "records" VALUES(33,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"0abdd08d6a30d3d3b93e0ab0a37a4ca562d4fb2d60d4f4c3377fe9a0123f6cfb","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":3,"personal":{"grant_id":"af5242c6cd3518aceab1f988fdbaebb1700fb3d16a1f61124f8a37abb56b1729","parcel_ref":"6ee088dbebaeea5dcafcefb31f841d7379e4b455c935fa2ed3c455e2974abc63","units":"fb1823f00b90fa97578de61feb89fe126856423d85bc043ca5b7a1b328232a64"},"reason":"ok","revision":1,"seq":33,"starts_at":"2026-11-24T11:59:30+00:00"}',X'0BE57C79EDD82CB9BC9D54E640BAF2A2E62AD777006CDA372833C9D834E74C9B');
INSERT INTO "records" VALUES(34,1795521630000000,'entry.admitted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"54011127767ef62fc7236404e71eadd6caa4a9cdf20af2a0475790ed9fd71526","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PVKSGNQDXMAJE822MM6RP","kind":"entry.admitted","personal":{"driver_ref":"f07959eed12abf0b09bfe10bd1cf9c4c27ed944dde3f263319d6baa4eee1ee5d","grant_id":"e50f2bee3cd01b6f9d42e128aab93900ba7ee474277d030955c19da57d7c4b20","parcel_ref":"eedae8f2f120d3e205f4a55c4d32a22333093e9b791c4efb919bd458727aba8b","unit_labels":"38b6566d94f7625dfb638b1b040902ea91df9e60fc4da6151f5f8d3008b7bf11","units":"8a14b2040cff47a3557edfc09634ad697a8f529039c2a1c89275d826f03b254f"},"proof":"signed","reason":"ok","seq":34}',X'DFC0994AD3CB3243779A44D2F113AA05B1F9589ACA35A2404027EAEAF4E16541');
INSERT INTO "records" VALUES(35,1795521630000000,'entry.outcome','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"54011127767ef62fc7236404e71eadd6caa4a9cdf20af2a0475790ed9fd71526","entry_id":"01M86PVKSGNQDXMAJE822MM6RP","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":35,"unlocked_until":"2026-11-24T12:00:35+00:00","use_returned":false}',X'EA8B2D57ABB02F71DEE1909FED4D2C0DF6E68BCC03923B7718804A2BB1041A76');
INSERT INTO "records" VALUES(36,1795521690000000,'entry.completed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"54011127767ef62fc7236404e71eadd6caa4a9cdf20af2a0475790ed9fd71526","completed":"2026-11-24T12:01:30+00:00","entry_id":"01M86PVKSGNQDXMAJE822MM6RP","kind":"entry.completed","personal":{},"relocked":"2026-11-24T12:01:30+00:00","seq":36}',X'D698EE0926B5D587633D75312CA761BF855941D3E60E99FDD78298849D74522B');
INSERT INTO "records" VALUES(37,1795521690000000,'entry.refused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"54011127767ef62fc7236404e71eadd6caa4a9cdf20af2a0475790ed9fd71526","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"refused","door":"","door_name":"","entry_id":"01M86PXECGWHMR272S28PTW6GD","kind":"entry.refused","personal":{"grant_id":"d36825815d396f7462b568984a3ac07b0ad08b11f05ea695b1c4a29eb9c77429","unit_labels":"39586e319eefbecebb7a3d62f7bdefbfcf604f7d290854537eb3348aaa145188","units":"dd430bbe62ca30e726ab85c52a9d3bfb5d70f719e8370fe9b865915f977dad19"},"proof":"signed","reason":"unknown_grant","seq":37}',X'2550D298335B162EE8F8D72BCF56471272E114F2F5B51240E159D716E1EE502B');
INSERT INTO "records" VALUES(38,1795521690000000,'access.paused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"e4b98a2d2c599bf04f655be0a57659db08555fdbc7482fdfea0a27c1f05b4e35","building":true,"kind":"access.paused","pause":38,"personal":{"decided_by":"1977be177de7218a9c51887b31f84210c4c489fbb28e0e7d69dd314bce65262a"},"seq":38,"until":"2026-11-25T12:01:30+00:00"}',X'FB67F182598ACB23ED6ABB29CAA1EB608AABF4B19853A332AD6FBF1676A9B582');
INSERT INTO "records" VALUES(39,1795521690000000,'entry.refused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"e4b98a2d2c599bf04f655be0a57659db08555fdbc7482fdfea0a27c1f05b4e35","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"refused","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PXECGWVSXXD7FQ42QSDRN","kind":"entry.refused","personal":{"grant_id":"be7310901e7c905db894b6b997aff5e52c81723a5b527f73872a0456cd4af0ce","parcel_ref":"643f813428c36d256758979b48342ade5d4553aaeabeecae11745646094ac6fd","unit_labels":"82e7d4e539d4056eb1d09ec3c65ead12f9743979643e219cfec5bf66b74da5a1","units":"9e28a56f14b4ab317e0009761ac8597da1f1156afe5d72d96dfbb02dc2cacf3e"},"proof":"signed","reason":"paused","seq":39}',X'C3A0FD6B427284BBD5D0FCE0394F686846B2F5C42FEFDD671080887F07B1D9C1');
INSERT INTO "records" VALUES(40,1795521690000000,'access.resumed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"ab343f107af899f0dbfcb4356fd48f91518aad72762390640a87235cf611a350","kind":"access.resumed","pause":38,"personal":{"decided_by":"0be149af9a8d965ef8f5f61132d0d1d228b36604d1fdd327cdb85eb1a717faef"},"seq":40}',X'DA928B64C80B35E67F59FC6BED66F97F63DC4B31C152F8ED02CF34B3444F7DBE');
INSERT INTO "records" VALUES(41,1795521690000000,'access.paused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"b1a33343dfddae5b9338ffb06b588548096f8f256e519a3edbf6c0c8fc94b8ae","building":false,"kind":"access.paused","pause":41,"personal":{"decided_by":"cd47259176cb17ad96293b2b31196c95452b394b4cd0703ae8f9c6e7a8b2a3ef","unit":"94ddf2499cfbae61b111597220f83d8109a0ab7a14c1f683bc004bafa4ba57ba"},"seq":41,"until":"2026-11-25T12:01:30+00:00"}',X'4267437AB3AB820709787F661A27DB673752684620EB501FC0A66B4B0908E994');
INSERT INTO "records" VALUES(42,1795521690000000,'link.renewed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"b1a33343dfddae5b9338ffb06b588548096f8f256e519a3edbf6c0c8fc94b8ae","kind":"link.renewed","personal":{"decided_by":"c6b7b2145a3ae402c743e31ec72c37c42451b09cd9d7f8048b5a998738bc7343","resident":"380beb33600863e89e827396667907bba069c7cb1289df3dffa8a13d84eeeb09"},"seq":42}',X'BFE4D0393A250B83D5D5B84974AA77BA61D1B7254B49A3D1A5F4803B3FAB9672');
INSERT INTO "records" VALUES(43,1795521690000000,'rules.changed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"4b1d8495b266d2993400dbb801135060de3b56bbe2cb1396845bd8f0411bc938","decided_on":null,"earlier_revision":1,"kind":"rules.changed","on_paper":false,"personal":{"consent":"9ad34b9bc3f7c6bd2f06cd584e132adedf7fad03bb4703019aadca6e96a6bdf1","decided_by":"5d5d04888fa4645e74b2f0525cff18a681d8986a46a5a68af13b56506fa9252d","resident":"d2bc6e51e4a5e1218beb5ead2d8984e61ed0a7039ae71a19b460111c99a08b6f","rules":"868aae95e37bd56cfa1f280067edc105eb03eb1ea3b0747447bf8c406dcc32cc","unit":"c0d604d854433c97312185fe0984e86345c1d1f3b0436f9eae12dfec5f5a4775"},"policy":3,"revision":2,"seq":43}',X'2C95BA873F16F52247962CFDB4CD1086C4D205BCEA2A6DF997CCE13FF37B859F');
INSERT INTO "records" VALUES(44,1795521690000000,'grant.accepted','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"87955f9c286c2aecdd7a50893058a1a9bd9c1df224cb1030b083ea4ceb1debac","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:01:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"d2d1d086f5f56f85d49793da25c9d3401e588cf03b619922d92769a84e2ea78b","units":"684f98ffadc7e695599bd79f8c755910b1710d19d2ec173aabd83ea0fa046031"},"reason":"ok","revision":1,"seq":44,"starts_at":"2026-11-24T12:00:30+00:00"}',X'EA38A8B204BEF17E186F39A8462C790EDE26530FA15ECD38F1A6CA0BABC6AE72');
INSERT INTO "records" VALUES(45,1795521690000000,'grant.accepted','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"a6c70555336b7ce63565062547d008770433e6a5b8cc857dc1686a3757531eff","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:01:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":2,"personal":{"grant_id":"6c255be6ad49acba39dd8e343c0a82e4a8cedcd6678d941b145bbb81017cf530","units":"f849d546f303bb67317c60786c4a19f64319362cb28e70c08e8e348e3a4fc9ad"},"reason":"ok","revision":2,"seq":45,"starts_at":"2026-11-24T12:00:30+00:00"}',X'34935252D14D09C7DEB669C809E37DB5765DD5429C04D07A1093F44149C9D4BE');
INSERT INTO "records" VALUES(46,1795521870000000,'entry.observed','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"a6c70555336b7ce63565062547d008770433e6a5b8cc857dc1686a3757531eff","courier":"observed-key","courier_name":"Amazon Key","decision":"observed","door":"door-lobby","door_name":"Lobby","entry_id":"observed-1","kind":"entry.observed","personal":{},"proof":null,"reason":null,"seq":46}',X'3BE646558096022CF16A7EB50C8594D02DE2F1D356AB4C092EA8959A3D9B106B');
INSERT INTO "records" VALUES(47,1795521870000000,'entry.admitted','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"50a82cc929a3a240eb2a47ef9e883656eb418fa07bf43f826e9c6f016f9f45fd","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86Q2Y5G3HYR7AZ7G1CS75HS","kind":"entry.admitted","personal":{"grant_id":"c1cacfca3311cbd87014b3217b3adde584510e1fc122e262a7303b6f0da1821a","parcel_ref":"83ede743e9e9e0d1f3ddab31c2ba1fb19f5dd2f64d340dee2cfb24cacd59db3c","unit_labels":"824120b9cef0173a2645c7e27b53d8f9c3085bd492e3ea5c80df97054a4e7297","units":"e20771e4099627cddd3360349be52299a8fc48dc15c96b486b463cef2c675281"},"proof":"signed","reason":"ok","seq":47}',X'3C8E7DEE70221869824EDF22A86683C73850985C76B15B500F7CAC09EF90AF6E');
INSERT INTO "records" VALUES(48,1795521870000000,'entry.outcome','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"50a82cc929a3a240eb2a47ef9e883656eb418fa07bf43f826e9c6f016f9f45fd","entry_id":"01M86Q2Y5G3HYR7AZ7G1CS75HS","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":48,"unlocked_until":"2026-11-24T12:04:35+00:00","use_returned":false}',X'B9BCE13589FF53DED8674AFE0FF86DD281AA32F0195D89CCF25E25422BA3DA2B');
CREATE TABLE replies (
    courier_id VARCHAR NOT NULL,
    message_id VARCHAR NOT NULL,
    body_hash BLOB NOT NULL,
    reply TEXT NOT NULL,
    entry_id VARCHAR,
    keep_until BIGINT NOT NULL,
    PRIMARY KEY (courier_id, message_id)
) WITHOUT ROWID;
INSERT INTO "replies" VALUES('courier-parcel-post','msg_03a30e9d5ed6448ea9945996cd2665be',X'66C17A9DB2D4ABF24406F6987E1C646454AAE6EF789CA13437F4477CA1E2F9CF','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86PVKSGNQDXMAJE822MM6RP","grant_id":"open","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:00:35Z","entries_left":2}','01M86PVKSGNQDXMAJE822MM6RP',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_08c97d4a14b940afb7419aaaf4998a10',X'A3652077B2368997DA95A07EA54D2761B87E5EABEA4A1A2B4067EDD6F312568F','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"changed","revision":1,"units":["4A"]}',NULL,1796133690000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_1c11a32c7bcb45809ec09a6137610a75',X'14A575C2122622C564273CDCF6B81FE9A35E9D694C5CBFF5F1EE54AC468B3E74','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"revoked","revision":1,"units":["3B"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_3513d13d037542aa98af88ac2e3ee18c',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECGWHMR272S28PTW6GD","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECGWHMR272S28PTW6GD',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_7341976886c04d288a0516cb9b45b26f',X'74B7E31EE1334A78ECF9F05A0FBADE5F843D0F37F9366720F2F5AB1A5804AC55','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"asked","revision":1,"units":["3B","4A"]}',NULL,1796133600000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_749f3d41555d42a7ad08c8e8f5036c8a',X'44664A1477BF1E69E3578EED4B9FC2D3EB1891A3341B2D2C62C7E92BA87FBD49','{"type":"grant.revoked","decision":"revoked","reason":"ok","replayed":false,"grant_id":"revoked","known":true}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_8750d637f70845d98a028a0d7988aa90',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECGWHMR272S28PTW6GD","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECGWHMR272S28PTW6GD',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_b1eef56f5f50448fa246f7186e63a0d6',X'309DD9F341D01B473CC85CE97373E612550E86875E185FD89E8291C49301C2B7','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86Q2Y5G3HYR7AZ7G1CS75HS","grant_id":"open","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:04:35Z","entries_left":1}','01M86Q2Y5G3HYR7AZ7G1CS75HS',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_b452498df1364d35b40deb40ec751770',X'8CE29CFB93FFCA0D4165956BC20372976720E44393C86246D6100F24AD2499FD','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"vetoed","revision":1,"units":["3B","4A"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_c5637c9956e6497fa98f1d734a3172ed',X'9B5649D698BD90CEBC0B7BE6ADACE05D0B4A3B12D7C75F4081D84424EDEA1730','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86PTPG0S8QJK7P1K0H2AXPH","grant_id":"asked","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:00:05Z","entries_left":4}','01M86PTPG0S8QJK7P1K0H2AXPH',1796133600000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_c5790fb106944f30883edd119f096dfe',X'8FB389799B438FBC8DACAD9E57B1377FA3643197CABE141D5D0403A72BDDC447','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"changed","revision":2,"units":["4A"]}',NULL,1796133690000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_e6fc101c866f4260bd9365044e046d18',X'7D1027FFCB2677F98014FF1775E122935410D143755B935CB550BB9614B76522','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"open","revision":1,"units":["4A"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_f745ad2cfda449088f8365d412be9110',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECGWHMR272S28PTW6GD","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECGWHMR272S28PTW6GD',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_fc104d4c1d6840c09108562c2e34eb95',X'9995DF72124556C852AF3FA2D1D1E52C2926488B34126F9062810524CCB88FF5','{"type":"entry.requested","decision":"refused","reason":"paused","replayed":false,"entry_id":"01M86PXECGWVSXXD7FQ42QSDRN","grant_id":"open","door":"lobby","proof":"signed","entries_left":2}','01M86PXECGWVSXXD7FQ42QSDRN',1796133630000000);
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
INSERT INTO "residences" VALUES('resident-ada','3b','b5b80d5bf3ba6794a3ae8156e32dc57c','e8406774f4ce46ef8341b823884c9fdd','linked',1,1795521600000000,2,'{"name": "Ada", "unit": "3B", "person": "b5b80d5bf3ba6794a3ae8156e32dc57c", "user_id": "e8406774f4ce46ef8341b823884c9fdd", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'E7CC34CE4161D0C75FEBBDD8A62A566F');
INSERT INTO "residences" VALUES('resident-ben','3b','2bf438633a9bab81350b0ce11f93e307','16877439745148ebb8802fae92afcb48','linked',1,1795521600000000,2,'{"name": "Ben", "unit": "3B", "person": "2bf438633a9bab81350b0ce11f93e307", "user_id": "16877439745148ebb8802fae92afcb48", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'138431F2FD44CAD94EC068BC10C9C7F5');
INSERT INTO "residences" VALUES('resident-cleo','4a','580c82aefd6ec4088ff04c36c3c4e556','0bb9d8bbd6574b4286f76df6c7313797','linked',1,1795521600000000,2,'{"name": "Cleo", "unit": "4A", "person": "580c82aefd6ec4088ff04c36c3c4e556", "user_id": "0bb9d8bbd6574b4286f76df6c7313797", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'DC55E2FD10CC07DD42AC3CD21705DB1A');
INSERT INTO "residences" VALUES('resident-dora','5c',NULL,NULL,'none',1,1795521600000000,2,'{"name": "Dora", "unit": "5C", "person": null, "user_id": null, "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'701F9BE52A9E9F975BF75B451C7EF0C6');
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
INSERT INTO "rules" VALUES('resident-ada',1,'3b','b5b80d5bf3ba6794a3ae8156e32dc57c','e8406774f4ce46ef8341b823884c9fdd','given',1795521600000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'ask','{}','pass','{}','[]','[]','[]',NULL,NULL,0,X'8DCE14A7572249AF275B635423E903E8');
INSERT INTO "rules" VALUES('resident-dora',1,'5c',NULL,NULL,'given',1795521600000000,'{}',0,'allow','{}','pass','{}','[]','[]','[]',NULL,NULL,1,X'8F0F25A885C713BD33F1D59999A533B5');
INSERT INTO "rules" VALUES('resident-cleo',2,'4a','580c82aefd6ec4088ff04c36c3c4e556','0bb9d8bbd6574b4286f76df6c7313797','given',1795521600000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'allow','{}','pass','{}','[]','[]','[]',1140,NULL,0,X'0507F8F7A49859873C2E75B71422873A');
INSERT INTO "rules" VALUES('resident-ben',2,'3b','2bf438633a9bab81350b0ce11f93e307','16877439745148ebb8802fae92afcb48','withdrawn',1795521690000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'allow','{}','pass','{}','[]','[]','[]',NULL,NULL,0,X'66DE1A5FCC8D5E7B70540D59962652CD');
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
CREATE INDEX ix_fanouts_entry_id ON fanouts (entry_id);
CREATE INDEX ix_fanouts_expanded_at ON fanouts (expanded_at);
CREATE INDEX ix_fanouts_seq ON fanouts (seq);
CREATE UNIQUE INDEX notifications_by_fanout ON notifications (fanout_id, resident_id);
CREATE INDEX notifications_by_resident ON notifications (resident_id, sent_at);
CREATE INDEX notifications_by_state ON notifications (state);
CREATE INDEX notifications_held ON notifications (held, led_by, next_at)
    WHERE held = 1 AND led_by IS NULL;
CREATE INDEX notifications_led ON notifications (led_by)
    WHERE led_by IS NOT NULL;
CREATE INDEX notifications_of_couriers ON notifications (courier_id, resident_id, due_at, held, led_by)
    WHERE courier_id IS NOT NULL;
CREATE INDEX notifications_open ON notifications (next_at)
    WHERE next_at IS NOT NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('pauses',41);
COMMIT;
PRAGMA user_version = 4;
