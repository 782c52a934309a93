-- Whether a user may change what is known of customers; whoever could see them could so far change nothing.
ALTER TABLE user ADD COLUMN mayEditCustomers INTEGER NOT NULL DEFAULT 1 CHECK (mayEditCustomers IN (0, 1));
