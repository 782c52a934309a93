-- What the list of customers sorts by and looks through, without accents and case, so that neither is computed for
-- every row of a large company: the name as it is shown, and every name and number there is.
ALTER TABLE customer ADD COLUMN sortName TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN searched TEXT NOT NULL DEFAULT '';
-- When their latest conversation was opened; 0 where there has been none.
ALTER TABLE customer ADD COLUMN lastOpenedAt INTEGER NOT NULL DEFAULT 0;
UPDATE customer SET
  sortName = plain(coalesce(name, profileName, phone, username, '')),
  searched = plain(
    ifnull(name, '') || ' ' || ifnull(profileName, '') || ' ' || ifnull(username, '') || ' +' || ifnull(phone, '') || ' ' ||
    replace(replace(replace(replace(replace(replace(ifnull(otherPhone, ''), ' ', ''), '-', ''), '/', ''), '.', ''), '(', ''), ')', '')
  ),
  lastOpenedAt = ifnull((SELECT max(c.openedAt) FROM conversation AS c
                         WHERE c.tenant = customer.tenant AND c.customer = customer.id), 0);
CREATE INDEX customerByName ON customer (tenant, sortName);
CREATE INDEX customerByContact ON customer (tenant, lastOpenedAt);
