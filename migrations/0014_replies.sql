-- What answers a message: the choices under it that were made, in whichever conversation.
CREATE INDEX messageByReply ON message (tenant, replyToWamid) WHERE replyToWamid IS NOT NULL;
