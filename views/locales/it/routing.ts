export const routing = {
  "notice.kind.message_failed": "Il tuo messaggio a {customer} non è stato consegnato.",
  "notice.kind.customer_floods": "{customer} ha inviato {count} messaggi che nessuno ha letto.",
} as const
