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
INSERT INTO "address_codes" VALUES('3b','resident-ada',X'1F5EB794F72E95C48BF370698CC78F1BF393DD7EC00E8CAB81195A6C971B6A08',1795521630000000,X'B1A628910596CD8B7D9760A25128D3F7');
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
INSERT INTO "answers" VALUES(1,'3b','resident-ada','approved',1795521600000000,'01M86PTPG0SAWTN1ZWWNJCZ11X',X'EE405F61524E2C7EA487D91B39E3AC7A');
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
INSERT INTO "configured" VALUES('courier','courier-parcel-post','{"name":"Parcel Post","doors":["door-garage","door-lobby"],"keys":["e30b3e306206c14d7a5d91a964fb1224990e1c951ce576eaf5c0d37ccc131561"],"past_names":["parcelpost"],"past_keys":["e30b3e306206c14d7a5d91a964fb1224990e1c951ce576eaf5c0d37ccc131561"],"is_removed":false}',X'71037DA0C6AD9832EED12CB102950216');
INSERT INTO "configured" VALUES('door','door-garage','{"name":"Garage","opener":{"entity":null,"device":null,"domain":null}}',X'8ED4FF3B723A9925C0E64E3D75165935');
INSERT INTO "configured" VALUES('door','door-lobby','{"name":"Lobby","opener":{"entity":null,"device":null,"domain":null}}',X'199F55817E6FEBBA680436157219A27E');
INSERT INTO "configured" VALUES('kinds','','["door","source"]',X'4E9AC929EA854890CA5EDC6CBD55933F');
INSERT INTO "configured" VALUES('zone','','"US/Pacific"',X'EC119BABC08BD5E137C7F6087A687584');
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
INSERT INTO "entries" VALUES(19,'01M86PTPG0SAWTN1ZWWNJCZ11X',1795521600000000,'courier-parcel-post','Parcel Post','asked','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521605000000,NULL,0,0,1795521600000000,1795521630000000,'01M86PTPG0TPW402MN9DE15PJ4',NULL);
INSERT INTO "entries" VALUES(32,'01M86PVKSGYJ7W1GMPEN6Z0Q4T',1795521630000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521635000000,NULL,0,0,1795521630000000,1795521690000000,'01M86PVKSGQKTZZCCC77FWVWFY',NULL);
INSERT INTO "entries" VALUES(35,'01M86PXECGW0J41HRH781JPHPF',1795521690000000,'courier-parcel-post','Parcel Post','made-up','','','signed','refused','unknown_grant',NULL,NULL,NULL,NULL,0,2,1795521690000000,NULL,'01M86PXECGENXECXQZMZJQC2AE',NULL);
INSERT INTO "entries" VALUES(37,'01M86PXECGRJ95BE1D4PPWGHPD',1795521690000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','refused','paused',NULL,NULL,NULL,NULL,0,0,1795521690000000,NULL,'01M86PXECGXGQYXXJ2NQSC362J',NULL);
INSERT INTO "entries" VALUES(44,'observed-1',1795521870000000,'observed-key','Amazon Key',NULL,'door-lobby','Lobby',NULL,'observed',NULL,NULL,NULL,NULL,NULL,0,0,1795521870000000,NULL,NULL,NULL);
INSERT INTO "entries" VALUES(45,'01M86Q2Y5G70YP02C2Z1A80SQS',1795521870000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521875000000,1795521875000000,0,0,1795521870000000,NULL,'01M86Q2Y5G61VGDTZ2EJYDPH1H',NULL);
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
INSERT INTO "fanouts" VALUES(13,'entry_admitted',19,'01M86PTPG0SAWTN1ZWWNJCZ11X',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(14,'rules_loosened',24,NULL,NULL,NULL,'resident-cleo','{}','{"at": "2026-11-24T12:00:30+00:00", "by": "login", "loosened": "orders"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(15,'delivery_announced',25,NULL,'courier-parcel-post','house-2f93d3fc21bb',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T12:00:30+00:00", "ends_at": "2026-11-25T00:00:30+00:00", "max_entries": "1", "issued_by": "order"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(16,'delivery_announced',26,NULL,'courier-parcel-post','vetoed',NULL,'{"3b": "3B", "4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00", "max_entries": "1"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(18,'delivery_called_off',29,NULL,'courier-parcel-post','revoked',NULL,'{"3b": "3B"}','{"courier": "Parcel Post", "door": "Garage", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(19,'rules_loosened',30,NULL,NULL,NULL,'resident-cleo','{}','{"at": "2026-11-24T12:00:30+00:00", "by": "login", "loosened": "couriers digest"}',NULL,2,1795521630000000,1795521930000000,NULL);
INSERT INTO "fanouts" VALUES(20,'delivery_announced',31,NULL,'courier-parcel-post','open',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00", "max_entries": "3"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(21,'entry_admitted',32,'01M86PVKSGYJ7W1GMPEN6Z0Q4T',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(22,'access_paused',36,NULL,NULL,NULL,NULL,'{}','{"until": "2026-11-25T12:01:30+00:00", "authors": "resident-dora"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(23,'entry_refused',37,'01M86PXECGRJ95BE1D4PPWGHPD','courier-parcel-post','open',NULL,NULL,NULL,NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(24,'access_resumed',38,NULL,NULL,NULL,NULL,'{}','{}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(25,'unit_paused',39,NULL,NULL,NULL,NULL,'{"5c": "5C"}','{"until": "2026-11-25T12:01:30+00:00", "authors": "resident-dora"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(26,'link_renewed',40,NULL,NULL,NULL,'resident-dora','{}','{}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(27,'rules_loosened',41,NULL,NULL,NULL,'resident-ben','{}','{"at": "2026-11-24T12:01:30+00:00", "by": "login", "loosened": "couriers"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(28,'consent_withdrawn',41,NULL,NULL,NULL,NULL,'{"3b": "3B"}','{"name": "Ben", "resident_id": "resident-ben", "authors": "resident-ben"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(30,'delivery_announced',43,NULL,'courier-parcel-post','changed',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T12:00:30+00:00", "ends_at": "2026-11-24T14:01:30+00:00", "max_entries": "2"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(31,'entry_observed',44,'observed-1',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521870000000,NULL,1795521870000000);
INSERT INTO "fanouts" VALUES(32,'entry_admitted',45,'01M86Q2Y5G70YP02C2Z1A80SQS',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521870000000,NULL,1795521870000000);
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
INSERT INTO "grant_units" VALUES('courier-parcel-post','asked','3b',0,'3B','withdrawn',X'8BEA6424EC0343F2B3A0062219A76CB8');
INSERT INTO "grant_units" VALUES('courier-parcel-post','asked','4a',1,'4A','accepted',X'AC55ADE43181215C96667912B274241B');
INSERT INTO "grant_units" VALUES('courier-parcel-post','changed','4a',0,'4A','accepted',X'76DFEF0F4AA1FD9CCE8EBD01E3DFB0E0');
INSERT INTO "grant_units" VALUES('courier-parcel-post','house-2f93d3fc21bb','4a',0,'4A','accepted',X'755B543BD2B9D61D35C80EA8482D8F37');
INSERT INTO "grant_units" VALUES('courier-parcel-post','open','4a',0,'4A','accepted',X'8084A3FDED884C7F45B2480B629AD713');
INSERT INTO "grant_units" VALUES('courier-parcel-post','revoked','3b',0,'3B','withdrawn',X'2C1419FC3A518ADD98AAB7361BC67B67');
INSERT INTO "grant_units" VALUES('courier-parcel-post','vetoed','3b',0,'3B','withdrawn',X'B7FEB2EA65E2BFCBDBF349335AA695A5');
INSERT INTO "grant_units" VALUES('courier-parcel-post','vetoed','4a',1,'4A','vetoed',X'96F66ADBA33B00E7F93280F1ABDA72F3');
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
INSERT INTO "grants" VALUES('courier-parcel-post','asked',1,'open','door-lobby',1795521540000000,1795528800000000,5,1,0,'P-1',NULL,'86ab5fc4084cab3cebdee9ed85b3e92371bd51653c268daeaf37a76dc731901f',NULL,NULL,1796133600000000,X'6957B768215EEBDA31545202A96929E2');
INSERT INTO "grants" VALUES('courier-parcel-post','changed',2,'open','door-lobby',1795521630000000,1795528890000000,2,0,0,NULL,NULL,'6b0a9a9dad8593417cb4728d98d361d223d59241f52436d453712ba1e035534d',NULL,NULL,1796133690000000,X'E7C966AD7D0886509234A94EA0BE3701');
INSERT INTO "grants" VALUES('courier-parcel-post','house-2f93d3fc21bb',1,'open','door-lobby',1795521630000000,1795564830000000,1,0,0,'P-3',NULL,'7973db1d524223864e2e0601a5a5dc3ae62d531157092c3eedd4aef168ed9b84','order','order-1',1796169630000000,X'2E40480EEF438F7D37CD6BB9719A35A5');
INSERT INTO "grants" VALUES('courier-parcel-post','open',1,'open','door-lobby',1795521570000000,1795528830000000,3,2,0,'P-2',NULL,'d677c55c2d5c4dda48a3989370e8f44b725b1cdd98232c7d73601e51e54d28a8',NULL,NULL,1796133630000000,X'D084330FF5ED6A934B946FD180C3EFFE');
INSERT INTO "grants" VALUES('courier-parcel-post','revoked',1,'revoked','door-garage',1795521570000000,1795528830000000,1,0,0,NULL,NULL,'ab9d36563a693b784bee902832a86419a2cd2a24e9815750881b877a829301fb',NULL,NULL,1798718430000000,X'0424EC88316BEFA12C673934795A8144');
INSERT INTO "grants" VALUES('courier-parcel-post','vetoed',1,'open','door-lobby',1795521570000000,1795528830000000,1,0,0,NULL,NULL,'37bbe9d7c385acf31807c0a72e7bebed25fa92759767e55e6601dbc9c8e06dfd',NULL,NULL,1796133630000000,X'D8647264FA20F4B13273537355991FCC');
CREATE TABLE links (
    resident_id VARCHAR NOT NULL,
    token VARCHAR NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (resident_id),
    UNIQUE (token)
);
INSERT INTO "links" VALUES('resident-dora','bVwNOd39xlt2X-mt54QIfr2CqwDnrMT49Sk1ESfnzoo',1795521690000000);
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
INSERT INTO "notifications" VALUES(1,1,'resident-ada',0,'sent','courier_access_1f905c2dd5b06c0da6ad0622dee2b6cd','14592562165c21e9e67101ab9b235dca',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(2,1,'resident-ben',0,'sent','courier_access_00dcf07a2686b53c42978e3eef0faa72','db5ddaae3208c1e4434129167ce7aafe',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(3,1,'resident-cleo',0,'sent','courier_access_0a2b047033400ffaa16250cbcd3dd72e','64fd48c48641d91591b6a6db0c833aa3',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(4,1,'resident-dora',0,'pending','courier_access_3c2db21c710460bfa6b0f1497e057f97','63c6e4680da497221aa7a65ca02c796d',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(5,2,'resident-ada',1,'sent','courier_access_b3eb093a6b8eda9379dd707875e85cff','b74a419882c1a90c2262406c442efe8e',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(6,3,'resident-ada',1,'sent','courier_access_a415c538e833893df450dd1c396e9cdb','0ed4d029c1c6d362ce7a43addea1ddca',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(7,4,'resident-ben',1,'sent','courier_access_a53e8ec92c5a61265e5cfea2a76d1884','2874d7d0968384f34ce7074fa85f4abe',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(8,5,'resident-cleo',1,'sent','courier_access_54723f5152b78c6cd07b4672f323cf6c','ffd5ea15ee4557e019dbb9b4cdb61b17',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(9,6,'resident-dora',1,'pending','courier_access_93e0f9d0902ab87312309997769bef81','62db3241a481d7592fa650351944af5a',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(10,7,'resident-ada',1,'sent','courier_access_18127808323274f735841bb1bd394d56','e7e8446105b8e1d85c8055aaea3c0c05',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(11,8,'resident-ada',1,'sent','courier_access_fdfbfd09f232f7238affbe0019fb77be','7d9dbd99b60e491c5f91c30b7caa71ec',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(12,9,'resident-ben',1,'sent','courier_access_d66918549cbf8d7d11c83d0816dd2f40','4cfc24fa44b7ee173cc50ee9db66d13c',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(13,10,'resident-cleo',1,'sent','courier_access_a553b7641378d9261a7243b0c0246d98','e86ee15fd001a930b19f4abf759544ef',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(14,11,'resident-dora',1,'pending','courier_access_30988e377436a1f801bf230e1cfd8414','6fd077386a029ff7abe024ad3adac642',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(15,12,'resident-ada',1,'sent','courier_access_943b3095964c63e64367c7f073f683e0','4b01becb185c6f122d3260c4bcc851d7','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(16,12,'resident-ben',1,'sent','courier_access_12e29884b7916e5e72d6e041f05e8a98','d677a998d840da07983b83cc6f7fdf96','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(17,12,'resident-cleo',1,'sent','courier_access_fedf85f3d4d1319222ea98479fc211ba','fc613b9526aab45c0e58be6f33207d45','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(18,13,'resident-ada',1,'sent','courier_access_77bdfc34fc337fcd7df77ef4160cdf26','89ccbb11a01d2bf838310949f7dd8316',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(19,13,'resident-ben',1,'sent','courier_access_9bfe227bfb484cff965dfc55e6c47eff','25a7f15f8a696e05f30f4cfe8a4dbb5f',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(20,13,'resident-cleo',0,'sent','courier_access_ddcec88d429513776f826b5ebe6933a5','6f50d20e20c1efa28372ae38bb6dbbee',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(21,13,'resident-dora',0,'pending','courier_access_d573078e64fc893cbbd2c7828075c862','60686ee9543a7fffce45bcac3f22c4b3',NULL,0,NULL,NULL,'[]',3,1795521600000000,1795521930000000,NULL,NULL);
INSERT INTO "notifications" VALUES(22,14,'resident-cleo',1,'sent','courier_access_3f2534f3966cb1f9ebcbbb6906622ad9','60d6f11149f0ec1339f306bdb9530308',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521630000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(23,15,'resident-cleo',1,'sent','courier_access_144c8b7ea0c627cb5db9fa7f3ba7db7a','854630d96c1f95a9798810a25c4f4137','courier-parcel-post',1,23,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(24,16,'resident-ada',1,'sent','courier_access_bf9f293ce948dcac9be26258732a8216','e6349c391431231e28fe82db2fd0c4c6','courier-parcel-post',1,24,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(25,16,'resident-ben',1,'sent','courier_access_5d45ec6b86ace107cff5d994f25f114f','c18ef01860ab67eae06dd6885d62df60','courier-parcel-post',1,25,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(27,20,'resident-cleo',1,'sent','courier_access_0e43a8c62e5bd0513ba2125fb3215b15','4be0b116b71cd6b00659d0df0f43e2b2','courier-parcel-post',1,23,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(28,21,'resident-ada',0,'sent','courier_access_ea27697c78659dfb13259970a4a8496e','4727a82562bd51598fdd5e9c8f5123bf',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(29,21,'resident-ben',0,'sent','courier_access_f4f252c227c74a7a42605e12ee6d8285','7ada118fcfbc3c760af7341ed4668511',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(30,21,'resident-cleo',1,'sent','courier_access_d922a2f6321e8f1ca64764a548ec5b10','995f471c052d1ac24f639f11bad887ef',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(31,21,'resident-dora',0,'pending','courier_access_491bdcef4de396f619566e531339cb12','43ecc4a44a1f77e861eb2cb0813c3d98',NULL,0,NULL,NULL,'[]',2,1795521630000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(32,22,'resident-ada',0,'sent','courier_access_ef44b646e26b27ee2f9b32d960675e26','0ea1a0b4012f98374b8d2e196705e7fd',NULL,1,38,NULL,'["notify.mobile_app_ada"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(33,22,'resident-ben',0,'sent','courier_access_2445090497a89f878d7788386331b121','6ef5fe883577ce63e284d83bfa2969ef',NULL,1,39,NULL,'["notify.mobile_app_ben"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(34,22,'resident-cleo',0,'sent','courier_access_1e433769cdb4ec543dbd2ab70ea05206','ff83cdfdfae7dda6919d9533afe3c20e',NULL,1,40,NULL,'["notify.mobile_app_cleo"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(35,22,'resident-dora',0,'pending','courier_access_a9aa0a418e5296ff1e3ce447f5812142','34c5d82a480314f3bca9fa4b86847836',NULL,1,41,NULL,'[]',3,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(36,23,'resident-cleo',1,'sent','courier_access_ea6bad05d346089df91ce0decbabd932','a1ef8271bd6bfd2fb59f375295a2420f',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(37,23,'owner',0,'sent','courier_access_75ae700d9f2bd9ecb8bd0b6946cde9ca','34f88b6cfe02ece844c5563f8f827a79',NULL,0,NULL,NULL,'["persistent_notification"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(38,24,'resident-ada',0,'sent','courier_access_f44c9d001d52928ec1c98095023cf2df','636c99b48113c9b700a1d56c90001fa9',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(39,24,'resident-ben',0,'sent','courier_access_7d47e4ab79fceb97f9ce8c16abba7c86','86d2e32bccabc9875d0f20e9d079c058',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(40,24,'resident-cleo',0,'sent','courier_access_2e2230d2bed6ccf9ce94bf17867ab159','7629af1bc092d1bbda9624f2b18a828c',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(41,24,'resident-dora',0,'pending','courier_access_e1c510de354fbb1b8d3b757135f0b86e','2db8dc00ab6c6cb503cc2b30fcab10d7',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(42,25,'resident-dora',1,'pending','courier_access_7507e70a0f512760e136b56b5f7da443','85d8c3264928ef51836fd95a6f86224e',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(43,26,'resident-dora',1,'pending','courier_access_94cfe76331a4cafe715507341806764e','246abd68370b6668c4f287ed40e591bb',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(44,27,'resident-ben',1,'sent','courier_access_fe0c7607c95632a59cd253a9c32de57b','16311f49a2cfbe40ed1e381655f6aa97',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(45,28,'resident-ada',1,'sent','courier_access_7a76f9deecbce4a490f864b5847fb08b','a65b487822e8bccfc09d728562847a06',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(46,28,'resident-ben',1,'sent','courier_access_589f01d41d28708cf02f5553c15ed00f','548b5cd1a7f11fca564ca6887b5a6fa6',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(47,28,'owner',0,'sent','courier_access_d00962a5baaa90e5395177599d50b15c','342f2fdadfb17242a581b07204930a41',NULL,0,NULL,NULL,'["persistent_notification"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(48,30,'resident-cleo',1,'sent','courier_access_4cf55fc46800032ec9982c431610aa0f','6e9adec43dc024d08b21fc15b3891577','courier-parcel-post',1,48,NULL,'["notify.mobile_app_cleo"]',1,1795521750000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(49,31,'resident-ada',0,'sent','courier_access_873e5390458700e79d56126a839051b0','fa5c4c1a7891ca81f80fbfdb64e2124c',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(50,31,'resident-ben',0,'sent','courier_access_c35c4cbeca65a2b9f7fc2535354e528f','5a0258ffc492831c5ebae66c0294bd72',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(51,31,'resident-cleo',0,'pending','courier_access_9c47ae869aa47431f57c85cb61c0e8ca','9f510239123c130b2588e8ee4a08936f',NULL,1,NULL,NULL,'[]',0,1795575600000000,1795575600000000,NULL,NULL);
INSERT INTO "notifications" VALUES(52,31,'resident-dora',0,'pending','courier_access_2be5b8e84e960d1f3196af23d626e0a0','6eb6e25c9a0225ef9545548bcf65b945',NULL,0,NULL,NULL,'[]',1,1795521870000000,1795521880000000,NULL,NULL);
INSERT INTO "notifications" VALUES(53,32,'resident-ada',0,'sent','courier_access_328f276b7e0fe55e14967db75bf7cdd1','66d03b821ee10a74de24ab685bfff7b3',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(54,32,'resident-ben',0,'sent','courier_access_36b5f684e3ba20e91fe952b2040b1891','68eedfbf43c5fbd53051c92ae3a87791',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(55,32,'resident-cleo',1,'sent','courier_access_784828dcf6f13d62cf5a834d77a9a690','c5840cd9486a3cdbfbcd83dbabbd667e',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(56,32,'resident-dora',0,'pending','courier_access_264ecfc0f3a221d72e9858bebc36e864','d4c4c94564f0d2a59c9427b836ea288f',NULL,0,NULL,NULL,'[]',1,1795521870000000,1795521880000000,NULL,NULL);
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
INSERT INTO "orders" VALUES('order-1',24,'resident-cleo','device','an account','courier-parcel-post','door-lobby',3,0,1,'2026-11-24',1,X'523D5E48C28A14A9BB8E50689D27CE53');
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
INSERT INTO "passes" VALUES('01M86PVKSG911SBFSPNQWTEKDF','courier-parcel-post','asked','resident-ada',X'53FD9B47D19ADA9C83185D6BC320D61A32828D688BD9069E7F15DC6A6FDD8F37',X'C9AB33FCCEBD728AF225986FA1D2D3738B59A090B4659B38FF7951ECCF388712',X'95A6494E174ECF8E3FB50BB4603D6D51F7F0E2427B38D10095710D764F0E044A',8,1795521630000000,1796133600000000,0,0,X'780B8909C1DDB22D3BC0C97AD3F6647F');
CREATE TABLE pauses (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    unit VARCHAR,
    by_unit VARCHAR,
    at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    ended_at BIGINT,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL
);
INSERT INTO "pauses" VALUES(1,NULL,'5c',1795521690000000,1795608090000000,1795521690000000,X'6493FA5429BA88980782D5197EA1F058');
INSERT INTO "pauses" VALUES(2,'5c','5c',1795521690000000,1795608090000000,NULL,X'260D4274746D8BF21721780C58F96229');
CREATE TABLE personal (
    seq INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    value TEXT NOT NULL,
    salt BLOB NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (seq, field),
    FOREIGN KEY (seq) REFERENCES records (seq)
) WITHOUT ROWID;
INSERT INTO "personal" VALUES(2,'resident','resident-dora',X'031B985334E824EBA67A4B005BDC0BE9065B069162BBC7B5C284144DC127BA86',1795521600000000);
INSERT INTO "personal" VALUES(3,'units','{"resident-ada":"3b","resident-ben":"","resident-cleo":"4a","resident-dora":"5c"}',X'2A787DB370B2DEDCFB920C115736DC6300A1D9FE052431CE2E3C11E5808A83A7',1795521600000000);
INSERT INTO "personal" VALUES(6,'resident','resident-ada',X'0F2D52ABB3D34F6893BF84EF91E2C67C6DF1523AD42E913C1728D7F8E6C8CA68',1795521600000000);
INSERT INTO "personal" VALUES(6,'unit','3b',X'445CDED98869114E172D6CEFD91070B2DB605AF280CFB72AEA0BF608CFD35138',1795521600000000);
INSERT INTO "personal" VALUES(7,'resident','resident-ben',X'69CD4B1B36FDDB8E768BB9B35B90270A12B8BAF2B74F312F0DA448DC02455597',1795521600000000);
INSERT INTO "personal" VALUES(7,'unit','3b',X'35ECF1ACF57CA8E4740006B8B9BA579B6C1CDD6DF6CDDE190544DD123FC27045',1795521600000000);
INSERT INTO "personal" VALUES(8,'resident','resident-cleo',X'804CDC087EAA48FF3463D589FE46847D7343E89674731AACA8AB29F974488F83',1795521600000000);
INSERT INTO "personal" VALUES(8,'unit','4a',X'16B35AF24B6C05DC01744550030ED7A5CA79A9563B529DF6AADD33F135FED770',1795521600000000);
INSERT INTO "personal" VALUES(9,'resident','resident-dora',X'91481F3B71E3AE704D069FC14EE516FF334479C4FEF2E4ADA6F983028F0A7FD4',1795521600000000);
INSERT INTO "personal" VALUES(9,'unit','5c',X'2AB8DCD74E78769A5AC8B68E862A4EB0D9CAEC30960EDBE08F89E17003D4323B',1795521600000000);
INSERT INTO "personal" VALUES(10,'consent','given',X'B49D4030BE033E3F39DA27324798960A8F14580185EE458E06124839B91CCDB2',1795521600000000);
INSERT INTO "personal" VALUES(10,'decided_by','fd543e50768440c5b6bc7b5f5c3e4930',X'506B5D3B94EC12021A54897F664EA4402BE471FA874C64914728D8F7499F0ADB',1795521600000000);
INSERT INTO "personal" VALUES(10,'resident','resident-ada',X'0755DB4FED8465273199118C96E02AC908F1FE4BE39155F76B63D28021BBBB0E',1795521600000000);
INSERT INTO "personal" VALUES(10,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'28F18FEB03F936E82B9159C2672182F4BEFABBC2EFC3EE9CBB84BEDA90827E53',1795521600000000);
INSERT INTO "personal" VALUES(10,'unit','3b',X'627569AF75CE0259B88EED16BC7055E5E3C191B995E4A253D4DE6550D4F7A3C2',1795521600000000);
INSERT INTO "personal" VALUES(11,'decided_by','fd543e50768440c5b6bc7b5f5c3e4930',X'5A7E8C6F29940A15B3DE0D98C32C435EF20943DE904EB9BCFD8BF73F5EE09A1F',1795521600000000);
INSERT INTO "personal" VALUES(11,'resident','resident-ben',X'AD8353D17FBB57B7F94DD8C2AF72926BBEAEC1CBE14D5A7632A6761DB96CD009',1795521600000000);
INSERT INTO "personal" VALUES(11,'unit','3b',X'F08A1B470E289A52A12AE2407C3171BD89F7867ECA76BCDC39422439CD8E0FC4',1795521600000000);
INSERT INTO "personal" VALUES(12,'units','{"resident-ada":"3b","resident-ben":"3b","resident-cleo":"4a","resident-dora":"5c"}',X'D6734E454CC4B2648DE953BF77D35839C4B831EA885E564169C14EDFDE96F1C6',1795521600000000);
INSERT INTO "personal" VALUES(13,'consent','given',X'935D0E459F57EBA3D95D508DD550205F93115CD0C4B95A49BF5C986E5CEFE843',1795521600000000);
INSERT INTO "personal" VALUES(13,'decided_by','80e7c3b580264042b1505664d716f51e',X'DF57C0846C979ABAEBFD01CD1D314D4636EDB388717C58AB772EE31F72BA870F',1795521600000000);
INSERT INTO "personal" VALUES(13,'resident','resident-ben',X'DB79698CBB8ABED8F502661132A6508094FEB355D04D5C3C09EC07A5BD57E5A4',1795521600000000);
INSERT INTO "personal" VALUES(13,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'1271AE2DFE8B861F1250148CC45692092B4D543C9AAA26B83FA95DD38ED2A2E8',1795521600000000);
INSERT INTO "personal" VALUES(13,'unit','3b',X'4EB8F94ADBFDC593A4C3DF609126CC34ABA5DEA4BF6B6619932E54C5CB915641',1795521600000000);
INSERT INTO "personal" VALUES(14,'consent','given',X'8582BDD62036F83832312423801308A812C4A66F32CF1E727456C92EA12FE519',1795521600000000);
INSERT INTO "personal" VALUES(14,'decided_by','1bbffa275adc41139fba27e122835f87',X'80B7FC5729E5FFB93D13133DCC6EB223F77B8D930EE8B130A8D2F583A86E59C2',1795521600000000);
INSERT INTO "personal" VALUES(14,'resident','resident-cleo',X'B812872373F84DF9800E52D47A03C9D0D8F931A399BDA43CC1C40E73E253A3C4',1795521600000000);
INSERT INTO "personal" VALUES(14,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'896095FE0D313A97098F3253AD8F4DD6DFEBD16E6FAE10837D914B6AE7FE5E78',1795521600000000);
INSERT INTO "personal" VALUES(14,'unit','4a',X'AABDAC9C76AE725FAE03C9C3EC8C66112A37005E5995EC77BB7CD4080C931BC8',1795521600000000);
INSERT INTO "personal" VALUES(15,'consent','given',X'7E2887C88E01F4E00D46F255425D5C55D0C44D2EFA7E4249109E14C74FDC1EAE',1795521600000000);
INSERT INTO "personal" VALUES(15,'decided_by','link',X'9D164CA89825F69B573D0363EE23AAA9F389B85B5DD53BEB66484834C5F9A6B5',1795521600000000);
INSERT INTO "personal" VALUES(15,'resident','resident-dora',X'E586F936570F9034474DA6D10E58726DFB87311DCD7BAEC8F8BEABD8E6486220',1795521600000000);
INSERT INTO "personal" VALUES(15,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{},"share_hours":false}',X'A23B4F118C26FC71836A3A0043C5F7341058C4685A9A5EC5D690877EE2137F84',1795521600000000);
INSERT INTO "personal" VALUES(15,'unit','5c',X'AC562FD8D436939A7A5772C36232C62E653E59118502E60CDF4E2241D8670C69',1795521600000000);
INSERT INTO "personal" VALUES(16,'grant_id','asked',X'78DD8DAD7DF9D907DB7BB9D8F5AD28E53F2030357D8AECA5F7EEEAC693AE1C0E',1795521600000000);
INSERT INTO "personal" VALUES(16,'parcel_ref','P-1',X'CC8E891156690DA2B063D1AE4626E20AC72C2271A6F2A5EBCBE1DB99B56E6412',1795521600000000);
INSERT INTO "personal" VALUES(16,'units','{"3b":"accepted","4a":"accepted"}',X'92BCCBE974C9737C8F93A276574188B43B9FCE7D25D9C8C83CEDC8B3B4330AEC',1795521600000000);
INSERT INTO "personal" VALUES(17,'grant_id','asked',X'6D4A558E0E005508196535843B7C7DE9AAB4386EEF65B2F003A4A5824BB9B136',1795521600000000);
INSERT INTO "personal" VALUES(17,'units','["3b","4a"]',X'C742E41141FE869D68D039DA17CAC88A5789361F6621A7451EA2B5050BED0785',1795521600000000);
INSERT INTO "personal" VALUES(18,'decided_by','fd543e50768440c5b6bc7b5f5c3e4930',X'9FCE4008F16812A6C4AEF2EE2E0169DAD0E54DC359E012F1FA0D4711668EAC3D',1795521600000000);
INSERT INTO "personal" VALUES(18,'grant_id','asked',X'6824E69DCC5F946DD2482E7DF69C3103793A868F5663D2BD1ED8C1F68C64D814',1795521600000000);
INSERT INTO "personal" VALUES(18,'unit','3b',X'90C70E9C098FC02D2E968A7A836F1212AF98F8995E4993D5F93BEF93800E4727',1795521600000000);
INSERT INTO "personal" VALUES(19,'driver_ref','D-1',X'39014C62910657E483D6FAD34A14077ABCBAAFFDA273A05EB229F47683F46BB6',1795521600000000);
INSERT INTO "personal" VALUES(19,'grant_id','asked',X'3523806EA7CE410F9A155C0D68835B56374E1DB01F9C51D08E8D0874A7B04E00',1795521600000000);
INSERT INTO "personal" VALUES(19,'parcel_ref','P-1',X'29E5985035C11C0B512F1DA9AC5181C16ED630453D7580B914955001915F7E93',1795521600000000);
INSERT INTO "personal" VALUES(19,'unit_labels','{"3b":"3B"}',X'96DB33D313C800366FCD8C1B04848E9E8CC1A08F658EB8F51EDEADE83A077DF0',1795521600000000);
INSERT INTO "personal" VALUES(19,'units','["3b"]',X'7450B5007C894D084EA33280AF76386154ED3CCDA524F93CB6279438852232A2',1795521600000000);
INSERT INTO "personal" VALUES(22,'decided_by','fd543e50768440c5b6bc7b5f5c3e4930',X'9E57FC2F153CC2FB61F57417034B1641F14F3A920EEEDD5B2F77D883B3C3D7CB',1795521630000000);
INSERT INTO "personal" VALUES(22,'grant_id','asked',X'25B21987A1C1F8A4D6381AED4D717FCD1D203DB663DEC9CF575B002E79BC3E61',1795521630000000);
INSERT INTO "personal" VALUES(22,'unit','3b',X'71B4C110D409F3892B5B9D9AB37012D0B21B3EAFB6358B08AEAE2EC36DEB8138',1795521630000000);
INSERT INTO "personal" VALUES(23,'decided_by','fd543e50768440c5b6bc7b5f5c3e4930',X'34AABEADABC458C327014737D0BA17D31D5AFE0921F79B8C90236A03B1128ECA',1795521630000000);
INSERT INTO "personal" VALUES(23,'unit','3b',X'F27E37C8956B51F34D7609B6F30DC5BC44D7B0355733D7572A14100AA9D92B3C',1795521630000000);
INSERT INTO "personal" VALUES(24,'decided_by','1bbffa275adc41139fba27e122835f87',X'2056E0D3BE9D0BC391E4BE9F1A73C78FDE7508ED73F40A4DE552B75920BC6F92',1795521630000000);
INSERT INTO "personal" VALUES(24,'order','order-1',X'12E8139883BCA9289E93280466EEBFA362CAA863E31AD47BD98DD0902E13AF95',1795521630000000);
INSERT INTO "personal" VALUES(24,'resident','resident-cleo',X'69E8DBEE9D4390285163DB6033D2C69876AB445247E868CEC8547705372E007D',1795521630000000);
INSERT INTO "personal" VALUES(24,'terms','{"courier_id":"courier-parcel-post","door_id":"door-lobby","is_paused":false,"most_per_day":3,"source":"an account","source_kind":"device"}',X'085C643F406F369019FD165EB167AFBB3EF5BE90FF022E04CB70933430CB723E',1795521630000000);
INSERT INTO "personal" VALUES(24,'unit','4a',X'6858F67EF16166EDE3564D85DC4F098BAF90C5E1ACCED68A65D9E91DEDC0F3A3',1795521630000000);
INSERT INTO "personal" VALUES(25,'grant_id','house-2f93d3fc21bb',X'79D8E40DA4B172E0308EDA6FBD5D19EBB22876961F55D91C28E8822A1DCF38B5',1795521630000000);
INSERT INTO "personal" VALUES(25,'order','order-1',X'7CC244910504F7AB48F44FDEA91E9BE36571A455BEC811C775E8C24800559CAC',1795521630000000);
INSERT INTO "personal" VALUES(25,'parcel_ref','P-3',X'CD82655EE8315D6A5FE92BA53D2DD1C1373500000B639BC00270AB76204008AE',1795521630000000);
INSERT INTO "personal" VALUES(25,'units','{"4a":"accepted"}',X'80FBE8CB338C549FA125B16C82906A575D04D9F4147B4BFEC4F60ACFBA92F4EE',1795521630000000);
INSERT INTO "personal" VALUES(26,'grant_id','vetoed',X'64DC00F64C4208505A4E4778F8155153B7D86C68736A8B3C2DE1C6D577F840D5',1795521630000000);
INSERT INTO "personal" VALUES(26,'units','{"3b":"accepted","4a":"accepted"}',X'B65C5F869F7D1745677872A9ABCD939CD7794A5E18455D27C00E3D9BD170A817',1795521630000000);
INSERT INTO "personal" VALUES(27,'decided_by','link',X'0C06F8DBDC1183C8C567836DDD97C1894C2282F35BEC8407E8B2971657C837FB',1795521630000000);
INSERT INTO "personal" VALUES(27,'grant_id','vetoed',X'92C03DD79450042DA92754B039007A5699E1E93AE1783479638D2253676B41DF',1795521630000000);
INSERT INTO "personal" VALUES(27,'unit','4a',X'BE49B753E0013F0973AA626F6C5BA28D14611A3D60FB2987AC281C255B9D3D48',1795521630000000);
INSERT INTO "personal" VALUES(28,'grant_id','revoked',X'8D535F26EB4230596C6E2AF8DB59AD0262C2EB00EE79424E85EB166858AC9F4D',1795521630000000);
INSERT INTO "personal" VALUES(28,'units','{"3b":"accepted"}',X'47E95E85E50009D36BB489FA1CEB13D59E107D9B7823CE4348544E6414536DC7',1795521630000000);
INSERT INTO "personal" VALUES(29,'grant_id','revoked',X'2B1B2E702C8AD1E5A3683B4CCE9E720A66E3000768F104327A6B665BA47CAFD0',1795521630000000);
INSERT INTO "personal" VALUES(30,'consent','given',X'FD3DA6B8AA61FCB0AA0068DB13728035757D75772F3EF59C65008A064F12A4B9',1795521630000000);
INSERT INTO "personal" VALUES(30,'decided_by','1bbffa275adc41139fba27e122835f87',X'35691FF7788E145593A09A1EC856236680B29F801DD0BF4214401A3165B9CF69',1795521630000000);
INSERT INTO "personal" VALUES(30,'resident','resident-cleo',X'5C89F31C59A595CFF822E874ED7A3B0FDB63D03CAC6C5939BC14A352B2F18336',1795521630000000);
INSERT INTO "personal" VALUES(30,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":1140,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'AF9EA82CEC2D88B1120FA97F5DC72BD259D12BB728A5A04BA62DF2FB7E846F4D',1795521630000000);
INSERT INTO "personal" VALUES(30,'unit','4a',X'0B0DBC68A1D236EC0335A09B93FE1D9B9CE82EEBC01483DCBC1EB31507692DCA',1795521630000000);
INSERT INTO "personal" VALUES(31,'grant_id','open',X'CD1743E978949E2818583688DB4D3E2882EF362A3D4223FC01D9BD4016DCD13E',1795521630000000);
INSERT INTO "personal" VALUES(31,'parcel_ref','P-2',X'DB7A07D09B3FF902E472E374F27726D78EDF602A87D8AA5CD37508D6CDD66944',1795521630000000);
INSERT INTO "personal" VALUES(31,'units','{"4a":"accepted"}',X'5594A1B85BA660F8B0BCAD373F11FD36C4292E65A92C0A6FCE3A6A812925271E',1795521630000000);
INSERT INTO "personal" VALUES(32,'driver_ref','D-2',X'FB3621CE2901A09CAAF77A5394D06FD8932CD8DD6F7BD46E255471F8C53D6E62',1795521630000000);
INSERT INTO "personal" VALUES(32,'grant_id','open',X'E20F3240EC61EB863C401181F94A6D209675289BC9B4EFC339620826188FFCE9',1795521630000000);
INSERT INTO "personal" VALUES(32,'parcel_ref','P-2',X'1DEB6FE548ABDB36CC7680E78543CD218CAAC2A11CB73BEAC4288FA516A3B902',1795521630000000);
INSERT INTO "personal" VALUES(32,'unit_labels','{"4a":"4A"}',X'CEEA02D082B372B852A7DE68485E7D5E9873065C8D689EA6B70E7541FC65F1DD',1795521630000000);
INSERT INTO "personal" VALUES(32,'units','["4a"]',X'1EE1264D9153E0A76251BF22D41C3AD60E6902A71C902CC6779627FC4EC5AA09',1795521630000000);
INSERT INTO "personal" VALUES(35,'grant_id','made-up',X'C14607003567A462E689E021BD65493997C5EBB33B61452E74A4E1A0CEAC2C06',1795521690000000);
INSERT INTO "personal" VALUES(35,'unit_labels','{}',X'029AEE282AECB23B0B82507E6FAE3AA7E6DCC1DD26AEC34C162A798039ACEF2D',1795521690000000);
INSERT INTO "personal" VALUES(35,'units','[]',X'562C4674980566E16BAED53E0DB030734B82C136BA8BABFC1058A1CC51FAE88A',1795521690000000);
INSERT INTO "personal" VALUES(36,'decided_by','link',X'17E6DEF76366B7BD3CEE3DF1E71820FD0088D18897AE5AB23E71079E0130F80F',1795521690000000);
INSERT INTO "personal" VALUES(37,'grant_id','open',X'09DCEA8624691E0C38C487B9CF5891514DE2D521D07129CF80C7A9912F837FCF',1795521690000000);
INSERT INTO "personal" VALUES(37,'parcel_ref','P-2',X'BFB22632AF659793ACEEFFE6C98C18988489D28197EABA2E20346B972EF96C66',1795521690000000);
INSERT INTO "personal" VALUES(37,'unit_labels','{"4a":"4A"}',X'9396AB0719F2463820B841512CBA3C1F82B5D1463310088EAC5016EAFF58E909',1795521690000000);
INSERT INTO "personal" VALUES(37,'units','["4a"]',X'61A16B3F2A75C8F93B26412F9DFF17DD6AD63215C01DDDBFE0FE756075FD739E',1795521690000000);
INSERT INTO "personal" VALUES(38,'decided_by','link',X'CF867D2CF1ADA1DA381079451A41E674CA8CE667DA846C4CBBA617EB634CAAFE',1795521690000000);
INSERT INTO "personal" VALUES(39,'decided_by','link',X'0400A69DA6A0ED34593240D5640B5706450EF46A00EAF05DA012B9DF64716D09',1795521690000000);
INSERT INTO "personal" VALUES(39,'unit','5c',X'5BFEB08ED4BF631D5963D51EAEC3EDAAACBECFF4CF1A0BA49BFB8FEE594E5A3F',1795521690000000);
INSERT INTO "personal" VALUES(40,'decided_by','link',X'0BD51CD508F82045A0E4B2C336FFB017A0AF5D444D7E558AC8581B5949FE9954',1795521690000000);
INSERT INTO "personal" VALUES(40,'resident','resident-dora',X'3A0686ADF88AE43C9F8E5BEA8AD279C2E7C4126F25DA4931788257D90689B258',1795521690000000);
INSERT INTO "personal" VALUES(41,'consent','withdrawn',X'A885B72BCE8A8909154C0526D20620402C2C16B0F1526D45208A4A8EAE1586FF',1795521690000000);
INSERT INTO "personal" VALUES(41,'decided_by','80e7c3b580264042b1505664d716f51e',X'3664F0645DE1445039BB42BD4BA0AE01E1A419C15FAF7D8FB7C182495FE617BB',1795521690000000);
INSERT INTO "personal" VALUES(41,'resident','resident-ben',X'7E9F3C28B30F994F24E7658F099EB50B1FD9DAFDE8756565BE97FE1B38122524',1795521690000000);
INSERT INTO "personal" VALUES(41,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'7789144890F112A9FB7ABAAFDED259A93683088EFE74D83D8976A66CD6DC208C',1795521690000000);
INSERT INTO "personal" VALUES(41,'unit','3b',X'CA8EE1F593BCB55BBC06C46E1F7BD99B27341A12C18CC9749F4856D22E5C301B',1795521690000000);
INSERT INTO "personal" VALUES(42,'grant_id','changed',X'53BC901FE8E195534B359B5D53169CCBBFCBDF7905DA8A0E4210F804F7E8ED39',1795521690000000);
INSERT INTO "personal" VALUES(42,'units','{"4a":"accepted"}',X'FCAFED3CF94CA3CA2027ECC1647594BF0216AC395FCFF3F99AE84211E4423927',1795521690000000);
INSERT INTO "personal" VALUES(43,'grant_id','changed',X'924B8C9DC6B7008599746B5F21688C1033718F40D1BF09A512F1DFAF4A5E608B',1795521690000000);
INSERT INTO "personal" VALUES(43,'units','{"4a":"accepted"}',X'2C4AA8777CE48C43C3B0FBEEC09E4D902B9CB08BB7C7AA0828F95D093D582C48',1795521690000000);
INSERT INTO "personal" VALUES(45,'grant_id','open',X'23ED09B18C6B0FBC476D3249EC69EC6D599044C6267B93A591F04356AAF0C78A',1795521870000000);
INSERT INTO "personal" VALUES(45,'parcel_ref','P-2',X'5C714708B20A69FF2770BA9A2A52E9919CCA73E38D9C9708721FD5644D6C7D58',1795521870000000);
INSERT INTO "personal" VALUES(45,'unit_labels','{"4a":"4A"}',X'1C738D89BE695654EA6CD8AB27A3EB6451386B80535D28EE5E6646659C9103CA',1795521870000000);
INSERT INTO "personal" VALUES(45,'units','["4a"]',X'4FACEADB7E179BD89FD06C3212823BCC35A72F430CF67DA92108395E576FDD10',1795521870000000);
CREATE TABLE records (
    seq INTEGER NOT NULL,
    at BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    body TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (seq)
);
INSERT INTO "records" VALUES(1,1795521600000000,'zone.recorded','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"54faf82eaecbd23697d2502aa4f9fe8adc653337207a23353e196fbe795171f7","kind":"zone.recorded","personal":{},"seq":1,"zone":"US/Pacific"}',X'68F014AAAF2FF5C83C37DAAC81F8527E0D36530E3BCAB75E98AA896D86B4FEC5');
INSERT INTO "records" VALUES(2,1795521600000000,'link.renewed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"db3225af61993ca7832e85af8cfaff3c147eaaca053482eff3c89d17fadac27b","kind":"link.renewed","personal":{"resident":"92076cf36e1c4b0bf522aea17cc33bc80d940dfecdc60f0258c939519584887d"},"seq":2}',X'D8BC8711C301EBB2B86CC8D35FD46E7C54F06159CA770DF421ABCE2122BB23E3');
INSERT INTO "records" VALUES(3,1795521600000000,'residents.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"db3225af61993ca7832e85af8cfaff3c147eaaca053482eff3c89d17fadac27b","kind":"residents.changed","personal":{"units":"5242448d567d1bb1efeb8a30c7eb6f6f2c46084bc4ec9cc1919ffe0e641bd000"},"residents":["resident-ada","resident-ben","resident-cleo","resident-dora"],"revision":1,"seq":3}',X'7BB08958477E7263F19B760505C6CD1BCA83BE85FD01738B7EC9A1AC0C642F9F');
INSERT INTO "records" VALUES(4,1795521600000000,'courier.admitted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"0b2eac97123976db6edf9ff796118a1bc6cb2a53d97d4513547d6e9fc262db9f","courier":"courier-parcel-post","courier_name":"Parcel Post","kind":"courier.admitted","personal":{},"seq":4}',X'CEB8291E81314FFE730E1D3BC2EC122592E650E238683F2A31D184C64DB7BBFA');
INSERT INTO "records" VALUES(5,1795521600000000,'configuration.recorded','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"b2940590ad2e51680998742e65e3137079616e341898b1312da688abb91a1d1b","configuration":"{\"doors\":{\"door-garage\":{\"name\":\"Garage\",\"opener\":{\"entity\":null,\"device\":null,\"domain\":null}},\"door-lobby\":{\"name\":\"Lobby\",\"opener\":{\"entity\":null,\"device\":null,\"domain\":null}}},\"sources\":{}}","kind":"configuration.recorded","personal":{},"seq":5}',X'BDB564257B7E1DDCD617E6624A619E37D9D0506D4BA52C8998CE01D61AA41E83');
INSERT INTO "records" VALUES(6,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"b2940590ad2e51680998742e65e3137079616e341898b1312da688abb91a1d1b","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"3fed86c88b821e7b025d2727875c86edf83f43a6dc8a9a95061c286096f1ff1e","unit":"2b1d66e56085fb3c373efc9860cb9a4c79406b91be4ea93780a47f3ba38bb91e"},"seq":6}',X'1BAD6209FA4D5EBB67237904ECEC51998C65EC4EAE977E7DA675B882772BE68D');
INSERT INTO "records" VALUES(7,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"b2940590ad2e51680998742e65e3137079616e341898b1312da688abb91a1d1b","changed":false,"is_confirmed":false,"kind":"resident.enrolled","personal":{"resident":"14b8f3805775eb389cc06919d01003e775e2454380dcf6d557be00e5f4b876f3","unit":"52f8c11628d638dccc98e0fb9f107eebda6f1912ffdbc6a9f32ea34b54bcc57a"},"seq":7}',X'906B5F9CFB3316DE925D6AA35CD38C47E08B40D5396730D49A58C7B83811C3D7');
INSERT INTO "records" VALUES(8,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"b2940590ad2e51680998742e65e3137079616e341898b1312da688abb91a1d1b","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"f1b0c1348f2fd4b9cc48afa717971b66d88cfe5fdeaabc4a6302e26c177a9c2a","unit":"e996c95e75784f046ff5e8c017319befe34673e2d3a0f8ce3678023af17750a4"},"seq":8}',X'653F220367C12FFB19B66AC0183E2F29C4641DFFE6C52ACDD6AB327B15E7C384');
INSERT INTO "records" VALUES(9,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"b2940590ad2e51680998742e65e3137079616e341898b1312da688abb91a1d1b","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"78ed151ee258ddc89d4576229f623745928abe427f517223f2382688d453dac4","unit":"121fb0b1b8771bab2c318756e43fe5ba852e8b6ca056a69ed0c7c9b9a54e9f4d"},"seq":9}',X'45C30FEF2AF8FDB8A6D6DF600F390FBC8812DE980BFE1A78E982BD5F554B2430');
INSERT INTO "records" VALUES(10,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"5b7c371e0c50dd3bce59a4ade8a6505d3d164b2bdadb98ce359eb22e4ee46176","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"0292fa11f767759135d816b0af7978861f301c8ece611d63d06e0b9b1f776473","decided_by":"e114e94c91a996667edec06aef446e46fbe6dc85fce310937f7cd686874c2699","resident":"db8d7450cab59814e9678107658ddaf77d523a671bb18e4568bde6c377142edf","rules":"df26f9445d55e6d68e484f9fbf3287fbe4835f9449cf5f2c67d4f363076cd84a","unit":"67fbc584caf09630a5ad5b3df3a51ea2dd852c7afb0f6033ca3ea67396d5c8d7"},"policy":3,"revision":1,"seq":10}',X'A48322C058D6AC67F03EB5F3ECD4E6E9503F8E25AE42DA1F6C69DCACBE80F1BD');
INSERT INTO "records" VALUES(11,1795521600000000,'resident.confirmed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"6b822c29d6304e93ee2b51df7dfc8eebb92982beb443b3706d9ff52584f7000d","kind":"resident.confirmed","personal":{"decided_by":"49536b7584400352e2f9d8a4df251e790e48722a23d671bca7fb95e9ef0ec5e7","resident":"7d46365768e858b86ada5b2ad0beef281edb559379f1a858caf907ff2ede6bed","unit":"13dd969c4522a03a2a8ac23d294d70e40026098b17f2f02f885e616ddabb07b0"},"seq":11}',X'DC7B56160B532AA247F9A515958A698093EB1857D1F9F308AED1D2B2DC2D7E16');
INSERT INTO "records" VALUES(12,1795521600000000,'residents.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"6b822c29d6304e93ee2b51df7dfc8eebb92982beb443b3706d9ff52584f7000d","kind":"residents.changed","personal":{"units":"ea859a925c56cfddd0cdb43a2351024f19feedf393dbc0d970ba6866ebd9a1e4"},"residents":["resident-ada","resident-ben","resident-cleo","resident-dora"],"revision":2,"seq":12}',X'F5EEFAFDB50F57FF5E300AC08CCBA4837E641FD65CE51B5B88372F6DFA5E9264');
INSERT INTO "records" VALUES(13,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"e956f2d28d047c878a38c700759f444696704ddc1f1520d4f41e51f06e031267","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"706306458dd61de062207322177472ae67308b761a5c35439c6128a76b6e9307","decided_by":"acd495a316db18f7225b7123c3f0a7051d1d24d188c80b2c7de949c77c5875a2","resident":"2d117ba1801ca5e5211467aa18b1608e69f85b9f620ccbc1cb1c4e3a1044421b","rules":"dc520a6654d1eb3ecc428c5e9f60d2bb7bce3a00127b18326ffd24e82202d594","unit":"1fde16ebbae5c9452c4c9ac74798378c166f9fd03b0c3caba16ee3ae6db3b888"},"policy":3,"revision":1,"seq":13}',X'5DA6A7E2818DD61846327E27BFFB8AF908A023A427C99226C5806545E9E17685');
INSERT INTO "records" VALUES(14,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"f556d1caf8d4c99512ae24c6801782e289440a33f53d334c055cb53f9f1f36d7","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"e0b87d00428d4a8fe00f81d4038dccaca6e94daf3bd8da272c576179d369fdb1","decided_by":"e4bb4467284ad26c7115e77e443bd25d183433f9f6c444fa2881edf92946af74","resident":"ed8b7b508c404f5547506c97fd28382db12d87475dc7fb6dfc532dc1cd0e3493","rules":"286e1e48ac5e60895c4061011690010cb5b6dfee61b0f76d87856203eeaca0be","unit":"b272c04a910f0ca197c597acbb1a9a026e02bc3eed39532ff739cc0a96a63611"},"policy":3,"revision":1,"seq":14}',X'BFF6E52342F3C9F08F49628B596817CCF0A2B87645A12356C66E3F583F31BB7C');
INSERT INTO "records" VALUES(15,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"3feff17a6eb517fcfa2a9cab331b529c88b4dbbcffcc1b630f8dc53f6caa7f4c","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"55bc8c7b2472a9318eff074b08c37b15ee10a9de624ee1b155886291ac474ec7","decided_by":"f0d9d6e675f94b21a5364f1cb624b7ac946fc281fc6eb5d0dd29ec2d0eb0aaaf","resident":"980c87753f28a1a0fc64ba84a99f5ffb710b0b74027acf41183af07ec5ceee30","rules":"7498bcaf5a5268a60152330a8e114f697a3a8e5cc67e0f855d03c88d9ac27f43","unit":"9f8a6f186a088300ffe979251a07880f2391bcc3897ab8f18e923eb0d44dc514"},"policy":3,"revision":1,"seq":15}',X'7651C49DFDDDB62F24A3D6989B7478D31E2294D776C6BFB32A039A3B1F91B3ED');
INSERT INTO "records" VALUES(16,1795521600000000,'grant.accepted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"cd3847aca1ab073f07ccf5c68b64f2bf6f4ac713b4871b57e1e44cb435f9dda7","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:00+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":5,"personal":{"grant_id":"1d9529a1198ab74b79cd0192ec5a94913f00c12015f8ab652c8337998d335267","parcel_ref":"2daa7d6f4853f1ffe308cba3a1da16b3874199c1e11b282b2cda2d40c683e98d","units":"912705ce0ab77912e760dadf314fc6c0407ad16216604afd65955902de60fdd9"},"reason":"ok","revision":1,"seq":16,"starts_at":"2026-11-24T11:59:00+00:00"}',X'829F505A6BF5B5DA4D9B5471CE6DD1253DC6197D0CB5F86B6852E76629892D32');
INSERT INTO "records" VALUES(17,1795521600000000,'entry.asked','{"ask":1,"at":"2026-11-24T12:00:00.000000+00:00","bound":"cd3847aca1ab073f07ccf5c68b64f2bf6f4ac713b4871b57e1e44cb435f9dda7","courier":"courier-parcel-post","door":"door-lobby","kind":"entry.asked","personal":{"grant_id":"ba40a84ba3cc53192ae9169c3beb25a8b114ffdb799229d4e553e88c2c57c29e","units":"7913f1967d49945123a551fa2aaae48c4c5b99af4ee3a89802ce883686d98c09"},"seq":17}',X'B24323AC50D6BEF76C14138C3C9E10610BFC046BC599E4C5F31635EB221FBCBB');
INSERT INTO "records" VALUES(18,1795521600000000,'entry.answered','{"answer":"approved","ask":1,"at":"2026-11-24T12:00:00.000000+00:00","bound":"5a4f074e796d74b8a495616a30e7071f1e6be23cf906a8fe956673837c865661","courier":"courier-parcel-post","kind":"entry.answered","personal":{"decided_by":"70798b031c1d01c11a72aba96cf2346c341641d38e1377735e1476e0faa50e7f","grant_id":"5e4fe60ede0baf7a1330a7885f5ef689f9e922e9b53d0acd7ffaa15828d53f10","unit":"b9ea7eaf98fc153f4fd149c00d961f63f889bbd2d5b3749c972bc9fc1713c2fa"},"seq":18}',X'2FAED0597DEE5BD2291311CEE0544E17BA06554A8DA276EE14ACB5DBB819C88C');
INSERT INTO "records" VALUES(19,1795521600000000,'entry.admitted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"7759adc6d58beaee2990454ad07255affe2f80064e1126fe4e4d5eff814eb5d9","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PTPG0SAWTN1ZWWNJCZ11X","kind":"entry.admitted","personal":{"driver_ref":"abcdd1f1542ce3d33ba2f6a85c9dcd95bc15544ed5dd890c90b1aae2d3658696","grant_id":"61f9937c02541e1ae345e110de85138f9b2c96441970b0e2ba403d6f8d9d51e6","parcel_ref":"b7de9f95fb267b365e1db036b5675a88af1c72f86266ecddc351c16586ec39e6","unit_labels":"34479aa8777fc53cc0d285f7c427a64ab15feb49b581a538a29f3373fe64d2dd","units":"6f58ae6a9179382be117ea3160f5ec94b9c267c74f328df7b46c8d22fb14f50d"},"proof":"signed","reason":"ok","seq":19}',X'AA65705D85D218E0C8820585EBFD3718D084AFA12C42CB3AFAAD9C3C142C70CF');
INSERT INTO "records" VALUES(20,1795521600000000,'entry.outcome','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"7759adc6d58beaee2990454ad07255affe2f80064e1126fe4e4d5eff814eb5d9","entry_id":"01M86PTPG0SAWTN1ZWWNJCZ11X","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":20,"unlocked_until":"2026-11-24T12:00:05+00:00","use_returned":false}',X'00DC9664777ABBE18A1445F2FA309E148FE53A1675EA07038BC27F6F2F31C1D2');
INSERT INTO "records" VALUES(21,1795521630000000,'entry.completed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"7759adc6d58beaee2990454ad07255affe2f80064e1126fe4e4d5eff814eb5d9","completed":"2026-11-24T12:00:30+00:00","entry_id":"01M86PTPG0SAWTN1ZWWNJCZ11X","kind":"entry.completed","personal":{},"relocked":"2026-11-24T12:00:30+00:00","seq":21}',X'0D5E564A864152BE29DEFFD7DFE51F11636A9BEABB9FDB0E1FABB4FD409A7EF0');
INSERT INTO "records" VALUES(22,1795521630000000,'pass.made','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"cbe17302a76a14c49d19f7939b0a7513dcce477b4bb99d5fa01beedcb364a3c8","courier":"courier-parcel-post","kind":"pass.made","pass":"01M86PVKSG911SBFSPNQWTEKDF","personal":{"decided_by":"b36d908435b4666c5530650dae36a39547d1a8e964006137c53ab3e8c3024649","grant_id":"382b34a17618931107ffa2c1c307469a2a6b56d7bbadc78982c521e34d39bb17","unit":"5e27dbb6abda413dd032c90c0d909c2ff3ff2274e1a1a0e140f8ba640795f9cb"},"seq":22}',X'1F5DE8EE976CC300568B066987DA0A962A7751C5564A0885F841E53587C694A7');
INSERT INTO "records" VALUES(23,1795521630000000,'address_code.renewed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"785dc0b8a33a0066da36671fc6bff313aa90555d77853b35ef7f4eb5f4cc7a69","kind":"address_code.renewed","personal":{"decided_by":"fa6bc520bd55eb27138901f7ee3c8a6a3e9169eee957da82e77a4c3e82d64894","unit":"8e2b4f83fb9cab16c02dc2880a98b20db68cdaf46d6a2ce4531725daca73a0d0"},"seq":23}',X'6458E51BB0855001D62B82F3BEDC86F4A576AEC7F627BE858B0CC85B9484DCD8');
INSERT INTO "records" VALUES(24,1795521630000000,'order.given','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"cad56f3ca18f47a89b6870bb8e5cece79ea218ce5d41a8ca9b1036cddac070f4","kind":"order.given","personal":{"decided_by":"136242c2a9c9481b5402f81c5bb14920641cd0ff56d04a001e73c99d57277e0d","order":"17108e074b2c1208c9e064d59f534298f99a624afc126537e0437bdf8a3451d8","resident":"06cdca503ed0fb64c18363d53c425ddc26dacda15d9d24bfa3831a8101b9a38f","terms":"19e8c4de2d355b6fcaee49354b3e83dc83d1da5f691337ced9eda84cbea2ac98","unit":"d0320a5efedae06dc56f60e0abea32ad8c5909e76eab6a3b298a5852294083ef"},"revision":1,"seq":24}',X'29AAD7591731FCD67ACD3C33CE670616EB755B5E4B35FD151BFA515D558D0EB3');
INSERT INTO "records" VALUES(25,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"70ec6b6439d0a35e97c414a67d84c04476b6df8e6d31b87005961be722d09b4d","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-25T00:00:30+00:00","issued_by":"order","kind":"grant.accepted","max_entries":1,"order_revision":1,"personal":{"grant_id":"b7008a7b83bce76889399f59af7f328db75e65d4788023121fb3b193acabb079","order":"fea52cb79a71fb02b629a0b63d81efb0bcdbf472b15fd8f43415323aea1c1e86","parcel_ref":"6c5c4baf306036aa3537006810f01e80ba9a009fd4b45bdbbf60a62448f57326","units":"06d1561c73e756a5aeaab9858c85f7f87df9cdddb5b73ff0ba061b48d89106d2"},"reason":"ok","revision":1,"seq":25,"starts_at":"2026-11-24T12:00:30+00:00"}',X'B7A7717E833CE37424F4BD7C32E964FF407343AF20DBD73DD016CCFA3272E88A');
INSERT INTO "records" VALUES(26,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"35a4f434710e559cfd0cc278743559effe137fd75c078037e4ea4bf0d7aa28ef","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"a05354ba82b64deac05bd53bc954e00197391f1fe4f826e901782eb06225a435","units":"443d4b2f3b308e8d8182c76fcae438c2a00841178dcc24540e88bb009e0deadd"},"reason":"ok","revision":1,"seq":26,"starts_at":"2026-11-24T11:59:30+00:00"}',X'D4FCEBC3238B6B9409D6DD3F84A1D3710B55A5B8BA2FCD4BA4D57438D154738F');
INSERT INTO "records" VALUES(27,1795521630000000,'grant.vetoed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"8aca163212dd2c72874ebe4b1868332bb0ca414c655b7967dfaa74b764102c9b","courier":"courier-parcel-post","kind":"grant.vetoed","personal":{"decided_by":"3a4c0fecb16efedcceb475240e0519024bfe852b0802ff8cc72a422522c95578","grant_id":"68ab80569d48324ea6783b8fe6129fb915a21c484ddc2a638302d14125ca2f85","unit":"ffb67bc50f78bbc07491e4300d0e368e0dd5d6dcdeb310f682144c1e5fd5c96c"},"revision":1,"seq":27}',X'589B7F407F98F9B2ECB166429C10681A97B34F06CC688F65C87E195C20B301E1');
INSERT INTO "records" VALUES(28,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"645aa7cead3327bf43ac46fb518f9687e5bc9b0e55433ca8b627524ec5b22c54","courier":"courier-parcel-post","door":"door-garage","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"bef9825356928f1c7e3826534979643d70844e46a15a2f9fc4e9d92423da0780","units":"3919bc7bc04c3098e6be5beca1a5a9ec2f5bc55167aec3ac5d872945ee68d5b0"},"reason":"ok","revision":1,"seq":28,"starts_at":"2026-11-24T11:59:30+00:00"}',X'87F79388BBD12F67CD2CC2C8134ACD6FABFE5396205843C93A19CFB0403A3123');
INSERT INTO "records" VALUES(29,1795521630000000,'grant.revoked','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"60479d82f309c55eff574d2222872ccb59b2cb24f2cd1057d5cfb37f508a0071","by_courier":true,"courier":"courier-parcel-post","kind":"grant.revoked","personal":{"grant_id":"f78458e7ac365e4fb986ac41dfe8abf378a35a91d6c980600e901ade75a3d1bb"},"seq":29}',X'8BEC1744C2D50BEE18EBE3432B9A472E2A6223CA2C78DBBEF8215A0ACDFC3AC8');
INSERT INTO "records" VALUES(30,1795521630000000,'rules.changed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"0684e309fa2cfe723667c106a8780b459f51e62055e5b31891e9da304ab3cd26","decided_on":null,"earlier_revision":1,"kind":"rules.changed","on_paper":false,"personal":{"consent":"f035af3ef89845db065f5a3b60bd1ae9affe2c866f31709ae93443d8545cb17f","decided_by":"282f13f061a91de28e7c95409bfa23300ecc5dfa40f3aad3e2e4fb3fd04ff64c","resident":"d02aa123194ba40b61023cb8c11addce24613248c5260471b3dced768913348d","rules":"025e84925ba9d9726cc4bd44fa082ebd236985d6112a770dd566bf763f6076be","unit":"6991eaaf5e44f5b434dfd3e48eb2c6f0b08553cebc26b7212bcf4893d9c8685b"},"policy":3,"revision":2,"seq":30}',X'77A906C6803E4AB48FAD63AB71131C3007C8677BECFA237D2164B4AF0EFF8C81');
INSERT INTO "records" VALUES(31,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"2d3448baaf40241160f4362317cf2ba91f4fd9d4fc6e8f478e4ee70c32a452fc","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":3,"personal":{"grant_id":"acad48ce4b768afa933d171b510591e17267e266280b35e3df24320fa2c20737","parcel_ref":"f9c4afe510f8215899a3e6e6bebf6f30cc36ca7fc5cce2d4c52883252752bee7","units":"d07109615c1cafef244d03c4760946026483df1bf9a9142c66a34078fdba572f"},"reason":"ok","revision":1,"seq":31,"starts_at":"2026-11-24T11:59:30+00:00"}',X'3F27C00E0ED5E15FA4F162079E96C41071457843231762A20C03993AAEEB34C4');
INSERT INTO "records" VALUES(32,1795521630000000,'entry.admitted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"1fd3dc80e30ac99a50b6536a2d923fee46864592cf84b55ddb7161cd62a634ff","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PVKSGYJ7W1GMPEN6Z0Q4T","kind":"entry.admitted","personal":{"driver_ref":"deb99e4b2eabe70bfcbe6a3e2ac517713bd7c174e27e1e86d7181de02c5f52ea","grant_id":"eff009181a12686f55ca29a035bef25e72fe173ea5b4b952c4bfc6685c7358d9","parcel_ref":"3bca2a8019e8538908654307185a40ac5150d03687a0058948fee7c268eee55e","unit_labels":"ad61bbf2bfa8db64e97e5f3dccfe807720f5c847372ddb48be4915c25bd1c659","units":"26c2acfb1c35dd946c2b93f0f92c465a8dbba6be5f76dee785b88b03901330a1"},"proof":"signed","reason":"ok","seq":32}',X'8608F1468F72EDA73242F7EB414F0B7B701AFAB902E48F2F8FBA83416A9569CD');
INSERT INTO "records" VALUES(33,1795521630000000,'entry.outcome','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"1fd3dc80e30ac99a50b6536a2d923fee46864592cf84b55ddb7161cd62a634ff","entry_id":"01M86PVKSGYJ7W1GMPEN6Z0Q4T","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":33,"unlocked_until":"2026-11-24T12:00:35+00:00","use_returned":false}',X'10C6484C1B32815CF08B1AF4B2A98E5CD1E640B64F3B3D92BFFB69315D0816BA');
INSERT INTO "records" VALUES(34,1795521690000000,'entry.completed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"1fd3dc80e30ac99a50b6536a2d923fee46864592cf84b55ddb7161cd62a634ff","completed":"2026-11-24T12:01:30+00:00","entry_id":"01M86PVKSGYJ7W1GMPEN6Z0Q4T","kind":"entry.completed","personal":{},"relocked":"2026-11-24T12:01:30+00:00","seq":34}',X'3B17E9913DC6B677C2F0CB89BC926CA84716EE80BC0E8B9E13F56F37A1D9E9E8');
INSERT INTO "records" VALUES(35,1795521690000000,'entry.refused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"1fd3dc80e30ac99a50b6536a2d923fee46864592cf84b55ddb7161cd62a634ff","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"refused","door":"","door_name":"","entry_id":"01M86PXECGW0J41HRH781JPHPF","kind":"entry.refused","personal":{"grant_id":"131d853b0bbb7339ece8490e9cb7c90f36ad40b94435706ef8adfc8c5269489d","unit_labels":"b406b6651f9c363b66b17a962fd361a09c91eeb69ebd1284f08713d54c7cba62","units":"4ab4c405dcf64a49b53f710d499f3f2480f4f232136b187eb27a6b8c5b23ab73"},"proof":"signed","reason":"unknown_grant","seq":35}',X'E66A63B872DC15D3D6B84D5A6A12D94F2C96829D96F867A9DB67A0F04FCD3E7E');
INSERT INTO "records" VALUES(36,1795521690000000,'access.paused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"0e848a430a1836427fcd1e7c536b08b4f93e243772a1d23b9acfc0811dcef768","building":true,"kind":"access.paused","pause":1,"personal":{"decided_by":"a4ca9d83b9f380dd5ec029b221355086a961eed4e4f69c0d8cfa6fa15f54966e"},"seq":36,"until":"2026-11-25T12:01:30+00:00"}',X'969118A63BDEB174CA38A377809783D9990234117311B73C47E96F5666DDBBC6');
INSERT INTO "records" VALUES(37,1795521690000000,'entry.refused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"0e848a430a1836427fcd1e7c536b08b4f93e243772a1d23b9acfc0811dcef768","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"refused","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PXECGRJ95BE1D4PPWGHPD","kind":"entry.refused","personal":{"grant_id":"0eb3045009818a6b3cd0e2398dda10e0cbba8bcff059e07804cd9fbe4cc98903","parcel_ref":"2a1e6e779272132cb57f42b46fc1a4ec15ea9043d296ee5952e83e0c778e858f","unit_labels":"7e8c83d6e679babeb065ae35268b378004fdbad7e00a791fad9df51b7120675c","units":"9e8c24334e220dd504532def1ebd79148054044aadbc7517a764d87be0f40461"},"proof":"signed","reason":"paused","seq":37}',X'2B3D2CFC2888B6B97C3B614E815BDFDFE1F5BF9A15778FADA260B08FCD8B48AF');
INSERT INTO "records" VALUES(38,1795521690000000,'access.resumed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"98dfd4df51163afef1876f448c5bbcc2842112e64c69b25bb13c1d7b21c8033f","kind":"access.resumed","pause":1,"personal":{"decided_by":"6422f5bf46612452b9374ff5b9189ff249a928dfabe52dc5fc1633158d289289"},"seq":38}',X'1C9C8363C927A61A61D824CE62D8E72D3F9BB5FDA8963C71F8A5AA78C70B5514');
INSERT INTO "records" VALUES(39,1795521690000000,'access.paused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"e5803f330dfd87488b66d6ef9585c717ff8cfddd1d11b1871c80f7511fc3f425","building":false,"kind":"access.paused","pause":2,"personal":{"decided_by":"acee6ca7c6662ce524fc0c5b361b270d22dc17240cd3d882a6edebbdbb422454","unit":"ecb0db5a0727a1b4ea82e4224a9ce0cce7d23473a673c3c2ba5e0ac943908bf1"},"seq":39,"until":"2026-11-25T12:01:30+00:00"}',X'091A9389BC9CF939ABD94F3DC9A46DB60F1ED2DC56A62107781DCEF4D4B3AA90');
INSERT INTO "records" VALUES(40,1795521690000000,'link.renewed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"e5803f330dfd87488b66d6ef9585c717ff8cfddd1d11b1871c80f7511fc3f425","kind":"link.renewed","personal":{"decided_by":"49e2461b1eb545556a512314a59b632c6abec15c1acb2122f914b34d998e8dc1","resident":"9cb315630d8897a1fdbb9cdecc491fdca40f237173a9b04b184a5e8291d1526d"},"seq":40}',X'D640E79CDD78D9E4872D8760D30725441081BB41AC7AEF48D6A1D90214DDFDB5');
INSERT INTO "records" VALUES(41,1795521690000000,'rules.changed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"963547cb4e477625e0a2cd5bbdd97659929c439ea89f1e9565064779cf2f9ec1","decided_on":null,"earlier_revision":1,"kind":"rules.changed","on_paper":false,"personal":{"consent":"f31fb46b4b436a9a578d3e1497f5bf70fe1a3725c1a489d87d690e2357e79953","decided_by":"7d038a69c9851102c523fe296464cac71a45051b9ff562a98592b15c7c54422d","resident":"0df4ddab3293de627b5ff6c094ef5338b4c8be5e9f3c87b153f3c28f7c630099","rules":"1b84e342479f0f795e10c9c44991705bddeb77057a27214122a7aaea200b9b0e","unit":"b273d11d15903077632d627bb8cfb594972ae78e63c58579bfe27d0f5d19d6a0"},"policy":3,"revision":2,"seq":41}',X'58AC38C6EA2D18C621BD123B13E40EC2BD5C6DB450B226F20071D1138C46DD5D');
INSERT INTO "records" VALUES(42,1795521690000000,'grant.accepted','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"1c78f6c2ffe88a63753a95c50c863b17922b2b51d52d0907f76aa4c44a103a9a","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:01:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"70b67e17385abcf815a6779a7300a8a5e52090622c7f0bb71ef0fbe74b51314c","units":"c19f7557928cdd87d9372aec9808c304b6c1583900e3c3fc5c74376637ba210f"},"reason":"ok","revision":1,"seq":42,"starts_at":"2026-11-24T12:00:30+00:00"}',X'0C1CB7E0A42E49AC2DC0070E5D007717E644657BC036C82A948E44B3A119010F');
INSERT INTO "records" VALUES(43,1795521690000000,'grant.accepted','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"e0f67f230e4b3d40d17bce2f5166f62da8972a3e1fc45debb362afc302d46cd8","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:01:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":2,"personal":{"grant_id":"972dd405e90717c6858ba0a2617f7255c646627c2a187f7e8c3988dd2f0170b4","units":"1ab41d44ad49cb4949bce9e21bae9ea465a9e408c21a0a6701dde7b9b497637c"},"reason":"ok","revision":2,"seq":43,"starts_at":"2026-11-24T12:00:30+00:00"}',X'08440FD0B7E9CB681FA23AB4842557357CBE4BCE4D15693569C58142A241389D');
INSERT INTO "records" VALUES(44,1795521870000000,'entry.observed','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"e0f67f230e4b3d40d17bce2f5166f62da8972a3e1fc45debb362afc302d46cd8","courier":"observed-key","courier_name":"Amazon Key","decision":"observed","door":"door-lobby","door_name":"Lobby","entry_id":"observed-1","kind":"entry.observed","personal":{},"proof":null,"reason":null,"seq":44}',X'A492068B2B0F19DF16411C388E8AEC800E84871719751398561D07EE48F60968');
INSERT INTO "records" VALUES(45,1795521870000000,'entry.admitted','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"bee186ee4a5795a218ed56435ebb55afb56dbff5e0c7ec817e2bd8e18022e964","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86Q2Y5G70YP02C2Z1A80SQS","kind":"entry.admitted","personal":{"grant_id":"ca0bbf6f2c4e1329d834e460adf1cd5797b487db645fa9b9f6fb885ca9e3a80c","parcel_ref":"1be9bd19796415e421833d44f061d591ec73ed29f82a9b6f4a461649b1a89556","unit_labels":"21b7ad3f0f5fadd85c7ffcbca065d0cf52e989abc1dd9daab078f367ec6123ba","units":"35401bda5d01dc396c5b5cf21363773bc7d2d89914ebc5b2edf805539921db8a"},"proof":"signed","reason":"ok","seq":45}',X'868AC03DEA7E3EBDCED20AF979ECD51AA324F080DFA8AA7179FE3100D739F86E');
INSERT INTO "records" VALUES(46,1795521870000000,'entry.outcome','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"bee186ee4a5795a218ed56435ebb55afb56dbff5e0c7ec817e2bd8e18022e964","entry_id":"01M86Q2Y5G70YP02C2Z1A80SQS","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":46,"unlocked_until":"2026-11-24T12:04:35+00:00","use_returned":false}',X'DAEEEE78838FED849B9BF1758E6E628286451F7C8D1D3567F9D3B59DCEB8D709');
CREATE TABLE replies (
    courier_id VARCHAR NOT NULL,
    message_id VARCHAR NOT NULL,
    body_hash BLOB NOT NULL,
    reply TEXT NOT NULL,
    entry_id VARCHAR,
    keep_until BIGINT NOT NULL,
    PRIMARY KEY (courier_id, message_id)
) WITHOUT ROWID;
INSERT INTO "replies" VALUES('courier-parcel-post','msg_10ceac8222984bb18f94fe80ea8d3adc',X'74B7E31EE1334A78ECF9F05A0FBADE5F843D0F37F9366720F2F5AB1A5804AC55','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"asked","revision":1,"units":["3B","4A"]}',NULL,1796133600000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_365147b49b2d4f588a90e80d085f1eb1',X'14A575C2122622C564273CDCF6B81FE9A35E9D694C5CBFF5F1EE54AC468B3E74','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"revoked","revision":1,"units":["3B"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_3a790c88be9f45b7a2c728a899938e69',X'8CE29CFB93FFCA0D4165956BC20372976720E44393C86246D6100F24AD2499FD','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"vetoed","revision":1,"units":["3B","4A"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_438e781e96fb4d00982988c07a9f6147',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECGW0J41HRH781JPHPF","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECGW0J41HRH781JPHPF',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_4bd45126f9a04579b3e9e00c12f6edd1',X'309DD9F341D01B473CC85CE97373E612550E86875E185FD89E8291C49301C2B7','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86Q2Y5G70YP02C2Z1A80SQS","grant_id":"open","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:04:35Z","entries_left":1}','01M86Q2Y5G70YP02C2Z1A80SQS',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_9de600d1a2fc464e85c8eb7320098353',X'7D1027FFCB2677F98014FF1775E122935410D143755B935CB550BB9614B76522','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"open","revision":1,"units":["4A"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_ae086e571f04437e8ec06829e28007b1',X'44664A1477BF1E69E3578EED4B9FC2D3EB1891A3341B2D2C62C7E92BA87FBD49','{"type":"grant.revoked","decision":"revoked","reason":"ok","replayed":false,"grant_id":"revoked","known":true}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_b4e2c48c15614db9b695bc2d92640c74',X'9B5649D698BD90CEBC0B7BE6ADACE05D0B4A3B12D7C75F4081D84424EDEA1730','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86PTPG0SAWTN1ZWWNJCZ11X","grant_id":"asked","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:00:05Z","entries_left":4}','01M86PTPG0SAWTN1ZWWNJCZ11X',1796133600000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_c34065b34f3c4e5693d7fc9566d7a5cb',X'8FB389799B438FBC8DACAD9E57B1377FA3643197CABE141D5D0403A72BDDC447','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"changed","revision":2,"units":["4A"]}',NULL,1796133690000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_d038c8c7fc1d4f408302ef2e8fff267b',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECGW0J41HRH781JPHPF","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECGW0J41HRH781JPHPF',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_dd128367c59f4fc294f3398d43e66e35',X'66C17A9DB2D4ABF24406F6987E1C646454AAE6EF789CA13437F4477CA1E2F9CF','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86PVKSGYJ7W1GMPEN6Z0Q4T","grant_id":"open","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:00:35Z","entries_left":2}','01M86PVKSGYJ7W1GMPEN6Z0Q4T',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_edcf5db616494c4d91aeb79d51851f49',X'A3652077B2368997DA95A07EA54D2761B87E5EABEA4A1A2B4067EDD6F312568F','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"changed","revision":1,"units":["4A"]}',NULL,1796133690000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_f28ee5f0ef2e46f59db6d8158e1dc20e',X'9995DF72124556C852AF3FA2D1D1E52C2926488B34126F9062810524CCB88FF5','{"type":"entry.requested","decision":"refused","reason":"paused","replayed":false,"entry_id":"01M86PXECGRJ95BE1D4PPWGHPD","grant_id":"open","door":"lobby","proof":"signed","entries_left":2}','01M86PXECGRJ95BE1D4PPWGHPD',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_f9bd7fb5976547bab49744ed0e5504b1',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECGW0J41HRH781JPHPF","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECGW0J41HRH781JPHPF',1796126490000000);
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
INSERT INTO "residences" VALUES('resident-ada','3b','9afc9259da6c08755fa839c1df142ffd','fd543e50768440c5b6bc7b5f5c3e4930','linked',1,1795521600000000,2,'{"name": "Ada", "unit": "3B", "person": "9afc9259da6c08755fa839c1df142ffd", "user_id": "fd543e50768440c5b6bc7b5f5c3e4930", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'3835A5033A237CEB5C36E429FB29EF37');
INSERT INTO "residences" VALUES('resident-ben','3b','c8f7e4636813f0084e4a5b8682314b49','80e7c3b580264042b1505664d716f51e','linked',1,1795521600000000,2,'{"name": "Ben", "unit": "3B", "person": "c8f7e4636813f0084e4a5b8682314b49", "user_id": "80e7c3b580264042b1505664d716f51e", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'91526946179BA73F77F36127A851DB77');
INSERT INTO "residences" VALUES('resident-cleo','4a','c0d5d0d4199de449b0d5be1979b96553','1bbffa275adc41139fba27e122835f87','linked',1,1795521600000000,2,'{"name": "Cleo", "unit": "4A", "person": "c0d5d0d4199de449b0d5be1979b96553", "user_id": "1bbffa275adc41139fba27e122835f87", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'D3F8BA1CEF8A59B1702FBF807FFEDD15');
INSERT INTO "residences" VALUES('resident-dora','5c',NULL,NULL,'none',1,1795521600000000,2,'{"name": "Dora", "unit": "5C", "person": null, "user_id": null, "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'16E3A30251D027310D40C9CECDF1A6E9');
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
INSERT INTO "rules" VALUES('resident-ada',1,'3b','9afc9259da6c08755fa839c1df142ffd','fd543e50768440c5b6bc7b5f5c3e4930','given',1795521600000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'ask','{}','pass','{}','[]','[]','[]',NULL,NULL,0,X'65A22826DAE7D53A7FA3797AE38707FC');
INSERT INTO "rules" VALUES('resident-ben',2,'3b','c8f7e4636813f0084e4a5b8682314b49','80e7c3b580264042b1505664d716f51e','withdrawn',1795521690000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'allow','{}','pass','{}','[]','[]','[]',NULL,NULL,0,X'45DE113B49EA2CF5E7F23DCB0DE3187C');
INSERT INTO "rules" VALUES('resident-cleo',2,'4a','c0d5d0d4199de449b0d5be1979b96553','1bbffa275adc41139fba27e122835f87','given',1795521600000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'allow','{}','pass','{}','[]','[]','[]',1140,NULL,0,X'4E8235598E53F01EEEDEF4C04CC4325A');
INSERT INTO "rules" VALUES('resident-dora',1,'5c',NULL,NULL,'given',1795521600000000,'{}',0,'allow','{}','pass','{}','[]','[]','[]',NULL,NULL,1,X'71D5CCCC8D75B724120B08B8C0FE8862');
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
