/** What reactions, changes and removals make of the message they speak of, in whatever order they come. */
import { describe, expect, test } from "bun:test"
import { type Amendable, amended, withoutReaction, withoutRemoved, withReaction } from "~/message/rules/amending.ts"
import type { Letter, MessageContent } from "~/message/rules/content.ts"

const said = (text: string, content: MessageContent = {}): Amendable => ({ direction: "in", text, content })
const letter = (sentAt: number, body: NonNullable<MessageContent["body"]>, changes: Partial<Letter> = {}): Letter => ({
  wamid: `wamid.${sentAt}`,
  direction: "in",
  sentAt,
  kind: body.kind,
  text: "",
  content: { body },
  replyToWamid: "wamid.1",
  targetWamid: "wamid.1",
  ...changes,
})
const react = (at: number, emoji: string | null, direction: "in" | "out" = "in") =>
  letter(at, { kind: "reaction", targetWamid: "wamid.1", emoji }, { direction })
const edit = (at: number, text: string) =>
  letter(at, { kind: "edit", targetWamid: "wamid.1", content: { kind: "text", text } }, { text })
const revoke = (at: number) => letter(at, { kind: "revoke", targetWamid: "wamid.1" })
const after = (message: Amendable, ...letters: Letter[]) => letters.reduce(amended, message)

describe("A reaction", () => {
  test("is its side's latest, whatever came first", () => {
    const { content } = after(said("Ciao"), react(5, "👍"), react(3, "😮"), react(4, "🎉", "out"))
    expect(content.reactions).toEqual({ theirs: { emoji: "👍", at: 5 }, ours: { emoji: "🎉", at: 4 } })
  })

  test("is taken back, and an older one that comes late does not bring it back", () => {
    const { content } = after(said("Ciao"), react(3, "👍"), react(5, null), react(4, "😮"))
    expect(content.reactions?.theirs?.emoji).toBeNull()
  })

  test("of ours that did not arrive leaves only when it is still the one that is shown", () => {
    const mine = withReaction(said("Ciao"), "ours", { emoji: "👍", at: 1, message: 7 })
    expect(withoutReaction(mine, 7).content.reactions).toEqual({})
    expect(withoutReaction(mine, 6)).toBe(mine)
  })
})

describe("A change", () => {
  test("takes the place of the words and keeps every text before", () => {
    const next = after(said("Alle 11"), edit(3, "Alle 12"), edit(5, "Alle 13"))
    expect(next.text).toBe("Alle 13")
    expect(next.content.edits).toEqual([
      { text: "Alle 11", until: 3 },
      { text: "Alle 12", until: 5 },
    ])
  })

  test("that comes late does not undo a later one", () => {
    expect(after(said("a"), edit(5, "c"), edit(3, "b")).text).toBe("c")
  })

  test("of a caption leaves the file as it is", () => {
    const media = { mediaId: "9", mimeType: "image/jpeg", sha256: null, url: null }
    const picture = said("Old", { body: { kind: "image", media, caption: "Old" } })
    const content = { kind: "image", media: { ...media, mediaId: "10" }, caption: "New" } as const
    const next = amended(picture, letter(3, { kind: "edit", targetWamid: "wamid.1", content }, { text: "New" }))
    expect([next.text, next.content.body]).toEqual(["New", { kind: "image", media, caption: "New" }])
  })

  test("of what somebody else wrote changes nothing", () => {
    const ours: Amendable = { direction: "out", text: "Ours", content: {} }
    expect(after(ours, edit(3, "Theirs"), revoke(4))).toBe(ours)
  })
})

describe("A removal", () => {
  test("takes the words away and keeps them for whoever supervises", () => {
    const gone = after(said("Segreto"), edit(2, "Segretissimo"), revoke(3))
    expect([gone.text, gone.content.removed]).toEqual(["", { at: 3, text: "Segretissimo" }])
    expect(withoutRemoved(gone.content)).toEqual({ removed: { at: 3, text: null } })
  })

  test("stands, whatever comes after it", () => {
    const gone = after(said("Segreto"), revoke(3))
    expect(after(gone, edit(4, "Ancora"), revoke(5))).toBe(gone)
  })
})
