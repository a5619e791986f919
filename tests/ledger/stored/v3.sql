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
INSERT INTO "address_codes" VALUES('3b','resident-ada',X'FAED8CAEFA5B7128DD35B0C9EA2E020F9643F057C50A98B893315669C5BF2B23',1795521630000000,X'71DAC84B03DA17603698B65C075D5E6B');
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
INSERT INTO "answers" VALUES(1,'3b','resident-ada','approved',1795521600000000,'01M86PTPG05SFC5N56PMS5HEVK',X'4A0B051584AC5CE3D8B2A1C53CD91BDE');
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
INSERT INTO "configured" VALUES('zone','','"US/Pacific"',X'4067D48F4DEB46B738573E162FCD5B45');
CREATE TABLE couriers (
    courier_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    PRIMARY KEY (courier_id)
);
INSERT INTO "couriers" VALUES('courier-parcel-post','Parcel Post');
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
INSERT INTO "entries" VALUES(18,'01M86PTPG05SFC5N56PMS5HEVK',1795521600000000,'courier-parcel-post','Parcel Post','asked','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521605000000,NULL,0,0,1795521600000000,1795521630000000,'01M86PTPG0Y357SDCRCMSMW6VV',NULL);
INSERT INTO "entries" VALUES(31,'01M86PVKSGX2W40F6B8EKGRKSC',1795521630000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521635000000,NULL,0,0,1795521630000000,1795521690000000,'01M86PVKSG6D0S0TXD6EYZS5WA',NULL);
INSERT INTO "entries" VALUES(34,'01M86PXECGPVV162K85KBP9M91',1795521690000000,'courier-parcel-post','Parcel Post','made-up','','','signed','refused','unknown_grant',NULL,NULL,NULL,NULL,0,2,1795521690000000,NULL,'01M86PXECGY0YABC52ZQGHAVZA',NULL);
INSERT INTO "entries" VALUES(36,'01M86PXECGTXF7B9G24DFCXMAQ',1795521690000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','refused','paused',NULL,NULL,NULL,NULL,0,0,1795521690000000,NULL,'01M86PXECGF1QM6BXSRQ9F5NGA',NULL);
INSERT INTO "entries" VALUES(43,'observed-1',1795521870000000,'observed-key','Amazon Key',NULL,'door-lobby','Lobby',NULL,'observed',NULL,NULL,NULL,NULL,NULL,0,0,1795521870000000,NULL,NULL,NULL);
INSERT INTO "entries" VALUES(44,'01M86Q2Y5GYYZJ4NH17ARPJ49X',1795521870000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521875000000,1795521875000000,0,0,1795521870000000,NULL,'01M86Q2Y5G2WWVA4385Z5SCX97',NULL);
CREATE TABLE evidence (
    seq INTEGER NOT NULL,
    resident_id VARCHAR NOT NULL,
    gives BOOLEAN NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (seq),
    FOREIGN KEY (seq) REFERENCES records (seq)
);
INSERT INTO "evidence" VALUES(9,'resident-ada',1,NULL);
INSERT INTO "evidence" VALUES(12,'resident-ben',1,1795521690000000);
INSERT INTO "evidence" VALUES(13,'resident-cleo',1,NULL);
INSERT INTO "evidence" VALUES(14,'resident-dora',1,NULL);
INSERT INTO "evidence" VALUES(29,'resident-cleo',0,NULL);
INSERT INTO "evidence" VALUES(40,'resident-ben',0,1795521690000000);
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
INSERT INTO "fanouts" VALUES(1,'courier_admitted',4,NULL,NULL,NULL,NULL,'{}','{"courier": "Parcel Post"}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(2,'consent_invited',5,NULL,NULL,NULL,'resident-ada','{}','{}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(3,'resident_added',6,NULL,NULL,NULL,'resident-ben','{"3b": "3B"}','{"name": "Ben", "resident_id": "resident-ben", "since_seq": "2"}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(4,'consent_invited',6,NULL,NULL,NULL,'resident-ben','{}','{}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(5,'consent_invited',7,NULL,NULL,NULL,'resident-cleo','{}','{}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(6,'consent_invited',8,NULL,NULL,NULL,'resident-dora','{}','{}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(7,'consent_given',9,NULL,NULL,NULL,'resident-ada','{}','{"at": "2026-11-24T12:00:00+00:00", "by": "login", "loosened": "hours"}',NULL,1,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(8,'resident_confirmed',11,NULL,NULL,NULL,'resident-ben','{"3b": "3B"}','{"name": "Ben", "by": "login", "confirmed_by": "Ada", "authors": "resident-ada"}',NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(9,'consent_given',12,NULL,NULL,NULL,'resident-ben','{}','{"at": "2026-11-24T12:00:00+00:00", "by": "login", "loosened": "hours"}',NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(10,'consent_given',13,NULL,NULL,NULL,'resident-cleo','{}','{"at": "2026-11-24T12:00:00+00:00", "by": "login", "loosened": "hours"}',NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(11,'consent_given',14,NULL,NULL,NULL,'resident-dora','{}','{"at": "2026-11-24T12:00:00+00:00", "by": "link", "loosened": ""}',NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(12,'delivery_announced',15,NULL,'courier-parcel-post','asked',NULL,'{"3b": "3B", "4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T11:59:00+00:00", "ends_at": "2026-11-24T14:00:00+00:00", "max_entries": "5"}',NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(13,'entry_admitted',18,'01M86PTPG05SFC5N56PMS5HEVK',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(14,'rules_loosened',23,NULL,NULL,NULL,'resident-cleo','{}','{"at": "2026-11-24T12:00:30+00:00", "by": "login", "loosened": "orders"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(15,'delivery_announced',24,NULL,'courier-parcel-post','house-89bd95382c4b',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T12:00:30+00:00", "ends_at": "2026-11-25T00:00:30+00:00", "max_entries": "1", "issued_by": "order"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(16,'delivery_announced',25,NULL,'courier-parcel-post','vetoed',NULL,'{"3b": "3B", "4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00", "max_entries": "1"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(18,'delivery_called_off',28,NULL,'courier-parcel-post','revoked',NULL,'{"3b": "3B"}','{"courier": "Parcel Post", "door": "Garage", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(19,'rules_loosened',29,NULL,NULL,NULL,'resident-cleo','{}','{"at": "2026-11-24T12:00:30+00:00", "by": "login", "loosened": "couriers digest"}',NULL,2,1795521630000000,1795521930000000,NULL);
INSERT INTO "fanouts" VALUES(20,'delivery_announced',30,NULL,'courier-parcel-post','open',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00", "max_entries": "3"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(21,'entry_admitted',31,'01M86PVKSGX2W40F6B8EKGRKSC',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(22,'access_paused',35,NULL,NULL,NULL,NULL,'{}','{"until": "2026-11-25T12:01:30+00:00", "authors": "resident-dora"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(23,'entry_refused',36,'01M86PXECGTXF7B9G24DFCXMAQ','courier-parcel-post','open',NULL,NULL,NULL,NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(24,'access_resumed',37,NULL,NULL,NULL,NULL,'{}','{}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(25,'unit_paused',38,NULL,NULL,NULL,NULL,'{"5c": "5C"}','{"until": "2026-11-25T12:01:30+00:00", "authors": "resident-dora"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(26,'link_renewed',39,NULL,NULL,NULL,'resident-dora','{}','{}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(27,'rules_loosened',40,NULL,NULL,NULL,'resident-ben','{}','{"at": "2026-11-24T12:01:30+00:00", "by": "login", "loosened": "couriers"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(28,'consent_withdrawn',40,NULL,NULL,NULL,NULL,'{"3b": "3B"}','{"name": "Ben", "resident_id": "resident-ben", "authors": "resident-ben"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(30,'delivery_announced',42,NULL,'courier-parcel-post','changed',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T12:00:30+00:00", "ends_at": "2026-11-24T14:01:30+00:00", "max_entries": "2"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(31,'entry_observed',43,'observed-1',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521870000000,NULL,1795521870000000);
INSERT INTO "fanouts" VALUES(32,'entry_admitted',44,'01M86Q2Y5GYYZJ4NH17ARPJ49X',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521870000000,NULL,1795521870000000);
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
INSERT INTO "grant_units" VALUES('courier-parcel-post','asked','3b',0,'3B','withdrawn',X'A08A1E550F5D5576F293A1A24784A3E6');
INSERT INTO "grant_units" VALUES('courier-parcel-post','asked','4a',1,'4A','accepted',X'FED829CF4352DD5B82BD640B4F816627');
INSERT INTO "grant_units" VALUES('courier-parcel-post','changed','4a',0,'4A','accepted',X'BA144E05FAA0A907F5A556F276939720');
INSERT INTO "grant_units" VALUES('courier-parcel-post','house-89bd95382c4b','4a',0,'4A','accepted',X'FF900EFB9874166B2077EF3A6FB707CB');
INSERT INTO "grant_units" VALUES('courier-parcel-post','open','4a',0,'4A','accepted',X'32C9CD61E9B3E9F72BB640F9AC47679A');
INSERT INTO "grant_units" VALUES('courier-parcel-post','revoked','3b',0,'3B','withdrawn',X'F0EE226D92BE3F72ECE5F0BC394D49FC');
INSERT INTO "grant_units" VALUES('courier-parcel-post','vetoed','3b',0,'3B','withdrawn',X'533B8677380AD5DA2208E88D41A8D32D');
INSERT INTO "grant_units" VALUES('courier-parcel-post','vetoed','4a',1,'4A','vetoed',X'CBC5D9CC12FB89CDFEDFD16D67DF1038');
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
INSERT INTO "grants" VALUES('courier-parcel-post','asked',1,'open','door-lobby',1795521540000000,1795528800000000,5,1,0,'P-1',NULL,'86ab5fc4084cab3cebdee9ed85b3e92371bd51653c268daeaf37a76dc731901f',NULL,NULL,1796133600000000,X'434E06ECA05D74F34E410E737AA1E4C5');
INSERT INTO "grants" VALUES('courier-parcel-post','changed',2,'open','door-lobby',1795521630000000,1795528890000000,2,0,0,NULL,NULL,'6b0a9a9dad8593417cb4728d98d361d223d59241f52436d453712ba1e035534d',NULL,NULL,1796133690000000,X'DF6305269743ED6F54FB0DB0A1801D50');
INSERT INTO "grants" VALUES('courier-parcel-post','house-89bd95382c4b',1,'open','door-lobby',1795521630000000,1795564830000000,1,0,0,'P-3',NULL,'7973db1d524223864e2e0601a5a5dc3ae62d531157092c3eedd4aef168ed9b84','order','order-1',1796169630000000,X'E0D9B44977322CE16C46E4D6F0296B5C');
INSERT INTO "grants" VALUES('courier-parcel-post','open',1,'open','door-lobby',1795521570000000,1795528830000000,3,2,0,'P-2',NULL,'d677c55c2d5c4dda48a3989370e8f44b725b1cdd98232c7d73601e51e54d28a8',NULL,NULL,1796133630000000,X'29110A4C69A34CA0513E76BE55D1A7FA');
INSERT INTO "grants" VALUES('courier-parcel-post','revoked',1,'revoked','door-garage',1795521570000000,1795528830000000,1,0,0,NULL,NULL,'ab9d36563a693b784bee902832a86419a2cd2a24e9815750881b877a829301fb',NULL,NULL,1798718430000000,X'58B028B70B8EC747A9ECD4F3AAEBDBFD');
INSERT INTO "grants" VALUES('courier-parcel-post','vetoed',1,'open','door-lobby',1795521570000000,1795528830000000,1,0,0,NULL,NULL,'37bbe9d7c385acf31807c0a72e7bebed25fa92759767e55e6601dbc9c8e06dfd',NULL,NULL,1796133630000000,X'9CAD6BC29063E19F186A1D5DFE3F7031');
CREATE TABLE links (
    resident_id VARCHAR NOT NULL,
    token VARCHAR NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (resident_id),
    UNIQUE (token)
);
INSERT INTO "links" VALUES('resident-dora','J_-HK4bw3m9mWxhR3FKCuQ06XoOVdXobUlln_f5wNY0',1795521690000000);
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
INSERT INTO "notifications" VALUES(1,1,'resident-ada',0,'sent','courier_access_1fc428403a97b3bf1e50aa2c1990bbcb','77a805a9a649b030e745a5b568204068',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(2,1,'resident-ben',0,'sent','courier_access_78c60c7b49964c4ff4298848b4eec1d9','56bed6abc0d0d5780620a871e9d44e6e',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(3,1,'resident-cleo',0,'sent','courier_access_3963ac0cfca07302b2356da41e097189','30f76c9b4abf36d8299b91c0c0bd7d08',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(4,1,'resident-dora',0,'pending','courier_access_3ca145b985d966faee462011ccbe13f8','f1499337d551b78dd409425c69431cb3',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(5,2,'resident-ada',1,'sent','courier_access_1f4ddb755dd29ab24699e46b11ee2c8d','5beb5f41e172669748fe6e0107571916',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(6,3,'resident-ada',1,'sent','courier_access_5abdc9413b54552cb369ceaa34ed8477','26603fd41c8a06af239eb770ec70ae3f',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(7,4,'resident-ben',1,'sent','courier_access_2ea14911e4418dcfb01ecb3e1d7edc8b','db50cdc90116dfeede034acb051e7eeb',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(8,5,'resident-cleo',1,'sent','courier_access_c6a2bad80d4cdaa7f10c012dab49585d','4c00940e0645f68fa82675d3d88c1bc8',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(9,6,'resident-dora',1,'pending','courier_access_29c10edaa354aea983e810f4c5cff6c7','26a6c1588b61a2459dc953b2d1dcc44d',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(10,7,'resident-ada',1,'sent','courier_access_0e2747fd7b593364610feaf4ed8e7501','b61f7e2f9f49ba92f21b367e41958660',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(11,8,'resident-ada',1,'sent','courier_access_27b1bdf164197fab5eca0508fe824cfb','cb15b28f54312acc94da8558aaab38d1',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(12,9,'resident-ben',1,'sent','courier_access_3146f714691676d396dfe89873014257','c350ce46fe7fb08a5834f19dbcc8f33a',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(13,10,'resident-cleo',1,'sent','courier_access_aa7ef4193bd2b41bc711cf12c6167f36','2eda074494c97ea359e5ffac9d253482',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(14,11,'resident-dora',1,'pending','courier_access_9fe4c46ed0bf79676a73e5b80215bb92','1f4d54b0ba84acf2ce50f30a37795a09',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(15,12,'resident-ada',1,'sent','courier_access_bbc191698dcb9843cd30c83d50fb795f','d459815b32f96d7e95e636b5d5c58cd1','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(16,12,'resident-ben',1,'sent','courier_access_581efab31812af38475df0790bdb83d8','7cf73f38f4ff748eab23792381b33602','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(17,12,'resident-cleo',1,'sent','courier_access_cc89eeb01a4954da8e23ee1352eed6c3','5b71273726b720a5f0515c10a9a36344','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(18,13,'resident-ada',1,'sent','courier_access_5aa1f8dee21656c8154ca4a75d59640f','258241cfdff4a1fef5aaa829ebaf912a',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(19,13,'resident-ben',1,'sent','courier_access_ed7e5638a451847ca157101a48322a38','dd21932d2a9e49c3312a9fb0b67b2f59',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(20,13,'resident-cleo',0,'sent','courier_access_6608caf13576be011428a9d61028ab11','47e8bae1995fb4a2cf8975de5ddd0efd',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(21,13,'resident-dora',0,'pending','courier_access_da63cc6f52120ce5d73d034cfcd49716','badf193d001bb5a27f5a523b17801dd1',NULL,0,NULL,NULL,'[]',3,1795521600000000,1795521930000000,NULL,NULL);
INSERT INTO "notifications" VALUES(22,14,'resident-cleo',1,'sent','courier_access_07c0a60b78cfd875724c978fa5080fe2','0611f00d722dd54975f9a9409d681ae2',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521630000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(23,15,'resident-cleo',1,'sent','courier_access_9f4e230f35f276593b2a4b5babef505e','86f4861b2e0f09eb15f7576a4c4104cd','courier-parcel-post',1,23,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(24,16,'resident-ada',1,'sent','courier_access_71cba1808a247f137b816b942ee8c819','fc849fdc12bf52713d1681d0b97871da','courier-parcel-post',1,24,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(25,16,'resident-ben',1,'sent','courier_access_1a836fb65f8900055c376b4c5897ed33','5df9732460d952acb17416d7de45c2b5','courier-parcel-post',1,25,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(27,20,'resident-cleo',1,'sent','courier_access_88b0851d3c3f31d3f028492a0c791602','da143ec77d06a2436167ea367e0f6555','courier-parcel-post',1,23,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(28,21,'resident-ada',0,'sent','courier_access_c9844f6325079ad4581034d05fd19988','b1b64a83d84aae3ff46a6505b24918c2',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(29,21,'resident-ben',0,'sent','courier_access_99ba4ccded6c94371bfc70a2f5dbb8d3','f2e49e652d843ff4d95aa170123c13eb',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(30,21,'resident-cleo',1,'sent','courier_access_46b70016288054f08e1ca0cc38a9c959','ba4898d8b636d983ec8e5bd3ff7b4e10',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(31,21,'resident-dora',0,'pending','courier_access_65a2f239eba4e1ece5e5b8531fa07ecb','aa30432a568f9e4397856ed74b5c6431',NULL,0,NULL,NULL,'[]',2,1795521630000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(32,22,'resident-ada',0,'sent','courier_access_b9ccd2db18c5bcc60fa6247a95c4bdec','c8d3509e6ee868fae149034da55b15e5',NULL,1,38,NULL,'["notify.mobile_app_ada"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(33,22,'resident-ben',0,'sent','courier_access_5c599c5f90bb662a2fe49d02e9e137ac','8c45d53d8b8f3171d19ba47fb46143ac',NULL,1,39,NULL,'["notify.mobile_app_ben"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(34,22,'resident-cleo',0,'sent','courier_access_d954fde8f1ea29a4b6cb446dfdc0eed2','051fcadd9465067de741b63e5a350814',NULL,1,40,NULL,'["notify.mobile_app_cleo"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(35,22,'resident-dora',0,'pending','courier_access_5e4e8c67dd9fc4bcb7157c2faf47f184','73c864c96851aa84483b28c3db061d2c',NULL,1,41,NULL,'[]',3,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(36,23,'resident-cleo',1,'sent','courier_access_17daf87a0a66580fa537b4c5cb459340','78bd2897799fa4c68dc26cc9bc0ede19',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(37,23,'owner',0,'sent','courier_access_1d180777925de9ea45e9ea445eff4f9d','7ea59ba3e4d44b6b8d5fa04d476b68fc',NULL,0,NULL,NULL,'["persistent_notification"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(38,24,'resident-ada',0,'sent','courier_access_117bba979624f1aa682eb25641570903','39eadf42bad4da3945c88044918e1708',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(39,24,'resident-ben',0,'sent','courier_access_c7a87ad792569cb97098f16e4f4de345','5ac3c42f76698d7a134caa82a3351bee',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(40,24,'resident-cleo',0,'sent','courier_access_f34d76eeb1d3b50be86b573c8f3f7658','26a2064a623e633c8e449886eb437e02',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(41,24,'resident-dora',0,'pending','courier_access_b8c4ba9450bfc781592a3fa69536ef4e','dbed5d8e0f6964b9dfa93d2768269835',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(42,25,'resident-dora',1,'pending','courier_access_e3432602b3869c3ea5ec12848cc55b8d','a92d1ba000073d45b97fa6410d230cc8',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(43,26,'resident-dora',1,'pending','courier_access_ed112b3623e9c70fe35073cdc209bc18','ba6ff1a29d407db4b456e9465ed83d65',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(44,27,'resident-ben',1,'sent','courier_access_aab4d4c3a65462dc912be1e7ea1a0e34','61ea3d708e998af4b8508327b048caf5',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(45,28,'resident-ada',1,'sent','courier_access_24f1d02111c8765992c63271ced32c3d','ab39551ad60f4bfc988608fb01f87a36',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(46,28,'resident-ben',1,'sent','courier_access_42bda9c0de45bbc57b68f1bb79496e47','da259d0263d6450b0a3f493a31aecffe',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(47,28,'owner',0,'sent','courier_access_8a40467a4b63ec603f15dc9e2bd79787','2dc3a71bc7a53cf9dd5337d6b64c07f3',NULL,0,NULL,NULL,'["persistent_notification"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(48,30,'resident-cleo',1,'sent','courier_access_4fb1b11fe55a2d4222eab42ebeb9f84c','31aa1e67d40ed099754ae5162fe36c2f','courier-parcel-post',1,48,NULL,'["notify.mobile_app_cleo"]',1,1795521750000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(49,31,'resident-ada',0,'sent','courier_access_f810fe35b5b9c818557d4136cebd701c','9799882ea4453e138ca7afeb39ce0d5e',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(50,31,'resident-ben',0,'sent','courier_access_dedfee4e241d5fbc47530a609dd3a3f3','987e1a599f31a0c7768c2b1d33adf7d5',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(51,31,'resident-cleo',0,'pending','courier_access_b07418ae1e9bdb9f09caf96e21ae0e90','937f38a89d4d6aceb341d19b08da7807',NULL,1,NULL,NULL,'[]',0,1795575600000000,1795575600000000,NULL,NULL);
INSERT INTO "notifications" VALUES(52,31,'resident-dora',0,'pending','courier_access_bc33710a4d26226dacc5c24094d0a112','d23077bd59c1a9f6ac781ea462e6c9b6',NULL,0,NULL,NULL,'[]',1,1795521870000000,1795521880000000,NULL,NULL);
INSERT INTO "notifications" VALUES(53,32,'resident-ada',0,'sent','courier_access_8ebb6feb44eed3fb84c11b17f3ab0a80','4af63ba91c35f3edc19cb83c9bdd7a9d',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(54,32,'resident-ben',0,'sent','courier_access_ebab3b5f92ed62f2e5161fbe41ada57b','a3ed107ed3b23ccab3969f531c6bc601',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(55,32,'resident-cleo',1,'sent','courier_access_94fb30b741d5eac8142a8d595324f690','c07a76002c28f388a23137947b9dd644',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(56,32,'resident-dora',0,'pending','courier_access_9b4c3443cc344d1d084553f3cd087b9f','8454003c9b08368105b1f925036abe03',NULL,0,NULL,NULL,'[]',1,1795521870000000,1795521880000000,NULL,NULL);
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
INSERT INTO "orders" VALUES('order-1',23,'resident-cleo','device','an account','courier-parcel-post','door-lobby',3,0,1,'2026-11-24',1,X'18703BAF1A43FFB9D7A955862F9999B3');
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
INSERT INTO "passes" VALUES('01M86PVKSGRYK4X9P13D24H6K7','courier-parcel-post','asked','resident-ada',X'DB1FD355DCAF1A28FD7A69644CF8E5B0E6361EF9C55E4192E33AE2988C3C0D6D',X'9C901F4141E723D743135D6A607E778114D8686D51836D18D53DAFEC4B81ECC2',X'EBF6229D2A4271F773AAAFD27216B8FA6CE352F6140634335F5DFD57C4BC9ACF',1795521630000000,1796133600000000,0,0,X'A2933D6A5541100A82349446A196FA64');
CREATE TABLE pauses (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    unit VARCHAR,
    by_unit VARCHAR,
    at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    ended_at BIGINT,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL
);
INSERT INTO "pauses" VALUES(1,NULL,'5c',1795521690000000,1795608090000000,1795521690000000,X'BE77B3CE5697CCFC6D9E378CD6193214');
INSERT INTO "pauses" VALUES(2,'5c','5c',1795521690000000,1795608090000000,NULL,X'79F8B1D90201831165858245A5C41FF4');
CREATE TABLE personal (
    seq INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    value TEXT NOT NULL,
    salt BLOB NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (seq, field),
    FOREIGN KEY (seq) REFERENCES records (seq)
) WITHOUT ROWID;
INSERT INTO "personal" VALUES(2,'resident','resident-dora',X'191816FD3AE0CCD4D0DAC2936FBFFEC6417DE500A8F612712FEFD9D0711872D1',1795521600000000);
INSERT INTO "personal" VALUES(3,'units','{"resident-ada":"3b","resident-ben":"","resident-cleo":"4a","resident-dora":"5c"}',X'6F2305929DC8556C3CAE41E57D4DBC814E299CE1C0F326699C67464113AAE22E',1795521600000000);
INSERT INTO "personal" VALUES(5,'resident','resident-ada',X'6672FF2D9E83A71433C51518D4D8EC4663DB8CCCA5407223059C7116CDCDC5C1',1795521600000000);
INSERT INTO "personal" VALUES(5,'unit','3b',X'E42C0C6602F72953615C42A2BE8943C933B6DC6B84BB54D64A0CA4FFF429E353',1795521600000000);
INSERT INTO "personal" VALUES(6,'resident','resident-ben',X'3122752ACCAD3D80AAC28B875D131FEE0BA4E221FABB4E393F367A013AE5B727',1795521600000000);
INSERT INTO "personal" VALUES(6,'unit','3b',X'F001C70FB799605916ECA4C90EE59B037DE110E55E758732914739E11FBDC5B5',1795521600000000);
INSERT INTO "personal" VALUES(7,'resident','resident-cleo',X'ACCB8D8D44D687146EC0067EA6F6A49A9630E56C5457AC227C1126E36C673FE2',1795521600000000);
INSERT INTO "personal" VALUES(7,'unit','4a',X'D0134A53FCC8FD69AB0796D7A3E2B79C11D910C6111796D29833F58253F7CBEF',1795521600000000);
INSERT INTO "personal" VALUES(8,'resident','resident-dora',X'6BEA428E413FED6E92D691B14A3DC36B2DD6B1FF091B7F1E3B8359EEC8C55CB8',1795521600000000);
INSERT INTO "personal" VALUES(8,'unit','5c',X'1A493654C90296698B841C3954A7A84FB67DE25D0012DFFAE7B8F258529C2D4F',1795521600000000);
INSERT INTO "personal" VALUES(9,'consent','given',X'E25F154E41995A0FE50DC48B729915103FE5626B7FE85D37E558F6C4F25C7124',1795521600000000);
INSERT INTO "personal" VALUES(9,'decided_by','fdc59f0b39c04dc195243a0881095349',X'D2507F661E3A46D2C502AC408F02A7CCA7B27B144768FA097A5D124A984018D6',1795521600000000);
INSERT INTO "personal" VALUES(9,'resident','resident-ada',X'1DD8074CC16F04D2AEF9974033C44EFCBEFAAB41EADE2DC0F0363EB1A2D42606',1795521600000000);
INSERT INTO "personal" VALUES(9,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'65E15411C5BC4AD7826C6D6D9A60DBDEE9B69F801DBB2B1FD420E55EECE71ABB',1795521600000000);
INSERT INTO "personal" VALUES(9,'unit','3b',X'D88F3E611F6632228162CAE55387D78D60194D69E38E24FC6A4100FFDC393149',1795521600000000);
INSERT INTO "personal" VALUES(10,'decided_by','fdc59f0b39c04dc195243a0881095349',X'EC72C68905AC8516D15CB88B4A6EA9658111E9C65A2EB826A8A2142B263F47A9',1795521600000000);
INSERT INTO "personal" VALUES(10,'resident','resident-ben',X'A470A44F99288B3A69F3011D303AA236F7161FEA617C5E74DB1B066F03DA3ABF',1795521600000000);
INSERT INTO "personal" VALUES(10,'unit','3b',X'0688355034CCCF0D1A176F74ADF49E3D23CF2A7B9AEFE90D3CA9083D0B33F94F',1795521600000000);
INSERT INTO "personal" VALUES(11,'units','{"resident-ada":"3b","resident-ben":"3b","resident-cleo":"4a","resident-dora":"5c"}',X'61EA33A5793B31E9811121CA91DBBDA234093AD293A3A183469800057A367080',1795521600000000);
INSERT INTO "personal" VALUES(12,'consent','given',X'D78B17776B6D416BAB6EAB3AB9701B3C372BD4EF1E7F3FE28B989990CA425A8D',1795521600000000);
INSERT INTO "personal" VALUES(12,'decided_by','a7c0e33bea4647fd896aed2837ee6ebb',X'9D3BF9618B9CFE0F856ECDD51F9869D80D8980F86A3BEB1AD8BEFE311D875BB2',1795521600000000);
INSERT INTO "personal" VALUES(12,'resident','resident-ben',X'BF815D287D7559BD6ABA76693EFE58EE57A419FF4FF805E7C7ED9BA06A2578CA',1795521600000000);
INSERT INTO "personal" VALUES(12,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'394B995E667EAD7DD1207A22EEA3ABBE053272A0DDB07F126A62C14427ECA3EF',1795521600000000);
INSERT INTO "personal" VALUES(12,'unit','3b',X'2E6D7B05C51DE8E186670F877D28041CA731EA8D14E324A2ACD3D30FA412D21D',1795521600000000);
INSERT INTO "personal" VALUES(13,'consent','given',X'3123C01E05013D3796F4523A73947158C4B223F33E964662F0B02EB51C721BB4',1795521600000000);
INSERT INTO "personal" VALUES(13,'decided_by','c3e118899c6243f285f542ac74e257e2',X'6FE8F9886BED495907555254E3E8E17F734731166D383F927DB7E9FAAEF4B7C7',1795521600000000);
INSERT INTO "personal" VALUES(13,'resident','resident-cleo',X'848FC4AAFF6EC33134FFDCF867D79F55D8A48AC8652A6F8B82ED996E3DE95239',1795521600000000);
INSERT INTO "personal" VALUES(13,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'2819EC2BA4CA7D7AC0B251D00A2FFA5355043A383F6EC73EC88F702F526A75BE',1795521600000000);
INSERT INTO "personal" VALUES(13,'unit','4a',X'E9D9D89A5BA76E8EC0C9128A4D3E2CE4AAD2B0EFDC2A8DD3838E16FD0F5F1593',1795521600000000);
INSERT INTO "personal" VALUES(14,'consent','given',X'0DD12058212D42A9283354C8241DFD7B8AECED32A270A2519AE29E8B396AB2D9',1795521600000000);
INSERT INTO "personal" VALUES(14,'decided_by','link',X'C182858A0022670F19D13D5FC99C91CB789882A02C2E94B095EA199184CB5A54',1795521600000000);
INSERT INTO "personal" VALUES(14,'resident','resident-dora',X'9A415F4E85044080576801D4EBFBE636AA2C0588AA3D7990EDD409AAF61ED867',1795521600000000);
INSERT INTO "personal" VALUES(14,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{},"share_hours":false}',X'494305F31B0F0A33EC100B32D518FB9B758426C34FEE9783C1E808182EA1F4C6',1795521600000000);
INSERT INTO "personal" VALUES(14,'unit','5c',X'5E91F03EB0CCA67272415D422D3BE1DD2DB29CA4B527BB5BDA2F672CBE8C8F81',1795521600000000);
INSERT INTO "personal" VALUES(15,'grant_id','asked',X'4B97A916672EFCAFFEEACC9238571AAB5482B2BEA9B3E312E39A39B98AAAEEBA',1795521600000000);
INSERT INTO "personal" VALUES(15,'parcel_ref','P-1',X'4A7D302DADE2676744374FD065EC54DD669C6E55771644494EA14FE090F0FB35',1795521600000000);
INSERT INTO "personal" VALUES(15,'units','{"3b":"accepted","4a":"accepted"}',X'8EA3AC3DDC7540BDBEA6BB4DB42EFCD4862ADD3E683552A482E3A4EAE3E26651',1795521600000000);
INSERT INTO "personal" VALUES(16,'grant_id','asked',X'DFD0739C2840D82E0523D9E695E7D45BACC2C4D3EC22E97E9FFC1F81DABA6121',1795521600000000);
INSERT INTO "personal" VALUES(16,'units','["3b","4a"]',X'C224767BB1144A89B0328F5FEDA4E74CCA16AD5A8547CFEB6A1F11F23325EE40',1795521600000000);
INSERT INTO "personal" VALUES(17,'decided_by','fdc59f0b39c04dc195243a0881095349',X'3D360B9F791DE721EA92C981024DE599B9A36869E4BCF0F2B8333BC1EC7AE6CE',1795521600000000);
INSERT INTO "personal" VALUES(17,'grant_id','asked',X'7694581FBEA69D16FCB43633B7CC4252CC98B99661DE82265ACA8E0D074C930F',1795521600000000);
INSERT INTO "personal" VALUES(17,'unit','3b',X'9D72DEABDD7EA9D3DC0F8EB8A44AA5E97C6E973C2ADDD76D9D110944B0491460',1795521600000000);
INSERT INTO "personal" VALUES(18,'driver_ref','D-1',X'13EBD71AAAA26C5CC1716BC13190512E04EC9FA3668BDFB0543D21F962796243',1795521600000000);
INSERT INTO "personal" VALUES(18,'grant_id','asked',X'6383986C05B607CDF389C7B66AE1D8A3A80B267B5BDC8F806597C047A93BC562',1795521600000000);
INSERT INTO "personal" VALUES(18,'parcel_ref','P-1',X'44AD4BE3701A3942E7F5EAB2D2B353B17099260456EEA56DD3225A088D699910',1795521600000000);
INSERT INTO "personal" VALUES(18,'unit_labels','{"3b":"3B"}',X'C77E7E925D0ACEA62C64BA688902F4D5A56D53291D03C8687F002294EA830ED8',1795521600000000);
INSERT INTO "personal" VALUES(18,'units','["3b"]',X'884484B02726DFAB7AB7698E72A33DD772EC6796D345D10483FD3693B7F59367',1795521600000000);
INSERT INTO "personal" VALUES(21,'decided_by','fdc59f0b39c04dc195243a0881095349',X'E54278F76597FD1B89B593B065AF1D33C42A4501A66697776FD7C3AD6E3DD87A',1795521630000000);
INSERT INTO "personal" VALUES(21,'grant_id','asked',X'B1B68A9F777B5F8F28EFED3BFA20E116765F47CE5AFEEAC24D03207BF8074361',1795521630000000);
INSERT INTO "personal" VALUES(21,'unit','3b',X'CDEF90A53F04F59E1531929D40733143EC2A04BF62BF914AE3ABE16A4B85FE60',1795521630000000);
INSERT INTO "personal" VALUES(22,'decided_by','fdc59f0b39c04dc195243a0881095349',X'0AB7390E37AFE309211D89C7123BA2CFD760444E03D26BEE658E2077FD6BBA0F',1795521630000000);
INSERT INTO "personal" VALUES(22,'unit','3b',X'62176D5546A4BBFD5C87561263581F043735A458A09D3BCB514F86EDF8568F50',1795521630000000);
INSERT INTO "personal" VALUES(23,'decided_by','c3e118899c6243f285f542ac74e257e2',X'280D69896AE98250272118A03203BE7F8F2C6B33C46E70DB21F69CCABC3F5E77',1795521630000000);
INSERT INTO "personal" VALUES(23,'order','order-1',X'C7AC81255BA47C0F5295FD683E9B6EF224F3026ECA322050DAD3510F3CEFD58E',1795521630000000);
INSERT INTO "personal" VALUES(23,'resident','resident-cleo',X'ABC0D43D30311351840F640D6205862F0CA4756A49908D06A073624E10094335',1795521630000000);
INSERT INTO "personal" VALUES(23,'terms','{"courier_id":"courier-parcel-post","door_id":"door-lobby","is_paused":false,"most_per_day":3,"source":"an account","source_kind":"device"}',X'16E3CD6C4425411931AC341BF00B33197D9C6C1932CEE3EC99AE010ED0CF19DC',1795521630000000);
INSERT INTO "personal" VALUES(23,'unit','4a',X'382A257A8DCE48FE076829B7D710F8B3F355E002AAEE9164E9E20C7CB8BDAA7C',1795521630000000);
INSERT INTO "personal" VALUES(24,'grant_id','house-89bd95382c4b',X'B0BAFBC9197E194698D7A32DDF05A27E46864A599C1F199B34318A3807A352F0',1795521630000000);
INSERT INTO "personal" VALUES(24,'order','order-1',X'B96B422739C7ED7BF96CACD5BB9909A9ED6EFBFBE8D5984C370380B9893A92BD',1795521630000000);
INSERT INTO "personal" VALUES(24,'parcel_ref','P-3',X'7FB24807ABE2974050AA02427221CAC3162D5E0F8131A535B65FAF6A82763E9E',1795521630000000);
INSERT INTO "personal" VALUES(24,'units','{"4a":"accepted"}',X'2AE5B3C04C5C2ADBA0EE8F33F3BBD766B6B479761B0737A5E0BED7BEFECF0637',1795521630000000);
INSERT INTO "personal" VALUES(25,'grant_id','vetoed',X'221A0AD7FFDBE163BBF84B0045011954737A8987A4C4E8DED8CC2B714B1F9DC2',1795521630000000);
INSERT INTO "personal" VALUES(25,'units','{"3b":"accepted","4a":"accepted"}',X'0936553C75557D8C358DA189047ADC0DD7CA5EEA834AB1B71C40386D791B840F',1795521630000000);
INSERT INTO "personal" VALUES(26,'decided_by','link',X'34B00CB1810D5B49EC1B14A3571626E9C858736DE9C84AFC3D9DB1DD1F312AA7',1795521630000000);
INSERT INTO "personal" VALUES(26,'grant_id','vetoed',X'A3AFEF279671E99E736E415016BC9134006D5AE2275D3F60DA4E91380FFD66FA',1795521630000000);
INSERT INTO "personal" VALUES(26,'unit','4a',X'E33320CF6166A099296A79BF128706A24A701956D3A830CBF1C3243D676FDEDE',1795521630000000);
INSERT INTO "personal" VALUES(27,'grant_id','revoked',X'52C67A1B0A9B59762321F9AB8E14AEF726BCCCC408657B72E0EB6D0B999B8829',1795521630000000);
INSERT INTO "personal" VALUES(27,'units','{"3b":"accepted"}',X'86467995590CE434D6E4B1B843B01ACFD8DE0B7C7582DD22A438B2D9DAADBCC0',1795521630000000);
INSERT INTO "personal" VALUES(28,'grant_id','revoked',X'B2FE6C9933EBF9E6D6BA1F73317C99D7E8E93A72CCE3BA3E40EF49957F52B3BF',1795521630000000);
INSERT INTO "personal" VALUES(29,'consent','given',X'DA1E0C138277D5C77AD5C2D039AD29AF1DE38FFAB2739041BFB157B6C467905B',1795521630000000);
INSERT INTO "personal" VALUES(29,'decided_by','c3e118899c6243f285f542ac74e257e2',X'FA09ACDC872181F61F91ED9A370AEEE163ABE6C1E35687AAFB81DD2AC8C66FC0',1795521630000000);
INSERT INTO "personal" VALUES(29,'resident','resident-cleo',X'98869A828BD93548D8A9B9A5092E46D689A224685907C2AABC9E96E118F66EAF',1795521630000000);
INSERT INTO "personal" VALUES(29,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":1140,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'32C9D93D296072902231DA52BBDEF399511F704BB15825D5D02241D43099AF97',1795521630000000);
INSERT INTO "personal" VALUES(29,'unit','4a',X'C168F6407466F7D43991A6BD664C5E5AEE1BB4523ABEC7C6279C0D3B19DE4E31',1795521630000000);
INSERT INTO "personal" VALUES(30,'grant_id','open',X'0A72B72796B99B717D1F93259B10B8E359757925CFF2959F96D698C44F45BDFC',1795521630000000);
INSERT INTO "personal" VALUES(30,'parcel_ref','P-2',X'D13CA5507FFF5F068482B0EE372E9E48EE6F0DA4C269FDF51DCB262344459DCC',1795521630000000);
INSERT INTO "personal" VALUES(30,'units','{"4a":"accepted"}',X'8CBE4D6914435149B18816909A787E5713CB0CB55D12AD71962C8E0E8590695F',1795521630000000);
INSERT INTO "personal" VALUES(31,'driver_ref','D-2',X'718831BC1E178269F14DB3AC2694D7D8596D551D2C828AB76C294A9731BA3CFA',1795521630000000);
INSERT INTO "personal" VALUES(31,'grant_id','open',X'A6BF53FE0D338C9CA15F1FE8721D96235B5285EE37EDA67D5B77E3E7E662E761',1795521630000000);
INSERT INTO "personal" VALUES(31,'parcel_ref','P-2',X'1CC96773016B21DB25993AE5BE326FE840CA2951EB4DCC79640C6168818B2B81',1795521630000000);
INSERT INTO "personal" VALUES(31,'unit_labels','{"4a":"4A"}',X'DA3E92FB6B6A31138D8DF2B21CC20C4CAABA08DE576CD08A4C59488DD2ACDEFF',1795521630000000);
INSERT INTO "personal" VALUES(31,'units','["4a"]',X'500000DCC8210B56F0761DDEBE51FD4B055FFBA075601D56F7C243962267CBAB',1795521630000000);
INSERT INTO "personal" VALUES(34,'grant_id','made-up',X'2BF3BDAAABB94472DA062D78B10D2054062AC1DA606A0E95DC4452E04B4D7D35',1795521690000000);
INSERT INTO "personal" VALUES(34,'unit_labels','{}',X'098920E46F5FD23EAC1EEEAF09F1EB5EDB210696470AF00F7B42E388CBD86C77',1795521690000000);
INSERT INTO "personal" VALUES(34,'units','[]',X'6901A37AF52275DA6C0428467691F8A90C4AACA2B123604A3585D6FA5529BA96',1795521690000000);
INSERT INTO "personal" VALUES(35,'decided_by','link',X'539333CCD0F3A24DBAACE362397319AB13E049D3792972DAE3E7C4662D880A6C',1795521690000000);
INSERT INTO "personal" VALUES(36,'grant_id','open',X'DFDAFB04895D79D2375293385644EC03EAE61C14AEA569D2FE11B4BEC5C7B4E1',1795521690000000);
INSERT INTO "personal" VALUES(36,'parcel_ref','P-2',X'EEF6570B285E7EBD9DF8F800F424264975C4825776BCCECCFE1441BEECAF995E',1795521690000000);
INSERT INTO "personal" VALUES(36,'unit_labels','{"4a":"4A"}',X'1179B4BEF45A2193C1D81FB03925C59BFCFD5234350B7C5C7AF221B107E33174',1795521690000000);
INSERT INTO "personal" VALUES(36,'units','["4a"]',X'29C05135D7697B20D7F1F4F52EAC4C67D933EF42531E24C8EEB35D63B79707D8',1795521690000000);
INSERT INTO "personal" VALUES(37,'decided_by','link',X'A3C5248CE47A209CC32D3F0D45CF024D1988054D4EB2B623612CF44E29C27D1B',1795521690000000);
INSERT INTO "personal" VALUES(38,'decided_by','link',X'B6DD5AC3F5E974E59359A59281A597E30FA4E54E4FD99269883EC7BA49120892',1795521690000000);
INSERT INTO "personal" VALUES(38,'unit','5c',X'E085E4A570503F8516453515863031070D43B672955B18EC187C2D2AED849196',1795521690000000);
INSERT INTO "personal" VALUES(39,'decided_by','link',X'271E7E1AA0D2EF580584690D12C417820DB45BC057D1F34E5C5795993730C8B8',1795521690000000);
INSERT INTO "personal" VALUES(39,'resident','resident-dora',X'1F9B5D8757FD9995AE7FCF67ADA1F83E2C3023731A9D160458AA1C4FF77E66A5',1795521690000000);
INSERT INTO "personal" VALUES(40,'consent','withdrawn',X'08FD5E31E5F5099EAA2A6D3A123431CE056F6EAC540423C69E0FD030D8DA9F04',1795521690000000);
INSERT INTO "personal" VALUES(40,'decided_by','a7c0e33bea4647fd896aed2837ee6ebb',X'87BA82BB68A4FC8315C1B10E34F88E55B63344F5C1D9ACBD08003B4DBD13B8AF',1795521690000000);
INSERT INTO "personal" VALUES(40,'resident','resident-ben',X'FE8C98051C2F42D7B6E504668B1593CA12458939F0909C943505E744E08C09B5',1795521690000000);
INSERT INTO "personal" VALUES(40,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'B500A555AB4BBC959AC476FBA2E9FF18DB6D9D57FC3D98E5F0920216D2156D88',1795521690000000);
INSERT INTO "personal" VALUES(40,'unit','3b',X'F7C3C9D637001748A17A4B809539423AB3D32112528A7C696D81981948EE0A54',1795521690000000);
INSERT INTO "personal" VALUES(41,'grant_id','changed',X'1AEA6EE30BDB1303ED8359C62FAC30CB41BD8A9DB03E78C250C9C0FC6B6F39E7',1795521690000000);
INSERT INTO "personal" VALUES(41,'units','{"4a":"accepted"}',X'FAADD21AA752EC9EAEB90D2B48426B3A355012F66CEDB44F8287A21A4B63F519',1795521690000000);
INSERT INTO "personal" VALUES(42,'grant_id','changed',X'1F106AEC3CD6EB9E9C5FF7CAF3F1A9ECAEBD02A0495B171979946B6F05A45588',1795521690000000);
INSERT INTO "personal" VALUES(42,'units','{"4a":"accepted"}',X'106CA67BF52AD8B61F9348C66DFB8C9BD0E5CE7DF844D905ED756B9B0DFCCCD8',1795521690000000);
INSERT INTO "personal" VALUES(44,'grant_id','open',X'A69FE35BC7D2EA832DBCD91E29BF4F7ACD3127B6DFF8383A3602BF9E621DD371',1795521870000000);
INSERT INTO "personal" VALUES(44,'parcel_ref','P-2',X'7E33DE65459C73E20C20A3F134C31B38D2D06C362B4652958CF5F7B9C240D490',1795521870000000);
INSERT INTO "personal" VALUES(44,'unit_labels','{"4a":"4A"}',X'B47E9B55A5504A5A874D89EEDD3BEEEA01EDA311CBE8EC53D3AEDBC19A5EFBD7',1795521870000000);
INSERT INTO "personal" VALUES(44,'units','["4a"]',X'04DD503EE8E484E16167494C7B4A456E3AEE0C35E8BFD18D18929AA171B37966',1795521870000000);
CREATE TABLE records (
    seq INTEGER NOT NULL,
    at BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    body TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (seq)
);
INSERT INTO "records" VALUES(1,1795521600000000,'zone.recorded','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"7990a090c4ee7e5e012485a28704a93406ffdd2954aad2ab31bafead8415d4ed","kind":"zone.recorded","personal":{},"seq":1,"zone":"US/Pacific"}',X'438E2E9AE3CF0AF882FDB8C8B6CFCCA77C17B13EFFCBB68FA53931BB583E17F0');
INSERT INTO "records" VALUES(2,1795521600000000,'link.renewed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"3145bc6d53808de5e4aa5fa56857995d44b9c0532b6e4df22e054994ed983dc7","kind":"link.renewed","personal":{"resident":"4d3423cdbd7b239293b6026eda0d43e763b3df7994dff757c652011e6f2b7d4e"},"seq":2}',X'FB371606685B737BD434D0EC6B491C0D0B108328731C673EC0E31E69B70E6AF3');
INSERT INTO "records" VALUES(3,1795521600000000,'residents.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"3145bc6d53808de5e4aa5fa56857995d44b9c0532b6e4df22e054994ed983dc7","kind":"residents.changed","personal":{"units":"1f084df45b0da009229fbfdfdfc5b4f25058a583ceb3dc66ce31da72425aba5b"},"residents":["resident-ada","resident-ben","resident-cleo","resident-dora"],"revision":1,"seq":3}',X'0C2BCF07213D78FEAC2760F865C35A1969CFF1F1841ACD15137FC596F9F313BF');
INSERT INTO "records" VALUES(4,1795521600000000,'courier.admitted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"3145bc6d53808de5e4aa5fa56857995d44b9c0532b6e4df22e054994ed983dc7","courier":"courier-parcel-post","courier_name":"Parcel Post","kind":"courier.admitted","personal":{},"seq":4}',X'6D1C53642A6E87A70BC5A8B16D7E04478D2A0B52AC582044FEBDA7548FE9AB7D');
INSERT INTO "records" VALUES(5,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"3145bc6d53808de5e4aa5fa56857995d44b9c0532b6e4df22e054994ed983dc7","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"a3885dcc3d382780a51be22c51750ab963a1034f1791dce4b7b6fa6940cee28b","unit":"428a168721c9e36fedabce2fdcdaa17dcb6e5d4f4c0950663ca6009fd6efdf82"},"seq":5}',X'9471FA28B1AD7288E055BC44F9BC02397F2AA2789A09AE76F85CA8A69B35AE48');
INSERT INTO "records" VALUES(6,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"3145bc6d53808de5e4aa5fa56857995d44b9c0532b6e4df22e054994ed983dc7","changed":false,"is_confirmed":false,"kind":"resident.enrolled","personal":{"resident":"7c598636ee0003dd7d26ff9b1f69260d9845705c3604b7fc480d9950be971782","unit":"c337f3f398c7d166573f3d982025f171ab67279a94b1e26764e85a79461cafc5"},"seq":6}',X'FA636288EFA499156EA5E2360693012DFF34207A3E13F896753C5C23D656EA52');
INSERT INTO "records" VALUES(7,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"3145bc6d53808de5e4aa5fa56857995d44b9c0532b6e4df22e054994ed983dc7","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"f05d6e1dbdc7b795a3b5a799c4767d1639fdee41e83fedce95e53a17e8c72c35","unit":"3d70b8e3c752202b4d17d465f4efbe7afb25a5002621af10a00f850dada234e2"},"seq":7}',X'EBED9A54DF508CDA9AB8F0161834DABE33751FB6DC4DA2F0D4E609676754D983');
INSERT INTO "records" VALUES(8,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"3145bc6d53808de5e4aa5fa56857995d44b9c0532b6e4df22e054994ed983dc7","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"afc479e2f89bd030478e85fd7158643a415e77c797769e28639d7c422d0f0a0c","unit":"cce72985c2f72d4f3bc62228bc0ca7e69a72369c81a8162b919cf731b3bf753d"},"seq":8}',X'F979FAE2BE7CC9D74B76DE5CB66CF0DE9197BDB65DD8FF96F9D95433FB5EF488');
INSERT INTO "records" VALUES(9,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"de4f784f47719e846a14bbf6a904712bf57532605d8b0af61e61071a82fc4372","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"44662817a11dddbb8e7d19e2549cff408944a0bfc2d808d76f1314e65462346a","decided_by":"1f06025f194ac6a420f0aa5ca3b4cd3ae71c3edb829782576e94ca547279ff8c","resident":"398f4226f3587a465ab51ea3ebf9acc5471a563d0760ae619615766e16a75676","rules":"0e7b1846b05900cc9f147d3e7226da717e12949dce1223de168b5e2816177f60","unit":"d39d641d41d2532dcc70013add0029c49c4ff03ba64eb1ae9ee45c72a76438ae"},"policy":3,"revision":1,"seq":9}',X'781762EA641AC2861294D6C727BBCBA064A2DD50056AB27C6D91BCAC48DE5503');
INSERT INTO "records" VALUES(10,1795521600000000,'resident.confirmed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"51bec227ba1276a0ee1eb80083c852ff861cef779f4f898f45198e11f748a1e7","kind":"resident.confirmed","personal":{"decided_by":"edd3d0a88467622c83488f07bff9efd46747efbef082492216fd5e78669e8dc3","resident":"f1ddb755dd43f0cd37a896c52ece9a88cdc2baca595e21458f6aa134ce7ae923","unit":"848bb9123174d6683d36df32ae4a8de65e322caeaf1fdc56d8280a2a01f109ae"},"seq":10}',X'236863E8526B8F3ED9B6B31C835971D76033229734A1D58EA9013FFFD0F23355');
INSERT INTO "records" VALUES(11,1795521600000000,'residents.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"51bec227ba1276a0ee1eb80083c852ff861cef779f4f898f45198e11f748a1e7","kind":"residents.changed","personal":{"units":"57de75c255905e317c8755b956ffa1a1ee1f130894d7eb4cc21e1fc45933c59f"},"residents":["resident-ada","resident-ben","resident-cleo","resident-dora"],"revision":2,"seq":11}',X'4A2825BE8FCB8FA3EC4AAFD4495E1A3C75A1248293667EAEE560D1F2D13A4665');
INSERT INTO "records" VALUES(12,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"90e65c69b6518ae70976d1eaf8983a38eee04d9e194fdd2ee151540d3e2bff11","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"82c9914d08211ab2ee5810b8e2c9111d67397f5b83ed298d99fe851f56be2901","decided_by":"1d0760dd378d8a5c399856b218e506267407f620655e7ffc7868d8141c66dcb1","resident":"41970221d0a0c4953a6f4f480f07edf3fe5780af29ef78424d5e086c7ad72898","rules":"da1151781e4bff29d8b9654db37409adddbd257d9def4abf9086514cced5b01e","unit":"a23f52da85a06d316317e7f3d54b11ce55698cdedda10394b2cb4a22cff926fa"},"policy":3,"revision":1,"seq":12}',X'66A1A3EDF90A6B75FF0419DD44C53DE9BC329B8EE14ACE5B1E2E29A661B64C3B');
INSERT INTO "records" VALUES(13,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"783d9dbbd68c32e326f38eee274305fc8614f0c1db4f1503c95c1eac5b28da7c","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"e950b42851756f13eca72c8b09ec05789af19793c8115f4762368965885982a7","decided_by":"28ce284798c3462056bb604a60e4a20b893ae603bfdaf3109bcd402379a22a09","resident":"d3bd14a1030028d624ccc6e5639bff71203f2b742e818781217a1d0cf4a63a41","rules":"e2177a01c58849bd6f36949a55e7025c1eea515118479f4f463c69be542c3d52","unit":"744d7eb42cd16ed2184be121cd291a8efb0149c13167b6e7e356ce1f31dadbd6"},"policy":3,"revision":1,"seq":13}',X'0B398B529198972A505E30DE38E2CAC9DE0BBE8C6EA9423DBD3B37EB45E44A4C');
INSERT INTO "records" VALUES(14,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"2dc8f33ee4cfab02dd0f9ade37ef2808536fa7c109471bd4e65ab872e4c009df","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"9b5b30b117c480ac0bafdab181145967b33abe03a9ff517d654f52a9b31ede26","decided_by":"bedeb47d7c16f71e11e4c87d8d56f6060596a1ca221d6291d59a2bd3c4244871","resident":"e605e76002155db58078c4c0c8f3f32c048ceede0b545d2e3c90aaac5e6a0652","rules":"29c26106417743ed0861f5dec627fa6f50c335652190c3f9a37a19ec9697c0fe","unit":"adb81b8f55a1dde521343005dbcec60084dbaea4d4d25d939644dff1a40c54ed"},"policy":3,"revision":1,"seq":14}',X'2A8446779EEF8DB9B5D20B71B4801EA9C9C449F2A140A34E4F83588C1CCC0711');
INSERT INTO "records" VALUES(15,1795521600000000,'grant.accepted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"187a807d838e22bfa6cd0deb28a3f889468cb003294dec8b3b0af365d864949e","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:00+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":5,"personal":{"grant_id":"c46022f288cbe08b4c8726e955ccd8eb78c5843b2bbb60ef3e1e153fcaf33e3e","parcel_ref":"39dd96783470238b11b36485105366944453d4c518ca75cd3d958165649d542b","units":"b7aa5a2f20418c75484a5f49e5cf08aaff6ba43fafc5b1a977d9e31071ba5ff8"},"reason":"ok","revision":1,"seq":15,"starts_at":"2026-11-24T11:59:00+00:00"}',X'3D2B570CA2C244CBABD09610FDBE8E857611CE3A5F18865A10E705D85C0A47FE');
INSERT INTO "records" VALUES(16,1795521600000000,'entry.asked','{"ask":1,"at":"2026-11-24T12:00:00.000000+00:00","bound":"187a807d838e22bfa6cd0deb28a3f889468cb003294dec8b3b0af365d864949e","courier":"courier-parcel-post","door":"door-lobby","kind":"entry.asked","personal":{"grant_id":"b56d57637ab27575bb76ab58dc374d8dcb903dd05ca3dc8b92c3b4253927521b","units":"469beaf3dd6a5f13b06129d05e2f4036c6998bf33ce2c20b8a4ac0f11747a5fe"},"seq":16}',X'C1A3EAC4504C4BCE60EE62CD1B441AD460E0AD333FA5784491668015AC8ED9D7');
INSERT INTO "records" VALUES(17,1795521600000000,'entry.answered','{"answer":"approved","ask":1,"at":"2026-11-24T12:00:00.000000+00:00","bound":"8cef202cf0ca40b6b1fe561c384ee128e37f0e52897d39d432936ed55654dfa0","courier":"courier-parcel-post","kind":"entry.answered","personal":{"decided_by":"02da4b54cb0b2bb8253d5ff45986e7e3649ecf7f9e0397c565f5ca8815acfaad","grant_id":"dfdfbea805f349b306efcacaebfacbee3c2ec1b92e58a8cf8b5723fd6426262a","unit":"e5d72c9a6647ce18ddf8a67fda286222210a4b84d829a5d4fa714da0bfb3ba9f"},"seq":17}',X'D4281D2AE27111B00FE1D1BA1374D6D35AFEF3693E452A6B58C9E3C4B7ECB8C5');
INSERT INTO "records" VALUES(18,1795521600000000,'entry.admitted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"90da3c20087013170399d9f5a58d2786608a96d0db1c86ad3605c3db14dd5218","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PTPG05SFC5N56PMS5HEVK","kind":"entry.admitted","personal":{"driver_ref":"9abb92b90dbd591fab396f06e75425c7178d2d26c2c272dd4ea904cfb17752dc","grant_id":"30c2eeb42833e492b30b2825abc3ada93a369425ce3033f4b482ada84b946760","parcel_ref":"a6e378773db339a1f8f0987207792c0e46b67eeffe4118c1f235a9d57440ca82","unit_labels":"63401f8212f80204657631d414d3fa9786c6fb642922d80ff2033a98263579a9","units":"ea8609058c83987fa56c14ccc530b19f696cb6fa38df7c71858522ae9ed7dd24"},"proof":"signed","reason":"ok","seq":18}',X'A441FE602356A2DBC300D138D44F7862ED2C069ADBA632F5E9CA5A0F9E8191A1');
INSERT INTO "records" VALUES(19,1795521600000000,'entry.outcome','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"90da3c20087013170399d9f5a58d2786608a96d0db1c86ad3605c3db14dd5218","entry_id":"01M86PTPG05SFC5N56PMS5HEVK","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":19,"unlocked_until":"2026-11-24T12:00:05+00:00","use_returned":false}',X'4A93DF83E758D5C532FB3CD671BE18F178329121BE01FB983BACF19735C040EB');
INSERT INTO "records" VALUES(20,1795521630000000,'entry.completed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"90da3c20087013170399d9f5a58d2786608a96d0db1c86ad3605c3db14dd5218","completed":"2026-11-24T12:00:30+00:00","entry_id":"01M86PTPG05SFC5N56PMS5HEVK","kind":"entry.completed","personal":{},"relocked":"2026-11-24T12:00:30+00:00","seq":20}',X'F164FB00A3BBFEE5F2A06FB4A6536689494CAD413664E3CB0F0FB7913CFF7415');
INSERT INTO "records" VALUES(21,1795521630000000,'pass.made','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"157f9132cfe60212368ba206ad6d0754927a4212539162bbce78e959880e3f60","courier":"courier-parcel-post","kind":"pass.made","pass":"01M86PVKSGRYK4X9P13D24H6K7","personal":{"decided_by":"4771ad755252c294d13b3353a2136d0ea4e31025092e5ad79044c0836178fa6d","grant_id":"888fdb20221b5ae80fa511e57054433f2ea349726f999d66daf069761c3f13c1","unit":"70387bd844c12ed282305528ba55edbaf4634546ca221d915c81ed6b6c0deb01"},"seq":21}',X'686F35DC1A5F02C031482448D0F6BC38162B5CF7E8988ECC7CA76E3AB405C212');
INSERT INTO "records" VALUES(22,1795521630000000,'address_code.renewed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"a8dd68f8ca66309ef773e751b56a23ed0d55ca5666f8c37b68b55668879dae20","kind":"address_code.renewed","personal":{"decided_by":"eb8125fedddef4722ee5068d2bccad85a7b70e725ad54d6f7ba5fb6a552bab64","unit":"a8ec0b222cb1132153946165945f533c5640c4a478b156076c52d9ac303b3b73"},"seq":22}',X'BA45958C9C0212BCA1E71182C8657F85A483E67789A47015CC58E536C9FDCD77');
INSERT INTO "records" VALUES(23,1795521630000000,'order.given','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"2a2ab981511e8c250cca75963b2903bf81e345fdcab5c4383e2cd0bd67774d21","kind":"order.given","personal":{"decided_by":"0bb8f67ef856bddf0e0d1f53cf405d254fceefe04833127360580e63327ed6c0","order":"6bdb7bccd77338c973fd1bad5db22f9a5f66cf6fb51ba5c6e12fb0563750d9fa","resident":"e57287472bb026008949cef492806fdf6b4fe37c02e26b5fcfc4f7d03900193d","terms":"c3432a4d6e5fa8b465e48208735f0d0c93d0a233e9c6cd95581f3b89800c2055","unit":"9ee37f662fdf1b6e191b6b2fec76025efbd1372dd23f343a5a3f0acc43756f1b"},"revision":1,"seq":23}',X'B7FF52FA3199C2664717154AEC1C5FF5D58FED685A85D684A76D49E454FE05F0');
INSERT INTO "records" VALUES(24,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"b5c76c4c2acbf8c9406cc313fd9433506e47009b2b45f0d7d1d1e84568c26554","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-25T00:00:30+00:00","issued_by":"order","kind":"grant.accepted","max_entries":1,"order_revision":1,"personal":{"grant_id":"9b5b4d147429029c08bdcc2a7a2593a985013fa3da105882558549f9c88ad8fe","order":"d7c1ebdcdc57f8d88a09e10ce8d5222d931168de6f9f94e74cd38697142f6cfb","parcel_ref":"49fef6351ee1eba5cec1dec107a49ca5f4a5310c11df6c94fed81906dc34d75f","units":"c386bb1f660d9b6559861ad8133c98796933638f6441bf64344b1958ab84d58a"},"reason":"ok","revision":1,"seq":24,"starts_at":"2026-11-24T12:00:30+00:00"}',X'2CD9E6565D74008DF58DB33622C757993FED89BF5BE6A55283A555132D639A3C');
INSERT INTO "records" VALUES(25,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"685177b1fce0042b9b5ef8d39d74a984f04472cf07316d714ff0508c85c7f262","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"f647ab622f69b7e683f81a7d340855f00a4dfb44db398b6a2e5fa3129020c921","units":"7bbc811526ca5fad396836923ef26885ddb1674dfc5824125376964fe3d3a007"},"reason":"ok","revision":1,"seq":25,"starts_at":"2026-11-24T11:59:30+00:00"}',X'93D29A1D52BF1D306350C3BB88C56C0B8951FA6261AB8A3FEC53120969E21BEE');
INSERT INTO "records" VALUES(26,1795521630000000,'grant.vetoed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"b5c4907da3c358776851b6f30d4fae114fccb23e7ef8a550fd459436190cfed3","courier":"courier-parcel-post","kind":"grant.vetoed","personal":{"decided_by":"ded9af36f12de859605abfddf9034150747b61b2910adee83d76c8acab97af30","grant_id":"4203021de64591bc9672ac6932f9a446c713c3cf0a9fc2013a8d9629e8eaf38a","unit":"80e480947523b633c74c4ddb1ee4fc7e40f3919931de330f5ac1c8d551d02b20"},"revision":1,"seq":26}',X'A575723E7D375F12DB7F83C923CD6E5D042B1E90A5081BA2AEFBA07EECAEB09F');
INSERT INTO "records" VALUES(27,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"4545fe19f88f7b63e5785539fbb38e10a0e68d625fb6a262cca76112341e7a72","courier":"courier-parcel-post","door":"door-garage","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"d5d72e5762062f19c405759679713f5ed960040dc0cc6c8995f3f200f223a905","units":"038d7af37811092f0658807432120b57f92d66586b49b8d30d0347191ea72f7b"},"reason":"ok","revision":1,"seq":27,"starts_at":"2026-11-24T11:59:30+00:00"}',X'D2AC53953F265942433217E3D27DF92AA226A905EB8B5B6FC4242511A4A89C1E');
INSERT INTO "records" VALUES(28,1795521630000000,'grant.revoked','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"7c00fdf446f3bde1a20fb85d56671360b91b216163a70d6d4f3ec8c6d81201b9","by_courier":true,"courier":"courier-parcel-post","kind":"grant.revoked","personal":{"grant_id":"1682f76ec1f381fcc7770820e2fcd9c10de860c3a2cbc33cb7abd7c773e5c7c5"},"seq":28}',X'339200B63CA77A22215D1474E5C5E2C988C39330017963459FCC5E06B333B22E');
INSERT INTO "records" VALUES(29,1795521630000000,'rules.changed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"c636d1b0fcfe2699bb0200cb0815bf5d2c45bfb0b546f83e6d8767bedda9fb16","decided_on":null,"earlier_revision":1,"kind":"rules.changed","on_paper":false,"personal":{"consent":"e0ea4869a3c920b20530c5faee1c18186349cbe4dc6ae107892b12cb64175453","decided_by":"90a245e6cac616140afe720da34b4fec3a92a0f0fb3113a68c57bc07957aaff9","resident":"78666c1498191968cacccab4fe608e7c977d035cca0c882c3a8f314a12f6f0c8","rules":"0a08db390fe8f28dc2f5e79e21511fe63f294e0b454197dc1729b42cfacc89ad","unit":"9e1fefc9a774534cd95427e6bfba8fbec08734b00426d167e6266ccefcb47a3b"},"policy":3,"revision":2,"seq":29}',X'05354B242BAC632FFDE23E5BAC0BB55BD5C4D2AC911439D81B90EE6724ACAC4A');
INSERT INTO "records" VALUES(30,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"7a7aedaf9b21c13ffde7202d3cbc0c07f7a9790f6e63a536bb59901c4fb964d0","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":3,"personal":{"grant_id":"ffeabbe11b3cb3a751aed8b50c442f2c69c094143d8501bd817c6da6df9d4251","parcel_ref":"6aed4c3d7631908e5f69b35dea0bf2b2cf91db7e6f339b77510be2f6dd0a2d52","units":"1cb182fa1012c14fbbc4bab6d4fe3fd817df6d223dd31ab52bc588516441d383"},"reason":"ok","revision":1,"seq":30,"starts_at":"2026-11-24T11:59:30+00:00"}',X'473CD5AF7362BEA042EB4B1391F28530F895711556BF83C10426956D541E8E8A');
INSERT INTO "records" VALUES(31,1795521630000000,'entry.admitted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"117c311138b405534524d8d973b31b96b813398e150925e4176ee0e4461aa9b1","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PVKSGX2W40F6B8EKGRKSC","kind":"entry.admitted","personal":{"driver_ref":"c919315ef7f811ca633d629123159b76a73ecdaf9d61dfa539b590cd6a05b5de","grant_id":"eb2d4928dc8d9e9675f055871f5b943a8966d0f086112fc0d99a9a77e45fc1e5","parcel_ref":"e0e7fc6749f830f3de126c971cd059d3db17f4b88e0bca524a4daabd62e364eb","unit_labels":"8725b7e545f64d4b246cee215b4ca47eb85c684f1a404745ab9d9b018f55bb3d","units":"8bdbe6edbc8450a7b4d6bcde875c589101f7b810b425c5d114f9c6770c0acbb7"},"proof":"signed","reason":"ok","seq":31}',X'C8B6E7CDDD1277E93E004FD216FF648E283CA0BA9354EB514405F77805D893D3');
INSERT INTO "records" VALUES(32,1795521630000000,'entry.outcome','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"117c311138b405534524d8d973b31b96b813398e150925e4176ee0e4461aa9b1","entry_id":"01M86PVKSGX2W40F6B8EKGRKSC","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":32,"unlocked_until":"2026-11-24T12:00:35+00:00","use_returned":false}',X'91FAAC87F0B7D3BE33A12C0220FCD4F18B0D5F37B49C0689ADF6B5B43D0CDF56');
INSERT INTO "records" VALUES(33,1795521690000000,'entry.completed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"117c311138b405534524d8d973b31b96b813398e150925e4176ee0e4461aa9b1","completed":"2026-11-24T12:01:30+00:00","entry_id":"01M86PVKSGX2W40F6B8EKGRKSC","kind":"entry.completed","personal":{},"relocked":"2026-11-24T12:01:30+00:00","seq":33}',X'D604D115FF13E9E8517DE8B29E19C04DEC0535B4546878302BE2BDC2A0B4661A');
INSERT INTO "records" VALUES(34,1795521690000000,'entry.refused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"117c311138b405534524d8d973b31b96b813398e150925e4176ee0e4461aa9b1","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"refused","door":"","door_name":"","entry_id":"01M86PXECGPVV162K85KBP9M91","kind":"entry.refused","personal":{"grant_id":"5fb441a563786759d5dc44e5ae809c842936eecd718f065295bf6a0b7bc83f5b","unit_labels":"21f1de8654382a6f6a547d3350dd58da2a8ec0e6e4d029ff8f3d7ce889403928","units":"06c248c3f10208decc5f09231a0e028bcbb9a1a69751cd186ea7f7faf683caf9"},"proof":"signed","reason":"unknown_grant","seq":34}',X'3BE42FE17DE9A8F8B1DC3F7403E0B220511923C5F37BD410F35862CB26416A15');
INSERT INTO "records" VALUES(35,1795521690000000,'access.paused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"47c1162f5d9b35b76bb22399de862f53940c561cf5770824ce02ac4c8b0bd302","building":true,"kind":"access.paused","pause":1,"personal":{"decided_by":"a3e2357b991b271f910a4074efd03fcb24ac138c9d234876423bfeca94d909a1"},"seq":35,"until":"2026-11-25T12:01:30+00:00"}',X'5E4CFF715A71CD326DC96184CFA462B82F1E2CE64115626FE9298F910B97E94B');
INSERT INTO "records" VALUES(36,1795521690000000,'entry.refused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"47c1162f5d9b35b76bb22399de862f53940c561cf5770824ce02ac4c8b0bd302","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"refused","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PXECGTXF7B9G24DFCXMAQ","kind":"entry.refused","personal":{"grant_id":"2d75610c478f14dd794efdee6d3643d2b73a48816621be5dfed9d1357927e5eb","parcel_ref":"c5a259dedbfad5d8d2bae40d6403469e5c95926865f1f08b44b3c48901debe31","unit_labels":"f38f2476a8392385d97ff1b0eae65b217b733486c7373003cb6f38341b6eacd7","units":"c1402eae8be6d27c2fb377ad512c6df4085457ffe583be7ee2b52e8b4d73c595"},"proof":"signed","reason":"paused","seq":36}',X'67E3E037335EA0879AF660B4B8ADEEACC18EB86A38653B5560D262716617A0DE');
INSERT INTO "records" VALUES(37,1795521690000000,'access.resumed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"fc1c3b6ddd42c6d63919bb6f3cfc1ff88d26d681c0a33d212280f8dc570dbab6","kind":"access.resumed","pause":1,"personal":{"decided_by":"a5d9a7f5ebdd85022fa1391a27fc87c5d6f77e0e9c622685f65b960ddfe467c9"},"seq":37}',X'E4B4E3AB98ED62B82B1D1FADBA5D46A93ED6F37C2AA07161A80FAFFEF9C2A97E');
INSERT INTO "records" VALUES(38,1795521690000000,'access.paused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"509cd82708e37e6e24e70b5bcb89d86bc7113cf38cb5de8c371e36b76412688c","building":false,"kind":"access.paused","pause":2,"personal":{"decided_by":"b91cf43314b982a30d6920b77cb596ec7e1dd6eb9a136923e24d5bdbc1577788","unit":"d4656f28c78c65c2fd553d853d052836126483be1a75ddf828bdb36117977ef0"},"seq":38,"until":"2026-11-25T12:01:30+00:00"}',X'7E55FA583D1370AF78C9735C65C9473BBEE9B56B6B97F4BD61785F4D5D67EFE3');
INSERT INTO "records" VALUES(39,1795521690000000,'link.renewed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"509cd82708e37e6e24e70b5bcb89d86bc7113cf38cb5de8c371e36b76412688c","kind":"link.renewed","personal":{"decided_by":"7dd4129ee5ae6121b5740b20b1ca59fdeb9cccfa1b28382075ae8191581b2d38","resident":"99710d470e4cd2be84307e371304e0e66ff092ee6b9d5902d8bdf2b92a21a807"},"seq":39}',X'994208E83F496F752BE1C9670276F3B35790707884ABFC78307FF9E89E7398F2');
INSERT INTO "records" VALUES(40,1795521690000000,'rules.changed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"e220ed37256f5f2c0e8bd776250077983cc36b02b1d7a84f954c6b3e4ebd8b3c","decided_on":null,"earlier_revision":1,"kind":"rules.changed","on_paper":false,"personal":{"consent":"97e944ebcb3ad276877b3642a4f5c3a986a45a62d1aff448628a7ad8c6c6d073","decided_by":"c40e0f4944a83f83d571c8a3c2a85ea4a9a574b7428f316f5e93708d9c4a3455","resident":"b2b63d632157fe0cadb2e44436d2e0d4d1f0950169b1fc99027eec5e92ea9d1f","rules":"27dcb78630b9ce8445e662730930ad71374a06dbe70c5408f156a95196005af4","unit":"0d758e8ca0c9747954af906314a951b4672f7fb479e2e3a7f93e9de6c2494413"},"policy":3,"revision":2,"seq":40}',X'53C81874C795E537A5D2A73156D13561C1AC421AEA5C20AC747A1679243E3730');
INSERT INTO "records" VALUES(41,1795521690000000,'grant.accepted','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"fa861c74f663cb840319729699b6d91aa5c549ef7767423149685dc9c679e0b7","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:01:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"388264d5a0d50e1c860f5fccc871a74cf791fa155b012a5136beea799648a87e","units":"73c1d6f6c5b26d3d91324d148abf3d65afac83628a2a371fe327dd12f77a81c1"},"reason":"ok","revision":1,"seq":41,"starts_at":"2026-11-24T12:00:30+00:00"}',X'D73C598E0170801481794BB4B6179F526BA67E905937D78C5927508C79E01918');
INSERT INTO "records" VALUES(42,1795521690000000,'grant.accepted','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"8211a2283e06b67c035c6ef1848ac74bd88386d605c5669e49e35d96a58376d5","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:01:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":2,"personal":{"grant_id":"6def7ec9b8e3e2848018fbce2ed1106705ddb2cc830763b57fd1b7c550125633","units":"3d75d5a4b9fa9ad9303074d713cecd39d3255b732844044efaeb7ffac75c1081"},"reason":"ok","revision":2,"seq":42,"starts_at":"2026-11-24T12:00:30+00:00"}',X'309D17142E6A05189243ACF9929371F7C04150A7ECC624A294CE7E866A7D727A');
INSERT INTO "records" VALUES(43,1795521870000000,'entry.observed','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"8211a2283e06b67c035c6ef1848ac74bd88386d605c5669e49e35d96a58376d5","courier":"observed-key","courier_name":"Amazon Key","decision":"observed","door":"door-lobby","door_name":"Lobby","entry_id":"observed-1","kind":"entry.observed","personal":{},"proof":null,"reason":null,"seq":43}',X'3D6FFD812C766B60EFA9BF200428AA25CEA58D308D500BE86F2E05622397AF71');
INSERT INTO "records" VALUES(44,1795521870000000,'entry.admitted','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"e58446cf8066748199fa533f35df7efa29a3a933bf7f61749514033540f94f9a","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86Q2Y5GYYZJ4NH17ARPJ49X","kind":"entry.admitted","personal":{"grant_id":"262071ba225d5056a1a71d7f33c8d8a996e6ff3409247b9cea49d3b908d08019","parcel_ref":"0c0b76212d01be9116018f6507f15a8e44033f8b427182425e1e88b4ed3ef7b2","unit_labels":"b8569de85a423b1f6937919fa0c86f350bb54345a7c945ace4fb19f0a45fcba3","units":"9b2aec498826d8bb79ca3a13f8dd85c04deb258b47afb54ec20ffe0e08995ecb"},"proof":"signed","reason":"ok","seq":44}',X'6A015AB213D088E6D8E57307BF32D3063DB232A7A875886922226BB589A77DD4');
INSERT INTO "records" VALUES(45,1795521870000000,'entry.outcome','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"e58446cf8066748199fa533f35df7efa29a3a933bf7f61749514033540f94f9a","entry_id":"01M86Q2Y5GYYZJ4NH17ARPJ49X","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":45,"unlocked_until":"2026-11-24T12:04:35+00:00","use_returned":false}',X'B098EB85F4DCFD584515615D504B3EABB917EBC6B925EBBE4460BC29D9C9335B');
CREATE TABLE replies (
    courier_id VARCHAR NOT NULL,
    message_id VARCHAR NOT NULL,
    body_hash BLOB NOT NULL,
    reply TEXT NOT NULL,
    entry_id VARCHAR,
    keep_until BIGINT NOT NULL,
    PRIMARY KEY (courier_id, message_id)
) WITHOUT ROWID;
INSERT INTO "replies" VALUES('courier-parcel-post','msg_333af0f5f27545f1986d76e90f505859',X'8CE29CFB93FFCA0D4165956BC20372976720E44393C86246D6100F24AD2499FD','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"vetoed","revision":1,"units":["3B","4A"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_420aef56cec44142bddf0c9ad44bbce8',X'44664A1477BF1E69E3578EED4B9FC2D3EB1891A3341B2D2C62C7E92BA87FBD49','{"type":"grant.revoked","decision":"revoked","reason":"ok","replayed":false,"grant_id":"revoked","known":true}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_6e11f69539f44f0ca387db3648c1dfaa',X'9B5649D698BD90CEBC0B7BE6ADACE05D0B4A3B12D7C75F4081D84424EDEA1730','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86PTPG05SFC5N56PMS5HEVK","grant_id":"asked","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:00:05Z","entries_left":4}','01M86PTPG05SFC5N56PMS5HEVK',1796133600000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_78372d10976448008503b3c69748b588',X'14A575C2122622C564273CDCF6B81FE9A35E9D694C5CBFF5F1EE54AC468B3E74','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"revoked","revision":1,"units":["3B"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_7a70e34763b8403489016cdb5b112a66',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECGPVV162K85KBP9M91","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECGPVV162K85KBP9M91',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_89c1867f7be4479698f194ae352a6d1b',X'9995DF72124556C852AF3FA2D1D1E52C2926488B34126F9062810524CCB88FF5','{"type":"entry.requested","decision":"refused","reason":"paused","replayed":false,"entry_id":"01M86PXECGTXF7B9G24DFCXMAQ","grant_id":"open","door":"lobby","proof":"signed","entries_left":2}','01M86PXECGTXF7B9G24DFCXMAQ',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_90b31a08738641b8807146f2d1a34518',X'8FB389799B438FBC8DACAD9E57B1377FA3643197CABE141D5D0403A72BDDC447','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"changed","revision":2,"units":["4A"]}',NULL,1796133690000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_a1aebcff36be4ef98ec63c3cfefdfccd',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECGPVV162K85KBP9M91","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECGPVV162K85KBP9M91',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_b1dd3f474ea54e27b178945f2c309fe5',X'309DD9F341D01B473CC85CE97373E612550E86875E185FD89E8291C49301C2B7','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86Q2Y5GYYZJ4NH17ARPJ49X","grant_id":"open","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:04:35Z","entries_left":1}','01M86Q2Y5GYYZJ4NH17ARPJ49X',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_c1cdceeb7c2345f38752adbc2637fed1',X'66C17A9DB2D4ABF24406F6987E1C646454AAE6EF789CA13437F4477CA1E2F9CF','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86PVKSGX2W40F6B8EKGRKSC","grant_id":"open","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:00:35Z","entries_left":2}','01M86PVKSGX2W40F6B8EKGRKSC',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_cef79ee750214f84891e5cb6c0197ff2',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECGPVV162K85KBP9M91","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECGPVV162K85KBP9M91',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_f9c2c26fb6b541deaf24e706f0857c50',X'7D1027FFCB2677F98014FF1775E122935410D143755B935CB550BB9614B76522','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"open","revision":1,"units":["4A"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_fabc452810b44e90ac933d60374f9f50',X'A3652077B2368997DA95A07EA54D2761B87E5EABEA4A1A2B4067EDD6F312568F','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"changed","revision":1,"units":["4A"]}',NULL,1796133690000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_ff40e9bbba414e16b0d96abc28fa1199',X'74B7E31EE1334A78ECF9F05A0FBADE5F843D0F37F9366720F2F5AB1A5804AC55','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"asked","revision":1,"units":["3B","4A"]}',NULL,1796133600000000);
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
INSERT INTO "residences" VALUES('resident-ada','3b','1cfae16be71a59776b5a3697e84f2511','fdc59f0b39c04dc195243a0881095349','linked',1,1795521600000000,2,'{"name": "Ada", "unit": "3B", "person": "1cfae16be71a59776b5a3697e84f2511", "user_id": "fdc59f0b39c04dc195243a0881095349", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'56103A3662F9A59AC1ACDD7207C15281');
INSERT INTO "residences" VALUES('resident-ben','3b','db54df78656cd8012c11205adb4bf85f','a7c0e33bea4647fd896aed2837ee6ebb','linked',1,1795521600000000,2,'{"name": "Ben", "unit": "3B", "person": "db54df78656cd8012c11205adb4bf85f", "user_id": "a7c0e33bea4647fd896aed2837ee6ebb", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'A75D979B32D5B669231901896C2CC8B2');
INSERT INTO "residences" VALUES('resident-cleo','4a','b75d95a2b0960be443a7bd6614830b28','c3e118899c6243f285f542ac74e257e2','linked',1,1795521600000000,2,'{"name": "Cleo", "unit": "4A", "person": "b75d95a2b0960be443a7bd6614830b28", "user_id": "c3e118899c6243f285f542ac74e257e2", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'A2B0542C53C86C22C1FB1D29AA20E337');
INSERT INTO "residences" VALUES('resident-dora','5c',NULL,NULL,'none',1,1795521600000000,2,'{"name": "Dora", "unit": "5C", "person": null, "user_id": null, "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'74225CB0B85CD1A3F0846C5A7684314B');
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
INSERT INTO "rules" VALUES('resident-ada',1,'3b','1cfae16be71a59776b5a3697e84f2511','fdc59f0b39c04dc195243a0881095349','given',1795521600000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'ask','{}','pass','{}','[]','[]','[]',NULL,NULL,0,X'2E388041A251674096CD6E82616D8101');
INSERT INTO "rules" VALUES('resident-ben',2,'3b','db54df78656cd8012c11205adb4bf85f','a7c0e33bea4647fd896aed2837ee6ebb','withdrawn',1795521690000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'allow','{}','pass','{}','[]','[]','[]',NULL,NULL,0,X'EE5F1CF1FA537A4A6BB8A1346024D081');
INSERT INTO "rules" VALUES('resident-cleo',2,'4a','b75d95a2b0960be443a7bd6614830b28','c3e118899c6243f285f542ac74e257e2','given',1795521600000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'allow','{}','pass','{}','[]','[]','[]',1140,NULL,0,X'B3F7ADB1C5FCCE87F472A5A1B88BF9BD');
INSERT INTO "rules" VALUES('resident-dora',1,'5c',NULL,NULL,'given',1795521600000000,'{}',0,'allow','{}','pass','{}','[]','[]','[]',NULL,NULL,1,X'3CA76D349267DB48FCD1E1B28C47F11A');
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
