/** A company that `apply` takes as it stands: printed by `sportello help apply`, to be saved and changed. */
export const EXAMPLE = `{ "tenants": [ {
  "slug": "acme", "name": "Acme", "timezone": "Europe/Rome", "language": "en",
  "settings": { "offerTimeoutSeconds": 180 },
  "skillsets": [ { "name": "Sales", "strategy": "longest_idle", "priority": 2,
                   "overflow": { "skillset": "Service", "afterSeconds": 120 } }, { "name": "Service" } ],
  "users": [ { "username": "anna", "password": "choose a long sentence", "email": "anna@example.com",
               "firstName": "Anna", "lastName": "Rossi", "level": "agent", "maxConversations": 5,
               "skillsets": ["Sales"], "isolated": false, "outbound": true,
               "mayEditCustomers": true } ],
  "channels": [ { "name": "Main", "phoneNumberId": "100000000000001", "displayPhoneNumber": "+39 06 555 0100",
                  "wabaId": "100000000000002", "accessToken": "from-meta", "appSecret": "from-meta",
                  "verifyToken": "a-word-of-your-own", "skillsets": ["Sales", "Service"], "hours": "always",
                  "messages": { "welcome": { "en": "Hello {customer.name|there}, thank you for writing to {company.name}.",
                                             "it": "Buongiorno {customer.name}, grazie di averci scritto." } },
                  "menu": { "greeting": "Hello! What is it about?", "style": "buttons",
                            "choices": [ { "title": "Buy", "words": ["sales"], "skillset": "Sales" },
                                         { "title": "Repair", "skillset": "Service", "answer": "One moment." } ],
                            "talkToPerson": "Talk to a person", "wrongAnswer": "Please press a button." } } ] } ] }`
