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
INSERT INTO "address_codes" VALUES('3b','resident-ada',X'4BCEC947B1BA6E09245356216861788F945498AAE2AEF582ADDD8F74B4439E40',1795521630000000,X'24FD77786D77C3CE895B9123DD8E1ABC');
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
INSERT INTO "answers" VALUES(1,'3b','resident-ada','approved',1795521600000000,'01M86PTPG0312SY91G9EGBDEVP',X'E04B6526202CE9A670272AE8D5FE4A4A');
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
INSERT INTO "configured" VALUES('courier','courier-parcel-post','{"name":"Parcel Post","doors":["door-garage","door-lobby"],"keys":["e30b3e306206c14d7a5d91a964fb1224990e1c951ce576eaf5c0d37ccc131561"],"past_names":["parcelpost"],"past_keys":["e30b3e306206c14d7a5d91a964fb1224990e1c951ce576eaf5c0d37ccc131561"],"is_removed":false}',X'8ED8484256A2C88747F27F250B3FF679');
INSERT INTO "configured" VALUES('door','door-garage','{"name":"Garage","opener":{"entity":null,"device":null,"domain":null}}',X'3531CA7D794C5A568C2465CD120A3DA9');
INSERT INTO "configured" VALUES('door','door-lobby','{"name":"Lobby","opener":{"entity":null,"device":null,"domain":null}}',X'9F8F7BBB810E2CA38CB4E8F5C8DEF66A');
INSERT INTO "configured" VALUES('kinds','','["door","source"]',X'F4AE05DDD2029441CA123488256D084C');
INSERT INTO "configured" VALUES('zone','','"US/Pacific"',X'EE550E21D371018592ADA9AE13355877');
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
INSERT INTO "entries" VALUES(19,'01M86PTPG0312SY91G9EGBDEVP',1795521600000000,'courier-parcel-post','Parcel Post','asked','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521605000000,NULL,0,0,1795521600000000,1795521630000000,'01M86PTPG02S85QEX8NFSDWJ9V',NULL);
INSERT INTO "entries" VALUES(34,'01M86PVKSGXH901ZNZP69Y3RCD',1795521630000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521635000000,NULL,0,0,1795521630000000,1795521690000000,'01M86PVKSGJ89NCZFF1Z10671P',NULL);
INSERT INTO "entries" VALUES(37,'01M86PXECG6S74X5N35RCDPJYM',1795521690000000,'courier-parcel-post','Parcel Post','made-up','','','signed','refused','unknown_grant',NULL,NULL,NULL,NULL,0,2,1795521690000000,NULL,'01M86PXECGJMPDYEJDY3KC4PB1',NULL);
INSERT INTO "entries" VALUES(39,'01M86PXECGRAFZQK6SCRCVK07V',1795521690000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','refused','paused',NULL,NULL,NULL,NULL,0,0,1795521690000000,NULL,'01M86PXECGTH81GH4A09VMM0NG',NULL);
INSERT INTO "entries" VALUES(46,'observed-1',1795521870000000,'observed-key','Amazon Key',NULL,'door-lobby','Lobby',NULL,'observed',NULL,NULL,NULL,NULL,NULL,0,0,1795521870000000,NULL,NULL,NULL);
INSERT INTO "entries" VALUES(47,'01M86Q2Y5GHWT7G6826WNESDZ0',1795521870000000,'courier-parcel-post','Parcel Post','open','door-lobby','Lobby','signed','admitted','ok','opened',1,1795521875000000,1795521875000000,0,0,1795521870000000,NULL,'01M86Q2Y5GZ3CZ1D9S78CMNB2C',NULL);
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
INSERT INTO "fanouts" VALUES(13,'entry_admitted',19,'01M86PTPG0312SY91G9EGBDEVP',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521600000000,NULL,1795521600000000);
INSERT INTO "fanouts" VALUES(14,'rules_loosened',32,NULL,NULL,NULL,'resident-cleo','{}','{"since": "2026-11-24T12:00:30+00:00", "at": "2026-11-24T12:00:30+00:00", "by": "login", "loosened": "orders couriers digest"}',NULL,2,1795521630000000,1795521900000000,NULL);
INSERT INTO "fanouts" VALUES(15,'delivery_announced',25,NULL,'courier-parcel-post','house-56e195147f3c',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T12:00:30+00:00", "ends_at": "2026-11-25T08:00:00+00:00", "max_entries": "1", "issued_by": "order"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(17,'delivery_announced',28,NULL,'courier-parcel-post','vetoed',NULL,'{"3b": "3B", "4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00", "max_entries": "1"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(19,'delivery_called_off',31,NULL,'courier-parcel-post','revoked',NULL,'{"3b": "3B"}','{"courier": "Parcel Post", "door": "Garage", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(20,'delivery_announced',33,NULL,'courier-parcel-post','open',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T11:59:30+00:00", "ends_at": "2026-11-24T14:00:30+00:00", "max_entries": "3"}',NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(21,'entry_admitted',34,'01M86PVKSGXH901ZNZP69Y3RCD',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521630000000,NULL,1795521630000000);
INSERT INTO "fanouts" VALUES(22,'access_paused',38,NULL,NULL,NULL,NULL,'{}','{"until": "2026-11-25T12:01:30+00:00", "authors": "resident-dora"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(23,'entry_refused',39,'01M86PXECGRAFZQK6SCRCVK07V','courier-parcel-post','open',NULL,NULL,NULL,NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(24,'access_resumed',40,NULL,NULL,NULL,NULL,'{}','{}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(25,'unit_paused',41,NULL,NULL,NULL,NULL,'{"5c": "5C"}','{"until": "2026-11-25T12:01:30+00:00", "authors": "resident-dora"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(26,'link_renewed',42,NULL,NULL,NULL,'resident-dora','{}','{}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(27,'rules_loosened',43,NULL,NULL,NULL,'resident-ben','{}','{"at": "2026-11-24T12:01:30+00:00", "by": "login", "loosened": "couriers"}',NULL,2,1795521690000000,1795521900000000,NULL);
INSERT INTO "fanouts" VALUES(28,'consent_withdrawn',43,NULL,NULL,NULL,NULL,'{"3b": "3B"}','{"name": "Ben", "resident_id": "resident-ben", "authors": "resident-ben"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(30,'delivery_announced',45,NULL,'courier-parcel-post','changed',NULL,'{"4a": "4A"}','{"courier": "Parcel Post", "door": "Lobby", "starts_at": "2026-11-24T12:00:30+00:00", "ends_at": "2026-11-24T14:01:30+00:00", "max_entries": "2"}',NULL,2,1795521690000000,NULL,1795521690000000);
INSERT INTO "fanouts" VALUES(31,'entry_observed',46,'observed-1',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521870000000,NULL,1795521870000000);
INSERT INTO "fanouts" VALUES(32,'entry_admitted',47,'01M86Q2Y5GHWT7G6826WNESDZ0',NULL,NULL,NULL,NULL,NULL,NULL,2,1795521870000000,NULL,1795521870000000);
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
INSERT INTO "grant_units" VALUES('courier-parcel-post','asked','3b',0,'3B','withdrawn',X'7B0EF785CCA70BEFE2E931B52438CF1A');
INSERT INTO "grant_units" VALUES('courier-parcel-post','asked','4a',1,'4A','accepted',X'A59EB7F2EA367868178A5B1B558D2907');
INSERT INTO "grant_units" VALUES('courier-parcel-post','changed','4a',0,'4A','accepted',X'7498BF3B108DD0F6E658153B82534ED5');
INSERT INTO "grant_units" VALUES('courier-parcel-post','house-56e195147f3c','4a',0,'4A','accepted',X'5BCC58082F6A175512D48DA9FDF5D86C');
INSERT INTO "grant_units" VALUES('courier-parcel-post','house-73bf574f5a8b','4a',0,'4A','accepted',X'4485AD4CE4D327C7AE932EB3EB682514');
INSERT INTO "grant_units" VALUES('courier-parcel-post','open','4a',0,'4A','accepted',X'A8C31538713088E7712C0395079964D9');
INSERT INTO "grant_units" VALUES('courier-parcel-post','revoked','3b',0,'3B','withdrawn',X'1FAAA45BEAD12FF47C920671D7FBEFFD');
INSERT INTO "grant_units" VALUES('courier-parcel-post','vetoed','3b',0,'3B','withdrawn',X'3C3200160B8B1B58EC542D0E36F236F3');
INSERT INTO "grant_units" VALUES('courier-parcel-post','vetoed','4a',1,'4A','vetoed',X'117BDB7F94A15A342432AA0CAEBD8CB8');
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
INSERT INTO "grants" VALUES('courier-parcel-post','asked',1,'open','door-lobby',1795521540000000,1795528800000000,5,1,0,'P-1',NULL,'86ab5fc4084cab3cebdee9ed85b3e92371bd51653c268daeaf37a76dc731901f',NULL,NULL,NULL,1796133600000000,X'5A7FFE9AA50731740525BA6795E697AF');
INSERT INTO "grants" VALUES('courier-parcel-post','changed',2,'open','door-lobby',1795521630000000,1795528890000000,2,0,0,NULL,NULL,'6b0a9a9dad8593417cb4728d98d361d223d59241f52436d453712ba1e035534d',NULL,NULL,NULL,1796133690000000,X'D7F4AAB114B9668D317314C1A46D1C7B');
INSERT INTO "grants" VALUES('courier-parcel-post','house-56e195147f3c',1,'open','door-lobby',1795521630000000,1795593600000000,1,0,0,'P-3',NULL,'d560d0f25b4c502520044a451b427e3108bf39688e5bab2d74173656945f35ed','order','order-1',0,1796198400000000,X'BD979F338E1BA1711AA5E3F032C9DF72');
INSERT INTO "grants" VALUES('courier-parcel-post','house-73bf574f5a8b',1,'called_off','door-lobby',1795521630000000,1795593600000000,1,0,0,'P-4',NULL,'c20438aefc0806d374636b54c02db9e33373cf43cde13ba6b46ca4eaed1647d9','order','order-1',0,1796198400000000,X'365248758B444D6D749D3DB3DC049066');
INSERT INTO "grants" VALUES('courier-parcel-post','open',1,'open','door-lobby',1795521570000000,1795528830000000,3,2,0,'P-2',NULL,'d677c55c2d5c4dda48a3989370e8f44b725b1cdd98232c7d73601e51e54d28a8',NULL,NULL,NULL,1796133630000000,X'47F974E8D54896134A1264094C717656');
INSERT INTO "grants" VALUES('courier-parcel-post','revoked',1,'revoked','door-garage',1795521570000000,1795528830000000,1,0,0,NULL,NULL,'ab9d36563a693b784bee902832a86419a2cd2a24e9815750881b877a829301fb',NULL,NULL,NULL,1798718430000000,X'FAED078EF55E7D6CE1BDE976D6453A3A');
INSERT INTO "grants" VALUES('courier-parcel-post','vetoed',1,'open','door-lobby',1795521570000000,1795528830000000,1,0,0,NULL,NULL,'37bbe9d7c385acf31807c0a72e7bebed25fa92759767e55e6601dbc9c8e06dfd',NULL,NULL,NULL,1796133630000000,X'3688104CB50626F7A8DEE6864CA26986');
CREATE TABLE links (
    resident_id VARCHAR NOT NULL,
    token VARCHAR NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (resident_id),
    UNIQUE (token)
);
INSERT INTO "links" VALUES('resident-dora','O3KyYFft6Pq_0iOB_s_AXJxeZTogdsWTMp0IankL1hE',1795521690000000);
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
INSERT INTO "notifications" VALUES(1,1,'resident-ada',0,'sent','courier_access_6b057c40f053d511aecb47f1af1c0435','6b057c4027da29261db9097afb588889',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(2,1,'resident-ben',0,'sent','courier_access_6b057c403ac25d050c94bdf12bfb0691','6b057c40449e7b7c2d67ff466bc2fbf2',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(3,1,'resident-cleo',0,'sent','courier_access_6b057c402c76286e33d3965713959e76','6b057c40a97c61684935a7245c19dc26',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(4,1,'resident-dora',0,'pending','courier_access_6b057c4043e8a95430337a05abd6fa06','6b057c40626e9bdcc65c44db30dd97dd',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(5,2,'resident-ada',1,'sent','courier_access_6b057c40a792d1282871c77f2d79d06d','6b057c40f3fb211f3aecb07c384e5e25',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(6,3,'resident-ada',1,'sent','courier_access_6b057c40b66d6375875b548f45244e28','6b057c40dbef6f00229a9ebc4cc254fa',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(7,4,'resident-ben',1,'sent','courier_access_6b057c4004dd7ef1a16ff6617e7880c3','6b057c40244c1b83a1fe2922bb02e580',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(8,5,'resident-cleo',1,'sent','courier_access_6b057c40c813e16492da09c978d47181','6b057c40c919451229f7544e6a6b2f73',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(9,6,'resident-dora',1,'pending','courier_access_6b057c4036bd5683191c8a4f508e32c8','6b057c4096fe5d8a1a42b7f32fdb4c52',NULL,0,NULL,NULL,'[]',4,1795521600000000,1795521990000000,NULL,NULL);
INSERT INTO "notifications" VALUES(10,7,'resident-ada',1,'sent','courier_access_6b057c401e9064bf4b4145cf7b034b5f','6b057c40c0ba3ccbc9917a22979add88',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(11,8,'resident-ada',1,'sent','courier_access_6b057c408aac47b59eb0dd7aac35d9be','6b057c40adb2d7693e4afe2e1c3d8b38',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(12,9,'resident-ben',1,'sent','courier_access_6b057c40705b639e394de52274d8fff2','6b057c4068a0ecb7d5a285788d30d542',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(13,10,'resident-cleo',1,'sent','courier_access_6b057c403eff4d1c79dffa80c0489706','6b057c40057b5957da4de5423af0c408',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(14,12,'resident-ada',1,'sent','courier_access_6b057c406f9898726da85c5846554d17','6b057c40c1295c87f0923ced7660e819','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(15,12,'resident-ben',1,'sent','courier_access_6b057c404014a843e6c403ee677c51b5','6b057c406538e338bf0e1e6f92fe16e7','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(16,12,'resident-cleo',1,'sent','courier_access_6b057c405efeff36ce7c0d6230bc56d6','6b057c4055ebe75e4693a177c0b04327','courier-parcel-post',0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521600000000,NULL);
INSERT INTO "notifications" VALUES(17,13,'resident-ada',1,'sent','courier_access_6b057c408c287626fffb9b5d42a5cfd3',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(18,13,'resident-ben',1,'sent','courier_access_6b057c402857c3aeb859d29ef7b36039',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(19,13,'resident-cleo',0,'sent','courier_access_6b057c40328bff7b1f7ab5700987d5a9',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521600000000,NULL,1795521630000000,NULL);
INSERT INTO "notifications" VALUES(20,13,'resident-dora',0,'pending','courier_access_6b057c400048b1b0542ac5cf76c08a0c',NULL,NULL,0,NULL,NULL,'[]',3,1795521600000000,1795521930000000,NULL,NULL);
INSERT INTO "notifications" VALUES(21,15,'resident-cleo',1,'sent','courier_access_6b057c5e844a3721a288b2498007b8f9','6b057c5e8d72086c41d2141b83b45cba','courier-parcel-post',1,21,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(23,17,'resident-ada',1,'sent','courier_access_6b057c5e3c57e65ae743d60c2a66c689','6b057c5e9ff0497373d601e69f93ff59','courier-parcel-post',1,23,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(24,17,'resident-ben',1,'sent','courier_access_6b057c5e6cfc4b211aba9b2676aaabae','6b057c5eefbeb70ff421ee7084abc4a3','courier-parcel-post',1,24,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(26,20,'resident-cleo',1,'sent','courier_access_6b057c5e9bd2897933ffa6c2bf5c7347','6b057c5ec61001a02dabae5003924102','courier-parcel-post',1,21,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(27,21,'resident-ada',0,'sent','courier_access_6b057c5eb62d22f006d432cdaa6bb43a',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(28,21,'resident-ben',0,'sent','courier_access_6b057c5eeeb4a444c92897f22a121c03',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(29,21,'resident-cleo',1,'sent','courier_access_6b057c5edeeffd3fc644ca7848b3727b',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521630000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(30,21,'resident-dora',0,'pending','courier_access_6b057c5e6e49f473f0dd456bf0f9d992',NULL,NULL,0,NULL,NULL,'[]',2,1795521630000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(31,22,'resident-ada',0,'sent','courier_access_6b057c9a3f11b80dac60c1053104c79d','6b057c9ac6484bd3d0b41503478cc3d4',NULL,1,37,NULL,'["notify.mobile_app_ada"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(32,22,'resident-ben',0,'sent','courier_access_6b057c9a1f759f06fc10af604edcc89c','6b057c9a76e3a1dbd12679e15e928e4a',NULL,1,38,NULL,'["notify.mobile_app_ben"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(33,22,'resident-cleo',0,'sent','courier_access_6b057c9ae77783eeb0b81b937f26265a','6b057c9a7d26a97d300d2068214ebef5',NULL,1,39,NULL,'["notify.mobile_app_cleo"]',2,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(34,22,'resident-dora',0,'pending','courier_access_6b057c9af7c6f222ea8444ab3673d078','6b057c9abe0042679cd8a2651e756cc6',NULL,1,40,NULL,'[]',3,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(35,23,'resident-cleo',1,'sent','courier_access_6b057c9acb315abdd9224a1fbf9b1778',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(36,23,'owner',0,'sent','courier_access_6b057c9a2f605d061447d5f5379853f3',NULL,NULL,0,NULL,NULL,'["persistent_notification"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(37,24,'resident-ada',0,'sent','courier_access_6b057c9a77a0e4eaf0f1a0b2e8a43338','6b057c9a3009d41f1bb5e74982ff3981',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(38,24,'resident-ben',0,'sent','courier_access_6b057c9a8a04264742aeb187b71521a8','6b057c9a5e07befcb5d14fbebafcd3c7',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(39,24,'resident-cleo',0,'sent','courier_access_6b057c9aa91424e45b510736b8c201d2','6b057c9a5f506ab2b10d2e5cb9deee31',NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(40,24,'resident-dora',0,'pending','courier_access_6b057c9ac67bbf82bb5cbcec0c1ab49b','6b057c9a6e1a177645b7096a6e275776',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(41,25,'resident-dora',1,'pending','courier_access_6b057c9aa12ee67a88cdb820c564c5c3','6b057c9acad2b682d8dfd41d187e48af',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(42,26,'resident-dora',1,'pending','courier_access_6b057c9a5c9936131b67aadd0cebc025','6b057c9a38a0117178bd22adbd78df29',NULL,0,NULL,NULL,'[]',2,1795521690000000,1795521900000000,NULL,NULL);
INSERT INTO "notifications" VALUES(43,28,'resident-ada',1,'sent','courier_access_6b057c9a5563199b07aed8937102c9e1','6b057c9a3220d8e7d42dc6c4504902d3',NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(44,28,'resident-ben',1,'sent','courier_access_6b057c9aa9516ff1b4213d1c91c3d8f6','6b057c9a0fda317fee0153e2aba38676',NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(45,28,'owner',0,'sent','courier_access_6b057c9afbe2518f4565cdd5a014eaba','6b057c9a6578b7782639fa6be7e3eb6a',NULL,0,NULL,NULL,'["persistent_notification"]',1,1795521690000000,NULL,1795521690000000,NULL);
INSERT INTO "notifications" VALUES(46,30,'resident-cleo',1,'sent','courier_access_6b057c9ab98d2546a309ee16fd58f318','6b057c9aa008e9f02a74224c400314f5','courier-parcel-post',1,46,NULL,'["notify.mobile_app_cleo"]',1,1795521750000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(47,31,'resident-ada',0,'sent','courier_access_6b057d4e77f3a71e3b9d5bfb86ef2a8d',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(48,31,'resident-ben',0,'sent','courier_access_6b057d4e83e3f415663eb41e6a9e71ab',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(49,31,'resident-cleo',0,'pending','courier_access_6b057d4ef0abcde28875dfeb1fd127e4',NULL,NULL,1,NULL,NULL,'[]',0,1795575600000000,1795575600000000,NULL,NULL);
INSERT INTO "notifications" VALUES(50,31,'resident-dora',0,'pending','courier_access_6b057d4e39c73d83016b66c97362d270',NULL,NULL,0,NULL,NULL,'[]',1,1795521870000000,1795521880000000,NULL,NULL);
INSERT INTO "notifications" VALUES(51,32,'resident-ada',0,'sent','courier_access_6b057d4e24d7df5de7c42a28ab62c723',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ada"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(52,32,'resident-ben',0,'sent','courier_access_6b057d4e535c54a8a18e3e802028f4c1',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_ben"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(53,32,'resident-cleo',1,'sent','courier_access_6b057d4e14199dab574ba22b6b19c110',NULL,NULL,0,NULL,NULL,'["notify.mobile_app_cleo"]',1,1795521870000000,1795521990000000,1795521870000000,NULL);
INSERT INTO "notifications" VALUES(54,32,'resident-dora',0,'pending','courier_access_6b057d4e92066874e60473e2bba8c680',NULL,NULL,0,NULL,NULL,'[]',1,1795521870000000,1795521880000000,NULL,NULL);
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
INSERT INTO "orders" VALUES('order-1',24,'resident-cleo','["9530b13d50242a826ff003f874b55d7f"]',NULL,'courier-parcel-post','door-lobby',3,0,1,'2026-11-24',2,X'BFAAA956E00596C2E9D1367A450B134F');
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
INSERT INTO "passes" VALUES('01M86PVKSGXSR23ZXBMQVCEA7N','courier-parcel-post','asked','resident-ada',X'4E38C4D91E0C74EFEE0BC76EF7494B24B08A397640BBDB8B86F64FD3943413FE',X'4F373377F0FD3FFA6E48B1EA127DE401B2B15608B82B08C43AD7E33034FC1094',X'0D025486AD8142923F6B3FFC1F06DB11E2D382D96D0670CCB0290F3EED0A2BA4',8,1795521630000000,1796133600000000,0,0,X'85C4943E794030F5887CDE4101809131');
CREATE TABLE pauses (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    unit VARCHAR,
    by_unit VARCHAR,
    at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    ended_at BIGINT,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL
);
INSERT INTO "pauses" VALUES(38,NULL,'5c',1795521690000000,1795608090000000,1795521690000000,X'B2C560ED42CADC09C78052CD88A729EB');
INSERT INTO "pauses" VALUES(41,'5c','5c',1795521690000000,1795608090000000,NULL,X'1E29E6701906370999F8151DD12F02C7');
CREATE TABLE personal (
    seq INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    value TEXT NOT NULL,
    salt BLOB NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (seq, field),
    FOREIGN KEY (seq) REFERENCES records (seq)
) WITHOUT ROWID;
INSERT INTO "personal" VALUES(2,'resident','resident-dora',X'D3945526A648B0F0121A4972C5C2063F177E7C6F50E85740C9340F3E5C45946B',1795521600000000);
INSERT INTO "personal" VALUES(3,'units','{"resident-ada":"3b","resident-ben":"","resident-cleo":"4a","resident-dora":"5c"}',X'65D771D315648BB99A930E3ACC7E9ADD10A182B6EBC047CE1EAA6C68F111EC96',1795521600000000);
INSERT INTO "personal" VALUES(6,'resident','resident-ada',X'D80866C4EF56FA8362B6A13AA52BD41DAE9216D09AF4E8BA20211537D448913E',1795521600000000);
INSERT INTO "personal" VALUES(6,'unit','3b',X'4629B4849D6BE73AEA71C6F66027DDB813127FAF5E77738853757C283F57AD9D',1795521600000000);
INSERT INTO "personal" VALUES(7,'resident','resident-ben',X'0AFD5FC3E51A55E2886069AE0FA6E5F280207B073A8FF3BAE787D7EE3B01EC8C',1795521600000000);
INSERT INTO "personal" VALUES(7,'unit','3b',X'5ECFAFD2D7D697D52D217666D47FD6C848614EEA24362204381918FD7AFACF82',1795521600000000);
INSERT INTO "personal" VALUES(8,'resident','resident-cleo',X'56A78689A394E606404FFC67D8BE938199625ED3713052840B8270ED51DA7A72',1795521600000000);
INSERT INTO "personal" VALUES(8,'unit','4a',X'B9793B72C6D093ED6EE9C2D3C5BEB3DDC71C79BDAB9A4BE291C07CFA4CD8E1B7',1795521600000000);
INSERT INTO "personal" VALUES(9,'resident','resident-dora',X'629B5C0BC5316DB8BB450C01C56FE489E3F0F072F26A2338077EEDF1C5B13652',1795521600000000);
INSERT INTO "personal" VALUES(9,'unit','5c',X'FC10DABB8A22D8E01300EF7F7264F7F7564FA82F095095E5CC1FBCE9D746063C',1795521600000000);
INSERT INTO "personal" VALUES(10,'consent','given',X'870D799B14AFA0A8321F093897C964A0AE6C2D33AF7973447CC978FEBE28E542',1795521600000000);
INSERT INTO "personal" VALUES(10,'decided_by','75d0ae29aeac44e1b1fe47c087814c63',X'9E89E75CFAC917CB00369B342B97610AB821AA013620798DFF0774844281F1EF',1795521600000000);
INSERT INTO "personal" VALUES(10,'resident','resident-ada',X'540B75F36EB30668953932D05581D7F0CB0C2202FD4F258A66C578ED41C62AC7',1795521600000000);
INSERT INTO "personal" VALUES(10,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'08BEE10D80340736F283F597DBEDD9B5BBB6D38525D9F435563D7CBE909FBC46',1795521600000000);
INSERT INTO "personal" VALUES(10,'unit','3b',X'552AC9EF1BB6481589549BF1BDCE67B25ECC378FECFE8662E196EA77649F14CA',1795521600000000);
INSERT INTO "personal" VALUES(11,'decided_by','75d0ae29aeac44e1b1fe47c087814c63',X'93B8F8ED80F80F13DD663B3E366928B0B62A6975B7E23C2E7CE357AE1527A86E',1795521600000000);
INSERT INTO "personal" VALUES(11,'resident','resident-ben',X'AE5E3DBE086BC781412FD8B76D00B6F5D5BC2856100F153B7E8FC01CCFE9BBB1',1795521600000000);
INSERT INTO "personal" VALUES(11,'unit','3b',X'B7128BD9BBD1EE0EFE8991D8D79D964752A51579F693DFCE1CCD180E14A1AA80',1795521600000000);
INSERT INTO "personal" VALUES(12,'units','{"resident-ada":"3b","resident-ben":"3b","resident-cleo":"4a","resident-dora":"5c"}',X'74871086016CC946B6D030E7B6D184BDC4FB7F7B8D85EE260AA7AC57FC5019DA',1795521600000000);
INSERT INTO "personal" VALUES(13,'consent','given',X'273391E8A6D5606C8CD0DB1CBB779BCA7F56CFA30D5CC5C9834A406446A00142',1795521600000000);
INSERT INTO "personal" VALUES(13,'decided_by','64ff1dae1e56439b8a7ce92d0ff8415b',X'48F4FA692F50A1C72A21A1B9BF6176D5B46166B66CA76926CE336AD0B95809E8',1795521600000000);
INSERT INTO "personal" VALUES(13,'resident','resident-ben',X'1EBC179A554049D4E311A6687969A1A1A0BFE3AAD2B92B9A702AEECE852C86B3',1795521600000000);
INSERT INTO "personal" VALUES(13,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'6B12EEB8817042F3FEB7FED3305B246F21BA7D4F36F19F7F39E3D483788ABABF',1795521600000000);
INSERT INTO "personal" VALUES(13,'unit','3b',X'C9BE9B99624AC12FAEC8749FED3FC42269D59F6DAFA61C8F0DD4302A92DAA137',1795521600000000);
INSERT INTO "personal" VALUES(14,'consent','given',X'D13AB46D51FD4C16AEACE0A589719D155242EDF7DA77C6FB76E62493D57C46F0',1795521600000000);
INSERT INTO "personal" VALUES(14,'decided_by','ffb3070d8f834600abccb850e549ff20',X'A18E7B50CFA55AF2ED89297D09118F3082171A743740949BB5005F14992F6880',1795521600000000);
INSERT INTO "personal" VALUES(14,'resident','resident-cleo',X'BA9AE24E62DB3888CF941BAB9C217B5F0378C2CF3B691EBE01DCFFC946EB2ED6',1795521600000000);
INSERT INTO "personal" VALUES(14,'rules','{"couriers":{},"default":"ask","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'4B31AEAE0C63E8F11B5B2B766244139B663092DD4E9620F7E9FBF249F4EDE46B',1795521600000000);
INSERT INTO "personal" VALUES(14,'unit','4a',X'92F9535E872D56D1BD6E7BE17B269AAFC6985E2672F73749F2775EC962A6A2CA',1795521600000000);
INSERT INTO "personal" VALUES(15,'consent','given',X'BFF75CACAC4702ABEEF6FDC6C6D17940CDA09D30A9110BA02C38D76BE6065CC1',1795521600000000);
INSERT INTO "personal" VALUES(15,'decided_by','link',X'6AE67E060C06B4BCA71E5FCAF5BB6E4A6C3719131BEBABC53C8B2335FE6C0BD9',1795521600000000);
INSERT INTO "personal" VALUES(15,'resident','resident-dora',X'EEA87F03FB0EA21A61E02ACEA5733B9F5B54454DA884155EDCCA29C9151C22B4',1795521600000000);
INSERT INTO "personal" VALUES(15,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{},"share_hours":false}',X'7272A8002F2968784949FC837D671BFAE9CA53163752BD7F8A53A1AC1B010A76',1795521600000000);
INSERT INTO "personal" VALUES(15,'unit','5c',X'5E866026E4B120E8D088277B5AFC12416F759F4CC29DE1A4FF18D9BF34C3E71D',1795521600000000);
INSERT INTO "personal" VALUES(16,'grant_id','asked',X'4DCEAA3171EDC91C59644C4A5630BB502D94DBCB2FC6DD1DC39161E02BC14157',1795521600000000);
INSERT INTO "personal" VALUES(16,'parcel_ref','P-1',X'864A27A2F507EBC4C499AC94B46036A688A709D2E539CCA7FDA6A8780709CDDB',1795521600000000);
INSERT INTO "personal" VALUES(16,'units','{"3b":"accepted","4a":"accepted"}',X'19CA2DFE8F1F66633E5C1E375E5213E558F239BA769D44A787E1FB8816091DCF',1795521600000000);
INSERT INTO "personal" VALUES(17,'grant_id','asked',X'19226BAB808702E4FF2E976675A6B5E2E5333D3AE1C2138F6AD92DF801830B01',1795521600000000);
INSERT INTO "personal" VALUES(17,'units','["3b","4a"]',X'D44534233DD8F2A83C4CC91903324A00812C573D172A03154883987C75B43F09',1795521600000000);
INSERT INTO "personal" VALUES(18,'decided_by','75d0ae29aeac44e1b1fe47c087814c63',X'8877E57E90123DAF8C9DB5301817E5C0236EAC73495EB7ECA16CA17649DD9ADB',1795521600000000);
INSERT INTO "personal" VALUES(18,'grant_id','asked',X'B24DD775671A812BEAAE9B77407D1C0A7C1B8C6078BB2BE8A637CF0B2CF7E01A',1795521600000000);
INSERT INTO "personal" VALUES(18,'unit','3b',X'B1AB4FD38E2ECEBF78BB98A0F1AE63DDFCBD6683CD63D4BCD1E851B0AE1AB839',1795521600000000);
INSERT INTO "personal" VALUES(19,'driver_ref','D-1',X'E2F41BC06376A016E1AA691C3B7DE8B756C118D0371F467072519F1251605DA2',1795521600000000);
INSERT INTO "personal" VALUES(19,'grant_id','asked',X'14B0EFBBFAC084B892B86BAA148D6825E99D03BC74B813E69B87F4F60A18949A',1795521600000000);
INSERT INTO "personal" VALUES(19,'parcel_ref','P-1',X'BF429152DDAA903A8C7DA50CAC5D42AA8804F7B58EFA5DB518F3B276994B4BD0',1795521600000000);
INSERT INTO "personal" VALUES(19,'unit_labels','{"3b":"3B"}',X'10771302AA214BBB4A4E2B097BE746484F2CAAD688393D8DC76A7AB5E9CC24D6',1795521600000000);
INSERT INTO "personal" VALUES(19,'units','["3b"]',X'D1D885DCA59FE4748646B3EBEC5A22E5299CCCA2B7144F54390AA439029A97C3',1795521600000000);
INSERT INTO "personal" VALUES(22,'decided_by','75d0ae29aeac44e1b1fe47c087814c63',X'F7D08B59E4D21BBF93682857277EC62F6D3CEE81FD5BD32140B345FF4CE56DE6',1795521630000000);
INSERT INTO "personal" VALUES(22,'grant_id','asked',X'66015BCCAA94A15A7B834BF26A905530477CA3B67C31AA6540C56ECB2C47F647',1795521630000000);
INSERT INTO "personal" VALUES(22,'unit','3b',X'F4E33264ABDBE0F5E3077E345983EC9E76C863EA3963642649C449788D6983AC',1795521630000000);
INSERT INTO "personal" VALUES(23,'decided_by','75d0ae29aeac44e1b1fe47c087814c63',X'18FE94F03E76D9C0C87D4095E247490C272CF52AED156FF62C680E8A0DF4A6CA',1795521630000000);
INSERT INTO "personal" VALUES(23,'unit','3b',X'B7FD94EAF73C52447FFED24A71651C231CA83ABA6E63571FDA79BC7BB6C57892',1795521630000000);
INSERT INTO "personal" VALUES(24,'decided_by','ffb3070d8f834600abccb850e549ff20',X'070F61A6E5D838A7B8CBC23C5A66841E00ABC150FF5B15BE5C94288EE8BDBC0F',1795521630000000);
INSERT INTO "personal" VALUES(24,'order','order-1',X'3600F1DDE38102ECD74F8B6BE6999D7F3E6E04E4F265DE82B5841D9A5E7BBD3A',1795521630000000);
INSERT INTO "personal" VALUES(24,'resident','resident-cleo',X'63ADA9B51842CFD2B053414E2EBA0750D18F17A5D4A6FAFA0463C6A1EE537A94',1795521630000000);
INSERT INTO "personal" VALUES(24,'terms','{"account":null,"courier_id":"courier-parcel-post","door_id":"door-lobby","is_paused":false,"most_per_day":3,"sources":["9530b13d50242a826ff003f874b55d7f"]}',X'D56DC4AB403823A525D75E2A8FA87578D182EB4D9C6EEBF70424C922195D1DAD',1795521630000000);
INSERT INTO "personal" VALUES(24,'unit','4a',X'003C9AC3F3C6B2B601E87C3E89C5E52A2E324480EF2BE0CA748F876B74E84A70',1795521630000000);
INSERT INTO "personal" VALUES(25,'grant_id','house-56e195147f3c',X'6F931B9C8722F27843F4930886AF726AF67BCAB76C1DE34CE61A79D8D5F68CCB',1795521630000000);
INSERT INTO "personal" VALUES(25,'order','order-1',X'198BDC85D1D8AFC07449D7D0D09F6FE757C2BE4C364D0346B988ECF9CA6B900C',1795521630000000);
INSERT INTO "personal" VALUES(25,'parcel_ref','P-3',X'F92AD92A15A0DC93A23A2A36F74B56810E41BAD214E8D6DBAB40985217779DE6',1795521630000000);
INSERT INTO "personal" VALUES(25,'units','{"4a":"accepted"}',X'37E4038E5A992624B677AD0D104EFBBD60E5A0C0A9A2A6856240385EB366B90F',1795521630000000);
INSERT INTO "personal" VALUES(26,'grant_id','house-73bf574f5a8b',X'B035D58D3A68F102CBE2CC50DE0DEC19BFEDD99E8E576F8809EE42610360DAC5',1795521630000000);
INSERT INTO "personal" VALUES(26,'order','order-1',X'18B12163122F4F1577B2C5E2A9CD0EB70C2FFAB0F136E8648B5308D5DFCF8DCD',1795521630000000);
INSERT INTO "personal" VALUES(26,'parcel_ref','P-4',X'EE028774EDEA8604910F263FDE642616944E2A646BDA718D902B6C1127643B0B',1795521630000000);
INSERT INTO "personal" VALUES(26,'units','{"4a":"accepted"}',X'560312AD49D930A6D221CB1FA2CCDC422F2EEF42746FE51F2DB3C469D9A9C132',1795521630000000);
INSERT INTO "personal" VALUES(27,'grant_id','house-73bf574f5a8b',X'A6D2F970E8EF2687D365E63957C6EB2C0BCFAA60629A2294A0168A26C68C32B6',1795521630000000);
INSERT INTO "personal" VALUES(28,'grant_id','vetoed',X'F0DAC9E6B062E2506CE723B7F6732DD144732E057C446371690ADDED547D3D7E',1795521630000000);
INSERT INTO "personal" VALUES(28,'units','{"3b":"accepted","4a":"accepted"}',X'01885901C8FB4922EC2ACEF286F3A7EA4515F9A1E5D2DE5CF5169E065F40BFB7',1795521630000000);
INSERT INTO "personal" VALUES(29,'decided_by','link',X'C2462C71C929629CDA386253AE999191895D54F83A16D0E9B8B6FEFFF812A4F9',1795521630000000);
INSERT INTO "personal" VALUES(29,'grant_id','vetoed',X'CA2D208726FB34E1EFF3A6CAE1F66B9A7831E0F2B339634EF9583EAD755FB2B4',1795521630000000);
INSERT INTO "personal" VALUES(29,'unit','4a',X'AD987D3A5B479F5ECECDAF04DAD547665EF80EA62F80ADFDAC5E46756A02922A',1795521630000000);
INSERT INTO "personal" VALUES(30,'grant_id','revoked',X'AC23A6EC5EFA7066937BD966BF7B36AB0ABFB8A38D147AEF42F66DCD8FD47B00',1795521630000000);
INSERT INTO "personal" VALUES(30,'units','{"3b":"accepted"}',X'FFB92DA5DE750E4461E24923FB596691F0B1FD8B9C14FA2E3697F5798AF143EE',1795521630000000);
INSERT INTO "personal" VALUES(31,'grant_id','revoked',X'D705E43469859E714EF7077FB783FE677034AA674FC14EB84E116C5B7DE7D993',1795521630000000);
INSERT INTO "personal" VALUES(32,'consent','given',X'A5502003D425E4BB3EC9D3C0049B36132B503F7312274BCCDB0CF627D8D37778',1795521630000000);
INSERT INTO "personal" VALUES(32,'decided_by','ffb3070d8f834600abccb850e549ff20',X'986A430BBAABBE4E5E6308AFA3A4705500BBA3C1C549AE85DC68568E44A24B93',1795521630000000);
INSERT INTO "personal" VALUES(32,'resident','resident-cleo',X'ED221D0546993CCAF5D3657CADC58312457F742ADB296263A5D191BC315B4035',1795521630000000);
INSERT INTO "personal" VALUES(32,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":1140,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'111B14B45E67EC411B997E30091F0C6E6451BBE4A3D251834F84694BB19F3012',1795521630000000);
INSERT INTO "personal" VALUES(32,'unit','4a',X'1A3CE4214D6BB51BE59CC85D1FE65ABCD79AB9ADD1BF696A1B959E69D21FD3C6',1795521630000000);
INSERT INTO "personal" VALUES(33,'grant_id','open',X'F7AED5B4FC15C7132938111D6AA97D6DFF9C2FBB8EDC494136EAB4155BAE419F',1795521630000000);
INSERT INTO "personal" VALUES(33,'parcel_ref','P-2',X'57D2FE2F84344C86E9BCA3A8BA34249CD76D5E8506FFC3A39E5889784818E576',1795521630000000);
INSERT INTO "personal" VALUES(33,'units','{"4a":"accepted"}',X'D7B72FBDC775C342C8E28024C27EE55A11385410D9D7FEA6530EB4DAF9E49195',1795521630000000);
INSERT INTO "personal" VALUES(34,'driver_ref','D-2',X'1B8764472BF3937F4F43BC50E55C16104E8CA421951BC23F96878D977C3728FB',1795521630000000);
INSERT INTO "personal" VALUES(34,'grant_id','open',X'11572CB668939AB270B9C4562D8C3752E27EB85C5841FE74A23D307C7892B22D',1795521630000000);
INSERT INTO "personal" VALUES(34,'parcel_ref','P-2',X'AC2F042AA5EFFD0DA32AA410F7A42D9E954F9F7C040FBEE35F1D6C88F9FFE41D',1795521630000000);
INSERT INTO "personal" VALUES(34,'unit_labels','{"4a":"4A"}',X'E5D188922EEBCE533A2DA926A14AAF2A58F662300AC6CD91411CD60F175A7F5D',1795521630000000);
INSERT INTO "personal" VALUES(34,'units','["4a"]',X'B4807264EB1E153FBC4F46B371EA35D90B0D167438105C42A3A2A0B7C8E39BBB',1795521630000000);
INSERT INTO "personal" VALUES(37,'grant_id','made-up',X'3A05A4B9D12FA4C926B85C993AB964E79A5497B7746D4B51F584A9CDEB22B807',1795521690000000);
INSERT INTO "personal" VALUES(37,'unit_labels','{}',X'330A4E357FF9300F7B88D1B84CA3BC971ECF5A2299433F6989129ECBABB48D61',1795521690000000);
INSERT INTO "personal" VALUES(37,'units','[]',X'A92945E5858EC9287054E50DAEF90ED87F1F51359F8053541337C3850EF7E298',1795521690000000);
INSERT INTO "personal" VALUES(38,'decided_by','link',X'1CB24981091B6F06661BE1436C1CAD943CD13CCAA9F9FDEEE9C50B317A25BE09',1795521690000000);
INSERT INTO "personal" VALUES(39,'grant_id','open',X'90450E82953B1EBABCBEB4CC0B8AFD0E3DC026D8C5D73D120F5B09AECADBAAE3',1795521690000000);
INSERT INTO "personal" VALUES(39,'parcel_ref','P-2',X'9F6A6894E48C35821F9F90AC0B3C954DA843066B8CED307E42C03C775E2D24C5',1795521690000000);
INSERT INTO "personal" VALUES(39,'unit_labels','{"4a":"4A"}',X'D4C7A254B650B04D5E9A40DC0404BDB8A02CD3AA1CE200FF48E5761130C2A349',1795521690000000);
INSERT INTO "personal" VALUES(39,'units','["4a"]',X'814DFD3C5DA66B77CDD203AE9F8390A0AE6B32E2421BA2694B951C5571D627EF',1795521690000000);
INSERT INTO "personal" VALUES(40,'decided_by','link',X'9E891B5A2FEFB02F731F89E5B5FE8DEC52A8F090B7527B7CB4B8E3091E94D350',1795521690000000);
INSERT INTO "personal" VALUES(41,'decided_by','link',X'0C934011FC3070410D53BEF9FDA39BF70D2CAB1A2CDF5EB6567673EE7998024C',1795521690000000);
INSERT INTO "personal" VALUES(41,'unit','5c',X'7C89B694971D317168515B65FB49A59C3CCF07240B52BFD840CEC80F012F26E7',1795521690000000);
INSERT INTO "personal" VALUES(42,'decided_by','link',X'C611C085A6625EBD62FB5604E47685BFDB5DE35E14771B196C6F61E82B45A621',1795521690000000);
INSERT INTO "personal" VALUES(42,'resident','resident-dora',X'70D47DA8CEF8ED9CE71A43A7467421F42597BD5AAF4AA5D1B8A3BD8A7232460C',1795521690000000);
INSERT INTO "personal" VALUES(43,'consent','withdrawn',X'FA862BB2E504CAF82B4AF097C9A92A0C26D0A1DD5F54ED2ED1912A6400337015',1795521690000000);
INSERT INTO "personal" VALUES(43,'decided_by','64ff1dae1e56439b8a7ce92d0ff8415b',X'3B48D892C96FBB23C8264124D1B8B73CC2284CA696877D35D47EBCFCB1D2C629',1795521690000000);
INSERT INTO "personal" VALUES(43,'resident','resident-ben',X'96EC2C0D76712053BFC864290CAA0E7897567280537D185BE9ACDAD44521855F',1795521690000000);
INSERT INTO "personal" VALUES(43,'rules','{"couriers":{},"default":"allow","default_proof":"pass","digest_at":null,"exceptions":[],"never_while":[],"only_while":[],"proofs":{},"schedule":{"friday":[{"from":"00:00:00","to":"24:00:00"}],"monday":[{"from":"00:00:00","to":"24:00:00"}],"saturday":[{"from":"00:00:00","to":"24:00:00"}],"sunday":[{"from":"00:00:00","to":"24:00:00"}],"thursday":[{"from":"00:00:00","to":"24:00:00"}],"tuesday":[{"from":"00:00:00","to":"24:00:00"}],"wednesday":[{"from":"00:00:00","to":"24:00:00"}]},"share_hours":false}',X'F472154B8AB800AFDEABDE919DA23CD9BF3B639D6E5A08953F5F92D789F6F766',1795521690000000);
INSERT INTO "personal" VALUES(43,'unit','3b',X'4EA864795A4B801431DB983EAC622CD572E1D2D7598B3F72B6B849159321D5F6',1795521690000000);
INSERT INTO "personal" VALUES(44,'grant_id','changed',X'2D94F220075C66D7A9FD4A374C92F9EE2EFC6952C9DAEDE76A028058BB469EB9',1795521690000000);
INSERT INTO "personal" VALUES(44,'units','{"4a":"accepted"}',X'69E2C15366D3CB32C51E00FB8B2DEA0DA74730417E51087F9A5B3E60500F16F5',1795521690000000);
INSERT INTO "personal" VALUES(45,'grant_id','changed',X'4D169216B3C84636C01587FB450FB8F4FCFF41FBF07553548D344A33D51184E6',1795521690000000);
INSERT INTO "personal" VALUES(45,'units','{"4a":"accepted"}',X'08D177374671EA71F9618807F33AFDFEE61F30CF4CB113D17775526F5A47C200',1795521690000000);
INSERT INTO "personal" VALUES(47,'grant_id','open',X'6464904A98620B443FF67E12B4078B58E85941617639B005CEA8AE64577B31F1',1795521870000000);
INSERT INTO "personal" VALUES(47,'parcel_ref','P-2',X'4BDAD4D631EB16600A4FE01381A828F210BCB64B1D2E5823BA6E122251FE1437',1795521870000000);
INSERT INTO "personal" VALUES(47,'unit_labels','{"4a":"4A"}',X'9C84832AE873789AB8C0989D1F5E9E4E824B291EB039DBC20E19BD89B8782EB2',1795521870000000);
INSERT INTO "personal" VALUES(47,'units','["4a"]',X'5E6D754DE7B4C973D3DB103384EBE4CE1E4E936FA7A83E35BE401F239E7F5407',1795521870000000);
CREATE TABLE records (
    seq INTEGER NOT NULL,
    at BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    body TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (seq)
);
INSERT INTO "records" VALUES(1,1795521600000000,'zone.recorded','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"8afd0c62aba0b579c7256e6917929479b0b3871bce2c613f7cfd8da8c4e06952","kind":"zone.recorded","personal":{},"seq":1,"zone":"US/Pacific"}',X'58B142384EFD0197AFE78F4718542D010161CE666DF0D8D6FA8580E4DDD7E8D4');
INSERT INTO "records" VALUES(2,1795521600000000,'link.renewed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"3dfaa46c6969396250b586701bce27a33cea8ded46d9ccfcc1c113065d369cb3","kind":"link.renewed","personal":{"resident":"a142d524b9668b68700aaa4160b959d818559a9f2f1113ac63612db2f5da37b6"},"seq":2}',X'89C77CF120D1B0C7A22BACC20FAC6600D876AD0234D24C6E8AA58AE4B3264C75');
INSERT INTO "records" VALUES(3,1795521600000000,'residents.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"3dfaa46c6969396250b586701bce27a33cea8ded46d9ccfcc1c113065d369cb3","kind":"residents.changed","personal":{"units":"c6fd4f178646597032203e88d7b1e75f1c7d67c8cb1986241af2e00301f04fb2"},"residents":["resident-ada","resident-ben","resident-cleo","resident-dora"],"revision":1,"seq":3}',X'C890633C1469D8796BCBD6909898AAFF4E3D79EAF09CDAC1588C7775EAE37924');
INSERT INTO "records" VALUES(4,1795521600000000,'courier.admitted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"b82ea8fb0493812b3b567f01705cb642acba8199b83ed8d77edbf6d4eff987cc","courier":"courier-parcel-post","courier_name":"Parcel Post","kind":"courier.admitted","personal":{},"seq":4}',X'1233DC8A44E59FBA58E885AF05364AF7B8C2B254A9CB75D35768F9C3521E79E0');
INSERT INTO "records" VALUES(5,1795521600000000,'configuration.recorded','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"f9037da2e18469e88bf83cd922d7061c0fe943b9f3fb963c01d726e377dfcf24","configuration":"{\"doors\":{\"door-garage\":{\"name\":\"Garage\",\"opener\":{\"entity\":null,\"device\":null,\"domain\":null}},\"door-lobby\":{\"name\":\"Lobby\",\"opener\":{\"entity\":null,\"device\":null,\"domain\":null}}},\"sources\":{}}","kind":"configuration.recorded","personal":{},"seq":5}',X'F0B6AE0CF0043558EFADE8671D7BB2674F6F539AA52295A12EAD2182EAC3BA31');
INSERT INTO "records" VALUES(6,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"f9037da2e18469e88bf83cd922d7061c0fe943b9f3fb963c01d726e377dfcf24","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"b8242c5957bbfeccf2dd35e998cb2a00b814beb05a057e372a504a0d358f121a","unit":"cab8bb1021e8f2925b1d5c080f0f4fe637f9a7ff8f5dc12cccd2f25f466c1a1e"},"seq":6}',X'C2E7DE6E0EB3514ED0A1F2148DD69BCF6B407CDE1BE25CD9F0F6B7B14066AEB2');
INSERT INTO "records" VALUES(7,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"f9037da2e18469e88bf83cd922d7061c0fe943b9f3fb963c01d726e377dfcf24","changed":false,"is_confirmed":false,"kind":"resident.enrolled","personal":{"resident":"e43467ffd2fa6eb46e05134947cf317a7f2159dc7af89e1f3e9799c4816db999","unit":"8b4657c57eaf47e34d587d8356d25cebc20767122c8e2d278998a9e0b5145971"},"seq":7}',X'84BF20E5E7F95EA262C299BCACBEE75288E71C5262876B290E2CB7641F43D925');
INSERT INTO "records" VALUES(8,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"f9037da2e18469e88bf83cd922d7061c0fe943b9f3fb963c01d726e377dfcf24","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"7981eb1110d9c547e3a774d7c0cc8e1e8b11dd14eb950cc1d415fed09ccf75a9","unit":"c0a3107cb22f9bf4b24bfe92f3dc1119d36ac2780b737cbeb2e43f62c0eaf62c"},"seq":8}',X'0B23CC7DC3A8BFA76C603119C1DF50D586390F75A1861C5D2F8175AF0C017059');
INSERT INTO "records" VALUES(9,1795521600000000,'resident.enrolled','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"f9037da2e18469e88bf83cd922d7061c0fe943b9f3fb963c01d726e377dfcf24","changed":false,"is_confirmed":true,"kind":"resident.enrolled","personal":{"resident":"c41c6a5beda6fd0d77989433dd89f6033bc9c924c90a9d8f08ec41caaf2f2810","unit":"9ec995d4f67dfd6d9a4527583d0d99bc7873afc02c5f4e81569852efae1080e9"},"seq":9}',X'FDA81CE2336F40A1209B1C70B0BA2BDF9474EA6502CCE1C8CFE402AC240ED552');
INSERT INTO "records" VALUES(10,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"4c3e03c78c0f189f6a204e3fe030d913b6740341a3d33b06ddb5a4ba80f069ae","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"c59148e24435fdbb3e82a06d5d533faf72042910b5fd2638f46f890fad2d24b0","decided_by":"02fd035f9d026c841d2fa3e0e981dc458d72ea8136517a9b69dad7a6d6606ae6","resident":"143e8973a085b6fc09c5c96a3a96fb452de950f9244f3b71b11550bef4e2b810","rules":"bba3068dec7e73ad34f53549fa3cad811f16fa5c2e4483c9391b7788d271263f","unit":"568e7b0e9e6a1a5b0270bb9a717fb261cd2bb1d0e929bc42fe40e41870937e1d"},"policy":3,"revision":1,"seq":10}',X'64D7C07E8E6CD6820FCB2D94A09917E6EE2AEF08C1FCFC3DFD3B62EF0E258265');
INSERT INTO "records" VALUES(11,1795521600000000,'resident.confirmed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"eded94176dcfbb0f7107a1c028ed32db19c455aa879b6bcb45aa62520e977c45","kind":"resident.confirmed","personal":{"decided_by":"92a15b855261cb8abaf2da54a4b7eb8a0ec747b6fe4b0d9db7ec5cbe73c52fce","resident":"b27cbdc63390987a8328261b6608aaa0d37ffef685850777794bdb9f4e6e988c","unit":"84e2cd39650d19e51db50014dc93008a9ce2060d34dd03164dd2137bf468aa9d"},"seq":11}',X'F5C4060E3ED3D060CC8A1461059854AC804918A625D5D88172E41415508DF79B');
INSERT INTO "records" VALUES(12,1795521600000000,'residents.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"eded94176dcfbb0f7107a1c028ed32db19c455aa879b6bcb45aa62520e977c45","kind":"residents.changed","personal":{"units":"4ca624a705fcdb6622fe05a879fded8e2be56dea80e4246538666a4c5cbf632e"},"residents":["resident-ada","resident-ben","resident-cleo","resident-dora"],"revision":2,"seq":12}',X'A452F660E04F33912726C92BEC9029FD9DA5437D8DEDB4E2AD92982246A84192');
INSERT INTO "records" VALUES(13,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"87f2253c448a89a2e604d7e98a7a007269faee58d097fa73f5d69aeb3c9dfcbb","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"4dbbd0c379fbd0e90b4a08a78c03413e15682f2181b0389beae33c4ce84cab61","decided_by":"c49803f5b96708cab6d055a5656dcec40dbc5ae43d9ac34512d1e90214652a74","resident":"72ea91e6da17327b9866d923245500792f29c17097e7448e766339d5b4d38e10","rules":"10fde419a1b648bca0d104f828c1d6a7aabe384bc5363a52d1a128fa5ba3c0c6","unit":"34ccd80d8a6e4aedddea3143e196f70b1369d76898b8acba9fde30219f55cf15"},"policy":3,"revision":1,"seq":13}',X'4892932274FD535363C462B69CF4954CF8B9845EE3DEE93814346F65B3D458F8');
INSERT INTO "records" VALUES(14,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"c6afd2d69d7afa7ad7f3b6417863ab62739fc02de740f5fc791faceb4b0184a0","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"5990bb92cf9afee8204a6781d329bbd5f0a865b242f24612ed1c537eb623dbcf","decided_by":"11ad027c652efa20a4659f043fa532b826acc877d381b622c59758274bd58ac5","resident":"f9fee580b0e996f17c3a11ab21d3328f8ee40a331a4d9bca096cb67b656ef2c7","rules":"aa4abbe5ff5bcff027aa39912e3e3600fc68dc72c05e669f37186d41a6bf7b88","unit":"79321489d59b2142e8cca66c2c404f050e823b394ca02fb3d428077e8b905b0e"},"policy":3,"revision":1,"seq":14}',X'11E582AE8A959B3372272C275057DD9E28EDC19EC56E9F356C5682D0CDB6793B');
INSERT INTO "records" VALUES(15,1795521600000000,'rules.changed','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"98dbd501106b7496dc9561080777f457de6829b4809acff68461aac893f3c6f1","decided_on":null,"earlier_revision":null,"kind":"rules.changed","on_paper":false,"personal":{"consent":"3d919ab9fa080c6ca86ecfab2189c6b66ef85d92904541aac329d07b256a101b","decided_by":"07b5d7e77acb0a23479c1d0acfd024999d5967a905b818bad7f56d697ef7b846","resident":"273a8f5d731ec1ae2d8c39814c5777f386a78c2eafc1dd2d41aa04e8fff39d36","rules":"7370830c150646f95a5db43722dfe7cb4d455594c4e768a853cd00f2db312791","unit":"a8d7a981ec08de3e6ed0ee8d666c2a6d8d9d17a7f93c2617cd1e84bfcfbe07bb"},"policy":3,"revision":1,"seq":15}',X'5E3C0B5FA9CBB89E67BDFB0630A9DAEA0C88230F08466BB608F72C02D4836C31');
INSERT INTO "records" VALUES(16,1795521600000000,'grant.accepted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"97d5ad639e8b856479fa967cd2a57700e44e2f1fe65942702b92dbaedc442ddf","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:00+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":5,"personal":{"grant_id":"4d98490e1109b255212e131b3242103f154dfd177f32dc8209984dc232efea42","parcel_ref":"2f814ffe35f6e611f1c0b681eb4a62102b160332f15b12a52a19d2e5c8b1e25e","units":"22c1c0aed20702f25e91259d29e55976624113d631601f49d9e34870d3a76892"},"reason":"ok","revision":1,"seq":16,"starts_at":"2026-11-24T11:59:00+00:00"}',X'D7445D16324C3CC268B482E94114C84DD9F1190C5F260EDE1C6E1CCCF9D55B4F');
INSERT INTO "records" VALUES(17,1795521600000000,'entry.asked','{"ask":1,"at":"2026-11-24T12:00:00.000000+00:00","bound":"97d5ad639e8b856479fa967cd2a57700e44e2f1fe65942702b92dbaedc442ddf","courier":"courier-parcel-post","door":"door-lobby","kind":"entry.asked","personal":{"grant_id":"0e39fbfb109d069a828ed25c24940781828e9b013f9c6bfe3bc3f4a17b79f679","units":"d8b7a2096ee757fd23643d72e063ab8da366a2d5ee14c3c54fcdfd826e0cc88c"},"seq":17}',X'871D05339A211BE9254E49B095BE09BF7FAE89A2D411A982A951A9049BEF7C2E');
INSERT INTO "records" VALUES(18,1795521600000000,'entry.answered','{"answer":"approved","ask":1,"at":"2026-11-24T12:00:00.000000+00:00","bound":"b19a3dfa2c58d43adf4f53b20094cf8e1d680bbf6c656f0659bf3808c4b08573","courier":"courier-parcel-post","kind":"entry.answered","personal":{"decided_by":"6f91f88ae6ffcc33a1a94efe54c869db9cd7cfc3c04b03ee69476d4b88bb5909","grant_id":"d19e1b03fc1413593d3c54ea64af0dceb6d5a8e2d8c9285167a3883021be2d80","unit":"7a364f89d244ec0784600f80d0d66fee5452d858994bbb248858869583a3a337"},"seq":18}',X'B86A37952F139BF6277F4AF8522DAC1ABDCE63A58B65832EB904ECB6B5A990CA');
INSERT INTO "records" VALUES(19,1795521600000000,'entry.admitted','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"a26f6c8f74f8d1ba436eec0e9e58b5ef7c57273216ab4f099cc68aefa38086fa","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PTPG0312SY91G9EGBDEVP","kind":"entry.admitted","personal":{"driver_ref":"3b1ebb4e928218c4396122f891a14f982d841100bd74f6edc1d38fadbbf84b2f","grant_id":"6affcf353a092a360a0120a38bac7e26f223c2ca395182d1e52b810a9c915239","parcel_ref":"16ab2b461d922539b0ed9eb8615c50edc43a41b3bd1f6e0dc8a838a368de33b3","unit_labels":"e3f350bab31021694798aa6f6d05d7f4c0170d59ca106bc4a2454884a7464782","units":"59fa27f5f87d84e6c45fdfb47d931f133280a4caebbfe2d34b44c6864ba66192"},"proof":"signed","reason":"ok","seq":19}',X'8C6BD37F1DAD2D3F778872FCF36802C2D1415062FD3209CD9D4610B5FB2E551C');
INSERT INTO "records" VALUES(20,1795521600000000,'entry.outcome','{"at":"2026-11-24T12:00:00.000000+00:00","bound":"a26f6c8f74f8d1ba436eec0e9e58b5ef7c57273216ab4f099cc68aefa38086fa","entry_id":"01M86PTPG0312SY91G9EGBDEVP","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":20,"unlocked_until":"2026-11-24T12:00:05+00:00","use_returned":false}',X'64BFA0841353AA6216669FD16D7826AB555EFE94435DA1E63936755C65025C2E');
INSERT INTO "records" VALUES(21,1795521630000000,'entry.completed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"a26f6c8f74f8d1ba436eec0e9e58b5ef7c57273216ab4f099cc68aefa38086fa","completed":"2026-11-24T12:00:30+00:00","entry_id":"01M86PTPG0312SY91G9EGBDEVP","kind":"entry.completed","personal":{},"relocked":"2026-11-24T12:00:30+00:00","seq":21}',X'0868E6E1D8D2894E89C38B2A8AFDD558B30B8766D64541DEEA44A783A5E1D60E');
INSERT INTO "records" VALUES(22,1795521630000000,'pass.made','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"c2689e0e5ec31ebfd94ceec0f01d69a8434ef139ff1df41e29d1147b5a813903","courier":"courier-parcel-post","kind":"pass.made","pass":"01M86PVKSGXSR23ZXBMQVCEA7N","personal":{"decided_by":"948add477520f70003442984883c60073f965c92670dce892be3058eeee1e82b","grant_id":"3c1faf1cfaee280fa6b6123a97eef45a5f95c23adb3045c5ca8acd23c1930114","unit":"85e9022fb51f4c0fb7c713574871223f0f4b815631f5aa206585d6b05bed16c2"},"seq":22}',X'827730DB828D494F4FC53EED99994AD8235F937771FD4F7081EAA4B84F0052FE');
INSERT INTO "records" VALUES(23,1795521630000000,'address_code.renewed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"6e860201b46588adba195b16330515a34098acf2109c2ef0bd75f1d5a8b341f4","kind":"address_code.renewed","personal":{"decided_by":"ac958003aa2dbf2aca8c31b7cc07b0ec324b2d159dbe04d40b455c6cebfc8e92","unit":"e85a00e86fbe41e9d5d5ff9d1b80b4c388d4ade6da073b4eeeb057fa0de6de8a"},"seq":23}',X'39F11D45DA6736C53AF3BE3367AFEBA1726ECD5EA4B286B8C3A356CA7799D956');
INSERT INTO "records" VALUES(24,1795521630000000,'order.given','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"e48c25e492bbd51cd8b32ba83d06626a18a91856d8611400b4a223ad00ebf529","kind":"order.given","personal":{"decided_by":"a21a67f31a384366946931aea889e3cc324ad67e064038b1fc05052160ac4dae","order":"430d7fb77a95fae419e66fb93a3c45a494ae60b5bd4c3f2bd8c611626dae2b6e","resident":"c82c1b78eeab2d680cfa90c3857eccb9e6d44f87de109400f60d530d40ee4b65","terms":"dad2818c79b4d33101c1f98f9dc369518ea6c7acd6c39af1a0709a21cf5e756c","unit":"26b9906186162d28c31325ff211a15675949f99aa290f708674a9ac05fa515d9"},"revision":1,"seq":24}',X'2A1C0CCCEC0ECF85F745F9059A0831EE39B2680DFAE2449CE1BD54770986C6FB');
INSERT INTO "records" VALUES(25,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"fef17a7f66b4dae7d4a9351cf48d4b165d009ded034041b9c6a3343eedf8bd67","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-25T08:00:00+00:00","issued_by":"order","kind":"grant.accepted","max_entries":1,"order_revision":1,"personal":{"grant_id":"a2f8c2ba8c759613fdf32a387f030ca5a6c35e097c623ec5db03e3c3a615a153","order":"ef5f73fd7e72d52e7c7ba4806ce44deee6f8738b899d317c9d09b18d0fa4a51c","parcel_ref":"d86837b072afd1b0556daf97ce69f31b68677704d6bb1affe784bc44eb4ffe06","units":"ebc2e99de6784dccda41def75665dfed98c7212dac7ea1abe53d631d792cd362"},"reason":"ok","revision":1,"seq":25,"starts_at":"2026-11-24T12:00:30+00:00"}',X'C1BDFF3E52DFD90E4061B0FA408D50702375B4AE3543B06C63187F21BF68A469');
INSERT INTO "records" VALUES(26,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"46c7a735aae61ca007ca2e3d0d9c9eaa2bb7678d31fbeb71769a784163a4156f","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-25T08:00:00+00:00","issued_by":"order","kind":"grant.accepted","max_entries":1,"order_revision":1,"personal":{"grant_id":"953dfb981c75dbbbf94709a49d85de22a515d21670d0280322b612978e1f71c0","order":"651be8834f32768a5d756e03c16b4b4d251bb7629d9bfaf21e1f38fe2db2ec5f","parcel_ref":"0b20750e5b83fc0229a588a65306e2ac24f538359943ad6f1995ef56cc6eba1b","units":"64f44ba5ba48ee3a1d51c4b31c4626436bf780aad684c1065512ec1fd0bd798f"},"reason":"ok","revision":1,"seq":26,"starts_at":"2026-11-24T12:00:30+00:00"}',X'93F0456362004F1C7BD1F8E71DEF09EA2CB3AB46961ED7E5554F49409771A770');
INSERT INTO "records" VALUES(27,1795521630000000,'grant.revoked','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"8150c996062509a2da473298ef044f35dc241422fe112f6182141de139dc88c0","by_courier":false,"courier":"courier-parcel-post","kind":"grant.revoked","personal":{"grant_id":"a4028c5b9ebeee50a821961bd9e5817337792731748fc88dc0437fe917e22bbf"},"seq":27}',X'D12528D7349887C3F018656B39A916A53B6BAC9370E5B5A00F43C1C03A6F51D9');
INSERT INTO "records" VALUES(28,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"e9dd868a5cbcdbab912199b4ab158fe61be8d2aaa5567db165f282a0a0d58522","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"9a792d69fb99344f03a25a7586d2fe7183e43cb364bcb4ba62ac6c1ed6b0912d","units":"12dabe12482961ceda3888ae41990facbb382b9d845ea7c01bb69fff0e80f5e6"},"reason":"ok","revision":1,"seq":28,"starts_at":"2026-11-24T11:59:30+00:00"}',X'FC4BEE935A9072E191555701D78F8B85A1D8CB1363263F8ECC4CB3239B732631');
INSERT INTO "records" VALUES(29,1795521630000000,'grant.vetoed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"cec9428766db0d884f2a2eab113d46aae6dc1d3ecb4151d7dcd84db2656d71c8","courier":"courier-parcel-post","kind":"grant.vetoed","personal":{"decided_by":"449bc6816de159250f4e52e428e6e818fd66e7a6ba52f21cc660ca2b854a0ef6","grant_id":"ccef1ad4852cf87ce0d954a89323e3b5903780bf6473a727253cffe03bdb43e2","unit":"e41bd35d3738f1900e28c012f62af051723dd28cf4bf07f552fb1d6b7f3deebb"},"revision":1,"seq":29}',X'2C6BD9B3B2D12725469F97DB44413F45C1199768A99C3B4BD3CA51B0DE2CDF8C');
INSERT INTO "records" VALUES(30,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"fd655cdf59c98274920e733ad4a7e4661cfae7de925737c244e75d17a519f437","courier":"courier-parcel-post","door":"door-garage","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"a314f9981bcfed2b389a40e8b246c22878ba593b08eadd4af275248dcff4d3d2","units":"792feb8f4b0e01bcdfb68539a565e29c8ed697cd8ba5a229aa180e2d94e9c920"},"reason":"ok","revision":1,"seq":30,"starts_at":"2026-11-24T11:59:30+00:00"}',X'C4E628A4AB13CC59F6AE8230F8AB9239CDEFF647BA40003B76CB309F7C6719F3');
INSERT INTO "records" VALUES(31,1795521630000000,'grant.revoked','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"da9f89b7d35ff1cbe26a4d27035354a719c45bbe602ef221da038a0ab8e6d5d3","by_courier":true,"courier":"courier-parcel-post","kind":"grant.revoked","personal":{"grant_id":"0dbc21b066e222467cd8f537b720d0abfe169e63f748a1a7720b626ccb94b96e"},"seq":31}',X'C4EDB53D178C27250E384C2619309253A58C1FD8E417CCC6E47D4EB23B04FC8F');
INSERT INTO "records" VALUES(32,1795521630000000,'rules.changed','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"dc234dcfd460f1cf846d0d7d4419d3ede8953195c2478bc24a2ecef11c4e60ac","decided_on":null,"earlier_revision":1,"kind":"rules.changed","on_paper":false,"personal":{"consent":"d67378b9aa93fa766af2d8c93c210d60db0a76a305489a930d974cf89f445cb7","decided_by":"a20dbc3601e8c284392a438abdb3a9b5ba36c537251e5a0f0cd7f062e4b7900c","resident":"14d7ee32c2779d70341f80a46cab7ddce5923b503afca0dc2827570e188ec208","rules":"7826b5e8e698ea45d1862e9da493beb0e04a70e4273d54da6b653a2135d3e72e","unit":"9635df8f115dc12ac70e521565a5ae269489828af62cb07c8c3d8206dac3f306"},"policy":3,"revision":2,"seq":32}',X'C95B0DF67941B41C7948A5D9713D34D4A1263945CB51E6579452E4845E9F88A6');
INSERT INTO "records" VALUES(33,1795521630000000,'grant.accepted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"dda17fbd17ac98899a1ddadac31f3241ff4689b756175793b90a676808e5cf50","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:00:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":3,"personal":{"grant_id":"8ae8a1d4da81b717bc5a63a7644d7b29d0492475c61a5de4c036954b91943ba2","parcel_ref":"9220f097e6fe62d595270afad266accf4832248e9545895acd5b3d067fcdb92f","units":"c08c795c90d2530b0c969ec7603a8364b2ea4d9f17691adddb4b4686feb7e998"},"reason":"ok","revision":1,"seq":33,"starts_at":"2026-11-24T11:59:30+00:00"}',X'71B691B33667FC62286B9C33C59DE03554EEEA97677BE5C60C70DEEB99B4B93D');
INSERT INTO "records" VALUES(34,1795521630000000,'entry.admitted','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"4825031076b6b8bc139493989971b51313bf3cbaf86589e2b7ea0ceceba2ccf5","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PVKSGXH901ZNZP69Y3RCD","kind":"entry.admitted","personal":{"driver_ref":"587faac31d39a240a97846b9d0694c34f69bd9e9184b50bf27674b2e8fcf283b","grant_id":"e77069b8243907735176a9e99581603ec257d5ea7231a3107ffa2cbdc12cd12f","parcel_ref":"864fcb66e704d85bab9fa68328a9c34e13e5898e92504ea89df32d8e524ed6e6","unit_labels":"f9febbebf32b4ce0c83c5f263eb1d8439e6296467432ac1a8edfe1c280ef4482","units":"8233bb4f3e633916260f9fd6f225f72b4bbec6bc4fc26a55477c761d1575d07f"},"proof":"signed","reason":"ok","seq":34}',X'14585C0D07817B6406E75AAC6378F7AF54A300415E359F6B7BD2AF30CBCCD3E9');
INSERT INTO "records" VALUES(35,1795521630000000,'entry.outcome','{"at":"2026-11-24T12:00:30.000000+00:00","bound":"4825031076b6b8bc139493989971b51313bf3cbaf86589e2b7ea0ceceba2ccf5","entry_id":"01M86PVKSGXH901ZNZP69Y3RCD","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":35,"unlocked_until":"2026-11-24T12:00:35+00:00","use_returned":false}',X'774F40D93ABEE0CDDA507A997E72FD1D840D6699BE41282B4DB7C5E32AD9C8B3');
INSERT INTO "records" VALUES(36,1795521690000000,'entry.completed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"4825031076b6b8bc139493989971b51313bf3cbaf86589e2b7ea0ceceba2ccf5","completed":"2026-11-24T12:01:30+00:00","entry_id":"01M86PVKSGXH901ZNZP69Y3RCD","kind":"entry.completed","personal":{},"relocked":"2026-11-24T12:01:30+00:00","seq":36}',X'C43D7033854EF391963E787339A30F9A4DDE26300A2D0C24CDAF84907CE0840E');
INSERT INTO "records" VALUES(37,1795521690000000,'entry.refused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"4825031076b6b8bc139493989971b51313bf3cbaf86589e2b7ea0ceceba2ccf5","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"refused","door":"","door_name":"","entry_id":"01M86PXECG6S74X5N35RCDPJYM","kind":"entry.refused","personal":{"grant_id":"c4296eac084865f16c6fd4aeaaf6c071f455b28588db07d4ffadb7e2ba6b16cc","unit_labels":"5a772e71515e9a44cd88351024a16a7b226cda807f0cf6a35a9a2596832e5ad7","units":"5e994456125ddb31bc8b6ef7938f24920136430d97f6f3285ad35ba7e762ee0c"},"proof":"signed","reason":"unknown_grant","seq":37}',X'FC18747C8731AE5EEF840A0A8AC4FCEDF2D6882DD272B8187BB7B634E74C24D5');
INSERT INTO "records" VALUES(38,1795521690000000,'access.paused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"01557c1c51264513b2ac8f816fe7c39726aa17f603a4103fd97175b393f892d8","building":true,"kind":"access.paused","pause":38,"personal":{"decided_by":"e951c2bc187dc44b95ced003ebfa4a27b0148532abaf6043c0a31c510f00ca38"},"seq":38,"until":"2026-11-25T12:01:30+00:00"}',X'268D999ED1FCA7E2087F04893E9E3BA310E04338BFFC86434670F186030576AA');
INSERT INTO "records" VALUES(39,1795521690000000,'entry.refused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"01557c1c51264513b2ac8f816fe7c39726aa17f603a4103fd97175b393f892d8","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"refused","door":"door-lobby","door_name":"Lobby","entry_id":"01M86PXECGRAFZQK6SCRCVK07V","kind":"entry.refused","personal":{"grant_id":"8730cfd985f07df5a5646c5e3de57f1cf6dd343da32dc410ed20d4b445da2152","parcel_ref":"0ef4256373c5b927933f4d535c05b7e178a43ef591733965e30f54dd6d644c19","unit_labels":"fd0c09c32e9f1a844f4c3d19c2a0a9b90b243c38ef21d653b6a4a81089cd1d18","units":"eb2f2abdefd328ec0437e13be95a372a01f875ebc1e8e3a19a962081c54ff4a4"},"proof":"signed","reason":"paused","seq":39}',X'B4338DF28B56DEBF3ABA796E8780A8DE5362648AA974C759D0D1B9F22FB6A4AE');
INSERT INTO "records" VALUES(40,1795521690000000,'access.resumed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"fd19226737cd58065dfbb49e792231384ee7c92f797cf7d64ae3557a18b5ad90","kind":"access.resumed","pause":38,"personal":{"decided_by":"55a129b8d3fc1215a683e6029061c97431763dbe022d2935d99be1280747c3ad"},"seq":40}',X'619405763300C0295FA8C936F1B6A4057C572A2D8581E678ACEC37F0BDF03834');
INSERT INTO "records" VALUES(41,1795521690000000,'access.paused','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"b8037ea3985b62d4139cbfeb8bb3ee4c893b653235a642938cc57d362684fd08","building":false,"kind":"access.paused","pause":41,"personal":{"decided_by":"f0be1052ce45151d2f5c212cc50dee990815aef19973c400e5d94bdf969d70cd","unit":"392223ca2e355def89b9428c6f0c5ef953fea171baab8cbbe4f4891ee4e5daa4"},"seq":41,"until":"2026-11-25T12:01:30+00:00"}',X'2C71C0FAF3FF0169D0E96FC014B7684C73B143994E3C7EA4D852EC1011837C65');
INSERT INTO "records" VALUES(42,1795521690000000,'link.renewed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"b8037ea3985b62d4139cbfeb8bb3ee4c893b653235a642938cc57d362684fd08","kind":"link.renewed","personal":{"decided_by":"f1af3c444263030096b5d7f19d6694d767e655e5bede113825b3fbf3d9b08600","resident":"27a190a7236e6c95a8d674df657389859c602545247285ec2831ffc529fa472d"},"seq":42}',X'D97AA52EE6284793955F79F24750CDB63BB2D7DB14D2CA35E2E523D309367D50');
INSERT INTO "records" VALUES(43,1795521690000000,'rules.changed','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"2a64c01d6015ee61517a2e41226251f0f142d5c1cf4875bd3dd9d0c9a963022f","decided_on":null,"earlier_revision":1,"kind":"rules.changed","on_paper":false,"personal":{"consent":"7d637d33a7ac015eb936e0d27b913b309c0e969eb0cf446dc8fc19537ac44e83","decided_by":"80bb06ff3706b801a5833b33b8e7c2f285b06796e08683289fe3826112bbbf30","resident":"4d842f6a1d8501b8da02952756c0896cc08a78d30b4045bbd1c65934e533e167","rules":"48826bc4824d292a59384398dd955a9b9342827cdedc652cf3927cd259df597d","unit":"f1a94bd2bf1f9a34e7f022cd9db6ceb40fee273e85f8ea6f0e164183ef5494fb"},"policy":3,"revision":2,"seq":43}',X'514DEAF9CE062E3A9E3EA926AC1D67DD0B295FB9375DDEEFD494045046E9EF0A');
INSERT INTO "records" VALUES(44,1795521690000000,'grant.accepted','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"c567eef5cfa9b156ac2ae4bd8681019d50ddac5d7f7248f7fa6f75b84cca17a2","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:01:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":1,"personal":{"grant_id":"7d945797a15358e4698c27396dbedd833b193f2c96f1da7ee9c93b4e4ae8b1a2","units":"939a115431ca13efeea164545c2bc813a6e5d89164750f2b2bf85be90dd000e9"},"reason":"ok","revision":1,"seq":44,"starts_at":"2026-11-24T12:00:30+00:00"}',X'9E08C5762243C4D5347756637417FC95F71944444838E411CD2097C16AF67F1F');
INSERT INTO "records" VALUES(45,1795521690000000,'grant.accepted','{"at":"2026-11-24T12:01:30.000000+00:00","bound":"aff157b1e6bf988761b3481b33aa26d46475a1cc0cac956144705bfcf418e39c","courier":"courier-parcel-post","door":"door-lobby","ends_at":"2026-11-24T14:01:30+00:00","issued_by":"courier","kind":"grant.accepted","max_entries":2,"personal":{"grant_id":"bc03319bc6d565e19cf22b16e4bdd1a301d599e7f2b52a70560a1646b00a96e4","units":"79f6331395600909d49d4640ef4726d8a20ac7364eebfa1cd9096eeda5c6d75e"},"reason":"ok","revision":2,"seq":45,"starts_at":"2026-11-24T12:00:30+00:00"}',X'747B8D9E576B757B49A09475380CFF39450C6F40595BA5C36ED921C47BAEB6CF');
INSERT INTO "records" VALUES(46,1795521870000000,'entry.observed','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"aff157b1e6bf988761b3481b33aa26d46475a1cc0cac956144705bfcf418e39c","courier":"observed-key","courier_name":"Amazon Key","decision":"observed","door":"door-lobby","door_name":"Lobby","entry_id":"observed-1","kind":"entry.observed","personal":{},"proof":null,"reason":null,"seq":46}',X'D8E05F6CBC56EB6AA37DA5435D93A60B1D39B3B0311D4BCFFEAF311863E4B412');
INSERT INTO "records" VALUES(47,1795521870000000,'entry.admitted','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"39b3977d543866407f9cb72aa9c060d68a852dd206e3fa4a4807119413ed5efb","courier":"courier-parcel-post","courier_name":"Parcel Post","decision":"admitted","door":"door-lobby","door_name":"Lobby","entry_id":"01M86Q2Y5GHWT7G6826WNESDZ0","kind":"entry.admitted","personal":{"grant_id":"d17ae691597af7cfc120e0d96bbcf8c4b8b43712764ed4ffce88568507c25039","parcel_ref":"8a8a5bd55ce07b23494bd822264f55aa85c3f15ae603777f49f769bfdab1c4ac","unit_labels":"e385200ed7aeb3be58d43a0dc85b233c4d79ba958eef54471c142a5731583955","units":"aa0cc73e04162041421bbf10d87b45a3aaf49259bab274a2b6dbad1a845cd68e"},"proof":"signed","reason":"ok","seq":47}',X'1C1D04B5BC3AAF018A69D17136273CF8281E4DC5A0E53AFECDAFF4F29AD63C5E');
INSERT INTO "records" VALUES(48,1795521870000000,'entry.outcome','{"at":"2026-11-24T12:04:30.000000+00:00","bound":"39b3977d543866407f9cb72aa9c060d68a852dd206e3fa4a4807119413ed5efb","entry_id":"01M86Q2Y5GHWT7G6826WNESDZ0","kind":"entry.outcome","lock_confirmed":true,"outcome":"opened","personal":{},"seq":48,"unlocked_until":"2026-11-24T12:04:35+00:00","use_returned":false}',X'754E57C5C47F104AFF1167E8D975B811F18C0FFEF1E1D9D3E4A8916398831392');
CREATE TABLE replies (
    courier_id VARCHAR NOT NULL,
    message_id VARCHAR NOT NULL,
    body_hash BLOB NOT NULL,
    reply TEXT NOT NULL,
    entry_id VARCHAR,
    keep_until BIGINT NOT NULL,
    PRIMARY KEY (courier_id, message_id)
) WITHOUT ROWID;
INSERT INTO "replies" VALUES('courier-parcel-post','msg_215c03cf582d47f388c096c9fa6db14a',X'66C17A9DB2D4ABF24406F6987E1C646454AAE6EF789CA13437F4477CA1E2F9CF','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86PVKSGXH901ZNZP69Y3RCD","grant_id":"open","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:00:35Z","entries_left":2}','01M86PVKSGXH901ZNZP69Y3RCD',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_3b336cacf3de4f8681eeebb64b78b141',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECG6S74X5N35RCDPJYM","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECG6S74X5N35RCDPJYM',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_4e28bc0f9cd740c1907b57342b8e39be',X'7D1027FFCB2677F98014FF1775E122935410D143755B935CB550BB9614B76522','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"open","revision":1,"units":["4A"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_60a7ed2fa3e64bfc9d598cb92c7b37e8',X'14A575C2122622C564273CDCF6B81FE9A35E9D694C5CBFF5F1EE54AC468B3E74','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"revoked","revision":1,"units":["3B"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_79bde74acd6e437691c998a5c62e25ef',X'74B7E31EE1334A78ECF9F05A0FBADE5F843D0F37F9366720F2F5AB1A5804AC55','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"asked","revision":1,"units":["3B","4A"]}',NULL,1796133600000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_851f3f36da9c4fa4be9ecf635284f275',X'8FB389799B438FBC8DACAD9E57B1377FA3643197CABE141D5D0403A72BDDC447','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"changed","revision":2,"units":["4A"]}',NULL,1796133690000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_b385e707c0a04febbb421f571469d4af',X'8CE29CFB93FFCA0D4165956BC20372976720E44393C86246D6100F24AD2499FD','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"vetoed","revision":1,"units":["3B","4A"]}',NULL,1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_cb4c261310d848e6a85b3051fe9f71a2',X'A3652077B2368997DA95A07EA54D2761B87E5EABEA4A1A2B4067EDD6F312568F','{"type":"grant.issued","decision":"accepted","reason":"ok","replayed":false,"grant_id":"changed","revision":1,"units":["4A"]}',NULL,1796133690000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_dd0a530a24a5448a95855dbdfd715a06',X'9995DF72124556C852AF3FA2D1D1E52C2926488B34126F9062810524CCB88FF5','{"type":"entry.requested","decision":"refused","reason":"paused","replayed":false,"entry_id":"01M86PXECGRAFZQK6SCRCVK07V","grant_id":"open","door":"lobby","proof":"signed","entries_left":2}','01M86PXECGRAFZQK6SCRCVK07V',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_e2d9512a8ccf4804a2d6f8668c8fa29b',X'309DD9F341D01B473CC85CE97373E612550E86875E185FD89E8291C49301C2B7','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86Q2Y5GHWT7G6826WNESDZ0","grant_id":"open","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:04:35Z","entries_left":1}','01M86Q2Y5GHWT7G6826WNESDZ0',1796133630000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_e4c8ea8386d94e478ee45c3071852312',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECG6S74X5N35RCDPJYM","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECG6S74X5N35RCDPJYM',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_f3abbb56042a4ed6aab2417a31d11661',X'9B5649D698BD90CEBC0B7BE6ADACE05D0B4A3B12D7C75F4081D84424EDEA1730','{"type":"entry.requested","decision":"admitted","reason":"ok","replayed":false,"entry_id":"01M86PTPG0312SY91G9EGBDEVP","grant_id":"asked","door":"lobby","proof":"signed","outcome":"opened","lock_confirmed":true,"unlocked_until":"2026-11-24T12:00:05Z","entries_left":4}','01M86PTPG0312SY91G9EGBDEVP',1796133600000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_f43611e4cdfa4586bfaf1e512fbd3ca3',X'87F6C9A334749568FC675A6B3B3FF5DEFD08BB3F350A7A79D7F9C9EA1E1205E2','{"type":"entry.requested","decision":"refused","reason":"unknown_grant","replayed":false,"entry_id":"01M86PXECG6S74X5N35RCDPJYM","grant_id":"made-up","door":"lobby","proof":"signed"}','01M86PXECG6S74X5N35RCDPJYM',1796126490000000);
INSERT INTO "replies" VALUES('courier-parcel-post','msg_f7d2a2f3d1784f6395cac3430b062f77',X'44664A1477BF1E69E3578EED4B9FC2D3EB1891A3341B2D2C62C7E92BA87FBD49','{"type":"grant.revoked","decision":"revoked","reason":"ok","replayed":false,"grant_id":"revoked","known":true}',NULL,1796133630000000);
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
INSERT INTO "residences" VALUES('resident-ada','3b','fb45adc4f088a2e52ee2e16caa03be22','75d0ae29aeac44e1b1fe47c087814c63','linked',1,1795521600000000,2,'{"name": "Ada", "unit": "3B", "person": "fb45adc4f088a2e52ee2e16caa03be22", "user_id": "75d0ae29aeac44e1b1fe47c087814c63", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'7C768BC8EF57DED372CEF9E30F9F3172');
INSERT INTO "residences" VALUES('resident-ben','3b','93b9165685c3f31b39b88252cd514704','64ff1dae1e56439b8a7ce92d0ff8415b','linked',1,1795521600000000,2,'{"name": "Ben", "unit": "3B", "person": "93b9165685c3f31b39b88252cd514704", "user_id": "64ff1dae1e56439b8a7ce92d0ff8415b", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'C6B5EF76834EC1FD104B800DEC0C2A4A');
INSERT INTO "residences" VALUES('resident-cleo','4a','3d9948aa91d3be1764a5c559db0f386c','ffb3070d8f834600abccb850e549ff20','linked',1,1795521600000000,2,'{"name": "Cleo", "unit": "4A", "person": "3d9948aa91d3be1764a5c559db0f386c", "user_id": "ffb3070d8f834600abccb850e549ff20", "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'B7F78C7A16A822290480CB7CC1B13FD4');
INSERT INTO "residences" VALUES('resident-dora','5c',NULL,NULL,'none',1,1795521600000000,2,'{"name": "Dora", "unit": "5C", "person": null, "user_id": null, "language": "en", "targets": [{"kind": "person_apps", "value": null, "app": null}]}',X'AB9AFC214AAA3E2E7A4C0349EF251376');
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
INSERT INTO "rules" VALUES('resident-ada',1,'3b','fb45adc4f088a2e52ee2e16caa03be22','75d0ae29aeac44e1b1fe47c087814c63','given',1795521600000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'ask','{}','pass','{}','[]','[]','[]',NULL,NULL,0,X'3EBA21AE3199C64D1AC940E3F7441270');
INSERT INTO "rules" VALUES('resident-dora',1,'5c',NULL,NULL,'given',1795521600000000,'{}',0,'allow','{}','pass','{}','[]','[]','[]',NULL,NULL,1,X'756930FF48049030DDE79A9832EA7DF4');
INSERT INTO "rules" VALUES('resident-cleo',2,'4a','3d9948aa91d3be1764a5c559db0f386c','ffb3070d8f834600abccb850e549ff20','given',1795521600000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'allow','{}','pass','{}','[]','[]','[]',1140,NULL,0,X'8B261E97F195CEECEF8E098802E44A8B');
INSERT INTO "rules" VALUES('resident-ben',2,'3b','93b9165685c3f31b39b88252cd514704','64ff1dae1e56439b8a7ce92d0ff8415b','withdrawn',1795521690000000,'{"monday": [{"from": "00:00:00", "to": "24:00:00"}], "tuesday": [{"from": "00:00:00", "to": "24:00:00"}], "wednesday": [{"from": "00:00:00", "to": "24:00:00"}], "thursday": [{"from": "00:00:00", "to": "24:00:00"}], "friday": [{"from": "00:00:00", "to": "24:00:00"}], "saturday": [{"from": "00:00:00", "to": "24:00:00"}], "sunday": [{"from": "00:00:00", "to": "24:00:00"}]}',0,'allow','{}','pass','{}','[]','[]','[]',NULL,NULL,0,X'937209A53F8E2DD8DBBFDA8E7FF1662C');
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
PRAGMA user_version = 6;
