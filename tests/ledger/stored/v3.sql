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
INSERT INTO "address_codes" VALUES('3b','resident-ada',X'1DE10FA8C1C48243DD5DB32728ED2F00E9ED752CFC554D6445E02B66BA8075D2',1795521630000000,X'904AE9B7ACB3685D6475124172067B98');
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
INSERT INTO "answers" VALUES(1,'3b','resident-ada','approved',1795521600000000,'01M86PTPG0YNTTZ62D4RXG8F45',X'BC4E4DA818706482883EED77144E9355');
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
    in_a_row INTEGER NOT NULL,
    recent TEXT NOT NULL,
    blocks INTEGER NOT NULL,
    blocked_until BIGINT,
    PRIMARY KEY (door_id)
);
INSERT INTO "code_tries" VALUES('door-lobby',1,'[1795521630.0]',0,NULL);
CREATE TABLE configured (
    kind VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    value TEXT NOT NULL,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
INSERT INTO "configured" VALUES('courier','courier-parcel-post','{"name":"Parcel Post","doors":["door-garage","door-lobby"],"keys":["e30b3e306206c14d7a5d91a964fb1224990e1c951ce576eaf5c0d37ccc131561"],"past_names":["parcelpost"],"past_keys":["e30b3e306206c14d7a5d91a964fb1224990e1c951ce576eaf5c0d37ccc131561"],"is_removed":false}',X'512B07EDD24A922F9C55469629E5D33A');
INSERT INTO "configured" VALUES('door','door-garage','{"name":"Garage","opener":{"entity":null,"device":null,"domain":null}}',X'990CFBD8408CF9656D1DE476F7B0E753');
INSERT INTO "configured" VALUES('door','door-lobby','{"name":"Lobby","opener":{"entity":null,"device":null,"domain":null}}',X'A77B4BC38A60E0D5B929A06A3D39C5E4');
INSERT INTO "configured" VALUES('kinds','','["door","source"]',X'5E9F738AB6F810B8319A0D159D3D0D43');
INSERT INTO "configured" VALUES('zone','','"US/Pacific"',X'4CFF2A3D62BC864AF9BA9C2448D32191');
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
INSERT INTO "entries" VALUES(19,'01M86PTPG0YNTTZ62D4RXG8F45',1795521600000000,'courier-parcel-post','Parcel Post','asked','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521605000000,NULL,0,0,1795521600000000,1795521630000000,'01M86PTPG0PVX48WJJKVTRR0RC',NULL);
INSERT INTO "entries" VALUES(32,'01M86PVKSGVVKB9P9P4AMA4AAD',1795521630000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521635000000,NULL,0,0,1795521630000000,1795521690000000,'01M86PVKSG4F5VD52DCP3P80BV',NULL);
INSERT INTO "entries" VALUES(35,'01M86PXECGDM7BY4VRR4ZY0A90',1795521690000000,'courier-parcel-post','Parcel Post','made-up','','','signed','refused','unknown_grant',NULL,NULL,NULL,NULL,0,2,1795521690000000,NULL,'01M86PXECGYYJWY89FXBT6EM8K',NULL);
INSERT INTO "entries" VALUES(37,'01M86PXECGRRPEE9ZET5SAY01B',1795521690000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','refused','paused',NULL,NULL,NULL,NULL,0,0,1795521690000000,NULL,'01M86PXECG31A0BWRSYZGCES39',NULL);
INSERT INTO "entries" VALUES(44,'observed-1',1795521870000000,'observed-key','Amazon Key',NULL,'door-lobby','Lobby',NULL,'observed',NULL,NULL,NULL,NULL,NULL,0,0,1795521870000000,NULL,NULL,NULL);
INSERT INTO "entries" VALUES(45,'01M86Q2Y5GH68VE9VS1WPJ7C83',1795521870000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521875000000,1795521875000000,0,0,1795521870000000,NULL,'01M86Q2Y5GYX4DQ2C4A51Y69CA',NULL);
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
INSERT INTO "evidence" VALUES(30,'resident-cleo',0,NULL);
INSERT INTO "evidence" VALUES(41,'resident-ben',0,1795521690000000);
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
INSERT INTO "fanouts" VALUES(13,'entry_admitted',19,'01M86PTPG0YNTTZ62D4RXG8F45',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(14,'rules_loosened',24,NULL,NULL,NULL,'resident-cleo','{}','{"at": "2026-11-24T12:00:30+00:00", "by": "login", "loosened": "orders"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(15,'delivery_announced',25,NULL,'courier-parcel-post','house-31df78095091',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T12:00:30+00:00", "ends_at": "2026-11-25T00:00:30+00:00", "max_entries": "1", "issued_by": "order"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(16,'delivery_announced',26,NULL,'courier-parcel-post','vetoed',NULL,'{"3b": "3B", "4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00", "max_entries": "1"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(18,'delivery_called_off',29,NULL,'courier-parcel-post','revoked',NULL,'{"3b": "3B"}','{"courier": "Parcel Post", "door": "Garage", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(19,'rules_loosened',30,NULL,NULL,NULL,'resident-cleo','{}','{"at": "2026-11-24T12:00:30+00:00", "by": "login", "loosened": "couriers digest"}',NULL,2,1795521630000000,1795521930000000,NULL);
INSERT INTO "fanouts" VALUES(20,'delivery_announced',31,NULL,'courier-parcel-post','open',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00", "max_entries": "3"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(21,'entry_admitted',32,'01M86PVKSGVVKB9P9P4AMA4AAD',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(22,'access_paused',36,NULL,NULL,NULL,NULL,'{}','{"until": "2026-11-25T12:01:30+00:00", "authors": "resident-dora"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(23,'entry_refused',37,'01M86PXECGRRPEE9ZET5SAY01B','courier-parcel-post','open',NULL,NULL,NULL,NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(24,'access_resumed',38,NULL,NULL,NULL,NULL,'{}','{}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(25,'unit_paused',39,NULL,NULL,NULL,NULL,'{"5c": "5C"}','{"until": "2026-11-25T12:01:30+00:00", "authors": "resident-dora"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(26,'link_renewed',40,NULL,NULL,NULL,'resident-dora','{}','{}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(27,'rules_loosened',41,NULL,NULL,NULL,'resident-ben','{}','{"at": "2026-11-24T12:01:30+00:00", "by": "login", "loosened": "couriers"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(28,'consent_withdrawn',41,NULL,NULL,NULL,NULL,'{"3b": "3B"}','{"name": "Ben", "resident_id": "resident-ben", "authors": "resident-ben"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(30,'delivery_announced',43,NULL,'courier-parcel-post','changed',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T12:00:30+00:00", "ends_at": "2026-11-24T14:01:30+00:00", "max_entries": "2"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(31,'entry_observed',44,'observed-1',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521870000000,NULL,1795521870000000);
INSERT INTO "fanouts" VALUES(32,'entry_admitted',45,'01M86Q2Y5GH68VE9VS1WPJ7C83',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521870000000,NULL,1795521870000000);
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
INSERT INTO "grant_units" VALUES('courier-parcel-post','asked','3b',0,'3B','withdrawn',X'084F58A6C78F728839EB72AAEEF64442');
INSERT INTO "grant_units" VALUES('courier-parcel-post','asked','4a',1,'4A','accepted',X'17CB7EA1333C71FE5FB79339202AC034');
INSERT INTO "grant_units" VALUES('courier-parcel-post','changed','4a',0,'4A','accepted',X'B323091363F02247E4471F55DCA28B89');
INSERT INTO "grant_units" VALUES('courier-parcel-post','house-31df78095091','4a',0,'4A','accepted',X'E59FBC3C4341E38A8DF40B0291A00727');
INSERT INTO "grant_units" VALUES('courier-parcel-post','open','4a',0,'4A','accepted',X'79FEF783430B6563F78A0FD80390BCBE');
INSERT INTO "grant_units" VALUES('courier-parcel-post','revoked','3b',0,'3B','withdrawn',X'18996A112F48D752DB5D735F32E28062');
INSERT INTO "grant_units" VALUES('courier-parcel-post','vetoed','3b',0,'3B','withdrawn',X'5174D152574649C00E1654F09709BD4B');
INSERT INTO "grant_units" VALUES('courier-parcel-post','vetoed','4a',1,'4A','vetoed',X'75318BF8371B5A0BE1FA6B6985FE80A0');
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
INSERT INTO "grants" VALUES('courier-parcel-post','asked',1,'open','door-lobby',1795521540000000,1795528800000000,5,1,0,'P-1',NULL,'86ab5fc4084cab3cebdee9ed85b3e92371bd51653c268daeaf37a76dc731901f',NULL,NULL,1796133600000000,X'D312F03C3DBF814CACEE973F472897BE');
INSERT INTO "grants" VALUES('courier-parcel-post','changed',2,'open','door-lobby',1795521630000000,1795528890000000,2,0,0,NULL,NULL,'6b0a9a9dad8593417cb4728d98d361d223d59241f52436d453712ba1e035534d',NULL,NULL,1796133690000000,X'CF54ED5C77B9B1FADF2CF36DEF35EDA1');
INSERT INTO "grants" VALUES('courier-parcel-post','house-31df78095091',1,'open','door-lobby',1795521630000000,1795564830000000,1,0,0,'P-3',NULL,'7973db1d524223864e2e0601a5a5dc3ae62d531157092c3eedd4aef168ed9b84','order','order-1',1796169630000000,X'56F2CA80F862081ABB84B3E118A9AA59');
INSERT INTO "grants" VALUES('courier-parcel-post','open',1,'open','door-lobby',1795521570000000,1795528830000000,3,2,0,'P-2',NULL,'d677c55c2d5c4dda48a3989370e8f44b725b1cdd98232c7d73601e51e54d28a8',NULL,NULL,1796133630000000,X'9BE75A0AC9EED266AC09D6D9CA53FBC6');
INSERT INTO "grants" VALUES('courier-parcel-post','revoked',1,'revoked','door-garage',1795521570000000,1795528830000000,1,0,0,NULL,NULL,'ab9d36563a693b784bee902832a86419a2cd2a24e9815750881b877a829301fb',NULL,NULL,1798718430000000,X'42C086E7849D35268EF6F7C7ABD25A75');
INSERT INTO "grants" VALUES('courier-parcel-post','vetoed',1,'open','door-lobby',1795521570000000,1795528830000000,1,0,0,NULL,NULL,'37bbe9d7c385acf31807c0a72e7bebed25fa92759767e55e6601dbc9c8e06dfd',NULL,NULL,1796133630000000,X'0913A239586CEFA83A85BC8B30150DEE');
CREATE TABLE links (
    resident_id VARCHAR NOT NULL,
    token VARCHAR NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (resident_id),
    UNIQUE (token)
);
INSERT INTO "links" VALUES('resident-dora','LICVk3yz461paC_zl8TTsuU_XCvsHC4Jg_YBS84a7lY',1795521690000000);
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
INSERT INTO "notifications" VALUES(1,1,'resident-ada',0,'sent','courier_access_2b45f002ed9e03e3dc05c8cb245baddb','aee038239e0dcc40ae27364bc28a71bb',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(2,1,'resident-ben',0,'sent','courier_access_36370571cb3a82be817104e01bae7fa4','f6f8d3bc8abeaf86b868a99a41ca191e',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(3,1,'resident-cleo',0,'sent','courier_access_2ce5ff9438d1eccd2b446757c925d772','70a4aadf33fa26f4da2faa71971c905d',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(4,1,'resident-dora',0,'pending','courier_access_4672c0d672477959222b38723026d7e9','e08ecf0ee787a19cf65bdd8a11810db4',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(5,2,'resident-ada',1,'sent','courier_access_a8c2fa61732c88beba9c5ea7135e726c','7ac80c42abe278c956011e310022dcae',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(6,3,'resident-ada',1,'sent','courier_access_753d7a181be4bff824174ca9868d4c7f','d5e1ffa8f3fb8ee041b8d3bf56fc1007',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(7,4,'resident-ben',1,'sent','courier_access_e100048dcb121bea11cbcf0775084869','93a215ed80402eafbb8fea2b9d76320f',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(8,5,'resident-cleo',1,'sent','courier_access_2d1167a19a1d49e040bd3490eeaeee5a','54273f30869832f28b32357237655e25',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(9,6,'resident-dora',1,'pending','courier_access_0352fb5d7dbfe93fc53f6c94bc09b00d','643dace2e67d75be5f19b24e87782369',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(10,7,'resident-ada',1,'sent','courier_access_9b2cc44b3de930a98cb0babb9e23c037','7610b415a79ed49c80facdc4b6632e1a',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(11,8,'resident-ada',1,'sent','courier_access_2cb32761ba13252139885eaf7738a265','a75a66ba31c438ef4e3234a4686a8308',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(12,9,'resident-ben',1,'sent','courier_access_afe5ab419a4721823113a88f4157c8cd','2bce290d40f765d2619e9cd3eb71b053',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(13,10,'resident-cleo',1,'sent','courier_access_ae6b336b82f73d8ebefabe07aaf42c9c','6888fe1595850cbadd1fa17fcbc126c2',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(14,11,'resident-dora',1,'pending','courier_access_b0d82c39498ec9b741c51e6abb44893b','9283939be3bf95eb4b24f42d6511928c',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(15,12,'resident-ada',1,'sent','courier_access_c4b4598ea9ad11d1243b76287ba72fab','08ab3a13306356a20560094e9f3a308a','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(16,12,'resident-ben',1,'sent','courier_access_ca0af8c26bca79a74737c92f228e094f','dc64e3ffe3fdfa47a3ba8d2059b943d6','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(17,12,'resident-cleo',1,'sent','courier_access_6d9b342271acb239e14ff8f73503e02c','d5993f0776024738a1017a259ea916c4','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(18,13,'resident-ada',1,'sent','courier_access_064cc04998f4d417a2972ed6ee027ce4','b39edbe0186dbe1e2a7ebf1869463b7b',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(19,13,'resident-ben',1,'sent','courier_access_bf05653cca4b5bb2dc9e14f083bda7b3','ceef29aa5dfba930af22970f97b7890e',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(20,13,'resident-cleo',0,'sent','courier_access_963a5ede5d66b8e1d40ad3da84c08b18','0fdb181b7238a2b1c5dca18d1e0455c6',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(21,13,'resident-dora',0,'pending','courier_access_6303728493b7ba12bfcf097c9751ffae','802913d4f831467ca05664c8b2232d27',NULL,0,NULL,NULL,'[]',3,1795521600000000,1795521930000000,NULL,NULL);
INSERT INTO "notifications" VALUES(22,14,'resident-cleo',1,'sent','courier_access_62226b8c327f232fc63a9aa74754a524','b3605b5c33d11111b1c7c1632bbcc5b5',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521630000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(23,15,'resident-cleo',1,'sent','courier_access_750e35cd34a9668c04be1f43e6d1c383','da25dab7d73c890567e1443bb4046fc0','courier-parcel-post',1,23,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(24,16,'resident-ada',1,'sent','courier_access_8209270c581e5e25677449b8402569db','bb95965aed840cd41f8f2daf3963b32b','courier-parcel-post',1,24,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(25,16,'resident-ben',1,'sent','courier_access_16280e981511414c9978f1abf8ed16d5','0819c63db4f225f0918094005d3ef70e','courier-parcel-post',1,25,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(27,20,'resident-cleo',1,'sent','courier_access_f1b4a110e834c571bdd8781b838a6967','daaae889c71181a99662b36dbd6909f9','courier-parcel-post',1,23,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(28,21,'resident-ada',0,'sent','courier_access_f51821c35e76f5a0e5964cb41412558f','0d42d265871c447642e20ad95add8293',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(29,21,'resident-ben',0,'sent','courier_access_8650e55179c43db8cdf7110a09ca4af8','1268205dfdc8fce9b6b05650d338feb9',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(30,21,'resident-cleo',1,'sent','courier_access_b7e5f6a645bf9352fe9bd34d65075e94','b0e6e054cdf220dfbd0e6bd8465a81ba',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(31,21,'resident-dora',0,'pending','courier_access_e1680096a914d27a61870f2e9d94f190','06625051424870ef72ea5de2d84f6c6f',NULL,0,NULL,NULL,'[]',2,1795521630000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(32,22,'resident-ada',0,'sent','courier_access_80c995e303c9df1991d65a298b8edf2b','17904192f22c08520d6bf9620fd53948',NULL,1,38,NULL,'["notify.mobile_app_ada"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(33,22,'resident-ben',0,'sent','courier_access_5421dd524e9fc5efd4f09717fec8d82c','af1e4b58a49171ae2d4ddf76bd8207c1',NULL,1,39,NULL,'["notify.mobile_app_ben"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(34,22,'resident-cleo',0,'sent','courier_access_5bbce3bb34f151250c9d6b763067ada2','6816b59e0aef40f876b45c5901aa7420',NULL,1,40,NULL,'["notify.mobile_app_cleo"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(35,22,'resident-dora',0,'pending','courier_access_d445b72d649a56a7c7349c604eff1d78','1910db216b5d2ac6536361d53282bf36',NULL,1,41,NULL,'[]',3,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(36,23,'resident-cleo',1,'sent','courier_access_f71b055085808f74fd2d91ea164942f5','f25a70494174d578af62cbf107059071',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(37,23,'owner',0,'sent','courier_access_57f4c793354912733c1bc53774d16ab5','159716f7fbafdd0be1813548187a24b1',NULL,0,NULL,NULL,'["persistent_notification"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(38,24,'resident-ada',0,'sent','courier_access_dbf2aea8dac3c702519189850085bfdf','ed424702d3a5af16a541ac758207b45e',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(39,24,'resident-ben',0,'sent','courier_access_fc16b88adc3506173150d043d1249e76','9af52cd7a7eb766445a0f200a2e6343d',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(40,24,'resident-cleo',0,'sent','courier_access_16aa98fdb852a180fe02ebb1b7d76c0f','7423c5ca52058d1abdb8ae3514ecaf8e',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(41,24,'resident-dora',0,'pending','courier_access_04974eccfc237311ff091953b2c44437','ab342898cd67e0e6552131a258466da6',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(42,25,'resident-dora',1,'pending','courier_access_0a52adb979a9d4537ce3c3e097545de5','71ccaac361d9ab13fb2bd40810920f14',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(43,26,'resident-dora',1,'pending','courier_access_7f676c874e043a2f34d03410810ada09','56415fbaf8b5c756a3f4c9b7250c81c3',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(44,27,'resident-ben',1,'sent','courier_access_cf93e3aa30fcfcf7f553db16fef74367','2f6d4b9e94e14ee4f7a1afb24941ec2f',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(45,28,'resident-ada',1,'sent','courier_access_54c98756e9296ec21961a5da3f717f07','b231021c1f25a9f548f871a23819940e',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(46,28,'resident-ben',1,'sent','courier_access_e6567c3b9c4368cbd490f3a4afe60266','96e2af57e802298712b6ccb477808b50',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(47,28,'owner',0,'sent','courier_access_4c6c25a64fcf79ad1e1ab80cb1fbcee8','bd2d3c3ae362bf3eacf04af792efdae5',NULL,0,NULL,NULL,'["persistent_notification"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(48,30,'resident-cleo',1,'sent','courier_access_4793d0f80338d5294ebe3d98f4e4aa2b','0e76e737e7e685c3ecdce2d9f70146d5','courier-parcel-post',1,48,NULL,'["notify.mobile_app_cleo"]',1,1795521750000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(49,31,'resident-ada',0,'sent','courier_access_6fa6eaac78b669e400229f12bff43f5a','bf2143618d737b0d069a94a278edb3b4',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(50,31,'resident-ben',0,'sent','courier_access_c2e0c4786fcad22779e3a6c0f1541357','81e99255c9c80dc1057dac1f5a472f42',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(51,31,'resident-cleo',0,'pending','courier_access_d51d0b4363af5dff6687b1ea5650a8df','1b3cbe4e8ed5f0e253351a3abd018036',NULL,1,NULL,NULL,'[]',0,1795575600000000,1795575600000000,NULL,NULL);
INSERT INTO "notifications" VALUES(52,31,'resident-dora',0,'pending','courier_access_d09de0892f1fe92aec32db544afe625f','9fe92a994f4f85783f081f7b046d1691',NULL,0,NULL,NULL,'[]',1,1795521870000000,1795521880000000,NULL,NULL);
INSERT INTO "notifications" VALUES(53,32,'resident-ada',0,'sent','courier_access_e3e3034c5c048860cf0824e10350e928','3a6b7dab131f121a88c828cd7bde619b',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(54,32,'resident-ben',0,'sent','courier_access_6193aefc0af96614b077860de3149452','a91bca8d3dd8a2016725dd282fd65854',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(55,32,'resident-cleo',1,'sent','courier_access_03415eb6e1aa4df61940891cdd24731e','79a73b4582266f33f3be1206d8f585f3',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(56,32,'resident-dora',0,'pending','courier_access_fa3765a849ae3e5209fb1f60aa7888c8','6b76cd10c9bdf4fd1c0ae1c19bedad70',NULL,0,NULL,NULL,'[]',1,1795521870000000,1795521880000000,NULL,NULL);
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
INSERT INTO "orders" VALUES('order-1',24,'resident-cleo','device','an account','courier-parcel-post','door-lobby',3,0,1,'2026-11-24',1,X'A15718DC0BEFC3EABD254391DA5002ED');
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
INSERT INTO "passes" VALUES('01M86PVKSGGP8QTFC8RT1DJ54E','courier-parcel-post','asked','resident-ada',X'A96D96A06471086D446E4C8686DE9ADBDAF37528C6412C9067398F5AEB276A33',X'A1E9C2D27EA66FDD187CB803ED5795353A53AAD34AF4FA128E816D406B7A1B40',X'CE888081D46BE782B3E9595673C062D09556DB03D039D89EE52A2D1C127AB703',1795521630000000,1796133600000000,0,0,X'80D20B57994A998DDB549A413B511E9D');
CREATE TABLE pauses (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    unit VARCHAR,
    by_unit VARCHAR,
    at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    ended_at BIGINT,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL
);
INSERT INTO "pauses" VALUES(1,NULL,'5c',1795521690000000,1795608090000000,1795521690000000,X'12510D4C49EB2A1704B788436D4B04E7');
INSERT INTO "pauses" VALUES(2,'5c','5c',1795521690000000,1795608090000000,NULL,X'69AB510853444F278023405D62172C5E');
CREATE TABLE personal (
    seq INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    value TEXT NOT NULL,
    salt BLOB NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (seq, field),
    FOREIGN KEY (seq) REFERENCES records (seq)
) WITHOUT ROWID;
INSERT INTO "personal" VALUES(2,'resident','resident-dora',X'61EF54D91FB5BF9DE7C6A154C2718A5EFA7074648311341B039291E8D5DD29F4',1795521600000000);
INSERT INTO "personal" VALUES(3,'units','{"resident-ada":"3b","resident-ben":"","resident-cleo":"4a","resident-dora":"5c"}',X'8CCC062543DE326854FEB3DCFD7C5007A1D78A070D26A4B2C42399C629BB14E3',1795521600000000);
INSERT INTO "personal" VALUES(6,'resident','resident-ada',X'311ED8FE0F33E47E052FD958AFCFC078CC9A761FB6A74E6362E796B6F7FA4160',1795521600000000);
INSERT INTO "personal" VALUES(6,'unit','3b',X'A693AFC3A82178BC7875806C1EAB1AB93062CCDB2EFB446EDE3FDA67C809BDEF',1795521600000000);
INSERT INTO "personal" VALUES(7,'resident','resident-ben',X'F24B44A0E345DCB80E4C2381BF6DCEA1C40A62E4EB991DF16FD54F3CE4BC9978',1795521600000000);
INSERT INTO "personal" VALUES(7,'unit','3b',X'969AC342AFE5CABCBB8FC1231E403C285AF33EE03D39A31B440F7BCD905190B6',1795521600000000);
INSERT INTO "personal" VALUES(8,'resident','resident-cleo',X'0D2E0669593AF76759128204C8B36E6D7F5C83E1C032F63ECD7599F495C43D02',1795521600000000);
INSERT INTO "personal" VALUES(8,'unit','4a',X'95BD8560983206453F27ED95C0D5B523C05DD6E039EDE00E298957E02E013262',1795521600000000);
INSERT INTO "personal" VALUES(9,'resident','resident-dora',X'0BEBE03CAB57F582E8587C62BBC0DBD8A1EBA1E42ECD7FBE378DBE6316EE567C',1795521600000000);
INSERT INTO "personal" VALUES(9,'unit','5c',X'CE686C5BC050E02D10A9A74BAACE09DD57B6544978B6694D963E6DAFCFD16190',1795521600000000);
INSERT INTO "personal" VALUES(10,'consent','given',X'BC810D4547308A1B4DF6DBE5B8A8F007541A338162CE25CC9C283A9D692413E5',1795521600000000);
INSERT INTO "personal" VALUES(10,'decided_by','86cfc88b0c1e4ca29b9f98c964e09c6d',X'D3A4C98168665E58A4733D98D12FAF8011CA86219ED8C3B04E28740B7080BAA1',1795521600000000);
INSERT INTO "personal" VALUES(10,'resident','resident-ada',X'B103602E9B6E13B8B9C51B41CF966546D7689BC15BDAB4165D147CDB7EE88A3E',1795521600000000);
INSERT INTO "personal" VALUES(10,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'78FCDBBE94E09BA6EBBC6EF573028539C19EF8DC8BCAA3978F37021B9DD442BD',1795521600000000);
INSERT INTO "personal" VALUES(10,'unit','3b',X'BAD4792B63265E78185A731D78A96237F3FDF59D7BC956E37DE95BA237F8244A',1795521600000000);
INSERT INTO "personal" VALUES(11,'decided_by','86cfc88b0c1e4ca29b9f98c964e09c6d',X'DC50351A1BD6D66A8B8E2110D904080ECC1AAF509CC27B6A5D4BE17E04CCD19B',1795521600000000);
INSERT INTO "personal" VALUES(11,'resident','resident-ben',X'4DED72A2492E05C95B3AFB4AA5EB05BBBF9245B43B0EEFA3695F595C8D782691',1795521600000000);
INSERT INTO "personal" VALUES(11,'unit','3b',X'71A81127F863203CB6D931D2AF62B3D06FC10E0535918978348637315DA208B5',1795521600000000);
INSERT INTO "personal" VALUES(12,'units','{"resident-ada":"3b","resident-ben":"3b","resident-cleo":"4a","resident-dora":"5c"}',X'7A513EB4FA569D5D01F08C98C74CAA6C66660AD1F1F850CC8756AD7E7CB9F5ED',1795521600000000);
INSERT INTO "personal" VALUES(13,'consent','given',X'CF5A75D1B8C8E089B800CFEB16CFB53D05D330EF79762EB09EE818C638622C53',1795521600000000);
INSERT INTO "personal" VALUES(13,'decided_by','34162fc0e0f54c169a9451815f5d8a13',X'E90A5C2EB2467071C66A66939BCD49137E8F2D817D98AF6BAC6335BCACDF6AB3',1795521600000000);
INSERT INTO "personal" VALUES(13,'resident','resident-ben',X'73D95E51262CB34B9A8A715D49A2E135FE19C818B35AAB572355A3A75D9899DB',1795521600000000);
INSERT INTO "personal" VALUES(13,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'BACE72FE88892425EBE2CFC0AC621B78887BA669A5D3FAD28CEC6668FD12700E',1795521600000000);
INSERT INTO "personal" VALUES(13,'unit','3b',X'B729B02C02AFA98E859624B6EB02984E8F17D7A73A1FDFD42646C04081717E98',1795521600000000);
INSERT INTO "personal" VALUES(14,'consent','given',X'9CFE6C78531CFE5454F93579396C3233FDDCBC5152CCB67CB7BFA8BDEB0E1C09',1795521600000000);
INSERT INTO "personal" VALUES(14,'decided_by','33e62010614b4442b10e3a8d75fdb90a',X'551B050C80DF41E48944CF400D7BBBB1CFEC16EC924196ED53EAB5E4CB835497',1795521600000000);
INSERT INTO "personal" VALUES(14,'resident','resident-cleo',X'ED087BCDF1B77A13B9298136A22D51311A71BA371B713FD496D79980743DC7FF',1795521600000000);
INSERT INTO "personal" VALUES(14,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'1BE9863AF065E82F5ED7470148B4C42EC185BC885DA2D0E497D8FA59C152DF20',1795521600000000);
INSERT INTO "personal" VALUES(14,'unit','4a',X'CA2C3E408948CCDE8A5985BEE45646B8350E40F3969AD45A42C31128E30FB8D8',1795521600000000);
INSERT INTO "personal" VALUES(15,'consent','given',X'FA2F92276826925FAF8BAA079FC86369F7102EA3B6462D9D895E66146F800D22',1795521600000000);
INSERT INTO "personal" VALUES(15,'decided_by','link',X'A69D86E10956BB7D1015BD3A1FC226B884D9945A8905ADB1C6828015625EECBF',1795521600000000);
INSERT INTO "personal" VALUES(15,'resident','resident-dora',X'41D67E40994A74472FB630FFBA67C15B2A375689EFB709189D56D22ED5FAAB9D',1795521600000000);
INSERT INTO "personal" VALUES(15,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{},"share_hours":false}',X'19804EBEF363427355805E9D7377ACA2A78DF9A6900DE76EFD7D95EE9C9C26ED',1795521600000000);
INSERT INTO "personal" VALUES(15,'unit','5c',X'D8208C1351551BD5F753ECC62F808D90A131EEC6AAE8B5CB0E93C590F1A2C92A',1795521600000000);
INSERT INTO "personal" VALUES(16,'grant_id','asked',X'1CC59BEFB07B97A9453732B41217141E69B1D5166D003F5767014E878098AE8D',1795521600000000);
INSERT INTO "personal" VALUES(16,'parcel_ref','P-1',X'3549FDC53FA978051C65B16D66B1D527AA094907BBEAD397D3BCB4B48142D69E',1795521600000000);
INSERT INTO "personal" VALUES(16,'units','{"3b":"accepted","4a":"accepted"}',X'5A5BA38BD2AA1808A6FA3DBE5E1D2DD612204ECD3E8D16ABC7D8D960A835727E',1795521600000000);
INSERT INTO "personal" VALUES(17,'grant_id','asked',X'09859961C02393DB941936A7389C45FD07C2A075B3623131371F3BD93A01AF0B',1795521600000000);
INSERT INTO "personal" VALUES(17,'units','["3b","4a"]',X'8E7EDCCB46B15745CCDAA1D02214D47EB5A9A6329FED5FF70CBDB358039EC16A',1795521600000000);
INSERT INTO "personal" VALUES(18,'decided_by','86cfc88b0c1e4ca29b9f98c964e09c6d',X'29CBEDF7BC02BD337358F1E38BB5A5ED05DCE063DD40FFC670BF56BFCAA89FF6',1795521600000000);
INSERT INTO "personal" VALUES(18,'grant_id','asked',X'56601460C8B019E8587BF58781CB011A23E49012F5C61EC1D649F6058502531E',1795521600000000);
INSERT INTO "personal" VALUES(18,'unit','3b',X'9D190064477D4FD878306AD8F4BDD3B24C31F8F3776ED69D2A7B03E7270D0233',1795521600000000);
INSERT INTO "personal" VALUES(19,'driver_ref','D-1',X'7D805FCFEEC2F345E9DD08EED13CE4FA6B62B1F36CE2C55D09A43473E7E6EAD2',1795521600000000);
INSERT INTO "personal" VALUES(19,'grant_id','asked',X'57FA55C48460055F33F23EAB41AD6A2A27CE1FC3E5BBC9C6319D4094505BA06F',1795521600000000);
INSERT INTO "personal" VALUES(19,'parcel_ref','P-1',X'3378AF2294B40A64A73692A7975B96CFE247DF018125E020178127A70C08925A',1795521600000000);
INSERT INTO "personal" VALUES(19,'unit_labels','{"3b":"3B"}',X'6BA6B65155F529805C59B94177AA4AB81B9DFED962957FABE1E811F99E3D894F',1795521600000000);
INSERT INTO "personal" VALUES(19,'units','["3b"]',X'9C0E819497131DAB78A810ECCB6359BE68E2043BAFF669FF6209B525F688EC27',1795521600000000);
INSERT INTO "personal" VALUES(22,'decided_by','86cfc88b0c1e4ca29b9f98c964e09c6d',X'B2651322CF5AEE669AB39D951D1F8E805590C8720B54E16F69220FD70D26DC89',1795521630000000);
INSERT INTO "personal" VALUES(22,'grant_id','asked',X'EB1733C76D8F1917B8F3D45AA81FFE32E7FB057E4F64B780F6C43033B35C9BA8',1795521630000000);
INSERT INTO "personal" VALUES(22,'unit','3b',X'0BEF37DE5A7F41CB4B4345E55C4FEFB206334E3CCC8F8E8CD6992E02061C335A',1795521630000000);
INSERT INTO "personal" VALUES(23,'decided_by','86cfc88b0c1e4ca29b9f98c964e09c6d',X'DA05507E9878D7D6225AD015A15292A7AB9395B77DA89EFE60B63E701C1009CF',1795521630000000);
INSERT INTO "personal" VALUES(23,'unit','3b',X'E4F226A35E06A38D36EEA2046E6CAE2F93CB4275005DB940AA73DDD662C35705',1795521630000000);
INSERT INTO "personal" VALUES(24,'decided_by','33e62010614b4442b10e3a8d75fdb90a',X'2AB867CED1F7C63520FFB8C6DD626042800C6347CCFFC6E14A04534DC21CE762',1795521630000000);
INSERT INTO "personal" VALUES(24,'order','order-1',X'670614631600CDA183853A89DD3B809C035449E5E878D2E4DE77630F81EAE21E',1795521630000000);
INSERT INTO "personal" VALUES(24,'resident','resident-cleo',X'DA3900567165550B908A6B71044444072E4D7045F322F3E1E921DEE88A2F633D',1795521630000000);
INSERT INTO "personal" VALUES(24,'terms','{"courier_id":"courier-parcel-post","door_id":"door-lobby","is_paused":false,"most_per_day":3,"source":"an account","source_kind":"device"}',X'6F763C15E6A77FFE881F8656F2844F8C353F5FE309714FC3DE44AF0B9BAD6454',1795521630000000);
INSERT INTO "personal" VALUES(24,'unit','4a',X'B98EC09BBE53087BDCDB7E7D6B8C4946CDA7F2C5E949073DEFFD3EFB2FF72992',1795521630000000);
INSERT INTO "personal" VALUES(25,'grant_id','house-31df78095091',X'F6BFCDB102A1D688AA43EAC87662AA376AD4C6FFED503AB7225164B0BFF278C6',1795521630000000);
INSERT INTO "personal" VALUES(25,'order','order-1',X'19EBD1A8A1E6DECD68E4106ED02DD2134ED092FDE872B577FB42B94276E2E825',1795521630000000);
INSERT INTO "personal" VALUES(25,'parcel_ref','P-3',X'7470A7FF5D8133EFBFBD5BB8999459C3244AA63E080A93610949DED4090DBFBA',1795521630000000);
INSERT INTO "personal" VALUES(25,'units','{"4a":"accepted"}',X'2E3751BAD671495DCF989CFD51625E7C6B2D28DE816D314245D398797B309516',1795521630000000);
INSERT INTO "personal" VALUES(26,'grant_id','vetoed',X'6DBD699F051AE11F9EA85D911C40FD5514503573F0F83FBE4A8242DCEF696AC4',1795521630000000);
INSERT INTO "personal" VALUES(26,'units','{"3b":"accepted","4a":"accepted"}',X'7CC7F9D4063F2E0D2E5FB2FCBF5FC7D9143DF972CD250D370A201BB25A4DFFDC',1795521630000000);
INSERT INTO "personal" VALUES(27,'decided_by','link',X'B036C37762C9A16C8DDD0DDAE5B060BF8BA22CACA784DABE7029635070B651CE',1795521630000000);
INSERT INTO "personal" VALUES(27,'grant_id','vetoed',X'535C8CEC563A397639039E1AD5B98417D8DBFEAF371B97A66C255EBFA46A9839',1795521630000000);
INSERT INTO "personal" VALUES(27,'unit','4a',X'0A7126F60F592D7F22CF6BEEAF8789B52DE5DE3C46A30028AC6E789BC3B2BC71',1795521630000000);
INSERT INTO "personal" VALUES(28,'grant_id','revoked',X'D4866746EA7C8236000C0264EEBE41FDDBD2A852CA0A134A419EC62892E99AAC',1795521630000000);
INSERT INTO "personal" VALUES(28,'units','{"3b":"accepted"}',X'DD119FDEC63291337A75B7FB4B3A27A77D357638342F2FB4726243943526DB5C',1795521630000000);
INSERT INTO "personal" VALUES(29,'grant_id','revoked',X'B52BE3BA12BAF3FECD008D81072B278FFC4E634DE5E085B503C47484BBE947ED',1795521630000000);
INSERT INTO "personal" VALUES(30,'consent','given',X'153BF9590D7FD812F918BC007AD0731EB193931134E1FC9F9B3706D6A7FA250C',1795521630000000);
INSERT INTO "personal" VALUES(30,'decided_by','33e62010614b4442b10e3a8d75fdb90a',X'C9692752A71913B394380452F9111D2FE38D6363D64E78FD72D12FA182748731',1795521630000000);
INSERT INTO "personal" VALUES(30,'resident','resident-cleo',X'1D0889E9BF85C6C06EF14550D02E58119613105B83AFA9DDF6DF5BECCEFFA1AF',1795521630000000);
INSERT INTO "personal" VALUES(30,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":1140,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'6BD8EE32D3CFFCA3D094954B58E86417C75C10E8A4BDF50090EEE8B3D88397F9',1795521630000000);
INSERT INTO "personal" VALUES(30,'unit','4a',X'53DE0B5A974411C161D86BD12B7B3BC59AAB931D21B3C1A762FFC8B7E079853D',1795521630000000);
INSERT INTO "personal" VALUES(31,'grant_id','open',X'7A055F86B1B7EF1C6B9D8AE9BA97866577C3E90408BC148B1228C567E7F82DC3',1795521630000000);
INSERT INTO "personal" VALUES(31,'parcel_ref','P-2',X'F38519E1D466A81D09AC04E3FAE88D44E2EA26CB0E615C55F30C1E9E4EEA1583',1795521630000000);
INSERT INTO "personal" VALUES(31,'units','{"4a":"accepted"}',X'6B7D3FC35E39D0708BD4DBC2632DA4F83167919CD1FEBCDBFC9D9B47CA0C6852',1795521630000000);
INSERT INTO "personal" VALUES(32,'driver_ref','D-2',X'63583359C97D7840F08550B41F1D5B3F845E43C88D53B1DAB8552BBB555A70A2',1795521630000000);
INSERT INTO "personal" VALUES(32,'grant_id','open',X'416245E906FD756431C2E6062966E5B04B3F2B6E5407AA3315CE5A1DC19F8E98',1795521630000000);
INSERT INTO "personal" VALUES(32,'parcel_ref','P-2',X'1ECF19C3B6760EC8395D735045ED63877A7296EE5F4A3E5DCD8F4D1F98BB7023',1795521630000000);
INSERT INTO "personal" VALUES(32,'unit_labels','{"4a":"4A"}',X'47F3F61F3E7DB5F41DFD098ED0C3C9B23161E3FAAF8C243EDAB50AE279D79739',1795521630000000);
INSERT INTO "personal" VALUES(32,'units','["4a"]',X'DD2F8B4DCF5D79CD62C4F061B384F2D405259E0A94D62296E5EF1C1F4BC25F2A',1795521630000000);
INSERT INTO "personal" VALUES(35,'grant_id','made-up',X'3654FC17D4AF5182525C640E4DDE4AF5A14481BB911F93985102B584E8FCAEAF',1795521690000000);
INSERT INTO "personal" VALUES(35,'unit_labels','{}',X'291BB0BD57594ED54DD7410620F1DD2A463259E2A91AB9218E97266418AC1672',1795521690000000);
INSERT INTO "personal" VALUES(35,'units','[]',X'070AA25A05799A957A33BB57C38641BE598F429D375DCD683D81CFE882D1875C',1795521690000000);
INSERT INTO "personal" VALUES(36,'decided_by','link',X'B24165B79A765092D7CD866D5F495586B7BC9AA8D81B6A9F2F31427511D8BA76',1795521690000000);
INSERT INTO "personal" VALUES(37,'grant_id','open',X'78FC4EAA0F17CF523CAE6334F0C0540688183D35408BE267E7D790716DBEC16B',1795521690000000);
INSERT INTO "personal" VALUES(37,'parcel_ref','P-2',X'343CEA55454F5EFBD5C3E6D3D0507060A231E6E0801AEF25862F2DBFB058228E',1795521690000000);
INSERT INTO "personal" VALUES(37,'unit_labels','{"4a":"4A"}',X'9D6B6C6A09C98E96FC6EF53D807B880FE10643135AAF54B32131E624685EAC02',1795521690000000);
INSERT INTO "personal" VALUES(37,'units','["4a"]',X'BC657BDE786F70DBF9876F9A182AC7EE801622AA7D76E51ADD00FC2F6ADB51CD',1795521690000000);
INSERT INTO "personal" VALUES(38,'decided_by','link',X'8AAD984F4EC06CF8E42BFA48897E8E136E59410D7C22153E0D68C57AE6CC8C2A',1795521690000000);
INSERT INTO "personal" VALUES(39,'decided_by','link',X'B408E1FBB96524A27B490749B47316C500A77A23FC887CE0A9919F486511E6A2',1795521690000000);
INSERT INTO "personal" VALUES(39,'unit','5c',X'6B265FE9CA18A8A404EF7FCB71BA3BA528F10F934AF1FACC65EBAA95392397D4',1795521690000000);
INSERT INTO "personal" VALUES(40,'decided_by','link',X'DB2967EA26EE95B33FE997C3F90606F330BB55F681A79ACDE023CFB945208DDD',1795521690000000);
INSERT INTO "personal" VALUES(40,'resident','resident-dora',X'49CA98846AD3D23702241925975121335BB8549598886FA92C2ED2C317290643',1795521690000000);
INSERT INTO "personal" VALUES(41,'consent','withdrawn',X'E9EDA4745E3F54545E9E7DCF246C7513DC18AF321E379056743BAE180B626E0C',1795521690000000);
INSERT INTO "personal" VALUES(41,'decided_by','34162fc0e0f54c169a9451815f5d8a13',X'5A9AC0B5DFC5960F0F56739ED4E0A728E3FAF96129B60CFC2D847FF052208321',1795521690000000);
INSERT INTO "personal" VALUES(41,'resident','resident-ben',X'20AD8D7052AFB65D8596B05B141C6179EF4DECFCFE8DA0560B3282559863F358',1795521690000000);
INSERT INTO "personal" VALUES(41,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'6AED53261FB1CEC8FAEFABCA04F3F9EA65DAC66EEDE0B6ACD9626B7ECE9BDC37',1795521690000000);
INSERT INTO "personal" VALUES(41,'unit','3b',X'2BB362597CC4C4048DF6AB4C5D1B4B5565A2C0F07ABED429AA15A60CB6EB267D',1795521690000000);
INSERT INTO "personal" VALUES(42,'grant_id','changed',X'B83DEBD9FDFF606F187419FCFC3D20097DBF40260AC78F611F8B7945B19027A3',1795521690000000);
INSERT INTO "personal" VALUES(42,'units','{"4a":"accepted"}',X'B7B5FDF222D3ACC01BF2256FE66040289E4DCC3D54CAD925EA15F8360686B005',1795521690000000);
INSERT INTO "personal" VALUES(43,'grant_id','changed',X'D085A241425833EDC327333B6F891ACEB37CC2FA4EB69281E0027F8613D60F73',1795521690000000);
INSERT INTO "personal" VALUES(43,'units','{"4a":"accepted"}',X'0D747F209A09A97E70B9E3E3C896BA7186CA7B1FE33A0992AFC86BF991DCC52E',1795521690000000);
INSERT INTO "personal" VALUES(45,'grant_id','open',X'DF26D41D7B907881F176C0ACEDAFBCA21000D3AC3CDF784AB552ADC0FF714FD7',1795521870000000);
INSERT INTO "personal" VALUES(45,'parcel_ref','P-2',X'4A625000D41182CE4DEC3CBB8E70B884FB81C80D62B48C5CF0EE46F70E46A1DA',1795521870000000);
INSERT INTO "personal" VALUES(45,'unit_labels','{"4a":"4A"}',X'29385ED4C5FE069D0C2B63A1542F140A8C337328B4EA26946FF7694F5759E5E5',1795521870000000);
INSERT INTO "personal" VALUES(45,'units','["4a"]',X'5A2C95E759DD46109E62B0802F99EFE587D4DFB786D25FE1077F94FC8A796EB0',1795521870000000);
CREATE TABLE records (
    seq INTEGER NOT NULL,
    at BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    body TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (seq)
);
INSERT INTO "records" VALUES(1,1795521600000000,'zone.recorded','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"1f81e9ca64302bb595a8b6bfbf8734439d7a309fe1e720293c8fbbd9fa4a37dc","kind":"zone.recorded","personal":{},"seq":1,"zone":"US/Pacific"}',X'5348B1B0826B8DE86E853357B1CB8A133B215AB0C669C857E5C0C3CBB5900977');
INSERT INTO "records" VALUES(2,1795521600000000,'link.renewed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"28539c15658cb52d4c76faf1e72ea1f035e3a77a34c15444a738942e0c340ab4","kind":"link.renewed","personal":{"resident":"6e53b7161db84f8a7a3084af8fecf459908fe8076de27f61c0c42ce1ae89762b"},"seq":2}',X'82A246B6F6F93AA48717AFD5FD19B7B4D041FA1C41901C6B8E4695479AA3DD63');
INSERT INTO "records" VALUES(3,1795521600000000,'residents.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"28539c15658cb52d4c76faf1e72ea1f035e3a77a34c15444a738942e0c340ab4","kind":"residents.changed","personal":{"units":"380ef6a7bac4c6c3bf0448995367243c3207bfc1f6732b6d48b3f7730600ded6"},"residents":["resident-ada","resident-ben","resident-cleo","resident-dora"],"revision":1,"seq":3}',X'8A37C482F4B7FF834CA911EB94B782E4CD1B8A66F1F4F29D5EB95CAF7E1A5F08');
INSERT INTO "records" VALUES(4,1795521600000000,'courier.admitted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"5c4800a83b3ca7b9c00411d64fe666d77b9e13dd6b04c585da71b6cbd5eeff87","courier":"courier-parcel-post","courier_name":"Parcel Post","kind":"courier.admitted","personal":{},"seq":4}',X'308B16777615FA713D6E3802301D0273639ACBEF73FBE788F24B32FAE3385D6B');
INSERT INTO "records" VALUES(5,1795521600000000,'configuration.recorded','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"338980fb65aad1d6f1fcd5d4d9cf74ded7466c2b711af8c023b12b2c77c20da5","configuration":"{\"doors\":{\"door-garage\":{\"name\":\"Garage\",\"opener\":{\"entity\":null,\"device\":null,\"domain\":null}},\"door-lobby\":{\"name\":\"Lobby\",\"opener\":{\"entity\":null,\"device\":null,\"domain\":null}}},\"sources\":{}}","kind":"configuration.recorded","personal":{},"seq":5}',X'CEAFCEE3B55E4909EDDBFF906619B2C98BC41D7B113382D818B43B750BE3921C');
INSERT INTO "records" VALUES(6,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"338980fb65aad1d6f1fcd5d4d9cf74ded7466c2b711af8c023b12b2c77c20da5","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"beb3704d23d093a9727dd0d1026b13b869275330521ab60effaac0c94eba8cea","unit":"b47a2d16d2a81773c7ae910dc41fc13cc87106cc7d6e9d1de9487edd364b6282"},"seq":6}',X'211FA629A7FFE33A4551754E30956126C9DAB4E0A5658BF948F472C9D20DBA0F');
INSERT INTO "records" VALUES(7,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"338980fb65aad1d6f1fcd5d4d9cf74ded7466c2b711af8c023b12b2c77c20da5","changed":false,"is_confirmed":false,"kind":"resident.enrolled","personal":{"resident":"de8900785d9c5b7d0f85ad2627bb242feb8606d620c1274a67e8211626e1463e","unit":"5af78c8c8b85d312f6ea89ee258ea1bf8c76b9a364b4d0eac0a396f6c60abd0e"},"seq":7}',X'6DD44CB05D2CC7E84EFFE30C5AC1943D93CC998CFAC7BCABB0CC22C5B13B1811');
INSERT INTO "records" VALUES(8,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"338980fb65aad1d6f1fcd5d4d9cf74ded7466c2b711af8c023b12b2c77c20da5","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"f36294f706149930052ad251ba1f96d26fb2dbdd73ea5ef549e1c452735fd7db","unit":"b367aee46dcc204f0e4ce2c26fef1bd4bcb123ff247ac60874232d647c76f039"},"seq":8}',X'C73338E8AEA41EC56F1979CD83615518BC66CAA4FD6FE1681AE14FDD10780899');
INSERT INTO "records" VALUES(9,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"338980fb65aad1d6f1fcd5d4d9cf74ded7466c2b711af8c023b12b2c77c20da5","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"a8b85edc102ccc4dd940ef8fadc181bbaff7007536e1a3f559f5d591a5bcdd6d","unit":"cf58d831064f9cb17ef11cf3cf6f5a4d4d2d93e054265f51878fb0a334c6b1d8"},"seq":9}',X'12477C21BD8240B171CDA1CC0988CE3E86A5FE9586A8FA105E083FD5B7CF4D44');
INSERT INTO "records" VALUES(10,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"b2562b1beefb70cd44fa6d1c30f3dcca28a994ec942b8550c93795cab71b950c","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"04be2eaf3efa0f6ea4b5e4f34eb6ded5f527246576fba11b8e59f98cb456fcc4","decided_by":"b41b7778fc6904cb3cdf3839916b8a045c05e72f8d2d6162a80fbca5e9b38f13","resident":"9ab5a54ec072c7920e2b74812fdcc7bdd499f9f5a609563d702b04fdcae9e109","rules":"465474ad8125177128301db5b367f3047af69aa6f78110f1051a58e4c3bfdc7c","unit":"2ba6eff6d2cdda721ab10ebafc932cbb0033ad043bef87f002afdb66cd84999f"},"policy":3,"revision":1,"seq":10}',X'D9EF55080D74539CA5197A04CD059FCBDBB0BDEB2A4A0D4D0B481E99FB830CC6');
INSERT INTO "records" VALUES(11,1795521600000000,'resident.confirmed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"0aab4173cfee2cf9296b356fe437ce95cce7f651c4b5a0811773545b0c1b921f","kind":"resident.confirmed","personal":{"decided_by":"aacb8d6da8621717dcb153622f51dda3c95dc32df6ac774e1458e0d9ff9e2469","resident":"f8219c14600d9ceabd40f7bb8c2fa6bedf2811fc450b6a1ce162c475f1dc8d6f","unit":"c04a294dc14dfe8ebdd3b721790f7ae3b1d7726bad55d4a82b8f6bf12ff80e68"},"seq":11}',X'29CD41BCFBB9DD7E9263215F9456EFEE8E70C9623745212D3B2F4EE12E95E02E');
INSERT INTO "records" VALUES(12,1795521600000000,'residents.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"0aab4173cfee2cf9296b356fe437ce95cce7f651c4b5a0811773545b0c1b921f","kind":"residents.changed","personal":{"units":"d83176d693bcf7056a47329368651d93bdca289a880cdacd5224cc55251c405f"},"residents":["resident-ada","resident-ben","resident-cleo","resident-dora"],"revision":2,"seq":12}',X'5EA655524B3BE0155C8E60FB475D6A10D87539A6E0C7A14CEDBAFC012B5A20F8');
INSERT INTO "records" VALUES(13,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"f320845e1614c9afea78cc2229ab5a53bc457f3ea8dfd41f08a9408410a00327","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"870df2950c91c68532aa435f1a5eccc6f24b34d8d78d8133109dc1dcb68d6d71","decided_by":"3b8e724b0ececeb5224a0b53b1afa5a7d2dc4f9b6de4d776d0b0bafe0abd71b1","resident":"0eb81e7f24e46e279a2fc398268905185384162f6c7ef22606a5a74065da2e89","rules":"70e849ae65c7ae2bc0291b251a83efc22f0d44bceffb1e46736efff350751693","unit":"b2a5633f59572e723e4a85ce9f94abb9586c38a56deac005e7c375eece0f18ca"},"policy":3,"revision":1,"seq":13}',X'D402FDAA18637E42167FDC943B98B10A9DC28F3760D514EFA2D29159940AFBC6');
INSERT INTO "records" VALUES(14,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"de30a8106005c944781b8a7623bba39ebf157d4b1b452fe3d40352d2faa42322","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"856dcea9e7dc22ab4e170ab7d42b95da04f94c6799afc7f32f904000e0f95240","decided_by":"819e71d0df763dd3df035682dec71b060cafa55a0cd6c3ef8d2de47d304ef408","resident":"e48e05ef61988bf7e4a5aba0f67d20be0d994ad86544d9f09956c5f8d87516ec","rules":"7102712c0fe4c771f9dd87449f5c474af9c145f86aa6bd9cb55824b7ddad6757","unit":"fed7c2c35ffc7c86bdee63fcce376e1c59ed9775d491451b7f4098208a7bcf5a"},"policy":3,"revision":1,"seq":14}',X'739DBA3201528D67095770960C7091525BD6CA314C93079B20EAEF677944F449');
INSERT INTO "records" VALUES(15,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"aa09d078cf6367e9c0b3b97f70b83fc3ff352e90f9f96f32e8a81f6ae6720387","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"453788419c96e87fdad6bc846baa8f5e34e71d9706333f0ff82e195ae4faebc5","decided_by":"f9deda37dbedc7e1bfc1a00eb887c18dc95d8f68a83bf4e1444c0c55729b3787","resident":"dbdb4e4689cc4b3c5dbb3a6367a6ff80c2bc6a2235bc9eee732d1b4aec4f8f03","rules":"6e7c4873b381dc29e96502780cf032914ed0a1a2b945fcc35d7a00261947e876","unit":"a54b7029c01a6afc081bad87d217b7df29fc23e98664a66ffdaab58882ed27de"},"policy":3,"revision":1,"seq":15}',X'F2835720988B14F9458F1D5674D801454B62EAD57040EDBAC192D72267C0666E');
INSERT INTO "records" VALUES(16,1795521600000000,'grant.accepted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"5be95629563c1624baca44bea261f129381e4c5863209365c95734bc6163adf6","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:00+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":5,"personal":{"grant_id":"f36a9c44e819cc26f7bb1728effb8973fbf1fc9b5840156f104baa4cbf420b13","parcel_ref":"e0644da3ca47762c6181d33378a69dd6a94319f6475fd0d57dddae27d997ef48","units":"0b4645c57e34d3673e46bba0f0672385dbb3751e7db04dd59bb66a1d6e9503ec"},"reason":"ok","revision":1,"seq":16,"starts_at":"2026-11-24T11:59:00+00:00"}',X'164118917B8794C5AE20B4AEAC17EDDCC060ED843A77FB92778CC80AC1C83EF6');
INSERT INTO "records" VALUES(17,1795521600000000,'entry.asked','{"ask":1,"at":"2026-11-24T12:00:00.000000+00:00","bound":"5be95629563c1624baca44bea261f129381e4c5863209365c95734bc6163adf6","courier":"courier-parcel-post","door":"door-lobby","kind":"entry.asked","personal":{"grant_id":"eb6d8d6549604b578784c24f9e01722e1a81409e604a748786d49da1d8f1ecb7","units":"f462efafbebad58b03c6d5534626e2ce26cb5a826eca2abf9549b37a988ae99b"},"seq":17}',X'729A26BCB8ADF2AAFE2335FE6F617EEB90F9FBBDCAB871F48977DD500081A40E');
INSERT INTO "records" VALUES(18,1795521600000000,'entry.answered','{"answer":"approved","ask":1,"at":"2026-11-24T12:00:00.000000+00:00","bound":"c298b16e69e3c8c94f57f91d92e259d357b5125d7c1b52835cc73adb6b600e15","courier":"courier-parcel-post","kind":"entry.answered","personal":{"decided_by":"4606e496a2f11cb539abba1fc95a6fd34d4726c57a84fd82612fe8dcb757728c","grant_id":"4c277fe4731651ff0fcf81084fc650f05f89ad15969f5d9d083c8bedfaa09d56","unit":"c2f591e42e41acf8d360a1d7b60107bbe666ff5d9010fa0c721fdac32ecb70f5"},"seq":18}',X'883725A518A3BC0139AD1AEEF6DBC879965F2CE5539EBCA947BE4E382EB39940');
INSERT INTO "records" VALUES(19,1795521600000000,'entry.admitted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"7da5d1247a3c8dbf05d165fe4e0d02033206453b58b99a282d8835cf1f1ad385","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PTPG0YNTTZ62D4RXG8F45","kind":"entry.admitted","personal":{"driver_ref":"82cef0bc98c0d5ccc8d91dea35e312cd16ee45f7a8563a7c6ec4e7796789e17e","grant_id":"980279f470c613cd14d12bd7b09057f35172f9e790a20355a5131dd85a15ac6e","parcel_ref":"611c47a31ac55bad0c95ad3536bb9784ba021f0ef5609737737ecc6b7730f14a","unit_labels":"16fcf8c6e53a0facdbb24c2cbdb02f7a046e6031662beaff9b4cbbe73ffee46f","units":"12dca2c580b103237eaa50e6b43ffbcecbd4d5bed9b1cbf256b79dc9c8da4ab3"},"proof":"signed","reason":"ok","seq":19}',X'B9AB3E2A049894E1CA04CA50122507F870288D6088C7222924E7ED62DD2E1C25');
INSERT INTO "records" VALUES(20,1795521600000000,'entry.outcome','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"7da5d1247a3c8dbf05d165fe4e0d02033206453b58b99a282d8835cf1f1ad385","entry_id":"01M86PTPG0YNTTZ62D4RXG8F45","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":20,"unlocked_until":"2026-11-24T12:00:05+00:00","use_returned":false}',X'8406D4F1EA4A2A4D4421781EFAFE56E24E0FFB319B01CE9CBA43510B66579B7D');
INSERT INTO "records" VALUES(21,1795521630000000,'entry.completed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"7da5d1247a3c8dbf05d165fe4e0d02033206453b58b99a282d8835cf1f1ad385","completed":"2026-11-24T12:00:30+00:00","entry_id":"01M86PTPG0YNTTZ62D4RXG8F45","kind":"entry.completed","personal":{},"relocked":"2026-11-24T12:00:30+00:00","seq":21}',X'E3BF0D93CBAF0F3B08E04701187EFC2FB0EFF14E4F9CD5D8FC98A99DBC2978DB');
INSERT INTO "records" VALUES(22,1795521630000000,'pass.made','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"e03ae02e18c8e16faab09a281ae3bcd7d4c1d07b412eec0de7554c805f7273fe","courier":"courier-parcel-post","kind":"pass.made","pass":"01M86PVKSGGP8QTFC8RT1DJ54E","personal":{"decided_by":"348a3006da53fc12115c164d9a06549e7a932b5646d8e2a19ef4541b5cb984d7","grant_id":"02d5627d5cad5c0bdfc51986882b5cdeff0807641c9462ddbc7453c56e769bd9","unit":"7410959987cef52500793b2e642ab642faddbbdfc94351776e0878a5a730b079"},"seq":22}',X'02742407D39E0A46ABCC4261B56354C5120903653FBFC3C8E90659C8AC6BFF69');
INSERT INTO "records" VALUES(23,1795521630000000,'address_code.renewed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"6104fa9c13c0e2a9332d4ffd69205a2624577b66c5b4a099ee54c1774b2c0062","kind":"address_code.renewed","personal":{"decided_by":"5f4ca10640b603f52ad990809f63cc7a57a7b13dbae6daaccb2bd6f1251ee923","unit":"c437da46ebd1ae2258f4b6883161ae976857437ad56506ee78fd0f4c1fe9792f"},"seq":23}',X'24E63E4FB473E68555D5575DBBC011A8BCF4A300BDBBE07A0575B1231A3F2370');
INSERT INTO "records" VALUES(24,1795521630000000,'order.given','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"0a4c6f4d1929c7fed30bde336cccff4374c8777a9ac169bd56cc84b465e1ea16","kind":"order.given","personal":{"decided_by":"cc80463dd3ca581b44a1a717e2f5d728064410a5417e06146542236ddbe99f4f","order":"115ec3f2903f4e8cffc49bfa0739da8cb3ebc9d743a010195d483fdda06c3982","resident":"d1850fd38574eb8a952f5c8e3cb060124f6b023442f6b54f369c56443ce739df","terms":"662e05e9f5fa7d7e8b7f3f40e88cdc68ac549b299f9abc59796985b6350c4c0c","unit":"c4edf43b5b01aa15188adb5277a90bda58f81a31e0cc429fba7695c75472c43d"},"revision":1,"seq":24}',X'3045E0225D236EA3B56370DC391606918FA342F259058CC71107BC56BA10145E');
INSERT INTO "records" VALUES(25,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"23175432516c54e49260852de5e62375a93044dc714bd1cb1659353792539cc0","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-25T00:00:30+00:00","issued_by":"order","kind":"grant.accepted","max_entries":1,"order_revision":1,"personal":{"grant_id":"d54fd9acb8f85236ff5466b7d5610d017795facb7fa70228ba5b48b14e12a933","order":"986f36babe9c6c791d0188f7962b6a04ef452069fdab3db5cceb3315449c0c62","parcel_ref":"a3254090d4fe02c9e4d1684d28102d7b6ef83dce5906017c82a85cf71c62a529","units":"b8bdcd6eb574cdb2826bfa2e2743b24853977a8483e82564fcad45fd4670b3ce"},"reason":"ok","revision":1,"seq":25,"starts_at":"2026-11-24T12:00:30+00:00"}',X'A1DC92A0A423894AF86282047C320491E2D08DA797E73A9638401A204FF956EF');
INSERT INTO "records" VALUES(26,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"e51769f76632c114eb3f4b031123c902d76fdd62c436f47163ff774f4aba5285","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"b56a7b5f5dc039a9d5b238fa466728bf6de036fba67b09dd55e7c9af967c3e06","units":"b87d999c0a7c43bf547c48d4795bb71155f0a32d0718968738d02956c8eecb4b"},"reason":"ok","revision":1,"seq":26,"starts_at":"2026-11-24T11:59:30+00:00"}',X'7DB47C421D8123CCDB257A7DE3F965BD77BE7AD11B19D72C5C8EAF2180D79D34');
INSERT INTO "records" VALUES(27,1795521630000000,'grant.vetoed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"5e86477a5b79d00b7e486ea527a7ed519b025a93f91a5079e98ac79c1d3aa7dd","courier":"courier-parcel-post","kind":"grant.vetoed","personal":{"decided_by":"9529bcf6fb849758912fd6ede973d2fb65f18392dc87c9bb30ae6a2f3fb5ef9c","grant_id":"bb04c1e3ec1022c1d5f73a5e6a3843c480665846a93d61b0a699553ba63cc102","unit":"3dfc6e0711c51278be6fd68b535580506a254e8f78e3c3c6e58fab9f084a74e7"},"revision":1,"seq":27}',X'3738E684FA4D5439EE80F7D35F9A2D0248CCF52AD0182E91EAD87FA896E0CDBA');
INSERT INTO "records" VALUES(28,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"e0277790b74a77aba24f1681b05552674b342db9a2843b881ba30f8b97d11f65","courier":"courier-parcel-post","door":"door-garage","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"13353bb3111f07d5c844c94bef88c43218ac9261692da68d297c717a15ab54ea","units":"36965024e906c0b89e52a5024fc72dd8169d103bf494e5b54bc923ebd83f8fca"},"reason":"ok","revision":1,"seq":28,"starts_at":"2026-11-24T11:59:30+00:00"}',X'7365267AC880ED61080B19AA388FD5E3E1F5B1DE028C9116729D08925472456D');
INSERT INTO "records" VALUES(29,1795521630000000,'grant.revoked','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"a3bef9404068395194b22b56fb31d5f6ac4a6754e0617dbc5e80988975c5c1fe","by_courier":true,"courier":"courier-parcel-post","kind":"grant.revoked","personal":{"grant_id":"21051a6e505199ff71a7f35246f04d6f536047c546b55fb840ad1ac1f232fd94"},"seq":29}',X'9495F9AB54ACF9FCD7C941527B5BFD136412DE536631F659E3DEFA4E5F6CEFC0');
INSERT INTO "records" VALUES(30,1795521630000000,'rules.changed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"6676b837a90d8a847e728e8dc08d41042c01095c39cfd39bd76a5e44e5e52962","decided_on":null,"earlier_revision":1,"kind":"rules.changed","on_paper":false,"personal":{"consent":"55495cfc86d10e596dc96cecff3c04eea33d157a8ff9a314b859fcb382b5b9ae","decided_by":"cb2c69edf0c27c628d3f7d2b7dbe8a8b47693da76a0db0565c9ea9afe0ec4839","resident":"562c572214e43fd7ca7c947027351fff4b21ed6a391756ced8ae3137a04de370","rules":"c8e60379c1717d63760a91960f3bb80134ccf62806b9890281365e52096dc732","unit":"254895544300ee5553edeb6f54812e8e9bc68fad2387e0c4fbeee8e4fa83a5c1"},"policy":3,"revision":2,"seq":30}',X'B746257FADE7D66B345DB5445ED641F920A3AE8D2D87F2356CFA9319DE8DD9E4');
INSERT INTO "records" VALUES(31,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"458a4532796f47213d07b369df5ffecba529df717e8a49181abeecc757a1aee7","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":3,"personal":{"grant_id":"4e2e67def125fda032c2cdaaab38d77e586868584543bbedb91573e516ee070e","parcel_ref":"73d626c4d7ef06a36c8bf9a49fedb5f84e00cc55956164c74c346157205d51d3","units":"9ad037fbd56c00746f9543ace5e193adeec5eb8e1d9c42b859d4808a60bbd64a"},"reason":"ok","revision":1,"seq":31,"starts_at":"2026-11-24T11:59:30+00:00"}',X'C28E1B9EEEA75F6047FDBE16B6EEE58293BF84BAA4D5666FA0809F16BD7332C9');
INSERT INTO "records" VALUES(32,1795521630000000,'entry.admitted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"0bb25313e323bb87bc74b075c0b3dc179f063c2bb1d3accf45ca75ef8f7c09de","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PVKSGVVKB9P9P4AMA4AAD","kind":"entry.admitted","personal":{"driver_ref":"f6823d0f050e8c3f3016b2c3a5050d4457289bb478751b79cd21d17ecd2ba4ae","grant_id":"52cb5eef0e9ba951695bbab600e66e97b61136e59f493e523a91912140188719","parcel_ref":"9045901e3440f0c21eb38a91ad6c36907410d1a64ca35a7471a8e30e3f0c0b66","unit_labels":"2628a4fb750d8e0c3839298e621b41454896c6e6e67b3cfdb92eba70104dcb62","units":"f3a764045e73f356baab81caf40ba71e5ea42584bc498eee00644c5ebb0efa63"},"proof":"signed","reason":"ok","seq":32}',X'35884C67689F521FCAAAF2E3633E80BAC809352F9BB8886B73EA40F0A5409DF6');
INSERT INTO "records" VALUES(33,1795521630000000,'entry.outcome','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"0bb25313e323bb87bc74b075c0b3dc179f063c2bb1d3accf45ca75ef8f7c09de","entry_id":"01M86PVKSGVVKB9P9P4AMA4AAD","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":33,"unlocked_until":"2026-11-24T12:00:35+00:00","use_returned":false}',X'04D75D85EBFCD7B7B48DE480DC826E9875C74E4A4E939510EC529BC3171C0837');
INSERT INTO "records" VALUES(34,1795521690000000,'entry.completed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"0bb25313e323bb87bc74b075c0b3dc179f063c2bb1d3accf45ca75ef8f7c09de","completed":"2026-11-24T12:01:30+00:00","entry_id":"01M86PVKSGVVKB9P9P4AMA4AAD","kind":"entry.completed","personal":{},"relocked":"2026-11-24T12:01:30+00:00","seq":34}',X'32D37A432C91BC28B619876433666D9E3FADF5B14DF24B99D63EE3028965D47D');
INSERT INTO "records" VALUES(35,1795521690000000,'entry.refused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"0bb25313e323bb87bc74b075c0b3dc179f063c2bb1d3accf45ca75ef8f7c09de","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"refused","door":"","door_name":"","entry_id":"01M86PXECGDM7BY4VRR4ZY0A90","kind":"entry.refused","personal":{"grant_id":"e05a70e7d6810dd064ae90c01aa17892180835f74c3215f6c68efa7207dcb396","unit_labels":"7f936588fd7689aada9c78cdba186df58249dc6da456d15da19a73e650c956f9","units":"589e4f3a6213737bf5eab5f3f3a793cea42182f2e68d2487fdceaf724d842f4a"},"proof":"signed","reason":"unknown_grant","seq":35}',X'9A91407769544C0C0328D0A1A2D1BF33DFC3E20CDA41A6E1D22DE5C037CA2F08');
INSERT INTO "records" VALUES(36,1795521690000000,'access.paused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"4eb3ffec6b214f9e44e9ff1b644d234a7dd0b4d9384c0ec296e709adbec94010","building":true,"kind":"access.paused","pause":1,"personal":{"decided_by":"3293bace53778ffbe6770236fbbd5132f60637728830bfbf8f944e66299b7005"},"seq":36,"until":"2026-11-25T12:01:30+00:00"}',X'FCBD337F33A4F5EA781AB4A8C833B60AF4814389054ADF20CC630BA17D890624');
INSERT INTO "records" VALUES(37,1795521690000000,'entry.refused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"4eb3ffec6b214f9e44e9ff1b644d234a7dd0b4d9384c0ec296e709adbec94010","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"refused","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PXECGRRPEE9ZET5SAY01B","kind":"entry.refused","personal":{"grant_id":"2a8a0ec8d8ea3c680f1c43235bf688f27c2b78f22db7039fb8455fe211513297","parcel_ref":"63ce2f9db6567d7cd6bb5969c2e2ffb890255371c213e0c3b6d952bfb8264e29","unit_labels":"2a9ca97775097a080430d45474c445986364fbd7aa3e4cae0740e70a6762995b","units":"9ac8b543c0ba181b5c157761c5805d2bfa2df50e0fbfe6b6de10115e17d8802c"},"proof":"signed","reason":"paused","seq":37}',X'560ED117C2128E0739A858DEBED60E3666032F4E9AB73EF10DC589C924C8FA1D');
INSERT INTO "records" VALUES(38,1795521690000000,'access.resumed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"97657e907acac33d597e10d0de4ad024a48f40785bbc8247b0fb54cb1c16e9d1","kind":"access.resumed","pause":1,"personal":{"decided_by":"f05253c0018c378acf61c4056cb8e5c9f5c260c4e183cdb950467978e1ebb40a"},"seq":38}',X'6547A405559F7A8E8A47243BEC500E54EAC0ED89B0AA3FE28BC3F00530D3BE05');
INSERT INTO "records" VALUES(39,1795521690000000,'access.paused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"d002b8bfa23af0496bfadbdc2026946370c7b32c559ec8b367808b9eb364f030","building":false,"kind":"access.paused","pause":2,"personal":{"decided_by":"fda9a6e96e5c611ddd4ff8f2bae3c9f903a13a652cb2de97cc40e967e664a706","unit":"73b8a30b92cff6f490b00cefdd9c26c3cc24276cfa62a810fa10e022a1d3d31d"},"seq":39,"until":"2026-11-25T12:01:30+00:00"}',X'D9AE26E27D2AC44FF1DD0A00D043E55FC884971BB6CFA67E09A0E6140237F4F6');
INSERT INTO "records" VALUES(40,1795521690000000,'link.renewed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"d002b8bfa23af0496bfadbdc2026946370c7b32c559ec8b367808b9eb364f030","kind":"link.renewed","personal":{"decided_by":"a83475ea3ac4d51a4402e47f136afbf4d3fd209a74764389af6f8e794fc79fe6","resident":"9d2b0e4bd7a04b58889d0c533d2bddac99001d96fc064851f2cb46ae18e24acc"},"seq":40}',X'AF90668C921570B53A2B59073FB8EAAC9B0203A4837678137FC784B615C624D7');
INSERT INTO "records" VALUES(41,1795521690000000,'rules.changed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"ae15a08d89f04308c516bd1438d8b823b77f6f35e935e3898fd52f15fc4d5555","decided_on":null,"earlier_revision":1,"kind":"rules.changed","on_paper":false,"personal":{"consent":"ec30c2401595a60f4c58ef3c05bd86fd5e7509df181528d7fc874890e6cef73b","decided_by":"0930f20e2dd5dba957f9186cb1f9d8e94876bd62b8a96b3a620d019850deebbc","resident":"74c5b6e2be112e79569d782ab11812e88f8b4c7106877b332a2adf7b7e4dbd84","rules":"8bf0671c9dd9caad864396c4dbefcc8cc051bd0d75675e38df69d3412c199cd8","unit":"c7f995e613118d825341bd1d439721ffb01ca29f8bfc3aeac1b9785a511381c9"},"policy":3,"revision":2,"seq":41}',X'6596698379B38A679FFEA48F5E67298465173304A0BEA150B04072CFE975CF68');
INSERT INTO "records" VALUES(42,1795521690000000,'grant.accepted','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"b6b17eca9f24ce6bdccb28f489ba9e21494dc28cf1cdd5f578aac4607eeab600","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:01:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"1d355193a0301655ca137aa92e53bf62ac2bc4bdb09a5eef77a3f468dfd5fcc6","units":"ff353dbe2e808d2d0a318833f0b0fd0608892c88ee41f5a12e07274f93eabd45"},"reason":"ok","revision":1,"seq":42,"starts_at":"2026-11-24T12:00:30+00:00"}',X'90EDD1E91FFE4F0F7F76825C24EC843A0B2EC01117D8B0F733148326373BC540');
INSERT INTO "records" VALUES(43,1795521690000000,'grant.accepted','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"f9243ff11acb0caa5d858a80e71960747ad265210899e221be05a44a442cc2bf","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:01:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":2,"personal":{"grant_id":"d9ddce87574a02529f819dfabbcbf6e7279d7cd58f4fc3c5fddd86fec47184ae","units":"f0000a8543bdcca93d95235fd832a5496521d48bcf50615757e5c1d4b6a472f4"},"reason":"ok","revision":2,"seq":43,"starts_at":"2026-11-24T12:00:30+00:00"}',X'C9D2385CE08A8942C1C2E0BE4C062573925AEB5C973B0DE7683F981A29703E68');
INSERT INTO "records" VALUES(44,1795521870000000,'entry.observed','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"f9243ff11acb0caa5d858a80e71960747ad265210899e221be05a44a442cc2bf","courier":"observed-key","courier_name":"Amazon Key","decision":"observed","door":"door-lobby","door_name":"Lobby","entry_id":"observed-1","kind":"entry.observed","personal":{},"proof":null,"reason":null,"seq":44}',X'271D77F3D24E15888F10577076D06E08215A9FF10B2F637BFAC9909CCC3A47AE');
INSERT INTO "records" VALUES(45,1795521870000000,'entry.admitted','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"40a5f8a77ea13a81baeb322fc8166d24141bbeec2a0c47f1019155e15a9197f8","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86Q2Y5GH68VE9VS1WPJ7C83","kind":"entry.admitted","personal":{"grant_id":"c2a1ccf962310c7f747463e4245753ecd554711c8276cce067e2f1b1467a0c37","parcel_ref":"7f1de892b83bc2dd7429b3ab8edd1da6b39c1806fcc0ebd241ed9ce70dba77e8","unit_labels":"1167b843d8900494e8c3996fd62db4543a2f3ebf29b5341be57574d385d9f89e","units":"4d232c955042de9bbd888e9f8f87c36df802d55ac6f3264ea5eb4bd309038d0e"},"proof":"signed","reason":"ok","seq":45}',X'5A03893453DFD0874FF8D1B13FE165EC3E709B894DAE6C08DEB050D885414E68');
INSERT INTO "records" VALUES(46,1795521870000000,'entry.outcome','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"40a5f8a77ea13a81baeb322fc8166d24141bbeec2a0c47f1019155e15a9197f8","entry_id":"01M86Q2Y5GH68VE9VS1WPJ7C83","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":46,"unlocked_until":"2026-11-24T12:04:35+00:00","use_returned":false}',X'1D93F171AE2E6A534A82D316F9DCFC098164BC1BC03FBC973B1EEFECA18ABE78');
CREATE TABLE replies (
    courier_id VARCHAR NOT NULL,
    message_id VARCHAR NOT NULL,
    body_hash BLOB NOT NULL,
    reply TEXT NOT NULL,
    entry_id VARCHAR,
    keep_until BIGINT NOT NULL,
    PRIMARY KEY (courier_id, message_id)
) WITHOUT ROWID;
INSERT INTO "replies" VALUES('courier-parcel-post','msg_0c8508edc03c46b08af160b3f6965268',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECGDM7BY4VRR4ZY0A90","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECGDM7BY4VRR4ZY0A90',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_13e4f16096de49c08664145a4501b609',X'8FB389799B438FBC8DACAD9E57B1377FA3643197CABE141D5D0403A72BDDC447','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"changed","revision":2,"units":["4A"]}',NULL,1796133690000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_21b723c2ba1343f08904b05eec1d0913',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECGDM7BY4VRR4ZY0A90","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECGDM7BY4VRR4ZY0A90',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_3dcbeb53d4bc4660969d9039075cab58',X'66C17A9DB2D4ABF24406F6987E1C646454AAE6EF789CA13437F4477CA1E2F9CF','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86PVKSGVVKB9P9P4AMA4AAD","grant_id":"open","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:00:35Z","entries_left":2}','01M86PVKSGVVKB9P9P4AMA4AAD',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_60b547ec125d44539898adcc2e952a18',X'A3652077B2368997DA95A07EA54D2761B87E5EABEA4A1A2B4067EDD6F312568F','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"changed","revision":1,"units":["4A"]}',NULL,1796133690000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_7201a39b84b842718d4804b071b35573',X'74B7E31EE1334A78ECF9F05A0FBADE5F843D0F37F9366720F2F5AB1A5804AC55','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"asked","revision":1,"units":["3B","4A"]}',NULL,1796133600000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_870581ff64a3448395d3ae4375ab53f3',X'309DD9F341D01B473CC85CE97373E612550E86875E185FD89E8291C49301C2B7','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86Q2Y5GH68VE9VS1WPJ7C83","grant_id":"open","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:04:35Z","entries_left":1}','01M86Q2Y5GH68VE9VS1WPJ7C83',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_a0bf7472dd224650a80272f6b3046efb',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECGDM7BY4VRR4ZY0A90","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECGDM7BY4VRR4ZY0A90',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_a114654da7114d308b06cf7ac3962053',X'9995DF72124556C852AF3FA2D1D1E52C2926488B34126F9062810524CCB88FF5','{"type":"entry.requested","decision":"refused","reason":"paused","replayed":false,"entry_id":"01M86PXECGRRPEE9ZET5SAY01B","grant_id":"open","door":"lobby","proof":"signed","entries_left":2}','01M86PXECGRRPEE9ZET5SAY01B',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_b0df36d5236f4fb3ba22984e3adb3b7e',X'9B5649D698BD90CEBC0B7BE6ADACE05D0B4A3B12D7C75F4081D84424EDEA1730','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86PTPG0YNTTZ62D4RXG8F45","grant_id":"asked","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:00:05Z","entries_left":4}','01M86PTPG0YNTTZ62D4RXG8F45',1796133600000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_b2afc3c6153847cb9f5195d5afeeec0d',X'7D1027FFCB2677F98014FF1775E122935410D143755B935CB550BB9614B76522','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"open","revision":1,"units":["4A"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_bad95da04d844ca1b3b159033516b06a',X'8CE29CFB93FFCA0D4165956BC20372976720E44393C86246D6100F24AD2499FD','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"vetoed","revision":1,"units":["3B","4A"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_c33013607c2e4a74829e6df0c66b2bf4',X'14A575C2122622C564273CDCF6B81FE9A35E9D694C5CBFF5F1EE54AC468B3E74','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"revoked","revision":1,"units":["3B"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_d13e40f6c5bf48839c72d63ef2ad6f34',X'44664A1477BF1E69E3578EED4B9FC2D3EB1891A3341B2D2C62C7E92BA87FBD49','{"type":"grant.revoked","decision":"revoked","reason":"ok","replayed":false,"grant_id":"revoked","known":true}',NULL,1796133630000000);
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
INSERT INTO "residences" VALUES('resident-ada','3b','3f51f477c87ab6eccd15432d14d9ff3d','86cfc88b0c1e4ca29b9f98c964e09c6d','linked',1,1795521600000000,2,'{"name": "Ada", "unit": "3B", "person": "3f51f477c87ab6eccd15432d14d9ff3d", "user_id": "86cfc88b0c1e4ca29b9f98c964e09c6d", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'2F3A30D527548138D144F0BA05642069');
INSERT INTO "residences" VALUES('resident-ben','3b','8b66f29c09d9fb8fce4f755ee06c4391','34162fc0e0f54c169a9451815f5d8a13','linked',1,1795521600000000,2,'{"name": "Ben", "unit": "3B", "person": "8b66f29c09d9fb8fce4f755ee06c4391", "user_id": "34162fc0e0f54c169a9451815f5d8a13", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'6898B031D1CF4C6F7721C9B6E83A68AA');
INSERT INTO "residences" VALUES('resident-cleo','4a','3e593f85b90cb01cac7a1bc9bb8e07cf','33e62010614b4442b10e3a8d75fdb90a','linked',1,1795521600000000,2,'{"name": "Cleo", "unit": "4A", "person": "3e593f85b90cb01cac7a1bc9bb8e07cf", "user_id": "33e62010614b4442b10e3a8d75fdb90a", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'C0A907B75D39D55404F9D79E20E16E04');
INSERT INTO "residences" VALUES('resident-dora','5c',NULL,NULL,'none',1,1795521600000000,2,'{"name": "Dora", "unit": "5C", "person": null, "user_id": null, "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'FD8F53DE2AE36246F8F6DE9268260E48');
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
INSERT INTO "rules" VALUES('resident-ada',1,'3b','3f51f477c87ab6eccd15432d14d9ff3d','86cfc88b0c1e4ca29b9f98c964e09c6d','given',1795521600000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'ask','{}','pass','{}','[]','[]','[]',NULL,NULL,0,X'51C707708B4CB2289CA68D3F5B30BB7E');
INSERT INTO "rules" VALUES('resident-ben',2,'3b','8b66f29c09d9fb8fce4f755ee06c4391','34162fc0e0f54c169a9451815f5d8a13','withdrawn',1795521690000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'allow','{}','pass','{}','[]','[]','[]',NULL,NULL,0,X'6D53D8D93E518DE0449EEBAA86BDB932');
INSERT INTO "rules" VALUES('resident-cleo',2,'4a','3e593f85b90cb01cac7a1bc9bb8e07cf','33e62010614b4442b10e3a8d75fdb90a','given',1795521600000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'allow','{}','pass','{}','[]','[]','[]',1140,NULL,0,X'3C5525C970C8F4AB0998F94F0BE11E91');
INSERT INTO "rules" VALUES('resident-dora',1,'5c',NULL,NULL,'given',1795521600000000,'{}',0,'allow','{}','pass','{}','[]','[]','[]',NULL,NULL,1,X'00F73A1F5027339B669F01AD60A2624D');
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
INSERT INTO "sqlite_sequence" VALUES('pauses',2);
COMMIT;
PRAGMA user_version = 3;
