-- SPDX-License-Identifier: GPL-3.0-or-later
-- A database of version 2 of its schema, in the middle of things.
BEGIN TRANSACTION;
CREATE TABLE bands (  valid_from TEXT NOT NULL, position INTEGER NOT NULL, up_to INTEGER, per INTEGER NOT NULL,  amount INTEGER NOT NULL, PRIMARY KEY (valid_from, position)) STRICT;
INSERT INTO "bands" VALUES('2000-09-01',0,4,1,2000);
INSERT INTO "bands" VALUES('2000-09-01',1,NULL,10,10000);
CREATE TABLE consignments (  id TEXT PRIMARY KEY, order_id TEXT NOT NULL UNIQUE, renewer TEXT NOT NULL,  cards INTEGER NOT NULL, fee INTEGER NOT NULL, out_item TEXT NOT NULL UNIQUE,  back_item TEXT NOT NULL UNIQUE, opened_at INTEGER NOT NULL, posted_at INTEGER,  delivered_at INTEGER) STRICT;
INSERT INTO "consignments" VALUES('con-mp66pt5lknxtguozbxum','ord-ywnwgd3kamoe3d6hghln','27612405934',2,4000,'RR100000017QA','RR100000025QA',1795524618,1795524618,1795524618);
CREATE TABLE outbox (  id TEXT PRIMARY KEY, step TEXT NOT NULL, subject TEXT NOT NULL,  parameter TEXT, request TEXT, tries INTEGER NOT NULL,  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'refused', 'parked')),  due_at INTEGER NOT NULL) STRICT;
INSERT INTO "outbox" VALUES('con-mp66pt5lknxtguozbxum.scan.out.EMA','scan','con-mp66pt5lknxtguozbxum',NULL,'{"order":"ord-ywnwgd3kamoe3d6hghln","consignment":"con-mp66pt5lknxtguozbxum","leg":"out","code":"EMA","at":1795524618}',0,'done',1795524618145595);
INSERT INTO "outbox" VALUES('con-mp66pt5lknxtguozbxum.scan.out.EMG','scan','con-mp66pt5lknxtguozbxum',NULL,'{"order":"ord-ywnwgd3kamoe3d6hghln","consignment":"con-mp66pt5lknxtguozbxum","leg":"out","code":"EMG","at":1795524618}',0,'done',1795524618145677);
INSERT INTO "outbox" VALUES('con-mp66pt5lknxtguozbxum.arrival','arrival','con-mp66pt5lknxtguozbxum',NULL,'{"order":"ord-ywnwgd3kamoe3d6hghln","consignment":"con-mp66pt5lknxtguozbxum","cards":2}',0,'done',1795524618145693);
INSERT INTO "outbox" VALUES('con-mp66pt5lknxtguozbxum.scan.out.EMI','scan','con-mp66pt5lknxtguozbxum',NULL,'{"order":"ord-ywnwgd3kamoe3d6hghln","consignment":"con-mp66pt5lknxtguozbxum","leg":"out","code":"EMI","at":1795524618}',0,'done',1795524618145703);
INSERT INTO "outbox" VALUES('con-mp66pt5lknxtguozbxum.scan.back.EMA','scan','con-mp66pt5lknxtguozbxum',NULL,'{"order":"ord-ywnwgd3kamoe3d6hghln","consignment":"con-mp66pt5lknxtguozbxum","leg":"back","code":"EMA","at":1795524618}',0,'done',1795524618355093);
INSERT INTO "outbox" VALUES('con-mp66pt5lknxtguozbxum.scan.back.EMG','scan','con-mp66pt5lknxtguozbxum',NULL,'{"order":"ord-ywnwgd3kamoe3d6hghln","consignment":"con-mp66pt5lknxtguozbxum","leg":"back","code":"EMG","at":1795524618}',0,'done',1795524618355144);
INSERT INTO "outbox" VALUES('con-mp66pt5lknxtguozbxum.scan.back.EMI','scan','con-mp66pt5lknxtguozbxum',NULL,'{"order":"ord-ywnwgd3kamoe3d6hghln","consignment":"con-mp66pt5lknxtguozbxum","leg":"back","code":"EMI","at":1795524618}',0,'done',1795524618355163);
CREATE TABLE replies (  caller TEXT NOT NULL, endpoint TEXT NOT NULL, key TEXT NOT NULL,  request TEXT NOT NULL, status INTEGER NOT NULL, body TEXT,  at INTEGER NOT NULL, PRIMARY KEY (caller, endpoint, key)) STRICT;
INSERT INTO "replies" VALUES('party:portal','/consignments','ord-ywnwgd3kamoe3d6hghln.consign','LLEQIhlCvjTIvupbB4berj1KyMGkz3vBdKXm16vecys',200,'{"id":"con-mp66pt5lknxtguozbxum","order":"ord-ywnwgd3kamoe3d6hghln","cards":2,"fee":4000,"out_item":"RR100000017QA","back_item":"RR100000025QA","scans":[]}',1795524618);
INSERT INTO "replies" VALUES('party:ministry','/consignments/con-mp66pt5lknxtguozbxum/return','ord-ywnwgd3kamoe3d6hghln.return','6q1Yq-F9kulqPJYtWueAXoHy_JThHfJXtnWmbW8Fk2s',204,NULL,1795524618);
CREATE TABLE scans (  consignment TEXT NOT NULL REFERENCES consignments (id), leg TEXT NOT NULL,  code TEXT NOT NULL, place_en TEXT NOT NULL, place_ar TEXT NOT NULL,  due_at INTEGER NOT NULL, at INTEGER, PRIMARY KEY (consignment, leg, code)) STRICT;
INSERT INTO "scans" VALUES('con-mp66pt5lknxtguozbxum','out','EMA','Home collection','الاستلام من المنزل',1795524618048357,1795524618);
INSERT INTO "scans" VALUES('con-mp66pt5lknxtguozbxum','out','EMG','General Post Office','مكتب البريد العام',1795524618059188,1795524618);
INSERT INTO "scans" VALUES('con-mp66pt5lknxtguozbxum','out','EMI','Ministry, permits desk','الوزارة، مكتب الإقامات',1795524618066391,1795524618);
INSERT INTO "scans" VALUES('con-mp66pt5lknxtguozbxum','back','EMA','Ministry, permits desk','الوزارة، مكتب الإقامات',1795524618256070,1795524618);
INSERT INTO "scans" VALUES('con-mp66pt5lknxtguozbxum','back','EMG','General Post Office','مكتب البريد العام',1795524618265084,1795524618);
INSERT INTO "scans" VALUES('con-mp66pt5lknxtguozbxum','back','EMI','Home delivery','التسليم في المنزل',1795524618272288,1795524618);
CREATE TABLE seeded (day TEXT PRIMARY KEY) STRICT
;
INSERT INTO "seeded" VALUES('2026-11-24');
CREATE TABLE serials (indicator TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT;
INSERT INTO "serials" VALUES('RR',10000002);
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';
CREATE INDEX scans_due ON scans (due_at) WHERE at IS NULL
;
COMMIT;
PRAGMA application_id = 1416258665;
PRAGMA user_version = 2;
