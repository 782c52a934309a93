-- A company's sign-in with a provider. account: the directory at Entra ID, the My Domain at Salesforce. issuer: set by
-- the operator alone, in place of the provider's own. Lists are one word a line.
CREATE TABLE signInProvider (
  tenant         INTEGER NOT NULL REFERENCES tenant (id),
  provider       TEXT NOT NULL CHECK (provider IN ('entra', 'google', 'salesforce')),
  enabled        INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  clientId       TEXT NOT NULL,
  clientSecret   BLOB NOT NULL,
  account        TEXT NOT NULL,
  issuer         TEXT,
  allowedDomains TEXT NOT NULL,
  allowedGroups  TEXT NOT NULL,
  guests         INTEGER NOT NULL CHECK (guests IN (0, 1)),
  linksByEmail   INTEGER NOT NULL CHECK (linksByEmail IN (0, 1)),
  trustsFactor   INTEGER NOT NULL CHECK (trustsFactor IN (0, 1)),
  PRIMARY KEY (tenant, provider)
) STRICT, WITHOUT ROWID;

-- Whom a provider means: its issuer and its own name for the person, never a mail address.
CREATE TABLE externalIdentity (
  tenant   INTEGER NOT NULL,
  provider TEXT NOT NULL CHECK (provider IN ('entra', 'google', 'salesforce')),
  issuer   TEXT NOT NULL,
  subject  TEXT NOT NULL,
  user     INTEGER NOT NULL,
  linkedAt INTEGER NOT NULL,
  PRIMARY KEY (tenant, provider, issuer, subject),
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX externalIdentityOfUser ON externalIdentity (tenant, user, provider);

-- Somebody who was sent to a provider and has not come back: each comes back once. What was asked is sealed in the
-- cookie of the browser.
CREATE TABLE providerVisit (
  stateHash BLOB NOT NULL PRIMARY KEY CHECK (length(stateHash) = 32),
  tenant    INTEGER NOT NULL REFERENCES tenant (id),
  startedAt INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX providerVisitByTime ON providerVisit (tenant, startedAt);

-- A company's own directory, by LDAP.
CREATE TABLE directory (
  tenant          INTEGER NOT NULL PRIMARY KEY REFERENCES tenant (id),
  enabled         INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  url             TEXT NOT NULL,
  startTls        INTEGER NOT NULL CHECK (startTls IN (0, 1)),
  certificate     TEXT,
  way             TEXT NOT NULL CHECK (way IN ('user', 'search')),
  bindName        TEXT NOT NULL,
  serviceName     TEXT NOT NULL,
  servicePassword BLOB,
  searchBase      TEXT NOT NULL,
  userFilter      TEXT NOT NULL,
  groupBase       TEXT NOT NULL,
  allowedGroups   TEXT NOT NULL,
  groupRules      TEXT NOT NULL
) STRICT;
