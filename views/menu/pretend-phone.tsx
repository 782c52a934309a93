/** The menu as it stands in the form, tried on a phone that sends nothing. */
import type { Said, TrialBubble } from "~/menu/rules/trial.ts"
import { Button, IconButton, type More } from "../parts/button.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

export type PretendPhoneProps = {
  screen: Screen
  /** Of the number, as customers see it. */
  name: string
  /** Null: something in the form is wrong. */
  bubbles: readonly TrialBubble[] | null
  said: readonly Said[]
  skillsets: readonly { id: number; name: string }[]
  timeoutMinutes: number
  action: string
}

export const PHONE = "pretend-phone"

export function PretendPhone({ screen, name, bubbles, said, skillsets, timeoutMinutes, action }: PretendPhoneProps) {
  const { t } = screen
  const isOver = bubbles?.at(-1)?.by === "end"
  const trial = (values: object): More => ({
    "hx-post": action,
    "hx-include": `#channel .sheet-form, #${PHONE}`,
    "hx-target": `#${PHONE}`,
    "hx-swap": "outerMorph",
    "hx-vals": JSON.stringify(values),
  })
  return (
    <section class="pretend-phone" id={PHONE} aria-label={t("menu_admin.phone")}>
      {said.map((one) => (
        <input type="hidden" name="said" value={JSON.stringify(one)} />
      ))}
      <header>
        <span class="avatar" aria-hidden="true">
          <Icon name="phone" size="small" />
        </span>
        <div>
          <strong>{name}</strong>
          <small>{t("menu_admin.phone_hint")}</small>
        </div>
        <IconButton icon="rotate-ccw" label={t("menu_admin.again")} more={trial({ restart: "on" })} />
      </header>
      <div class="pretend-chat" role="log" aria-label={t("menu_admin.chat")} tabindex={0}>
        {bubbles === null ? (
          <p class="pretend-note">{t("menu_admin.correct_first")}</p>
        ) : (
          bubbles.map((bubble, index) => (
            <Bubble
              screen={screen}
              bubble={bubble}
              skillsets={skillsets}
              trial={trial}
              isLast={index === bubbles.length - 1}
            />
          ))
        )}
      </div>
      <footer>
        <input
          class="input"
          id={`trial-answer-${said.length}`}
          name="answer"
          autocomplete="off"
          placeholder={t("menu_admin.type")}
          {...trial({ reply: "on" })}
          aria-label={t("menu_admin.type")}
          disabled={bubbles === null || isOver}
          hx-trigger="keydown[key=='Enter'] consume"
          value=""
        />
        <IconButton
          icon="send"
          label={t("menu_admin.send")}
          disabled={bubbles === null || isOver}
          more={trial({ reply: "on" })}
        />
        <Button size="small" kind="quiet" icon="timer" disabled={isOver} more={trial({ wait: "on" })}>
          {t("menu_admin.wait", { count: timeoutMinutes })}
        </Button>
      </footer>
    </section>
  )
}

type BubbleProps = Pick<PretendPhoneProps, "screen" | "skillsets"> & {
  bubble: TrialBubble
  trial: (values: object) => More
  isLast: boolean
}

function Bubble({ screen, bubble, skillsets, trial, isLast }: BubbleProps) {
  const { t } = screen
  if (bubble.by === "customer") return <p class="phone-bubble is-theirs">{bubble.text}</p>
  if (bubble.by === "us")
    return (
      <div class="phone-question">
        <p class="phone-bubble">
          {bubble.text}
          {bubble.footer && <small>{bubble.footer}</small>}
        </p>
        {bubble.opener && <p class="phone-opener">{bubble.opener}</p>}
        {bubble.choices.map(({ id, title }) => (
          <button
            class="phone-choice"
            type="button"
            disabled={!isLast}
            {...trial({ pressed: id, pressedWords: title })}
          >
            {title}
          </button>
        ))}
      </div>
    )
  const skillset = skillsets.find(({ id }) => id === bubble.skillset)?.name ?? t("menu_admin.default_skillset")
  return (
    <p class="pretend-note" role="status">
      {t(`menu_admin.end_${bubble.how}`)} {t("menu_admin.goes_to", { skillset })}
      {bubble.priority !== null && ` ${t("menu_admin.with_priority", { priority: bubble.priority })}`}
    </p>
  )
}
