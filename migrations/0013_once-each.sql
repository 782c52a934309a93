-- Of which 24 hours the customer has been reminded, by their end: what has rung does not ring again. And since when a
-- personal wait queue has been its present agent's, where it was handed over: they have not forgotten it yet.
ALTER TABLE conversation ADD COLUMN remindedFor INTEGER;
ALTER TABLE conversation ADD COLUMN keptSince INTEGER;
