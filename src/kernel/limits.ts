/** Every bound that input meets, in one place. Units are in the names. */
export const limits = {
  /** Meta sends at most 3 MB; room to spare, yet bounded (wire reference §1.2). */
  webhookBodyBytes: 4_000_000,
  formBodyBytes: 256_000,
  /** WhatsApp's limit for a text message (wire reference §5.2). */
  messageTextCharacters: 4_096,
  /** Under a picture, a film or a document (§5.2). */
  captionCharacters: 1_024,
  /** Of a place: longer is cut by phones (§5.2). */
  placeNameCharacters: 100,
  placeAddressCharacters: 300,
  /** Of a question with reply buttons under it; a list's may be as long as a text (§5.2). */
  buttonsTextCharacters: 1_024,
  /** A command that sets off more facts than this is a loop; a number that opens gives out thousands of conversations. */
  factsPerCommand: 100_000,
  /** Scripts in one commit; beyond it the next turn goes on, so that readers are served in between. */
  scriptsPerCommit: 500,
} as const
