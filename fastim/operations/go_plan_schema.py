"""The tables of a plan on disk (`go_plan_file`), and the questions that are more than a line."""

SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -32768;
CREATE TABLE brought (kind TEXT, old_id INTEGER, new_id INTEGER, PRIMARY KEY (kind, old_id)) WITHOUT ROWID;
CREATE TABLE number (mobile TEXT PRIMARY KEY, user INTEGER) WITHOUT ROWID;
CREATE TABLE name (name TEXT PRIMARY KEY, claims INTEGER) WITHOUT ROWID;
CREATE TABLE user (id INTEGER PRIMARY KEY, row TEXT);
CREATE TABLE link (id INTEGER PRIMARY KEY, account INTEGER);
CREATE TABLE community (id INTEGER PRIMARY KEY, row TEXT);
CREATE TABLE side (
    contact INTEGER PRIMARY KEY, low INTEGER, high INTEGER, owner INTEGER, memo TEXT, createat TEXT,
    is_new INTEGER, UNIQUE (low, high, owner)
);
CREATE TABLE membership (
    community INTEGER, contact INTEGER, user INTEGER, createat TEXT, is_new INTEGER,
    PRIMARY KEY (community, contact), UNIQUE (community, user)
) WITHOUT ROWID;
CREATE TABLE picture (kind TEXT, old_id INTEGER, url TEXT);
CREATE TABLE finding (is_left INTEGER, what TEXT, which, why TEXT);
BEGIN;
"""
HAS_USER = (
    "SELECT EXISTS (SELECT 1 FROM user WHERE id = ?1) OR EXISTS (SELECT 1 FROM link WHERE id = ?1)"
    " OR EXISTS (SELECT 1 FROM brought WHERE kind = 'user' AND old_id = ?1)"
)
LOST = (
    "is_new AND NOT EXISTS (SELECT 1 FROM community c WHERE c.id = membership.community)"
    " AND NOT EXISTS (SELECT 1 FROM brought WHERE kind = 'community' AND old_id = membership.community)"
)
FRIENDSHIPS = (
    "FROM side one LEFT JOIN side other"
    " ON other.low = one.low AND other.high = one.high AND other.owner = one.low + one.high - one.owner"
    " WHERE (other.contact IS NULL OR one.contact < other.contact)"
    " AND (one.is_new OR coalesce(other.is_new, 0))"
)
