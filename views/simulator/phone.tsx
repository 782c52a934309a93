/** One pretend phone: who holds it, the chat with a business number, and the field to write in. */
import type { Html } from "../jsx-runtime.ts"
import type { SimulatorPhrases } from "../locales/simulator.en.ts"
import { Bubble } from "./bubble.tsx"
import { Icon } from "./icon.tsx"
import type { PhoneProps } from "./props.ts"

type Props = { phone: PhoneProps; phrases: SimulatorPhrases }

/** Regions with `data-live` are replaced in place when news come; everything else keeps what a person has begun. */
export function Phone({ phone, phrases }: Props): Html {
  const { id, name } = phone
  return (
    <section class="unit" id={`phone-${id}`} data-phone={id} data-line={phone.line.id} aria-label={name}>
      <header>
        <span class={["avatar", `hue-${phone.hue}`]} aria-hidden="true">
          {phone.initials}
        </span>
        <h2>{name}</h2>
        <span class="muted number">
          {phone.number ?? (phone.username ? `@${phone.username}` : phrases.onlyUsername)}
        </span>
        <button
          class="icon-button"
          type="button"
          popovertarget={`more-${id}`}
          aria-label={phrases.more(name)}
          title={phrases.more(name)}
        >
          <Icon name="ellipsis-vertical" />
        </button>
        <More phone={phone} phrases={phrases} />
      </header>
      <div class="phone">
        <StatusBar phone={phone} phrases={phrases} />
        <ChatHead phone={phone} phrases={phrases} />
        <Chat phone={phone} phrases={phrases} />
        <Write phone={phone} phrases={phrases} />
      </div>
    </section>
  )
}

function More({ phone, phrases }: Props): Html {
  const { id, airplane, receipts, blocked, marketing } = phone
  const switches = { airplane, receipts, blocked, marketing }
  return (
    <div class="menu" id={`more-${id}`} popover="auto" data-live={`more-${id}`}>
      {Object.entries(switches).map(([key, on]) => (
        <label class="check">
          <input type="checkbox" data-switch={key} checked={on} />
          {phrases[key as keyof typeof switches]}
        </label>
      ))}
      <button type="button" data-act="change-number" data-ask={phrases.newNumber}>
        {phrases.changeNumber}
      </button>
      <button type="button" data-act="hide">
        {phrases.hide}
      </button>
    </div>
  )
}

function StatusBar({ phone, phrases }: Props): Html {
  return (
    <div class="status-bar" data-live={`bar-${phone.id}`}>
      <span>{phone.clock}</span>
      {phone.airplane ? <Icon name="plane" label={phrases.airplane} /> : <Icon name="signal" />}
      {phone.airplane ? <Icon name="wifi-off" label={phrases.noSignal} /> : <Icon name="wifi" />}
      <Icon name="battery-full" />
    </div>
  )
}

function ChatHead({ phone, phrases }: Props): Html {
  const { line, lines, id } = phone
  return (
    <div class="chat-head">
      <span class="avatar hue-1" aria-hidden="true">
        {line.initials}
      </span>
      <span class="who">
        {lines.length === 1 ? (
          <b>{line.name}</b>
        ) : (
          <select data-act="line" data-phone-of={id} aria-label={phrases.chatWith} autocomplete="off">
            {lines.map((other) => (
              <option value={other.id} selected={other.id === line.id}>
                {other.name}
              </option>
            ))}
          </select>
        )}
        <small>{phrases.businessAccount}</small>
      </span>
      <Icon name="badge-check" label={phrases.verified} />
    </div>
  )
}

function Chat({ phone, phrases }: Props): Html {
  const { name, line, bubbles } = phone
  return (
    <div class="chat" role="log" aria-label={phrases.chatOf(name, line.name)} tabindex="0">
      <div data-live={`chat-${phone.id}`}>
        {bubbles.length === 0 && <p class="notice">{phrases.emptyChat}</p>}
        {bubbles.map((bubble) => (
          <Bubble bubble={bubble} phrases={phrases} />
        ))}
        {phone.typing && (
          <div class="message theirs">
            <div class="bubble typing" role="img" aria-label={phrases.typing(line.name)}>
              <i />
              <i />
              <i />
            </div>
          </div>
        )}
        {phone.unsent && (
          <p class="notice">
            <Icon name="plane" small />
            <span>{phrases.notSent}</span>
          </p>
        )}
        {phone.windowClosed && (
          <p class="notice">
            <Icon name="clock" small />
            <span>{phrases.windowClosed}</span>
          </p>
        )}
      </div>
    </div>
  )
}

function Write({ phone, phrases }: Props): Html {
  const { id } = phone
  return (
    <form class="write" data-act="say">
      <p class="replying" hidden>
        <span>
          {phrases.replyingTo} <b data-quoted />
        </span>
        <button class="icon-button" type="button" data-act="cancel-reply" aria-label={phrases.cancel}>
          <Icon name="x" small />
        </button>
      </p>
      <button class="icon-button" type="button" popovertarget={`attach-${id}`} aria-label={phrases.attach}>
        <Icon name="paperclip" />
      </button>
      <div class="menu attach" id={`attach-${id}`} popover="auto">
        {Object.entries(phrases.attachment).map(([kind, label]) => (
          <button type="button" data-attach={kind}>
            {label}
          </button>
        ))}
      </div>
      <textarea name="text" rows="1" aria-label={phrases.message} placeholder={phrases.message} autocomplete="off" />
      <button class="icon-button go" type="submit" aria-label={phrases.send}>
        <Icon name="send-horizontal" />
      </button>
    </form>
  )
}
