CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE deal (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	known JSON NOT NULL, 
	owner VARCHAR(80) NOT NULL, 
	csm VARCHAR(80), 
	status VARCHAR(20) NOT NULL, 
	version INTEGER NOT NULL, 
	account TEXT NOT NULL, 
	vendor TEXT NOT NULL, 
	segment VARCHAR(20), 
	created_at VARCHAR(32) NOT NULL, 
	changed_at VARCHAR(32) NOT NULL, 
	submitted_at VARCHAR(32), 
	returned_at VARCHAR(32), 
	rejections INTEGER NOT NULL, 
	points FLOAT, 
	knowable FLOAT, 
	blockers INTEGER NOT NULL, 
	majors INTEGER NOT NULL, 
	minors INTEGER NOT NULL
, moments JSON);

CREATE TABLE blob (
	sha256 VARCHAR(64) NOT NULL, 
	size BIGINT NOT NULL, 
	content BLOB NOT NULL, 
	PRIMARY KEY (sha256)
);

CREATE TABLE source (
	deal INTEGER NOT NULL, 
	name VARCHAR(500) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	added_by VARCHAR(80) NOT NULL, 
	added_at VARCHAR(32) NOT NULL, 
	PRIMARY KEY (deal, name), 
	FOREIGN KEY(deal) REFERENCES deal (number) ON DELETE CASCADE, 
	FOREIGN KEY(sha256) REFERENCES blob (sha256)
);

CREATE TABLE source_text (
	deal INTEGER NOT NULL, 
	name VARCHAR(500) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	content BLOB NOT NULL, 
	PRIMARY KEY (deal, name, sha256), 
	FOREIGN KEY(deal) REFERENCES deal (number) ON DELETE CASCADE
);

CREATE TABLE packet (
	deal INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	"by" VARCHAR(80) NOT NULL, 
	by_name TEXT NOT NULL, 
	action VARCHAR(40) NOT NULL, 
	what TEXT NOT NULL, 
	content BLOB NOT NULL, 
	PRIMARY KEY (deal, version), 
	FOREIGN KEY(deal) REFERENCES deal (number) ON DELETE CASCADE
);

CREATE TABLE answer (
	deal VARCHAR(200) NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	content TEXT NOT NULL, 
	PRIMARY KEY (deal, "key")
);

CREATE TABLE session (
	token VARCHAR(64) NOT NULL, 
	login VARCHAR(80) NOT NULL, 
	until VARCHAR(32) NOT NULL, 
	PRIMARY KEY (token)
);

CREATE TABLE audit (
	number INTEGER NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	"by" VARCHAR(80) NOT NULL, 
	action VARCHAR(40) NOT NULL, 
	deal VARCHAR(40), 
	version INTEGER, 
	digest VARCHAR(64), 
	previous VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	PRIMARY KEY (number)
);

CREATE TABLE api_token (
	token VARCHAR(64) NOT NULL, 
	login VARCHAR(80) NOT NULL, 
	label VARCHAR(80) NOT NULL, 
	made_at VARCHAR(32) NOT NULL, 
	until VARCHAR(32), 
	PRIMARY KEY (token)
);

CREATE TABLE api_reply (
	login VARCHAR(80) NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	status INTEGER, 
	content TEXT, 
	deal INTEGER, 
	PRIMARY KEY (login, "key"), 
	FOREIGN KEY(deal) REFERENCES deal (number) ON DELETE CASCADE
);

CREATE TABLE crm_link (
	deal INTEGER NOT NULL, 
	crm VARCHAR(40) NOT NULL, 
	remote VARCHAR(200) NOT NULL, 
	PRIMARY KEY (deal, crm), 
	FOREIGN KEY(deal) REFERENCES deal (number) ON DELETE CASCADE
);

CREATE TABLE crm_write (
	deal INTEGER NOT NULL, 
	crm VARCHAR(40) NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	subject VARCHAR(300) NOT NULL, 
	version INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	remote VARCHAR(200), 
	at VARCHAR(32) NOT NULL, 
	"by" VARCHAR(80) NOT NULL, 
	PRIMARY KEY (deal, crm, kind, subject), 
	FOREIGN KEY(deal) REFERENCES deal (number) ON DELETE CASCADE
);

CREATE TABLE seen_call (
	origin VARCHAR(40) NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	PRIMARY KEY (origin, "key")
);

CREATE TABLE queued_deal (
	"key" VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	how JSON NOT NULL, 
	files BLOB, 
	state VARCHAR(10) NOT NULL, 
	tries INTEGER NOT NULL, 
	"row" JSON, 
	result BLOB, 
	queued_at VARCHAR(32) NOT NULL, 
	ended_at VARCHAR(32), 
	PRIMARY KEY ("key")
);

CREATE TABLE pace (
	endpoint VARCHAR(300) NOT NULL, 
	closed_until FLOAT NOT NULL, 
	sent JSON NOT NULL, 
	PRIMARY KEY (endpoint)
);

CREATE TABLE meter (
	name VARCHAR(80) NOT NULL, 
	value FLOAT NOT NULL, 
	PRIMARY KEY (name)
);

CREATE TABLE message (
	deal INTEGER NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	id VARCHAR(32) NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	people JSON NOT NULL, 
	subject TEXT NOT NULL, 
	body TEXT NOT NULL, 
	attachments JSON NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	tries INTEGER NOT NULL, 
	next_at VARCHAR(32) NOT NULL, 
	changed_at VARCHAR(32) NOT NULL, 
	sender VARCHAR(20), 
	problem TEXT, 
	PRIMARY KEY (deal, "key"), 
	FOREIGN KEY(deal) REFERENCES deal (number) ON DELETE CASCADE, 
	UNIQUE (id)
);

CREATE TABLE turn (
	name VARCHAR(40) NOT NULL, 
	holder VARCHAR(64) NOT NULL, 
	until VARCHAR(32) NOT NULL, 
	PRIMARY KEY (name)
);

CREATE TABLE recording (
	deal INTEGER NOT NULL, 
	name VARCHAR(500) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	done FLOAT NOT NULL, 
	total FLOAT NOT NULL, 
	problem TEXT, 
	people INTEGER, 
	names JSON NOT NULL, 
	moved JSON NOT NULL, 
	sound INTEGER NOT NULL, 
	content BLOB, 
	changed_at VARCHAR(32) NOT NULL, 
	"by" VARCHAR(80) NOT NULL, 
	PRIMARY KEY (deal, name), 
	FOREIGN KEY(deal) REFERENCES deal (number) ON DELETE CASCADE
);

CREATE TABLE glance (
	deal INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	content TEXT NOT NULL, 
	PRIMARY KEY (deal), 
	FOREIGN KEY(deal) REFERENCES deal (number) ON DELETE CASCADE
);

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;

CREATE INDEX ix_answer_key ON answer ("key");

CREATE INDEX ix_api_reply_at ON api_reply (at);

CREATE INDEX ix_api_reply_deal ON api_reply (deal);

CREATE INDEX ix_api_token_login ON api_token (login);

CREATE UNIQUE INDEX ix_crm_link_remote ON crm_link (crm, remote);

CREATE INDEX ix_deal_csm ON deal (csm);

CREATE INDEX ix_deal_owner ON deal (owner);

CREATE INDEX ix_message_state ON message (state);

CREATE INDEX ix_queued_deal_ended_at ON queued_deal (ended_at);

CREATE INDEX ix_recording_state ON recording (state);

CREATE INDEX ix_seen_call_at ON seen_call (at);

CREATE INDEX ix_session_login ON session (login);

CREATE INDEX ix_source_sha256 ON source (sha256);

CREATE TRIGGER packet_no_update BEFORE UPDATE ON packet BEGIN SELECT RAISE(ABORT, 'a version of a packet never changes'); END;

INSERT INTO alembic_version (version_num) VALUES ('0006');

