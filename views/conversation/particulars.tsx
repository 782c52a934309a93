/** What comes in that is neither words nor a file: places, people, forms, orders, answers, notices. */
import type { Id } from "~/kernel/id.ts"
import type { MessageItem } from "~/message/queries/thread.ts"
import type { InboundContent } from "~/whatsapp/payload.ts"
import { Icon } from "../parts/icon.tsx"
import { Said } from "../parts/said.tsx"
import type { Screen } from "../parts/screen.ts"
import { Cards } from "./cards.tsx"
import { kindIcon, kindWords } from "./kinds.tsx"
import { Place } from "./place.tsx"

type Content<Kind extends InboundContent["kind"]> = Extract<InboundContent, { kind: Kind }>
type Props = { screen: Screen; conversation: Id; item: MessageItem }

export function Particulars({ screen, conversation, item }: Props) {
  const { body } = item.content
  switch (body?.kind) {
    case "location":
      return <Place screen={screen} place={body} />
    case "contacts":
      return <Cards screen={screen} conversation={conversation} item={item} cards={body.cards} />
    case "form_reply":
      return <Form screen={screen} item={item} form={body} />
    case "order":
      return <Order screen={screen} item={item} order={body} />
    case "button":
      return <Answer screen={screen} item={item} title={body.text} />
    case "button_reply":
      return <Answer screen={screen} item={item} title={body.title} />
    case "list_reply":
      return <Answer screen={screen} item={item} title={body.title} description={body.description} />
    default:
      return <Plain screen={screen} item={item} />
  }
}

type AnswerProps = { screen: Screen; item: MessageItem; title: string; description?: string | null }

/** A choice that was made; the question stands above it as a quote. */
const Answer = ({ screen: { t }, item, title, description = null }: AnswerProps) => (
  <div class="message-kind">
    <Icon name={kindIcon(item.kind) ?? "check"} label={t("kind.button", { text: "" }).replace(/[\s:]+$/, "")} />
    <div>
      <strong class="message-text" dir="auto">
        {title}
      </strong>
      {description !== null && (
        <small class="message-text" dir="auto">
          {description}
        </small>
      )}
    </div>
  </div>
)

/** What was filled in, one answer a row; what we cannot take apart is shown as it came. */
function Form({ screen, item, form }: { screen: Screen; item: MessageItem; form: Content<"form_reply"> }) {
  const { t } = screen
  const { answers, text, responseJson } = form
  const title = form.name === "address_message" ? t("form.address") : t("kind.form_reply")
  return (
    <div class="particulars">
      <KindHead item={item} words={title} />
      {text !== null && text !== "Sent" && <Said text={text} />}
      {answers.length > 0 ? (
        <table class="form-answers">
          <caption class="visually-hidden">{title}</caption>
          <tbody>
            {answers.map(({ field, value }) => (
              <tr>
                <th scope="row" dir="auto">
                  {fieldWords(field)}
                </th>
                <td class="message-text" dir="auto">
                  {answerWords(screen, value)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        !/^(\{\})?$/.test(responseJson) && (
          <details>
            <summary>{t("form.as_it_came")}</summary>
            <pre class="message-text said-code" dir="auto">
              {responseJson.slice(0, 4_000)}
            </pre>
          </details>
        )
      )}
    </div>
  )
}

/** `screen_0_Choose_date_1` and `preferredTime` as people read them. */
const fieldWords = (field: string): string =>
  field
    .replace(/^screen_\d+_/i, "")
    .replace(/_\d+$/, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_.\s]+/g, " ")
    .trim()
    .replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) || field

function answerWords({ t }: Screen, value: string): string {
  if (value === "true") return t("form.yes")
  return value === "false" ? t("form.no") : value
}

function Order({ screen, item, order }: { screen: Screen; item: MessageItem; order: Content<"order"> }) {
  const { t, format } = screen
  const { items, note } = order
  const currency = items[0]?.currency ?? null
  const isOneCurrency = items.every((one) => one.currency === currency && one.price !== null)
  const total = items.reduce((sum, { price, quantity }) => sum + (price ?? 0) * (quantity ?? 1), 0)
  return (
    <div class="particulars">
      <KindHead item={item} words={kindWords(screen, item.kind, item.content) ?? ""} />
      {note !== null && <Said text={note} />}
      <table class="order-items">
        <caption class="visually-hidden">{t("order.caption")}</caption>
        <tbody>
          {items.map(({ productId, quantity, price, currency }) => (
            <tr>
              <td>{t("order.times", { count: quantity ?? 1 })}</td>
              <th scope="row" dir="auto">
                {productId ?? t("order.unknown")}
              </th>
              <td>{price === null ? "" : format.money((quantity ?? 1) * price, currency)}</td>
            </tr>
          ))}
        </tbody>
        {isOneCurrency && items.length > 0 && (
          <tfoot>
            <tr>
              <td />
              <th scope="row">{t("order.total")}</th>
              <td>{format.money(total, currency)}</td>
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}

const KindHead = ({ item, words }: { item: MessageItem; words: string }) => {
  const icon = kindIcon(item.kind)
  return (
    <p class="kind-head">
      {icon && <Icon name={icon} />}
      <strong>{words}</strong>
    </p>
  )
}

/** What it is, in words; and what it says, where it says something. */
function Plain({ screen, item }: { screen: Screen; item: MessageItem }) {
  const { kind, text, content } = item
  const words = kindWords(screen, kind, content) ?? ""
  const icon = kindIcon(kind)
  const says = text !== "" && !words.includes(text) ? text : null
  return (
    <div class="message-kind">
      {icon && <Icon name={icon} />}
      <div>
        <strong dir="auto">{words}</strong>
        {says !== null && <Said text={says} />}
        <Reason screen={screen} item={item} />
      </div>
    </div>
  )
}

/** Why there is no more to see, and what to do. */
function Reason({ screen: { t }, item }: { screen: Screen; item: MessageItem }) {
  const { body, errors } = item.content
  if (body?.kind === "product")
    return <small dir="auto">{body.productId === null ? "" : t("product.number", { number: body.productId })}</small>
  if (body?.kind !== "unsupported" && body?.kind !== "unknown") return <span hidden />
  const [error] = errors ?? []
  const said = error?.details ?? error?.title
  return (
    <>
      <small>{t(body.kind === "unknown" ? "kind.unknown_detail" : "kind.unsupported_detail")}</small>
      {error && (
        <details>
          <summary>{t("failed.details")}</summary>
          <small dir="auto">{t("failed.meta", { code: String(error.code), details: said ?? "" })}</small>
        </details>
      )}
    </>
  )
}
