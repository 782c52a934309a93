-- A mail that was made of a conversation: who sent it, and what became of it, is shown beside the conversation.
ALTER TABLE mail ADD COLUMN conversation INTEGER;
ALTER TABLE mail ADD COLUMN author INTEGER;
CREATE INDEX mailOfConversation ON mail (tenant, conversation) WHERE conversation IS NOT NULL;
