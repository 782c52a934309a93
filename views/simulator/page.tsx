/** The simulator's page: pretend phones, the traffic and faults of the line, and what goes over the wire. */
import { type Html, raw } from "../jsx-runtime.ts"
import type { SimulatorPhrases } from "../locales/simulator.en.ts"
import { Controls } from "./controls.tsx"
import { Icon } from "./icon.tsx"
import { Phone } from "./phone.tsx"
import type { BenchProps } from "./props.ts"
import { WireList } from "./wire.tsx"

type Props = { bench: BenchProps; phrases: SimulatorPhrases }

export function SimulatorPage({ bench, phrases, language }: Props & { language: string }): Html {
  return (
    <>
      {raw("<!doctype html>")}
      <html lang={language}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{`${phrases.title} · Sportello`}</title>
          <link rel="stylesheet" href="/assets/simulator.css" />
          <script type="module" src="/assets/simulator.js" />
        </head>
        <body data-refused={phrases.refused}>
          <a class="skip" href="#bench">
            {phrases.skip}
          </a>
          <Top bench={bench} phrases={phrases} />
          <Controls bench={bench} phrases={phrases} />
          <main id="bench" class="bench">
            <nav class="tabs" data-live="tabs" aria-label={phrases.title}>
              {bench.phones.map(({ id, name }) => (
                <a href={`#phone-${id}`}>{name}</a>
              ))}
            </nav>
            <div class="phones" data-phones>
              {bench.phones.map((phone) => (
                <Phone phone={phone} phrases={phrases} />
              ))}
              {bench.phones.length === 0 && <p class="notice">{phrases.noPhones}</p>}
            </div>
            <WireList wire={bench.wire} phrases={phrases} />
          </main>
          <ActionMenu phrases={phrases} />
          <NewCustomer phrases={phrases} />
          <p class="toast" role="status" data-toast />
        </body>
      </html>
    </>
  )
}

function Top({ bench, phrases }: Props): Html {
  return (
    <header class="top">
      <h1>
        <span class="logo">
          <Icon name="smartphone" />
        </span>
        {phrases.title}
      </h1>
      <span class="chip info">
        <Icon name="plug" small />
        {phrases.nothingLeaves}
      </span>
      <span class="grow" />
      {bench.productUrl !== null && (
        <a class="button quiet" href={bench.productUrl}>
          <Icon name="external-link" small />
          {phrases.openProduct}
        </a>
      )}
      <button class="button quiet" type="button" popovertarget="customers" data-live="customers-count">
        <Icon name="users" small />
        {phrases.customers(bench.customers.length)}
      </button>
      <Customers bench={bench} phrases={phrases} />
      <button class="button" type="button" data-act="start-over" data-ask={phrases.startOverAsk}>
        <Icon name="rotate-ccw" small />
        {phrases.startOver}
      </button>
      <button class="button primary" type="button" data-act="new-customer">
        <Icon name="plus" small />
        {phrases.newCustomer}
      </button>
    </header>
  )
}

const Customers = ({ bench, phrases }: Props): Html => (
  <div class="menu customers" id="customers" popover="auto" data-live="customers">
    {bench.customers.map(({ id, name, number, shown, last }) => (
      <button
        type="button"
        data-show={id}
        aria-pressed={shown ? "true" : "false"}
        aria-label={shown ? phrases.hidePhone(name) : phrases.showPhone(name)}
      >
        <span>
          <b>{name}</b> <span class="muted">{number ?? phrases.onlyUsername}</span>
          <small>{last}</small>
        </span>
        {shown && <Icon name="check" small />}
      </button>
    ))}
  </div>
)

const REACTIONS = ["👍", "❤️", "😂", "🙏"]

/** One menu for every bubble; it is moved to the bubble it was opened from. */
const ActionMenu = ({ phrases }: { phrases: SimulatorPhrases }): Html => (
  <div class="menu actions" id="actions" popover="auto" data-ask={phrases.editAsk}>
    <div class="emojis">
      {REACTIONS.map((emoji) => (
        <button type="button" data-react={emoji} aria-label={phrases.react(emoji)}>
          {emoji}
        </button>
      ))}
    </div>
    <button type="button" data-react="" data-for="reacted">
      {phrases.unreact}
    </button>
    <button type="button" data-act="reply">
      {phrases.reply}
    </button>
    <button type="button" data-act="edit" data-for="mine">
      {phrases.edit}
    </button>
    <button type="button" data-act="delete" data-for="mine">
      {phrases.remove}
    </button>
  </div>
)

const NewCustomer = ({ phrases }: { phrases: SimulatorPhrases }): Html => (
  <dialog id="new-customer" aria-labelledby="new-customer-title">
    <form data-act="create-customer">
      <h2 id="new-customer-title">{phrases.newCustomer}</h2>
      <p class="muted">{phrases.newCustomerHint}</p>
      <label>
        {phrases.name}
        <input class="entry" name="name" required maxlength="80" autocomplete="off" />
      </label>
      <label>
        {phrases.phone}
        <input class="entry" name="phone" type="tel" placeholder="+39 345 555 0100" autocomplete="off" />
        <small class="muted">{phrases.phoneHint}</small>
      </label>
      <footer>
        <button class="button" type="button" data-act="close-dialog">
          {phrases.cancel}
        </button>
        <button class="button primary" type="submit">
          {phrases.create}
        </button>
      </footer>
    </form>
  </dialog>
)
