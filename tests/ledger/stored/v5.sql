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
INSERT INTO "address_codes" VALUES('3b','resident-ada',X'9C013D32A00BED86281EE17D19A554D348C914B41F4A771275E41C68272AC038',1795521630000000,X'2693BFC747DEF5527394AB8459AB2B90');
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
INSERT INTO "answers" VALUES(1,'3b','resident-ada','approved',1795521600000000,'01M86PTPG07R4F1NW05XG5PYCJ',X'B70FE041BCA703733C0D81E1F29B7D41');
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
INSERT INTO "configured" VALUES('courier','courier-parcel-post','{"name":"Parcel Post","doors":["door-garage","door-lobby"],"keys":["e30b3e306206c14d7a5d91a964fb1224990e1c951ce576eaf5c0d37ccc131561"],"past_names":["parcelpost"],"past_keys":["e30b3e306206c14d7a5d91a964fb1224990e1c951ce576eaf5c0d37ccc131561"],"is_removed":false}',X'05333E31E09DB5EA57CC2AB00835EE78');
INSERT INTO "configured" VALUES('door','door-garage','{"name":"Garage","opener":{"entity":null,"device":null,"domain":null}}',X'43674CC9CD00DAFC03BEE67D8F24EC79');
INSERT INTO "configured" VALUES('door','door-lobby','{"name":"Lobby","opener":{"entity":null,"device":null,"domain":null}}',X'5DA1962F1A0E59EFA7ECEA9321EED60E');
INSERT INTO "configured" VALUES('kinds','','["door","source"]',X'904660D18F93DD2B52EB073F3D1A94D7');
INSERT INTO "configured" VALUES('zone','','"US/Pacific"',X'92879356C48E6C1EB8EC5EA2D620E220');
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
INSERT INTO "entries" VALUES(19,'01M86PTPG07R4F1NW05XG5PYCJ',1795521600000000,'courier-parcel-post','Parcel Post','asked','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521605000000,NULL,0,0,1795521600000000,1795521630000000,'01M86PTPG06KP2VR0JJZJA4C3J',NULL);
INSERT INTO "entries" VALUES(34,'01M86PVKSG92C1N4FQ2P5713KN',1795521630000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521635000000,NULL,0,0,1795521630000000,1795521690000000,'01M86PVKSGCZRSJF1JTC3BFJ23',NULL);
INSERT INTO "entries" VALUES(37,'01M86PXECGRNSTMHHTWD9AAQAT',1795521690000000,'courier-parcel-post','Parcel Post','made-up','','','signed','refused','unknown_grant',NULL,NULL,NULL,NULL,0,2,1795521690000000,NULL,'01M86PXECGX8EXPRZK3CHW9TQ9',NULL);
INSERT INTO "entries" VALUES(39,'01M86PXECGJ7V0KMCTC20FJQ14',1795521690000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','refused','paused',NULL,NULL,NULL,NULL,0,0,1795521690000000,NULL,'01M86PXECGGTTQACNC4K7GZBAN',NULL);
INSERT INTO "entries" VALUES(46,'observed-1',1795521870000000,'observed-key','Amazon Key',NULL,'door-lobby','Lobby',NULL,'observed',NULL,NULL,NULL,NULL,NULL,0,0,1795521870000000,NULL,NULL,NULL);
INSERT INTO "entries" VALUES(47,'01M86Q2Y5G9YDZJXAXHRJ3J9M9',1795521870000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521875000000,1795521875000000,0,0,1795521870000000,NULL,'01M86Q2Y5GYZ4A1SD6VHZ4KSDZ',NULL);
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
INSERT INTO "fanouts" VALUES(13,'entry_admitted',19,'01M86PTPG07R4F1NW05XG5PYCJ',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(14,'rules_loosened',24,NULL,NULL,NULL,'resident-cleo','{}','{"at": "2026-11-24T12:00:30+00:00", "by": "login", "loosened": "orders"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(15,'delivery_announced',25,NULL,'courier-parcel-post','house-69824321ae8a',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T12:00:30+00:00", "ends_at": "2026-11-25T08:00:00+00:00", "max_entries": "1", "issued_by": "order"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(17,'delivery_announced',28,NULL,'courier-parcel-post','vetoed',NULL,'{"3b": "3B", "4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00", "max_entries": "1"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(19,'delivery_called_off',31,NULL,'courier-parcel-post','revoked',NULL,'{"3b": "3B"}','{"courier": "Parcel Post", "door": "Garage", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(20,'rules_loosened',32,NULL,NULL,NULL,'resident-cleo','{}','{"at": "2026-11-24T12:00:30+00:00", "by": "login", "loosened": "couriers digest"}',NULL,2,1795521630000000,1795521930000000,NULL);
INSERT INTO "fanouts" VALUES(21,'delivery_announced',33,NULL,'courier-parcel-post','open',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00", "max_entries": "3"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(22,'entry_admitted',34,'01M86PVKSG92C1N4FQ2P5713KN',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(23,'access_paused',38,NULL,NULL,NULL,NULL,'{}','{"until": "2026-11-25T12:01:30+00:00", "authors": "resident-dora"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(24,'entry_refused',39,'01M86PXECGJ7V0KMCTC20FJQ14','courier-parcel-post','open',NULL,NULL,NULL,NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(25,'access_resumed',40,NULL,NULL,NULL,NULL,'{}','{}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(26,'unit_paused',41,NULL,NULL,NULL,NULL,'{"5c": "5C"}','{"until": "2026-11-25T12:01:30+00:00", "authors": "resident-dora"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(27,'link_renewed',42,NULL,NULL,NULL,'resident-dora','{}','{}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(28,'rules_loosened',43,NULL,NULL,NULL,'resident-ben','{}','{"at": "2026-11-24T12:01:30+00:00", "by": "login", "loosened": "couriers"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(29,'consent_withdrawn',43,NULL,NULL,NULL,NULL,'{"3b": "3B"}','{"name": "Ben", "resident_id": "resident-ben", "authors": "resident-ben"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(31,'delivery_announced',45,NULL,'courier-parcel-post','changed',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T12:00:30+00:00", "ends_at": "2026-11-24T14:01:30+00:00", "max_entries": "2"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(32,'entry_observed',46,'observed-1',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521870000000,NULL,1795521870000000);
INSERT INTO "fanouts" VALUES(33,'entry_admitted',47,'01M86Q2Y5G9YDZJXAXHRJ3J9M9',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521870000000,NULL,1795521870000000);
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
INSERT INTO "grant_units" VALUES('courier-parcel-post','asked','3b',0,'3B','withdrawn',X'7DFDED07C393A0B4752F2B915DF4E177');
INSERT INTO "grant_units" VALUES('courier-parcel-post','asked','4a',1,'4A','accepted',X'F04062E7956CC5442744AB1C0C9D04A6');
INSERT INTO "grant_units" VALUES('courier-parcel-post','changed','4a',0,'4A','accepted',X'7B119CCC57F95F9A8AAF74557287DC65');
INSERT INTO "grant_units" VALUES('courier-parcel-post','house-69824321ae8a','4a',0,'4A','accepted',X'3D1511648D68582005430D3902FE40D6');
INSERT INTO "grant_units" VALUES('courier-parcel-post','house-c3b343b79a83','4a',0,'4A','accepted',X'F7F2FE265AE562F2806E4DBA028050CE');
INSERT INTO "grant_units" VALUES('courier-parcel-post','open','4a',0,'4A','accepted',X'C71EB89B43582262299EC960041B20B5');
INSERT INTO "grant_units" VALUES('courier-parcel-post','revoked','3b',0,'3B','withdrawn',X'225179B87BA56E1453AF2668422D27FD');
INSERT INTO "grant_units" VALUES('courier-parcel-post','vetoed','3b',0,'3B','withdrawn',X'E53B426708F857F35CB8A3F901E85168');
INSERT INTO "grant_units" VALUES('courier-parcel-post','vetoed','4a',1,'4A','vetoed',X'DD4299879867AB9F40C36A74AA021291');
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
INSERT INTO "grants" VALUES('courier-parcel-post','asked',1,'open','door-lobby',1795521540000000,1795528800000000,5,1,0,'P-1',NULL,'86ab5fc4084cab3cebdee9ed85b3e92371bd51653c268daeaf37a76dc731901f',NULL,NULL,NULL,1796133600000000,X'8BC0A847ED71C306CB7DB26E97B5880E');
INSERT INTO "grants" VALUES('courier-parcel-post','changed',2,'open','door-lobby',1795521630000000,1795528890000000,2,0,0,NULL,NULL,'6b0a9a9dad8593417cb4728d98d361d223d59241f52436d453712ba1e035534d',NULL,NULL,NULL,1796133690000000,X'1077EE302764374ACF3C918BBFB214DD');
INSERT INTO "grants" VALUES('courier-parcel-post','house-69824321ae8a',1,'open','door-lobby',1795521630000000,1795593600000000,1,0,0,'P-3',NULL,'d560d0f25b4c502520044a451b427e3108bf39688e5bab2d74173656945f35ed','order','order-1',0,1796198400000000,X'D3F4E404DFAE6BF8994FCA1C5A1CC487');
INSERT INTO "grants" VALUES('courier-parcel-post','house-c3b343b79a83',1,'called_off','door-lobby',1795521630000000,1795593600000000,1,0,0,'P-4',NULL,'c20438aefc0806d374636b54c02db9e33373cf43cde13ba6b46ca4eaed1647d9','order','order-1',0,1796198400000000,X'4DBB269B0A575E870779EC7AA8715A4A');
INSERT INTO "grants" VALUES('courier-parcel-post','open',1,'open','door-lobby',1795521570000000,1795528830000000,3,2,0,'P-2',NULL,'d677c55c2d5c4dda48a3989370e8f44b725b1cdd98232c7d73601e51e54d28a8',NULL,NULL,NULL,1796133630000000,X'08D183D960CC84D987D914D2EE89BC6D');
INSERT INTO "grants" VALUES('courier-parcel-post','revoked',1,'revoked','door-garage',1795521570000000,1795528830000000,1,0,0,NULL,NULL,'ab9d36563a693b784bee902832a86419a2cd2a24e9815750881b877a829301fb',NULL,NULL,NULL,1798718430000000,X'39DE19730DEC1147BEC33A0AC9A1896D');
INSERT INTO "grants" VALUES('courier-parcel-post','vetoed',1,'open','door-lobby',1795521570000000,1795528830000000,1,0,0,NULL,NULL,'37bbe9d7c385acf31807c0a72e7bebed25fa92759767e55e6601dbc9c8e06dfd',NULL,NULL,NULL,1796133630000000,X'F11A6273CF319393A13A8B1B326D4A47');
CREATE TABLE links (
    resident_id VARCHAR NOT NULL,
    token VARCHAR NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (resident_id),
    UNIQUE (token)
);
INSERT INTO "links" VALUES('resident-dora','Nm-d3pieFahUbcsN49dBkby0sHuLBUMZUlqac3pQP_k',1795521690000000);
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
INSERT INTO "notifications" VALUES(1,1,'resident-ada',0,'sent','courier_access_6b057c40b0269a309bf946e3aa8adad5','6b057c405b6ecb82badf668fe17ab2e8',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(2,1,'resident-ben',0,'sent','courier_access_6b057c4073da6e77cc557b16fb835805','6b057c40feec473453b991d89b7fc13d',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(3,1,'resident-cleo',0,'sent','courier_access_6b057c400b794a26363b4a7146fa06f6','6b057c40665f8ef935b74beca8830349',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(4,1,'resident-dora',0,'pending','courier_access_6b057c4057bcbb9ed88bddc45cf3a5a6','6b057c40ac7b096f6ce8bb238c90dfcc',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(5,2,'resident-ada',1,'sent','courier_access_6b057c4092da23ca49754f8dd82dd557','6b057c4040424f56b908cd98764c2799',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(6,3,'resident-ada',1,'sent','courier_access_6b057c403aa40fc917ea9a3a34c6b344','6b057c40ed0d78db696cfa67a1f2d754',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(7,4,'resident-ben',1,'sent','courier_access_6b057c409515ab9de82f48d10b8848d0','6b057c403d5c6db4d414f68468d1398c',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(8,5,'resident-cleo',1,'sent','courier_access_6b057c40cf5cc88f3104d3e24ee44055','6b057c40a213eda5b79e089bf949ed21',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(9,6,'resident-dora',1,'pending','courier_access_6b057c40ce1fbe8bda5c15a329bbf822','6b057c40c64f831c25d16be838f9da73',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(10,7,'resident-ada',1,'sent','courier_access_6b057c409be371dd6d073dfbea4a4bf6','6b057c4042988caa1ed372ff645ecf95',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(11,8,'resident-ada',1,'sent','courier_access_6b057c40ddaf3639fe9b8bf90e174ebc','6b057c407db879807c93c54bf3b7e838',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(12,9,'resident-ben',1,'sent','courier_access_6b057c40696f49c0604167f9e021f511','6b057c407f73a22e163b68970b9be481',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(13,10,'resident-cleo',1,'sent','courier_access_6b057c40c7b43b219cf2e7d88811f9b5','6b057c4010ba2232cdf31089412f0f34',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(14,11,'resident-dora',1,'pending','courier_access_6b057c40bebe31bf84ad671931e96b47','6b057c40533b6d4bca9557db42477a09',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(15,12,'resident-ada',1,'sent','courier_access_6b057c40f5ca605144b995682f5029dc','6b057c40c685b13cf5001c9b0b5605b2','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(16,12,'resident-ben',1,'sent','courier_access_6b057c40dd138865b3249c690c905fce','6b057c40351ddba59e574f006e577aee','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(17,12,'resident-cleo',1,'sent','courier_access_6b057c40be979e3e4367b5ae46984aad','6b057c407aa9fcf67ff2fa993a6bc711','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(18,13,'resident-ada',1,'sent','courier_access_6b057c40e9a9fa821a019e8c0b59ef16',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(19,13,'resident-ben',1,'sent','courier_access_6b057c40d0541dd0e7492afb291659ba',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(20,13,'resident-cleo',0,'sent','courier_access_6b057c40e9d45afc95c1d7d81c6b6cce',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(21,13,'resident-dora',0,'pending','courier_access_6b057c401bf93196007f92ab73423ba3',NULL,NULL,0,NULL,NULL,'[]',3,1795521600000000,1795521930000000,NULL,NULL);
INSERT INTO "notifications" VALUES(22,14,'resident-cleo',1,'sent','courier_access_6b057c5e23d32b04a52baa6b2a8b2660','6b057c5e741cebc8442ba2f800daacaa',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521630000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(23,15,'resident-cleo',1,'sent','courier_access_6b057c5efa2e630f8117f2e8f2478bf8','6b057c5efc96a90bcbad45877f7cc84a','courier-parcel-post',1,23,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(25,17,'resident-ada',1,'sent','courier_access_6b057c5e9acbe772baa1c2958c743210','6b057c5e182fe091454316f114aa02bf','courier-parcel-post',1,25,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(26,17,'resident-ben',1,'sent','courier_access_6b057c5ebd63853101f98bf0d55612c2','6b057c5e1da7af8a80c60ed662bb69e5','courier-parcel-post',1,26,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(28,21,'resident-cleo',1,'sent','courier_access_6b057c5e5a953e913d4405a0fae21149','6b057c5edb71afe2e360b6b2e42320b2','courier-parcel-post',1,23,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(29,22,'resident-ada',0,'sent','courier_access_6b057c5e8e5188206132bafef5f1bad8',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(30,22,'resident-ben',0,'sent','courier_access_6b057c5e84de8f05f1cf187bcda2f164',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(31,22,'resident-cleo',1,'sent','courier_access_6b057c5e0ce8ff47c51a9c7ed7e449aa',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(32,22,'resident-dora',0,'pending','courier_access_6b057c5ef0c0624b168961a55b68d5c0',NULL,NULL,0,NULL,NULL,'[]',2,1795521630000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(33,23,'resident-ada',0,'sent','courier_access_6b057c9acefdc222502020517f368d00','6b057c9a7c73729fe07219977784b622',NULL,1,39,NULL,'["notify.mobile_app_ada"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(34,23,'resident-ben',0,'sent','courier_access_6b057c9a8b71da7f98a20dc6d2957439','6b057c9a656be7f12eb3bd9d185893f7',NULL,1,40,NULL,'["notify.mobile_app_ben"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(35,23,'resident-cleo',0,'sent','courier_access_6b057c9a52e64ccb02a09d4e4d5bfdfc','6b057c9ad498425488edc7f5315d7b78',NULL,1,41,NULL,'["notify.mobile_app_cleo"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(36,23,'resident-dora',0,'pending','courier_access_6b057c9a04800f33c699fd29240a5478','6b057c9a3c25629fab9dc07812f96fb5',NULL,1,42,NULL,'[]',3,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(37,24,'resident-cleo',1,'sent','courier_access_6b057c9ad0a8ccf33fca99befdb5328a',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(38,24,'owner',0,'sent','courier_access_6b057c9ac39104199a8f3d92ad6039a7',NULL,NULL,0,NULL,NULL,'["persistent_notification"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(39,25,'resident-ada',0,'sent','courier_access_6b057c9aa71cbfff95edaa832ea7a1c0','6b057c9a0148b8031e021594bd7d0c13',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(40,25,'resident-ben',0,'sent','courier_access_6b057c9a48054e38426cb7b23f2e8f79','6b057c9ad560388ac83e1ab6ffea8881',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(41,25,'resident-cleo',0,'sent','courier_access_6b057c9ab5ade11e89401f2341f9ca6e','6b057c9a3258483dd375e7da573f94b4',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(42,25,'resident-dora',0,'pending','courier_access_6b057c9a7d0d1539e6c0598513e7e9e2','6b057c9a3eacddb5ae9ae3a962ab4eff',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(43,26,'resident-dora',1,'pending','courier_access_6b057c9a70ae5928e708efb302307c6a','6b057c9a7630dc01d23b5d5daad8fff5',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(44,27,'resident-dora',1,'pending','courier_access_6b057c9a3519c5a28b5228759f9651b1','6b057c9a7c9f5a83d332018c6b9c164a',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(45,28,'resident-ben',1,'sent','courier_access_6b057c9a35ae52d6b3f77384cc9ecc12','6b057c9a6711357517ab8465442ce899',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(46,29,'resident-ada',1,'sent','courier_access_6b057c9a7df1823932003d98b5b4160d','6b057c9ab47706f90cd07642f7fa6780',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(47,29,'resident-ben',1,'sent','courier_access_6b057c9aeb8dc1a4e7543d14ed3057b3','6b057c9a0d5e216b327403336aeb3956',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(48,29,'owner',0,'sent','courier_access_6b057c9a355408c828c8bdb287b98a8e','6b057c9adbb529930e1c601520ea404c',NULL,0,NULL,NULL,'["persistent_notification"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(49,31,'resident-cleo',1,'sent','courier_access_6b057c9a1b9a7c366b206a66730d7104','6b057c9a4beb8b54c2f535e237a2179e','courier-parcel-post',1,49,NULL,'["notify.mobile_app_cleo"]',1,1795521750000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(50,32,'resident-ada',0,'sent','courier_access_6b057d4e9a25adb3ac68f0028683cc3e',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(51,32,'resident-ben',0,'sent','courier_access_6b057d4e6c326b1a0dbf344207dae4a8',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(52,32,'resident-cleo',0,'pending','courier_access_6b057d4ed642ae4cacbfd3bc36c7830d',NULL,NULL,1,NULL,NULL,'[]',0,1795575600000000,1795575600000000,NULL,NULL);
INSERT INTO "notifications" VALUES(53,32,'resident-dora',0,'pending','courier_access_6b057d4e4188aafc787657e7efdad877',NULL,NULL,0,NULL,NULL,'[]',1,1795521870000000,1795521880000000,NULL,NULL);
INSERT INTO "notifications" VALUES(54,33,'resident-ada',0,'sent','courier_access_6b057d4eec36398de53729d499b2a747',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(55,33,'resident-ben',0,'sent','courier_access_6b057d4e1f1fcf057fa5e351830758bd',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(56,33,'resident-cleo',1,'sent','courier_access_6b057d4ef6b36c5515dbeb5f6ce75901',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(57,33,'resident-dora',0,'pending','courier_access_6b057d4e7d8ad2cc761a6658647b1cbd',NULL,NULL,0,NULL,NULL,'[]',1,1795521870000000,1795521880000000,NULL,NULL);
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
INSERT INTO "orders" VALUES('order-1',24,'resident-cleo','["e4168033f9e74deb59b7ad6afae8afde"]',NULL,'courier-parcel-post','door-lobby',3,0,1,'2026-11-24',2,X'E9679F6B9644F021C900D0960AB5691F');
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
INSERT INTO "passes" VALUES('01M86PVKSGCXMX4W2QK8JS93ZA','courier-parcel-post','asked','resident-ada',X'C0612732304A1758D23D20BE0A1F8D2D6D7DDE9EC6ED067BA4112F0A9DA17621',X'BAE0B48A4F1CC4460211230335292FE3C93BB096C85D813E05ADC0642AA0EA85',X'86D1B5AC33FD35563B6B4E21C7ADA3001D307E8E5AF9F0CE3DD022C42B933B0C',8,1795521630000000,1796133600000000,0,0,X'88E6963DCEB983ED1631A364F555551D');
CREATE TABLE pauses (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    unit VARCHAR,
    by_unit VARCHAR,
    at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    ended_at BIGINT,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL
);
INSERT INTO "pauses" VALUES(38,NULL,'5c',1795521690000000,1795608090000000,1795521690000000,X'4BB636E1965F8219B2EE6745813F2E1C');
INSERT INTO "pauses" VALUES(41,'5c','5c',1795521690000000,1795608090000000,NULL,X'B9065978E133203374F9143381CDD7DE');
CREATE TABLE personal (
    seq INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    value TEXT NOT NULL,
    salt BLOB NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (seq, field),
    FOREIGN KEY (seq) REFERENCES records (seq)
) WITHOUT ROWID;
INSERT INTO "personal" VALUES(2,'resident','resident-dora',X'D6E762ED9BC7AC438A7FC3756D0A4751E7BFA3959C44B7C099C9C5E00AD5A447',1795521600000000);
INSERT INTO "personal" VALUES(3,'units','{"resident-ada":"3b","resident-ben":"","resident-cleo":"4a","resident-dora":"5c"}',X'D184484B238CFDF527CC825A30B5D0B6925B7D3F34416F07DD235AB701E490E6',1795521600000000);
INSERT INTO "personal" VALUES(6,'resident','resident-ada',X'16D1567242A0458692AF4A2F171B741C5CA4344CBA307E8EFBEEC3144FEC77E4',1795521600000000);
INSERT INTO "personal" VALUES(6,'unit','3b',X'B8AA126B53FB6D7DB854D5D7382BEB4C6642FF49E261766D17916ADAD211565F',1795521600000000);
INSERT INTO "personal" VALUES(7,'resident','resident-ben',X'5F9472669094562B9214278EE20B2832DC2FF1F1944041B0110F1E052D73A05D',1795521600000000);
INSERT INTO "personal" VALUES(7,'unit','3b',X'118BCE90D4579E0C026B44160DBA219C35DBBC5F4B7DA43DFD8B64CB76E59D97',1795521600000000);
INSERT INTO "personal" VALUES(8,'resident','resident-cleo',X'825E823F3696C53080D7BDC5A5E4520831CD720668099E1D3361408035CCCD8B',1795521600000000);
INSERT INTO "personal" VALUES(8,'unit','4a',X'5321CC92E95833033ED8887E51F59EFD9825EC56675D6B8DC5D11757ACDA7FA6',1795521600000000);
INSERT INTO "personal" VALUES(9,'resident','resident-dora',X'B49B997AF480F3D26FABCDCE788C10BEC194111E82DB2DDB463232172C37683F',1795521600000000);
INSERT INTO "personal" VALUES(9,'unit','5c',X'33A68EACD3AF0D3B2D5F2C00E930073332C589A927E919E182B79BBDFDB5A5AA',1795521600000000);
INSERT INTO "personal" VALUES(10,'consent','given',X'0624B85EF40971455FFC51EF2797F5085B9DFFB79CC476B33E96A1FC82955CF2',1795521600000000);
INSERT INTO "personal" VALUES(10,'decided_by','f4f5635e6ade413abae057d3f8d52c60',X'A7D0537719A055EFFB77068E3D90E45A0986E0A348A7E32302F0EF918D2EF209',1795521600000000);
INSERT INTO "personal" VALUES(10,'resident','resident-ada',X'26C5C941C45CEF4849B0F2BD578D87994FCBA70DCE03ED079120F9C2B3DB1018',1795521600000000);
INSERT INTO "personal" VALUES(10,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'9E7DEEDF253B884255A6E7CD3107AD329829E3373E7EE52BB55E32F78D749AA5',1795521600000000);
INSERT INTO "personal" VALUES(10,'unit','3b',X'7E383974F72BB86F48ACF032313FDE56AEA0F395A8B3C9E1264F4CC9ADA1E03F',1795521600000000);
INSERT INTO "personal" VALUES(11,'decided_by','f4f5635e6ade413abae057d3f8d52c60',X'8970797431600FB780474AC48D06364F423DB4093EA71BE05B1AB802353678CF',1795521600000000);
INSERT INTO "personal" VALUES(11,'resident','resident-ben',X'ACB251676AB99BC727B8FD36672A983156DE5440DEF13508AE77F0BB953777DA',1795521600000000);
INSERT INTO "personal" VALUES(11,'unit','3b',X'555685E610F732B14AF1B34AC42977F02F83211E87534AAD47E5E9996D1F7776',1795521600000000);
INSERT INTO "personal" VALUES(12,'units','{"resident-ada":"3b","resident-ben":"3b","resident-cleo":"4a","resident-dora":"5c"}',X'51ED7E5F14EF0678344FC7A94824D5D557E6E5C9DF76EF9CB59C0CEA79969AD1',1795521600000000);
INSERT INTO "personal" VALUES(13,'consent','given',X'4A0564D615085393306F9731B7CCAECCB142A48C13C9DA133720ED56C2DC7755',1795521600000000);
INSERT INTO "personal" VALUES(13,'decided_by','540392d8f1a2475592cd9f33984d44bf',X'083120E86F770D8B944B46D2C80488B4B0F8513EFF2898DAC3013F7957E1A70C',1795521600000000);
INSERT INTO "personal" VALUES(13,'resident','resident-ben',X'0FBE53D456248A3CC5A4EF4B3D1D676E31E038ED054728EE9BE9D12ACD756E5D',1795521600000000);
INSERT INTO "personal" VALUES(13,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'540F1E2BAC892FE9CE51CBF86C38DFAC288573F86FECACEBBE1C541ED566D042',1795521600000000);
INSERT INTO "personal" VALUES(13,'unit','3b',X'8C494232C5E51A345F377013478B6228E4C7EF16DDBB4DDC3C91A9FD9451B371',1795521600000000);
INSERT INTO "personal" VALUES(14,'consent','given',X'3CA0C0ACF46B5B345B61FD0C8DD0BEBAD571EBC5C06A25CED88740C1D40C0725',1795521600000000);
INSERT INTO "personal" VALUES(14,'decided_by','02e2ac0ddca74ce19883bc7d6eb0c719',X'0403B27EDD6DE18B1F79F1E375D384FEE2633D81F75B4B12A0F71615DF055FF1',1795521600000000);
INSERT INTO "personal" VALUES(14,'resident','resident-cleo',X'391C19B5DCC5D76A4D715FBD44B1EFE175EB27BA4EC1FA84BA8255EC07044DB7',1795521600000000);
INSERT INTO "personal" VALUES(14,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'B8B49B5AEB1ED8EB1E09F02BFB7B515F4A63B9FE8ADE4EC74855A7CE150C0F13',1795521600000000);
INSERT INTO "personal" VALUES(14,'unit','4a',X'A45C51E0FC4DC01E61F79636529B0D0F21590D6813157F3E11CC126F9EB33B45',1795521600000000);
INSERT INTO "personal" VALUES(15,'consent','given',X'0425B600622F9E14D0AB596123EC80C9696CBC602AFFE3B4DE47DE533CD5D752',1795521600000000);
INSERT INTO "personal" VALUES(15,'decided_by','link',X'F8AAC1539CAF5436CBCD9629075AEB16AD3D50768F7069439AC2764EFC41D4D8',1795521600000000);
INSERT INTO "personal" VALUES(15,'resident','resident-dora',X'E0F0531FCECF2E3BB1056DE8D179CD90706A1DC6F7A13BB0EF219325D6E93E6F',1795521600000000);
INSERT INTO "personal" VALUES(15,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{},"share_hours":false}',X'550898EE818D9E1691DAF78727AD970881E6194955D8D8259E3EA53BA95CCDCA',1795521600000000);
INSERT INTO "personal" VALUES(15,'unit','5c',X'A1346D183991DEF82653CB090C1030FF03408AFA6E848B834212C9AF4A47590B',1795521600000000);
INSERT INTO "personal" VALUES(16,'grant_id','asked',X'EFABBDACF491E1F8A230CE0F85D76E27051AE52EB2D75E7F125E2E6A9038FAD9',1795521600000000);
INSERT INTO "personal" VALUES(16,'parcel_ref','P-1',X'919B741FF968A63A11D83636E4A78C1C97A0D7CE602589BE405D2AB432013635',1795521600000000);
INSERT INTO "personal" VALUES(16,'units','{"3b":"accepted","4a":"accepted"}',X'A4B99B2BA5A6F2530D229FE893F7D34ACB5E2A439A5F3F8AF0C2AF179E93A624',1795521600000000);
INSERT INTO "personal" VALUES(17,'grant_id','asked',X'446078A6DADD3CA7F0EF2C85D16453ED7B6A8E253DD9EC1728647A7B5F49E7C4',1795521600000000);
INSERT INTO "personal" VALUES(17,'units','["3b","4a"]',X'7BA1792FBF0739DA3B3DA87BC3944E77E1212ACB1C48C6F0C34EE4EE4085A32A',1795521600000000);
INSERT INTO "personal" VALUES(18,'decided_by','f4f5635e6ade413abae057d3f8d52c60',X'C25D4F4F158288FC90B60E53D193BE891EED4D8E57977F82FA22C6971EDB0207',1795521600000000);
INSERT INTO "personal" VALUES(18,'grant_id','asked',X'AA5B671A33C53C3FD787B026A11CEF3FB25ECCD1A35BEDC553C55472B4368420',1795521600000000);
INSERT INTO "personal" VALUES(18,'unit','3b',X'842B5989420F953455F1509E0F70940DCBE98CC8581A2C1799657D1392246902',1795521600000000);
INSERT INTO "personal" VALUES(19,'driver_ref','D-1',X'83B35F6136B838FB2AE0AD19301BC432001BB38D9CB0C93513FA3B934CECC2C5',1795521600000000);
INSERT INTO "personal" VALUES(19,'grant_id','asked',X'3EAF823043D923BFDD9F765CDA5ABC4FE933014CFA3CE47A2805CFC5D79A8710',1795521600000000);
INSERT INTO "personal" VALUES(19,'parcel_ref','P-1',X'6437AE3335F5EF864753B95B9E8B1DB0A0E68A96C719E30845124D590AA2B90D',1795521600000000);
INSERT INTO "personal" VALUES(19,'unit_labels','{"3b":"3B"}',X'9A3B8561C41C0C6308E080857075F1DF0C43800251D751F16EBE289209C131FD',1795521600000000);
INSERT INTO "personal" VALUES(19,'units','["3b"]',X'4EFED034DE124756F41207A5A8CB8E7BB6A4B325BF5576A3C194BC33760BFB98',1795521600000000);
INSERT INTO "personal" VALUES(22,'decided_by','f4f5635e6ade413abae057d3f8d52c60',X'2C9B92E7DE6D29F22EEB66C15FB8F75BF2D1F41B36AF5034F95CB083A18B1113',1795521630000000);
INSERT INTO "personal" VALUES(22,'grant_id','asked',X'FFF64DD2ADFF652BAFEC472EE30D608E91961132E435A2538711CCD5699080AA',1795521630000000);
INSERT INTO "personal" VALUES(22,'unit','3b',X'935811197624A2D3645AE9A0260FF88F9279042F25D93CCDA84A7E5A3AC16F9D',1795521630000000);
INSERT INTO "personal" VALUES(23,'decided_by','f4f5635e6ade413abae057d3f8d52c60',X'7CBF444BF1CC1BC92F8D9CD0DC55B9D9EE13EFD64162F8A9BB3D046D65F79C6D',1795521630000000);
INSERT INTO "personal" VALUES(23,'unit','3b',X'4E3C5309B407C90FE7AC8563A080B4DFAB6D16DE27F1C7E324E2B1E5D89A9494',1795521630000000);
INSERT INTO "personal" VALUES(24,'decided_by','02e2ac0ddca74ce19883bc7d6eb0c719',X'98C5E3E5B97200841B8D0D69CE9EF4C37D9ABBA974F6B297679CC490B5C41CAF',1795521630000000);
INSERT INTO "personal" VALUES(24,'order','order-1',X'737A782C2D3398484163C54039E097628323A6AA0B5ADE42A58E811F7C9AE6A2',1795521630000000);
INSERT INTO "personal" VALUES(24,'resident','resident-cleo',X'5BC2EB93D37966964E855B31F88CFF5908DDE399E0D9D7B93CC66CF3E9D0AE2D',1795521630000000);
INSERT INTO "personal" VALUES(24,'terms','{"account":null,"courier_id":"courier-parcel-post","door_id":"door-lobby","is_paused":false,"most_per_day":3,"sources":["e4168033f9e74deb59b7ad6afae8afde"]}',X'D1A7E4C318C37E8C567DEB5B1FBED4A9E476989B32BE8852534901D93D4F8BE7',1795521630000000);
INSERT INTO "personal" VALUES(24,'unit','4a',X'3BDD52F1AD0FC41069FA447A465906961C60872941A0073F38E10A6D97D3B5E0',1795521630000000);
INSERT INTO "personal" VALUES(25,'grant_id','house-69824321ae8a',X'CA8B9DE134FEB3F00CCDF36B88F2BAAE01C96B3D7E4C0F0E1309F4645AF22E88',1795521630000000);
INSERT INTO "personal" VALUES(25,'order','order-1',X'5DE8ED35EE87B8766281C9966CA4CCAEE6367CEA3DA425F29C98F74C75FA5E4A',1795521630000000);
INSERT INTO "personal" VALUES(25,'parcel_ref','P-3',X'BCB5D851F441F42B2D9365D82061B43784703B1FB3EEC1B1220332E2F0FDB7F1',1795521630000000);
INSERT INTO "personal" VALUES(25,'units','{"4a":"accepted"}',X'BB3CA3C1ACD8699ABDB654B358D4829FF8F0F31889E0AB6C88283BFDE552DCEE',1795521630000000);
INSERT INTO "personal" VALUES(26,'grant_id','house-c3b343b79a83',X'1D82D1C3B90477732932C4F88A03AF4D59F7A26BA21B7344D9BB45ECDD7E5845',1795521630000000);
INSERT INTO "personal" VALUES(26,'order','order-1',X'E56921023EDE93FCC15AA1D0C0EE85E7C3B7DDDCC21E89CF07A56579A54E771D',1795521630000000);
INSERT INTO "personal" VALUES(26,'parcel_ref','P-4',X'5A1FBE9BCD13C9E1385CE7F51F290756B4F6C2402BB56354D9FF72272776A416',1795521630000000);
INSERT INTO "personal" VALUES(26,'units','{"4a":"accepted"}',X'ABCFE39D06DA8EF699A459BF01AA06CD5953321EAC06E4D1887B00A67587AC2C',1795521630000000);
INSERT INTO "personal" VALUES(27,'grant_id','house-c3b343b79a83',X'C6AB367CA9847312799D220C610A604C3588E5D3CA600852AB7B041F32990E1B',1795521630000000);
INSERT INTO "personal" VALUES(28,'grant_id','vetoed',X'26384CEDD1C802AB83EC3EB11B53B36790288D9E4F6798AF6CD0855086ACF58E',1795521630000000);
INSERT INTO "personal" VALUES(28,'units','{"3b":"accepted","4a":"accepted"}',X'3EBD1400168E0927C9BC0C7D3CF05B0D656657BB472BBC7F358C4B469F971D81',1795521630000000);
INSERT INTO "personal" VALUES(29,'decided_by','link',X'3D1FAF1DFFA73EFBC7F07CC414EC5B485D9CEF6CCDD57281EE5D2BDD3EF01086',1795521630000000);
INSERT INTO "personal" VALUES(29,'grant_id','vetoed',X'69D509F3EF261B8C996CE704B921D573ECD27C1D37E2CA6DD01377549394C57C',1795521630000000);
INSERT INTO "personal" VALUES(29,'unit','4a',X'DBF145EA5460A3DB121447011E6EE8FD7D8D17606941EFE67B3C93617157E2CF',1795521630000000);
INSERT INTO "personal" VALUES(30,'grant_id','revoked',X'8FA9835C8053EC06E23B6DE9ACC30B03C95BE085F40289AC6D20FECC93A67C10',1795521630000000);
INSERT INTO "personal" VALUES(30,'units','{"3b":"accepted"}',X'A012D2F6A736B0846A5239264EF2DCC1E81F3D4018D042A631859DDD34A04912',1795521630000000);
INSERT INTO "personal" VALUES(31,'grant_id','revoked',X'A1C2071B9A5CC7DC989B03E564759172DE91CFB325FA0025EC6C0414852DB22C',1795521630000000);
INSERT INTO "personal" VALUES(32,'consent','given',X'084FC9CCE45120EFAC016D7D248DD3A3E77B9BBBD3ABD4B5C1BE14C05C85582A',1795521630000000);
INSERT INTO "personal" VALUES(32,'decided_by','02e2ac0ddca74ce19883bc7d6eb0c719',X'A909D19A9D7B6BAD1834CF088ACF7E3A97DAD89D2C3DB3C5704CA8ACA7FD07D1',1795521630000000);
INSERT INTO "personal" VALUES(32,'resident','resident-cleo',X'80BEEBAF6E229B526D303F7ECCA50C2BDF3431CCA0075EC1DE05B78424891078',1795521630000000);
INSERT INTO "personal" VALUES(32,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":1140,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'10CB37FB2107E8DAB02C67759031A8EA3ECEBF04F15B20E0294CFFEB2DE25CB3',1795521630000000);
INSERT INTO "personal" VALUES(32,'unit','4a',X'8D0028E8C79D5954F02787DBD876AC73A140ED9260076922FC66CE4795A47FE5',1795521630000000);
INSERT INTO "personal" VALUES(33,'grant_id','open',X'15E2790DAFF23E9D6BD8282D67D0C0FBBAF059E7247FD526F6343D383A8C6B96',1795521630000000);
INSERT INTO "personal" VALUES(33,'parcel_ref','P-2',X'232F0B2B850489364200A36582EC2CBE27E6D468D6DFEED387DB44F9E5BAA4B5',1795521630000000);
INSERT INTO "personal" VALUES(33,'units','{"4a":"accepted"}',X'DAD64D8533B02FCD890B61A43B471EDAFAFF060F51E45ED6B9EB016AE9DF2A49',1795521630000000);
INSERT INTO "personal" VALUES(34,'driver_ref','D-2',X'56F6CB45F3F32D94ECD1658AD18C9A8A0C942FFB017C5C569631D7FD730CCB45',1795521630000000);
INSERT INTO "personal" VALUES(34,'grant_id','open',X'3CA0F5DF9509655D6B615A03E90F1D8E4C6898C440258EC37B2268E7D38446D2',1795521630000000);
INSERT INTO "personal" VALUES(34,'parcel_ref','P-2',X'6211A09A4685F52E0B9E8571EA57A7CF5D55DE3A464F6EA2FBAEBA940C270367',1795521630000000);
INSERT INTO "personal" VALUES(34,'unit_labels','{"4a":"4A"}',X'6EEF779BC5DAA75FB1E20BEDD08D2945BDAFC04D13D64FE8317FEC0293011770',1795521630000000);
INSERT INTO "personal" VALUES(34,'units','["4a"]',X'2ED7F518935BF840DD5DD37FE61A9617F63D71C989870B6011C712F37C2D9A6A',1795521630000000);
INSERT INTO "personal" VALUES(37,'grant_id','made-up',X'CC41001890FAF716F954B13BD3293D169CAF71B04D408D615B3899E6C76A8305',1795521690000000);
INSERT INTO "personal" VALUES(37,'unit_labels','{}',X'E7E56B1C1791B8540B1C9BA340955B7D026310608A44A207636A31791AB83689',1795521690000000);
INSERT INTO "personal" VALUES(37,'units','[]',X'79BB1B5266A5FE885765301A4D22F4BA333C1F7E58E2287C740DC534E9EF6418',1795521690000000);
INSERT INTO "personal" VALUES(38,'decided_by','link',X'E5EFC156D0FB427498C8EDC25B59D80B76F0A9E684DC5BD9CE730C1FFC802AA3',1795521690000000);
INSERT INTO "personal" VALUES(39,'grant_id','open',X'2753B6C7F85C0CB16237E594920D699E480F5920137652FD3937D0F81302E556',1795521690000000);
INSERT INTO "personal" VALUES(39,'parcel_ref','P-2',X'39555CAC85067B4F6552CB973EBE1376A6CDABE4CC92285C19DCDB35922A2E6E',1795521690000000);
INSERT INTO "personal" VALUES(39,'unit_labels','{"4a":"4A"}',X'A4FDE1AAF664D9EE8EEF8EDFA25DA2E3A5A9A7E69808B18143A3FC8D6B390039',1795521690000000);
INSERT INTO "personal" VALUES(39,'units','["4a"]',X'AC20CB506049AE0D025C53624BEF0023D083D15FF2C157B4C36EFAD6E058F8DF',1795521690000000);
INSERT INTO "personal" VALUES(40,'decided_by','link',X'64EF50266C8366161DBA25088F462CB9F97751B0B71BF226EF2724155B4B2A7A',1795521690000000);
INSERT INTO "personal" VALUES(41,'decided_by','link',X'F56BD53752853BB9F3F42CDEBBF36C1C11D41B3DEA4BF8C17747F3ABC50871BD',1795521690000000);
INSERT INTO "personal" VALUES(41,'unit','5c',X'0FC0C656790A254F66472223396EB801F7B5092D7845A165B6DECB04F957752B',1795521690000000);
INSERT INTO "personal" VALUES(42,'decided_by','link',X'2ABDF5E67177DAC1F1A5106F004957581EA4C7F7071387C23DD4837CC6C7B618',1795521690000000);
INSERT INTO "personal" VALUES(42,'resident','resident-dora',X'7A5248762C562F9A61F70DFAD266B76267D01BE7A61CC42C240CF0DE5C27B0E2',1795521690000000);
INSERT INTO "personal" VALUES(43,'consent','withdrawn',X'381128A0B4A6767868ADF146D3D052A19687A2DEB44CD9B23B398AC3D6EC3A20',1795521690000000);
INSERT INTO "personal" VALUES(43,'decided_by','540392d8f1a2475592cd9f33984d44bf',X'D1AA6CC7DB8DCB9C7F667E608360AF414353F74377F9C2B65CBCA6EA93A4A4FA',1795521690000000);
INSERT INTO "personal" VALUES(43,'resident','resident-ben',X'7F8001FF9F4DD980655C930FA46CD3B1B59FA62D4D5A9F869BE14A73B2F99A9E',1795521690000000);
INSERT INTO "personal" VALUES(43,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'693880B5724554FCFA0007B9B5BED626669C01A04B7423A876D259DBFFC0EF2A',1795521690000000);
INSERT INTO "personal" VALUES(43,'unit','3b',X'CD063B47C715370149013EC4B08E117E830554BBA89CFBF5FE43BA6B913A7063',1795521690000000);
INSERT INTO "personal" VALUES(44,'grant_id','changed',X'D469FBF118393428B53616B3CF0890DACCC6D30FEBCE8BD05A5AE9EC15B1421D',1795521690000000);
INSERT INTO "personal" VALUES(44,'units','{"4a":"accepted"}',X'9F1E3B996AB9F88E7AAD2EEFB1C12B81E5E11A2CDC6D6498AFC9C275AE181906',1795521690000000);
INSERT INTO "personal" VALUES(45,'grant_id','changed',X'8EC82CF8615D20229E4C473753FEFF0B1468F95EF7ED5CC29042F2FC82D33DA8',1795521690000000);
INSERT INTO "personal" VALUES(45,'units','{"4a":"accepted"}',X'B2026F0FD4E137029817740C2C859A329B456EBDE163A42714F3794BBFA5E22F',1795521690000000);
INSERT INTO "personal" VALUES(47,'grant_id','open',X'7617DB27942FD41067EDEAFA56328FA312F970B55348DA6D8E5CBF6F1EC6B5AC',1795521870000000);
INSERT INTO "personal" VALUES(47,'parcel_ref','P-2',X'580C40766679BBBDE1D2ABD2DD07240CC439A69F05D7975FFFFCC49646CE1A99',1795521870000000);
INSERT INTO "personal" VALUES(47,'unit_labels','{"4a":"4A"}',X'D4A395418F3CFA09D0B8892C7DD9DB62C5DDC4A019CFD2C6DEFFE06BED2E8A9F',1795521870000000);
INSERT INTO "personal" VALUES(47,'units','["4a"]',X'B8B466F498229E7131970DBC9EA888737D30688C2BEB3AEEAF4659884F96248B',1795521870000000);
CREATE TABLE records (
    seq INTEGER NOT NULL,
    at BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    body TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (seq)
);
INSERT INTO "records" VALUES(1,1795521600000000,'zone.recorded','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"88137605b3c70e383cfa191621188ec9bccbdac028dc9f0c6fa46acab363bf9b","kind":"zone.recorded","personal":{},"seq":1,"zone":"US/Pacific"}',X'CEBD331E7D3D11F4A95249830EA9348799D2F0071312CDFFBB40D2712415C435');
INSERT INTO "records" VALUES(2,1795521600000000,'link.renewed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"b63c1c5d774fd6baf4b39a0a51c184974428fb6d36447341e7e2e4e99807ce9f","kind":"link.renewed","personal":{"resident":"0dc17477867271a6eca229d1910377c920349e088c8fb9da46d9b8b45a1ec5ac"},"seq":2}',X'D71D138245EFC4CBC7B380B5850A11CCC404291F33671F9CBB1F28852525FF49');
INSERT INTO "records" VALUES(3,1795521600000000,'residents.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"b63c1c5d774fd6baf4b39a0a51c184974428fb6d36447341e7e2e4e99807ce9f","kind":"residents.changed","personal":{"units":"140d29c888b3f3d068800f124068b4a5bf5a4db924a8807cabcb1b8e480f5327"},"residents":["resident-ada","resident-ben","resident-cleo","resident-dora"],"revision":1,"seq":3}',X'6EE823B5DCB486EF2CDDA4E44FEEE7BE82AF4AF2C903B7FC07CB5A70F0533C25');
INSERT INTO "records" VALUES(4,1795521600000000,'courier.admitted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"c9461d3ed9574dfcbb931a02069ef98e41a8dd7c0acbf9393b42c54f046a5835","courier":"courier-parcel-post","courier_name":"Parcel Post","kind":"courier.admitted","personal":{},"seq":4}',X'DADA69E91DC774E3C9BE078C80607DF46EF1136F28DD51374F1B631EF036C80D');
INSERT INTO "records" VALUES(5,1795521600000000,'configuration.recorded','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"875484354679b9798443e3ceb158122d1c156199a9858ff2e49e480119cf479a","configuration":"{\"doors\":{\"door-garage\":{\"name\":\"Garage\",\"opener\":{\"entity\":null,\"device\":null,\"domain\":null}},\"door-lobby\":{\"name\":\"Lobby\",\"opener\":{\"entity\":null,\"device\":null,\"domain\":null}}},\"sources\":{}}","kind":"configuration.recorded","personal":{},"seq":5}',X'09CEA4F3A4371B73AE9EBBC74E4491ABE7571BCADE8C8792A327B7462D680A0C');
INSERT INTO "records" VALUES(6,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"875484354679b9798443e3ceb158122d1c156199a9858ff2e49e480119cf479a","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"81ff9feb94e24f4a9db2d84e3fb891bfdf9b5b8da039194acf2c9bab07ed0a73","unit":"c449cb520230e0288d90718c3651ab397293a7117ca9dab7a07e3d6ce0609c0b"},"seq":6}',X'13756927ACFD54E6483E17D0079DB454537B758C09EDBADED40E0D0F2C751AF9');
INSERT INTO "records" VALUES(7,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"875484354679b9798443e3ceb158122d1c156199a9858ff2e49e480119cf479a","changed":false,"is_confirmed":false,"kind":"resident.enrolled","personal":{"resident":"7005272d9d0a17b04dc6d57ba2b91bcc1f977ea80a022537a13cfbd291bd43cb","unit":"ee66a312e534cb7bb03a6524817938ab1ec9db1ce850a401dcd75bb4693096c2"},"seq":7}',X'9001A9AC15D39361CB12044C1747CC5ED85A3D59C59F511B52CE10DCED3C812B');
INSERT INTO "records" VALUES(8,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"875484354679b9798443e3ceb158122d1c156199a9858ff2e49e480119cf479a","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"504a6ba661e8f5fe16a10fde1ad4880737f5bc99ddea860c6546093fa7a94ba4","unit":"56c9ba8bb39aee2f90d4092a24902a020e6896bc4d1025db231354b263ebaf82"},"seq":8}',X'12C35533426CD59C1F6C31597C1A159A4FA2D37DB519D8B64F3387ECDEA21EA7');
INSERT INTO "records" VALUES(9,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"875484354679b9798443e3ceb158122d1c156199a9858ff2e49e480119cf479a","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"89d8345929d07bfd158418f3bdef46fc3355678dc5851fb60703cec730fd7784","unit":"b2dace3faefad0c25a7f762b3403756009d754b74b9629146c13fa94d187c831"},"seq":9}',X'ED8DAFC980CA95B88072627D9D9D0E17D0B12793332141B22216ADCCD2223275');
INSERT INTO "records" VALUES(10,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"87c53f3d3476828a33e038556bb75c877f5df7046c49bb642d153adb17d9fb61","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"64cf3a970787d9fc3f732f65ce04d78a26b2d7bf7fb13aec33d24f9313eba158","decided_by":"2124b296c2af2e2b27006ea052fe0e45207770bc66a51e5c5640cfed5ef82138","resident":"bb86bc9f5926a7a2448fa4801fc60a5deffd8640078e627e1b170531284eaaa2","rules":"da141594ba31bb15597b7cb28dad38e0989294958b6e4a2b557e87042e57c265","unit":"7a33c56cf9a66911466becdf5a7cca865c16eb64a7b0fda236bc23d3066ee42e"},"policy":3,"revision":1,"seq":10}',X'3665005151A38435F1423AFBA76F1D542C876F341DCBAFFF25538B59BA5C618A');
INSERT INTO "records" VALUES(11,1795521600000000,'resident.confirmed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"ec4d39bcb70bc4f6818a1f90817313a938d6dd070526befc394d955229640cd3","kind":"resident.confirmed","personal":{"decided_by":"1da11ec720838b14e2940c59f9f863e99f32d499d111af3dd2a7f7f467672830","resident":"68214b48d02aa185d03921d0a48548569d30f824fc4d14d75f521210bb139919","unit":"2359c917161a60d31f9e5bfbb47eaccbe3c831db80737ed625a9de0aca0dbc31"},"seq":11}',X'1DD0B0BCEDA51B109560E666EEDB9E585317A57C64DA6F6E1C86879366B90BE9');
INSERT INTO "records" VALUES(12,1795521600000000,'residents.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"ec4d39bcb70bc4f6818a1f90817313a938d6dd070526befc394d955229640cd3","kind":"residents.changed","personal":{"units":"c204f4fc4623407d692338bde2d7bd37ddeab37f482a53ee6c849716b3d37ebe"},"residents":["resident-ada","resident-ben","resident-cleo","resident-dora"],"revision":2,"seq":12}',X'3F9D84CCF3D0341E400AA4E03DE012E884D527825DB936D65A18BF4368BAB43D');
INSERT INTO "records" VALUES(13,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"adb5bb52813408fbd31922a2b9f9b66ba2c1f8d98d12bcd1efa9b1701d9afd3a","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"f18b91d62baab3d726dfa9dc600487c9e5d1438452ac3779a24b93267c7bd21b","decided_by":"c337a9e46954269ed0bf18f5bfe5753840ecc0c3de81382b2adfc09973330bc7","resident":"99d91cf9108ec9fc8bd5242d9e4d830a71562204e6e00eea83b3704c0a20d40b","rules":"a3d17e3c579341fcf461fc650936a581d01d4be6038ceb8844008c70be9f603e","unit":"170a025bec0d836033402f03ff5c75a133e9bfd85f07586d5eecaa69926fab62"},"policy":3,"revision":1,"seq":13}',X'5DF758724E7FF03AD73A3DD64845E83544AFED66AB175C025BCAF12BC410FF8D');
INSERT INTO "records" VALUES(14,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"57019c9d67ab9c0cfa1470f8c6314dc02ed0b2309dc691ff196f2c37f86cc073","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"fb2f357d5d8e39d06c066d9e0f34d6ad6bab0fa27ad57e551dd4acde1f468cd6","decided_by":"2d056cae8f24bf6b4154df30c761677064be98ac28d5e1f6160bb51dca1ea444","resident":"abb163ce3b757254b199c47e5b80cf253415e9a7779bf3c30888674e3cc4a113","rules":"6eb9533f47a6a308de779ab851608e809f7717f8a5a3151f50f10bddb78434e2","unit":"da8f1040ae2d91afd3c538177a853163179a07aa6827478ebb760c79c5919687"},"policy":3,"revision":1,"seq":14}',X'009DEB6CF4435E23A22F89D752901308F3AF7C829E876A33A31AFAB5F89ADDE1');
INSERT INTO "records" VALUES(15,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"412a7bb1230b128b36ca8316f68bfd0681749c0ce967af1aed1d8bd3044c9bb0","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"077ef96d0b329c12096054a7912f1b8155ae072e78b09232e68d1d7f79d9bc89","decided_by":"1a769cd87afd6bed99eca063d486f0044253d7b1e29e54883ece8f18b56d84d4","resident":"ff2e39c8406adc8c452602ab35384ed22342dd86bbcd78f6ce6e993f9b2069d8","rules":"e9d4feaa4ef9eeb461229222962db3bb415c03a3564deac68c8b2261001363ed","unit":"e581425584115099f553419605e43aed3d15b9a3f35136c35fb7d5dd873eea32"},"policy":3,"revision":1,"seq":15}',X'E56C4594E0DB53B931220DD1E71B27851D2D5BCC7BA207EF04B582A0D0AA7832');
INSERT INTO "records" VALUES(16,1795521600000000,'grant.accepted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"d9db8f1aa7a359bda168f5eea2dbfd11646b05467255e01758ef718d94250da3","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:00+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":5,"personal":{"grant_id":"b03342eac2fc03eddd7fe7fcd815e55231c60153ccd8119ac343c81c0e856612","parcel_ref":"715fec57c6d8d74b0307f776f1dc38e2d30916f58403a78793c88699b1de982d","units":"c2d7f8e6da287fcd37e76ccd9d68d2b50ed34f759d45fa8e3253f5f971b7ec67"},"reason":"ok","revision":1,"seq":16,"starts_at":"2026-11-24T11:59:00+00:00"}',X'FFC8B20CB8F323E21C03EE7099CF3998082A374FB4D3D2CA5786075872D74C9F');
INSERT INTO "records" VALUES(17,1795521600000000,'entry.asked','{"ask":1,"at":"2026-11-24T12:00:00.000000+00:00","bound":"d9db8f1aa7a359bda168f5eea2dbfd11646b05467255e01758ef718d94250da3","courier":"courier-parcel-post","door":"door-lobby","kind":"entry.asked","personal":{"grant_id":"bdc56ff70e7a34fb5042a7f33a82e23e2432696c1241770137d9b4334fafafeb","units":"e3f3006a93b758dd46f6b66bac0df89f60110752b493de497078ffee2b78e2f1"},"seq":17}',X'FFC02543F4FD3EC59CC302CF37EAF686C936A568A5934809EF31F15A9011A8A8');
INSERT INTO "records" VALUES(18,1795521600000000,'entry.answered','{"answer":"approved","ask":1,"at":"2026-11-24T12:00:00.000000+00:00","bound":"aa2ab0660759a271bad18a26fbebd9dc2d23a88d7ac3a516dfd759e4a2d42e79","courier":"courier-parcel-post","kind":"entry.answered","personal":{"decided_by":"a4c2a427927cacd8897bbdc492e874271709a5c81601ef9740adb7d543b39cb7","grant_id":"1fbd26fc3035ba7b3d80cf900619b412902e98170376d589a891169e689e3e7a","unit":"9d5a47f63efd7b2f7ae3ea45dd6125c87716708bf2d1688b1b5771ddefed8ff4"},"seq":18}',X'F6F0A40BCBE96C8B4E83A45E5267814DA6EAD11A752D0A56FC7404A68C9FE52A');
INSERT INTO "records" VALUES(19,1795521600000000,'entry.admitted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"01624324290ec28c33c8f9b498b90509dc827a4054b50843cd6b63ca324374ff","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PTPG07R4F1NW05XG5PYCJ","kind":"entry.admitted","personal":{"driver_ref":"395dfba6f2025d08f9f2305b8386cb5a3d6a83550f6e5c2528a91cc57233b379","grant_id":"4d77957f1219d6ed545e7298d3f6776d324cdcb37fd8351cc61ef0cf192810f5","parcel_ref":"5d44c25d161c3a1dec5d8f606c84116b9c2b96e63328f73ec537830f2b155c6e","unit_labels":"be74cc4d61bf4da81ce47f56bd78d36e7d7386e7e9f0e81ab4ee636c395e3c3a","units":"ab2c22cc8d5d3c277951ec6bfb082b0d909d28e644a8ebcbc52a0853242306d8"},"proof":"signed","reason":"ok","seq":19}',X'3C21C7D652950D0B5B5836E20C269AE26D436047C5999C733B2D8E3A63B9C09F');
INSERT INTO "records" VALUES(20,1795521600000000,'entry.outcome','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"01624324290ec28c33c8f9b498b90509dc827a4054b50843cd6b63ca324374ff","entry_id":"01M86PTPG07R4F1NW05XG5PYCJ","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":20,"unlocked_until":"2026-11-24T12:00:05+00:00","use_returned":false}',X'1636714379A4C81A5282EE0C8E1B5119B0D61478BFBA52A4536581D3481D3AAF');
INSERT INTO "records" VALUES(21,1795521630000000,'entry.completed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"01624324290ec28c33c8f9b498b90509dc827a4054b50843cd6b63ca324374ff","completed":"2026-11-24T12:00:30+00:00","entry_id":"01M86PTPG07R4F1NW05XG5PYCJ","kind":"entry.completed","personal":{},"relocked":"2026-11-24T12:00:30+00:00","seq":21}',X'5A78376B6F6CA398921EC04B71547E58A3C887EAEDC2C0CAEE1ACCB99910D794');
INSERT INTO "records" VALUES(22,1795521630000000,'pass.made','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"ab56a41e292b4514c382fba49ff9e1ddab9fcc7494d80d8385f484d7f47b455b","courier":"courier-parcel-post","kind":"pass.made","pass":"01M86PVKSGCXMX4W2QK8JS93ZA","personal":{"decided_by":"f799bb57c206304663ef782ca0b3a4aa6c966442dc5c31fecd6d96ffd35b1fa5","grant_id":"2be67e883ac1bd1860f02f6740d98279992e730d526a14d4f262eed4f0e77280","unit":"1932c6fa4ef57c5f6d406832fbc6a9c87678defd43e171f13df53c2d0f879789"},"seq":22}',X'BB6A930153BA249D586273C7E7C5C289000BF6FF8AD34892D94FED4AEE2E595D');
INSERT INTO "records" VALUES(23,1795521630000000,'address_code.renewed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"2afb9eaf699b15c158016c549d2fa300c6d7b6eab3678d9cbdf3fe52b0e5fd38","kind":"address_code.renewed","personal":{"decided_by":"e4d341a89884fb42965b08a6c5e95da6bc911b2e141679f7e37bb59e3653af77","unit":"bef41d4b4856dac6540d48ece5a3096e735c84207234d06260802c36313dccd1"},"seq":23}',X'EF4DAA1D0BBA6DCB696AB051296FC1D9C58C6ADDE6364F36025C2A10E15020FB');
INSERT INTO "records" VALUES(24,1795521630000000,'order.given','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"8d24723fb1e709707effe9499a6042f521edd7537b2a58bc9d385c5bdb73e720","kind":"order.given","personal":{"decided_by":"99ad6f446d2698e6a89b3c662c79424085189f37f59d0b8d4f009f0c3ed19aee","order":"353ec518657354edb6e9ae67ca569c432c606e3cb54c4123f5367093db52376e","resident":"c0b580634624d82bbb7532e2d8c8a3129b29e006242ca8a82a495ae16b99cd92","terms":"7310270c212fc5bf0cf4cb552239e93d966ebb927a83ea3d1675bf0cc13683c5","unit":"b69a12123291fcb6f2a77806fdc01850d9534991749454ff1606436bbfd4fd20"},"revision":1,"seq":24}',X'D084E82CE554910BA70D8A27F71B37DB294A2E5F2779BF046324A89F789F8A23');
INSERT INTO "records" VALUES(25,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"4058f151d366c95a2876cd03fb5abd77e8f6524b7b181aa941315bf444577c13","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-25T08:00:00+00:00","issued_by":"order","kind":"grant.accepted","max_entries":1,"order_revision":1,"personal":{"grant_id":"7c1bc0d5d6332ce7e1743028ad433e1b9cbf86176f07aeb9a2c6b5ed9eb2ca8d","order":"2922dcca06009e5f049552ad161cdc59d17e09384ca3f49b0a2c081067cb21c6","parcel_ref":"4cc10dfb761373f215fe61698cb685058b04a15999bfca629cb5258e44c1c615","units":"2c9073b6d8aaad12855370272a192c13f87db10533499194439ab753adfc3584"},"reason":"ok","revision":1,"seq":25,"starts_at":"2026-11-24T12:00:30+00:00"}',X'13DDA29DF5CD53B49711FFF11BA707D62A406B76BEEECC8EBAC7F324A225E122');
INSERT INTO "records" VALUES(26,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"d489f39a88e508c3585bfb55ec0ccf68b2e313e82b2892cee898c297c4bedd1b","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-25T08:00:00+00:00","issued_by":"order","kind":"grant.accepted","max_entries":1,"order_revision":1,"personal":{"grant_id":"0746f0b1cb16620286790b49228b5eb0abcd9c7445d40cc6886386af6e5e8ffa","order":"96b45ec9753b3d22f04771d45efc9713f0d8ec0535cf24d504263288653f5f28","parcel_ref":"b3d13223c1e89001e67c680605dc6e795ba68408e0e740402188ec941c4dd8f7","units":"9f84f32980a1b558dfd02e31094a394d7311f8437bde3aa435ffc6a47d4b25cf"},"reason":"ok","revision":1,"seq":26,"starts_at":"2026-11-24T12:00:30+00:00"}',X'B42F86FF1A13181ED32F03788364E4A34EA4C9F2BCA6F99458A8F7D9BBC49205');
INSERT INTO "records" VALUES(27,1795521630000000,'grant.revoked','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"a039ec7b726211f5fd70f63c71f3652eae8bc226d1ddd556c1e772a3c01e1a61","by_courier":false,"courier":"courier-parcel-post","kind":"grant.revoked","personal":{"grant_id":"bf3efaef95aad9eca875de9b5c8e8883ec60594a91df21d4f900893bcd766714"},"seq":27}',X'DBE8B33346E7AE35AA8ED9FB4896F43EB7E45FCD5E95ED0719FD6A13B73AA85A');
INSERT INTO "records" VALUES(28,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"4e4988e97d1ec3b2135dbb81982aaae9076c2a95066b505919058cadf6995f87","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"f464e6204273c008c2488fb8682b8f06df8216c09b197e833358038e499c3244","units":"07ed5f01bc72e611cb216cde747bbbee5b0933e6d912ce8e136465be56762d78"},"reason":"ok","revision":1,"seq":28,"starts_at":"2026-11-24T11:59:30+00:00"}',X'6D090924DC03298D33275E1A35AD74C77DEC20DC573F79080992994DDCA1AC20');
INSERT INTO "records" VALUES(29,1795521630000000,'grant.vetoed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"f524d8192b879a9999392a690d27e002d08cf38d40671b6d0825df6b35a3447a","courier":"courier-parcel-post","kind":"grant.vetoed","personal":{"decided_by":"37c92573acb65696ed82f91a40f348eb746ae85668f3685c085d3778b7ff8d17","grant_id":"1f4e9091267a219a469238c0fc2a540a358037e5e36d6afc8b82bf85870a7a39","unit":"b656f37e58f7fc9497c07a6df28419f5c45a378df3be1f3f56c900d484d1b708"},"revision":1,"seq":29}',X'2713C06AA0614B2B28A28FC933419F5CD0A6BAC63461E75A3FF42BA86E39142C');
INSERT INTO "records" VALUES(30,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"2ede51b428f4c7f79ed39970bc1ac32355937ef011b3c6744155811ba9f4fe81","courier":"courier-parcel-post","door":"door-garage","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"563b480c42c064e4e067a6ce56659068d8d8c188e6a618eeb6f7fc5302ff6798","units":"c5e764116b059b7d7ad02539de79c1c2600d2a106936c2bdcd07400ac88966b9"},"reason":"ok","revision":1,"seq":30,"starts_at":"2026-11-24T11:59:30+00:00"}',X'4A334905E3EA2DD58AB7341E51B0854D87FB65B01539187A80DD57EB29C9772E');
INSERT INTO "records" VALUES(31,1795521630000000,'grant.revoked','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"8085f32855d39d9233c49f6ab3c1e13fbbb3f0142b5247ff6d0fc1e4d3fc06ef","by_courier":true,"courier":"courier-parcel-post","kind":"grant.revoked","personal":{"grant_id":"4952195f39fc293be925f79226843aa703ec5d1f169353aea68cffc70c96e361"},"seq":31}',X'91B9E72F0AACB3E9987E333AF0276C513E414A93AB9373E6E766ACDACCA219BE');
INSERT INTO "records" VALUES(32,1795521630000000,'rules.changed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"411cc9913aad1a69a383d470d82ff1d8eed76f7c8358f071146ae72bf9758826","decided_on":null,"earlier_revision":1,"kind":"rules.changed","on_paper":false,"personal":{"consent":"abdd41f3a1248ff1d2ee38e870563ae8ff23b2b4cdae129c5df00e915dcddb3f","decided_by":"6c8b23815aa3a87eef4155c5993af8f3c7417a92beb1a6bf63d9289beb39e460","resident":"38128882f691e61c6651e8d56d03ffb6f3dbee6e33f5280bdd58327a8db944e2","rules":"2b03e44d7978900dfd6c2b32e18813870c1b3b44a1e38aa521e9c44b162d6e75","unit":"c7227aa61ea5da54c2a5e02a4b3ae91c8dbbc9f2d474bd93fd60fc0cf091437f"},"policy":3,"revision":2,"seq":32}',X'625ED20900AFE0C99BEC2EBF226461CD59E9B2005577BF8D0A1DA90FD47C4971');
INSERT INTO "records" VALUES(33,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"1fc8188d4fc81441bd5a0272bdb84ba59ef81c9504b11154222e194d3484489e","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":3,"personal":{"grant_id":"ea1f82f1c8fd1816a9703bc8497feaedc2157ba8a9a9897d4e1c3ed2b13baf24","parcel_ref":"27f8b2bcd4585c4c3e297275d36ab8c7fdb8f3b9cc2cf1206e6b60f42fc1ef53","units":"6842fcf64ecbd0a437ec86c57822e504089a6cd1260cfd83af80eadd99db87ff"},"reason":"ok","revision":1,"seq":33,"starts_at":"2026-11-24T11:59:30+00:00"}',X'9062A10981D0F7D75926816D36378D2A41DEB26D843E6638CB72FE537642A04C');
INSERT INTO "records" VALUES(34,1795521630000000,'entry.admitted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"2c3e5652b9b8b6f921e76c598c1a0d472cce9c4dc1d01ec80dbe10b3a7ec95f0","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PVKSG92C1N4FQ2P5713KN","kind":"entry.admitted","personal":{"driver_ref":"bd8993830c1ec76da918088fc02f5867262ff93fd7c6d46b72f39e927d7f2c77","grant_id":"b894803c9b1d04bee0e3cc6c64cc5491e44990e49845ed599d42b4f7f52e3669","parcel_ref":"88ee4d799491c2f840fabd19b29f7d3bad10f6b96922976e139f889a935a55bb","unit_labels":"c05055cc62d1f9dac08801cb6a8e93bad20775fc26522eed291887259aa863c9","units":"7b649e988fe2211e7b8841faaa016d8fc3d7d6ba519bb7310e02c1500fbf1f41"},"proof":"signed","reason":"ok","seq":34}',X'807634E1C2EB5046C6B99BCABDC6855AFA032803BBB513B8D22D5B2C14319B63');
INSERT INTO "records" VALUES(35,1795521630000000,'entry.outcome','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"2c3e5652b9b8b6f921e76c598c1a0d472cce9c4dc1d01ec80dbe10b3a7ec95f0","entry_id":"01M86PVKSG92C1N4FQ2P5713KN","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":35,"unlocked_until":"2026-11-24T12:00:35+00:00","use_returned":false}',X'6D910B8F414B94F85AE4D0AADD9BE819CE5B6B96E6E00801CFEF93D4920B9959');
INSERT INTO "records" VALUES(36,1795521690000000,'entry.completed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"2c3e5652b9b8b6f921e76c598c1a0d472cce9c4dc1d01ec80dbe10b3a7ec95f0","completed":"2026-11-24T12:01:30+00:00","entry_id":"01M86PVKSG92C1N4FQ2P5713KN","kind":"entry.completed","personal":{},"relocked":"2026-11-24T12:01:30+00:00","seq":36}',X'492A633C1047E5F23F84F6B8D41D4C0CAEB7B2939C9C15CAD2378A4CC416E3BF');
INSERT INTO "records" VALUES(37,1795521690000000,'entry.refused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"2c3e5652b9b8b6f921e76c598c1a0d472cce9c4dc1d01ec80dbe10b3a7ec95f0","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"refused","door":"","door_name":"","entry_id":"01M86PXECGRNSTMHHTWD9AAQAT","kind":"entry.refused","personal":{"grant_id":"83bd4e2e6bb5ba79d0dabd2eb8df468671a6c65892be312bb78a2d97864873d5","unit_labels":"15e8c69ab6f0e376c8f522a3eb153d8695f9d496571d30663e69c2b2be157735","units":"38d32c86d424baf48d30c78fbb56c5d883a457cf091e9553226339a4426e67ac"},"proof":"signed","reason":"unknown_grant","seq":37}',X'11E108AC0DA898C16D5F72F336CC2CAC69C94AB0CF1FDCBF4304A3A114DFE1A4');
INSERT INTO "records" VALUES(38,1795521690000000,'access.paused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"6f52d0695ea2d638f0b2e61c236472676806829adfc9cf2b61f8389f87d3fb9a","building":true,"kind":"access.paused","pause":38,"personal":{"decided_by":"aa34136207e08a530e7a132ef6baeab34f5d981acdc820747572fa55e87822aa"},"seq":38,"until":"2026-11-25T12:01:30+00:00"}',X'7D565D60AEF72BCA1F3F2133714950F2B35ADD0033576EA7B00AB9F8BC492C56');
INSERT INTO "records" VALUES(39,1795521690000000,'entry.refused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"6f52d0695ea2d638f0b2e61c236472676806829adfc9cf2b61f8389f87d3fb9a","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"refused","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PXECGJ7V0KMCTC20FJQ14","kind":"entry.refused","personal":{"grant_id":"727ab8c19fdfd378cb189175d99f1955b9d5a1af9a4872392f271dfe5885fde2","parcel_ref":"bb3644437e6b4feb1ed53041b4fd1bf9b860bdad611db8685e948833cebfa0b4","unit_labels":"d00544a29fc97d3d13abc97ee774c47c7a4e9b424c19bb164f9f1ad5673de88c","units":"de0e1edf008ca89449a19f1f20ebd4e81db3cab478d1d00f52ac342ecba18108"},"proof":"signed","reason":"paused","seq":39}',X'954DEDA95C32E12ED838886606B68EAEA5A6C2BCD6CA36121F003B81261DEBA8');
INSERT INTO "records" VALUES(40,1795521690000000,'access.resumed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"ae0822117b5d0ee0061fce98c966aed9c17fb303c4494eefbf6556b42d05edb0","kind":"access.resumed","pause":38,"personal":{"decided_by":"301a927b8d9be8ec59de105e3593490b41a2ff4779e9f828da9d90234b8036b8"},"seq":40}',X'2413D4C7B4C69638A09290EF41BE5784CC917222468EDF254884968783E0B7B7');
INSERT INTO "records" VALUES(41,1795521690000000,'access.paused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"11e604524b32f4810d07a05d4032a54258caf5ca18a9a3f1ac6f7e6325f9e7a6","building":false,"kind":"access.paused","pause":41,"personal":{"decided_by":"3d75c26962f4d2baac8904ea0d202ac95780bf401fcdebd5b54273388640a105","unit":"1184e564bdc461e164e743e3e76d2248bcd1446bc3494cd548177f22c48b504f"},"seq":41,"until":"2026-11-25T12:01:30+00:00"}',X'02B2AB648731CE397C37A89499CC104AA62AAA58F24813941669AD25B4CC2463');
INSERT INTO "records" VALUES(42,1795521690000000,'link.renewed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"11e604524b32f4810d07a05d4032a54258caf5ca18a9a3f1ac6f7e6325f9e7a6","kind":"link.renewed","personal":{"decided_by":"cb902b50bec9c3a4f9a5f9ecb484f1f211d464f3e1267a0a52ca7032253790aa","resident":"54ee81d65a45daa13cb0d0aa53358b4f054ab6e34023b1acbf02777c1dcadd98"},"seq":42}',X'E5E19D6819E048156422310C3E2455083CAC05D7428503B6CDD2303BE729E4E9');
INSERT INTO "records" VALUES(43,1795521690000000,'rules.changed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"adad78a96a09d644025423c38d4027b6e344ab185d8a418ba630ee6c0891e500","decided_on":null,"earlier_revision":1,"kind":"rules.changed","on_paper":false,"personal":{"consent":"2cf23d4179b998191529d1f348c5ca25b399b43ef114b484b7088022726d495b","decided_by":"8f04fc74ef96d58e6999ce945c3c1261ef39e412b6c8c7a46006f7e6967c95a3","resident":"5903e700de485bdfd083e222d5e7b5c5c42ee7a5db8c57f5fb22ad45813abb79","rules":"64f9d756c2461d398e6b2599c7c1a1aad4fb282a9895d54817417d26f0cec291","unit":"30b1475fece84c1ae63db71dedb9f727f74c971e1d059f145bbc23a578e04135"},"policy":3,"revision":2,"seq":43}',X'97C6C476DDFD478571EC7C605290E37940994831CE12EE7EFD05A81368083F0C');
INSERT INTO "records" VALUES(44,1795521690000000,'grant.accepted','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"995b3db5c51540385988a35d976b1b2c8afa7af351ed17f4902a5c6b528a2a61","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:01:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"969890936056a5f552d07491895d8981c05d6edb5b53241f303ddab6edc834eb","units":"7d11a7735d4455459756021d05895340e0d9883c5afa5a73ee14a26187c8f159"},"reason":"ok","revision":1,"seq":44,"starts_at":"2026-11-24T12:00:30+00:00"}',X'B55757CD8B3DE8008515BEE65CD4E24B6499F3D4B568ADA605C756DABBB8EAB7');
INSERT INTO "records" VALUES(45,1795521690000000,'grant.accepted','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"4e2f5fa74df4dc5e87131e6a59c30a406e246bce6af3283f6b7a64dfbdf46828","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:01:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":2,"personal":{"grant_id":"d45cef71faa5e483f0ee54f1d4ab85cc20cd58b4bad670872e94ae8c4f92f543","units":"43460293959592319f17baaa77f89213d0e7c7cf61a3b0b4891cf552ab672253"},"reason":"ok","revision":2,"seq":45,"starts_at":"2026-11-24T12:00:30+00:00"}',X'1881F3C63E51D099BC7DC70D424E7F705A127C0B67D437AAF4CE5FFB6BF3D892');
INSERT INTO "records" VALUES(46,1795521870000000,'entry.observed','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"4e2f5fa74df4dc5e87131e6a59c30a406e246bce6af3283f6b7a64dfbdf46828","courier":"observed-key","courier_name":"Amazon Key","decision":"observed","door":"door-lobby","door_name":"Lobby","entry_id":"observed-1","kind":"entry.observed","personal":{},"proof":null,"reason":null,"seq":46}',X'9B91A82A784CF7D169EF1DA9DA9FD5C50FFE8C4E480681C31F7A1BEF5EF0E1B9');
INSERT INTO "records" VALUES(47,1795521870000000,'entry.admitted','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"abc380006441967ef910e45e723228cece66d6b4fb88cd1dbffb484958d002b3","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86Q2Y5G9YDZJXAXHRJ3J9M9","kind":"entry.admitted","personal":{"grant_id":"de7db669427a32dfd3fe12e3e68adb50807539b714a37f7cc250f7216685983e","parcel_ref":"4fae61b754ebce87ce74801def5a23f997145a968cf1a0ce6c9ae5d129933671","unit_labels":"11bbf02f3f442c721afa23fe8ac5470867db593846699fb2f3c68cca4032d8e0","units":"846522ce325cca655b0d60f9b0e87a7aaf0bdabe8c3f14b9e2fb9bcdcb0fb6f1"},"proof":"signed","reason":"ok","seq":47}',X'E1AEAC9395DCDA9712508EF1EE1591156AD94BCCA6325512E9522F64032C853D');
INSERT INTO "records" VALUES(48,1795521870000000,'entry.outcome','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"abc380006441967ef910e45e723228cece66d6b4fb88cd1dbffb484958d002b3","entry_id":"01M86Q2Y5G9YDZJXAXHRJ3J9M9","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":48,"unlocked_until":"2026-11-24T12:04:35+00:00","use_returned":false}',X'1332F41DE5E3239551B9FAC71CF550A6373B42984418EF7D26118BABEC9ADC6B');
CREATE TABLE replies (
    courier_id VARCHAR NOT NULL,
    message_id VARCHAR NOT NULL,
    body_hash BLOB NOT NULL,
    reply TEXT NOT NULL,
    entry_id VARCHAR,
    keep_until BIGINT NOT NULL,
    PRIMARY KEY (courier_id, message_id)
) WITHOUT ROWID;
INSERT INTO "replies" VALUES('courier-parcel-post','msg_0b83ff663af44b70a1433c065b293890',X'8FB389799B438FBC8DACAD9E57B1377FA3643197CABE141D5D0403A72BDDC447','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"changed","revision":2,"units":["4A"]}',NULL,1796133690000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_0efc00a4a937434690b1a8f0c56b11c3',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECGRNSTMHHTWD9AAQAT","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECGRNSTMHHTWD9AAQAT',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_16a23606a5a74059840a79472c176184',X'A3652077B2368997DA95A07EA54D2761B87E5EABEA4A1A2B4067EDD6F312568F','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"changed","revision":1,"units":["4A"]}',NULL,1796133690000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_1974cbdcf00d48b6acb00e48fb5a0b16',X'309DD9F341D01B473CC85CE97373E612550E86875E185FD89E8291C49301C2B7','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86Q2Y5G9YDZJXAXHRJ3J9M9","grant_id":"open","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:04:35Z","entries_left":1}','01M86Q2Y5G9YDZJXAXHRJ3J9M9',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_29f20108dc424f76ad0125f04453ed6b',X'66C17A9DB2D4ABF24406F6987E1C646454AAE6EF789CA13437F4477CA1E2F9CF','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86PVKSG92C1N4FQ2P5713KN","grant_id":"open","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:00:35Z","entries_left":2}','01M86PVKSG92C1N4FQ2P5713KN',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_2bdb5d53138b44269d164bee61e34e38',X'44664A1477BF1E69E3578EED4B9FC2D3EB1891A3341B2D2C62C7E92BA87FBD49','{"type":"grant.revoked","decision":"revoked","reason":"ok","replayed":false,"grant_id":"revoked","known":true}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_480eb30138f8462287275686ce27d93b',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECGRNSTMHHTWD9AAQAT","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECGRNSTMHHTWD9AAQAT',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_557b819683fb475fa63f028da1fa6755',X'74B7E31EE1334A78ECF9F05A0FBADE5F843D0F37F9366720F2F5AB1A5804AC55','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"asked","revision":1,"units":["3B","4A"]}',NULL,1796133600000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_571b666feac44071bc77ec98f89ae52f',X'9B5649D698BD90CEBC0B7BE6ADACE05D0B4A3B12D7C75F4081D84424EDEA1730','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86PTPG07R4F1NW05XG5PYCJ","grant_id":"asked","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:00:05Z","entries_left":4}','01M86PTPG07R4F1NW05XG5PYCJ',1796133600000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_7a98b324d33b4a5b8ec2eb0694b78338',X'14A575C2122622C564273CDCF6B81FE9A35E9D694C5CBFF5F1EE54AC468B3E74','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"revoked","revision":1,"units":["3B"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_8ce76d332592486ba60315d2f64ed1c4',X'9995DF72124556C852AF3FA2D1D1E52C2926488B34126F9062810524CCB88FF5','{"type":"entry.requested","decision":"refused","reason":"paused","replayed":false,"entry_id":"01M86PXECGJ7V0KMCTC20FJQ14","grant_id":"open","door":"lobby","proof":"signed","entries_left":2}','01M86PXECGJ7V0KMCTC20FJQ14',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_961c6bdb3f48419e913a96e3a09e8e32',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECGRNSTMHHTWD9AAQAT","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECGRNSTMHHTWD9AAQAT',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_e244c36e00e64abc9c37feb7a2650e01',X'8CE29CFB93FFCA0D4165956BC20372976720E44393C86246D6100F24AD2499FD','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"vetoed","revision":1,"units":["3B","4A"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_e7ce0e34d2e34112a90f7000a2666466',X'7D1027FFCB2677F98014FF1775E122935410D143755B935CB550BB9614B76522','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"open","revision":1,"units":["4A"]}',NULL,1796133630000000);
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
INSERT INTO "residences" VALUES('resident-ada','3b','b4d0a31b9aea85d9e6a485943b7cf64e','f4f5635e6ade413abae057d3f8d52c60','linked',1,1795521600000000,2,'{"name": "Ada", "unit": "3B", "person": "b4d0a31b9aea85d9e6a485943b7cf64e", "user_id": "f4f5635e6ade413abae057d3f8d52c60", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'4E59A25C4EBA3D0AB9068829AEA8B491');
INSERT INTO "residences" VALUES('resident-ben','3b','0678035f1ce0ffa13569f38a17c4d51f','540392d8f1a2475592cd9f33984d44bf','linked',1,1795521600000000,2,'{"name": "Ben", "unit": "3B", "person": "0678035f1ce0ffa13569f38a17c4d51f", "user_id": "540392d8f1a2475592cd9f33984d44bf", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'9788BD7CB8D8498DC831A806E100C1EA');
INSERT INTO "residences" VALUES('resident-cleo','4a','6153e8cccdb1d85cc0807596f6293d9b','02e2ac0ddca74ce19883bc7d6eb0c719','linked',1,1795521600000000,2,'{"name": "Cleo", "unit": "4A", "person": "6153e8cccdb1d85cc0807596f6293d9b", "user_id": "02e2ac0ddca74ce19883bc7d6eb0c719", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'EE8824E9031D3E772F8C5237235CDDDE');
INSERT INTO "residences" VALUES('resident-dora','5c',NULL,NULL,'none',1,1795521600000000,2,'{"name": "Dora", "unit": "5C", "person": null, "user_id": null, "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'B3C028A1B766330CE7C41563211A4CF9');
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
INSERT INTO "rules" VALUES('resident-ada',1,'3b','b4d0a31b9aea85d9e6a485943b7cf64e','f4f5635e6ade413abae057d3f8d52c60','given',1795521600000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'ask','{}','pass','{}','[]','[]','[]',NULL,NULL,0,X'53FC2A68A806F83AE1D7437F572FB144');
INSERT INTO "rules" VALUES('resident-dora',1,'5c',NULL,NULL,'given',1795521600000000,'{}',0,'allow','{}','pass','{}','[]','[]','[]',NULL,NULL,1,X'50E1DF448372AEBA30C8FB924BEB992F');
INSERT INTO "rules" VALUES('resident-cleo',2,'4a','6153e8cccdb1d85cc0807596f6293d9b','02e2ac0ddca74ce19883bc7d6eb0c719','given',1795521600000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'allow','{}','pass','{}','[]','[]','[]',1140,NULL,0,X'D1833072DED1A5DD7B277F3F9220C0A2');
INSERT INTO "rules" VALUES('resident-ben',2,'3b','0678035f1ce0ffa13569f38a17c4d51f','540392d8f1a2475592cd9f33984d44bf','withdrawn',1795521690000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'allow','{}','pass','{}','[]','[]','[]',NULL,NULL,0,X'95FFA7338E94C1F50DCFC1ADCA06F06B');
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
PRAGMA user_version = 5;
