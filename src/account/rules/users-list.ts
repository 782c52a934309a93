/** The list of users: its columns and filters. */
import { anyId, type ListShape, oneOfWords } from "~/kernel/list.ts"
import { LEVELS, LOGIN_TYPES } from "../rules.ts"

export const TENANT_LEVELS = LEVELS.filter((level) => level !== "platform_admin")

export const USER_LIST = {
  name: "users",
  columns: {
    name: { sorts: true },
    username: { sorts: true },
    skillsets: {},
    level: { sorts: true },
    maxConversations: { sorts: true },
    loginType: { sorts: true, isExtra: true },
    rights: { isExtra: true },
    email: { sorts: true, isExtra: true },
    externalId: { sorts: true, isExtra: true },
    createdAt: { sorts: true, isExtra: true },
  },
  filters: {
    level: oneOfWords(TENANT_LEVELS),
    skillset: anyId,
    loginType: oneOfWords(LOGIN_TYPES),
    standing: oneOfWords(["enabled", "disabled"]),
  },
  sort: { by: "name", descending: false },
} as const satisfies ListShape
