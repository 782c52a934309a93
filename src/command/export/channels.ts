/** Service numbers as the file writes them: skillsets, menus and profiling by name. */
import { messagesOf } from "~/automatic-message/store.ts"
import { CHANNEL_SETTINGS } from "~/channel/rules/settings.ts"
import { type Channel, SECRET_COLUMNS, secretPlace } from "~/channel/rules.ts"
import { allChannels, sealedSecretsOf } from "~/channel/store.ts"
import type { Reader } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import { writeHours } from "~/hours/rules/notation.ts"
import type { Id } from "~/kernel/id.ts"
import type { Choice, Menu } from "~/menu/rules.ts"
import { loadMenu } from "~/menu/store.ts"
import { treeOfChannel } from "~/profiling/store.ts"

type Names = ReadonlyMap<Id, string>

export const channelEntries = (reader: Reader, skillsets: Names, secrets: Secrets | null) =>
  allChannels(reader).map((channel) => {
    const { name, phoneNumberId, displayPhoneNumber, wabaId, hours, timezone, enabled, settings } = channel
    const menu = loadMenu(reader, channel.id)?.menu ?? null
    return {
      phoneNumberId,
      name,
      displayPhoneNumber,
      wabaId,
      ...secretsOf(reader, channel, secrets),
      skillsets: channel.skillsets.map((id) => skillsets.get(id) ?? ""),
      hours: JSON.parse(writeHours(hours)) as unknown,
      timezone,
      enabled,
      settings: JSON.parse(CHANNEL_SETTINGS.text(settings)) as object,
      messages: messagesOf(reader, channel.id),
      menu: menu && menuEntry(menu, skillsets),
      profiling: treeOfChannel(reader, channel.id)?.name ?? null,
    }
  })

function secretsOf(reader: Reader, { id, phoneNumberId }: Channel, secrets: Secrets | null): Record<string, string> {
  const sealed = secrets && sealedSecretsOf(reader, id)
  if (!secrets || !sealed) return {}
  const open = SECRET_COLUMNS.map((column) => [
    column,
    secrets.open(sealed[column], secretPlace(phoneNumberId, column)),
  ])
  return Object.fromEntries(open) as Record<string, string>
}

/** What is not chosen is left out. */
function menuEntry(menu: Menu, skillsets: Names) {
  const named = (id: Id | null) => (id === null ? {} : { skillset: skillsets.get(id) ?? "" })
  const choice = ({ title, words, skillset, priority, answer, choices }: Choice): object => ({
    title,
    ...(words.length > 0 ? { words } : {}),
    ...named(skillset),
    ...(priority === null ? {} : { priority }),
    ...(answer === null ? {} : { answer }),
    ...(choices.length > 0 ? { choices: choices.map(choice) } : {}),
  })
  const { greeting, style, opener, wrongAnswer, wrongAnswersUntilPerson, timeoutMinutes, timeoutSkillset } = menu
  return {
    greeting,
    style,
    opener,
    choices: menu.choices.map(choice),
    talkToPerson: choice(menu.talkToPerson),
    wrongAnswer,
    wrongAnswersUntilPerson,
    timeoutMinutes,
    ...(timeoutSkillset === null ? {} : { timeoutSkillset: skillsets.get(timeoutSkillset) ?? "" }),
  }
}
