/** What supervisors do with many conversations at once: the bar, the question before closing, and what came of it. */
import type { ClosingOfMany, WaitingSurroundings } from "~/conversation/queries/steering.ts"
import type { ProfilingPolicy } from "~/profiling/rules.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { closes, Dialog, DialogNotices, opens } from "../parts/dialog.tsx"
import { FormToken } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"
import { ProfilingFields } from "../profiling/fields.tsx"

export type SteeringOutcome = { done: number; refused: readonly { title: string; sentence: string }[] }

/** Checkboxes anywhere on the page belong to it (`form`). */
export const STEERING_FORM = "steering"
const ANSWER = "steering-answer"
const CLOSING = "closing-many"

type BarProps = { screen: Screen; around: WaitingSurroundings }

export const SteeringBar = ({ screen, around }: BarProps) => (
  <form
    class="steering-bar"
    id={STEERING_FORM}
    method="post"
    action="/waiting/steering"
    hx-post="/waiting/steering"
    hx-target={`#${ANSWER}`}
    hx-swap="innerHTML"
  >
    <FormToken csrfToken={screen.csrfToken} />
    <span class="steering-hint">
      {screen.t("steering.chosen")} <output data-ticked />
    </span>
    <label class="visually-hidden" for="steering-user">
      {screen.t("steering.assign_to")}
    </label>
    <select class="select" id="steering-user" name="user">
      <option value="">{screen.t("steering.assign_to")}</option>
      {around.agents.map(({ id, name, load, maximum }) => (
        <option value={String(id)}>{screen.t("steering.agent", { name, load, maximum })}</option>
      ))}
    </select>
    <Button size="small" type="submit" icon="arrow-right-left" more={{ name: "deed", value: "assign" }}>
      {screen.t("steering.assign")}
    </Button>
    <Button size="small" type="submit" icon="hand" more={{ name: "deed", value: "take_over" }}>
      {screen.t("steering.take_over")}
    </Button>
    <Button size="small" type="submit" icon="rotate-ccw" more={{ name: "deed", value: "return" }}>
      {screen.t("steering.return")}
    </Button>
    <Button
      size="small"
      icon="circle-check"
      more={{
        ...opens(CLOSING),
        "hx-get": "/waiting/closing",
        "hx-include": "[name='conversation']",
        "hx-target": "#closing-body",
        "hx-swap": "innerHTML",
      }}
    >
      {screen.t("steering.close")}
    </Button>
  </form>
)

/** Stands outside of what the bell draws anew: what was answered stays, and an open window stays open. */
export const SteeringPlaces = ({ screen }: { screen: Screen }) => (
  <div class="steering-places" id="steering-places" hx-morph-skip="true">
    <div id={ANSWER} role="status" />
    <Dialog id={CLOSING} title={screen.t("steering.close_title")} size="wide" closeLabel={screen.t("dialog.close")}>
      <div id="closing-body">
        <p class="is-quiet">{screen.t("transfer.loading")}</p>
      </div>
    </Dialog>
  </div>
)

/** The question, with whom it is about, what nobody has read, and the reason of contact that their numbers ask for. */
export const ClosingMany = ({ screen, chosen, asks }: ClosingOfMany & { screen: Screen }) =>
  chosen.length === 0 ? (
    <p>{screen.t("refused.steering.nothing_chosen")}</p>
  ) : (
    <form
      class="closing-form"
      method="post"
      action="/waiting/closing"
      hx-post="/waiting/closing"
      hx-target="#closing-body"
      hx-swap="innerHTML"
    >
      <FormToken csrfToken={screen.csrfToken} />
      <DialogNotices />
      <p>{screen.t("steering.close_explain", { count: chosen.length })}</p>
      <ul class="closing-list">
        {chosen.map(({ id, title, unreadCount }) => (
          <li>
            <input type="hidden" name="closing" value={`${id}.${unreadCount}`} />
            <span>{title}</span>
            {unreadCount > 0 && <small class="is-warn">{screen.t("close.unread", { count: unreadCount })}</small>}
          </li>
        ))}
      </ul>
      {asks ? <Asked screen={screen} policy={asks} /> : <p class="is-warn">{screen.t("steering.close_mixed")}</p>}
      <div class="closing-foot">
        <Button kind="quiet" href="/waiting" more={closes(CLOSING)}>
          {screen.t("close.keep")}
        </Button>
        <Button kind="primary" type="submit">
          {screen.t("steering.close_confirm", { count: chosen.length })}
        </Button>
      </div>
    </form>
  )

const Asked = ({ screen, policy }: { screen: Screen; policy: ProfilingPolicy }) =>
  policy.reason === "off" && policy.notes === "off" ? null : (
    <>
      <p class="is-quiet">{screen.t("steering.close_reason")}</p>
      <ProfilingFields screen={screen} policy={policy} />
    </>
  )

type AnswerProps = { screen: Screen; outcome: SteeringOutcome; isPage: boolean }

/** How many were done, and which were refused and why. */
export const SteeringAnswer = ({ screen, outcome: { done, refused }, isPage }: AnswerProps) => (
  <div class="steering-outcome">
    {done > 0 && <Banner tone="ok" title={screen.t("steering.done", { count: done })} />}
    {refused.length > 0 && (
      <Banner tone="warn" title={screen.t("steering.refused", { count: refused.length })}>
        {refused.map(({ title, sentence }) => `${title}: ${sentence}`).join(" ")}
      </Banner>
    )}
    {isPage && (
      <Button icon="arrow-left" href="/waiting">
        {screen.t("waiting.title")}
      </Button>
    )}
  </div>
)
