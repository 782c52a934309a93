/** Names that people give: «Sales» and «sales» are one to everybody who reads a list. */
const COLLATOR = new Intl.Collator("und", { sensitivity: "accent" })

export const isSameName = (one: string, other: string): boolean => COLLATOR.compare(one.trim(), other.trim()) === 0

/** Whether somebody else already has the name. `self`: whose name it may be, null for a new one. */
export const isNameTaken = <Id>(all: readonly { id: Id; name: string }[], name: string, self: Id | null): boolean =>
  all.some((other) => other.id !== self && isSameName(other.name, name))
