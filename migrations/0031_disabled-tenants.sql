-- A company whose contract is over, or in trouble: nobody of it signs in, its numbers store and send nothing.
ALTER TABLE tenant ADD COLUMN disabledAt INTEGER;
