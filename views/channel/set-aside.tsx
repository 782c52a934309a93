/** What webhooks brought and nobody could place, what to do about it, and what WhatsApp tells of the account. */
import type { AccountNews, SetAside, Shelf } from "~/channel/queries/set-aside.ts"
import type { Phrase } from "../locales/index.ts"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { FormToken } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"
import { Time } from "../parts/time.tsx"

export type SetAsideProps = { screen: Screen; aside: Shelf<SetAside>; news: Shelf<AccountNews> }

const PATH = "/admin/set-aside"

export const SetAsidePage = ({ screen, aside, news }: SetAsideProps) => (
  <div class="page set-aside">
    <h1>{screen.t("set_aside.title")}</h1>
    <section class="card" aria-labelledby="set-aside-items">
      <ShelfHead id="set-aside-items" title={screen.t("set_aside.items")} count={aside.count} screen={screen} />
      <p class="is-quiet">{screen.t("set_aside.hint")}</p>
      {aside.items.length === 0 ? (
        <EmptyState icon="circle-check" title={screen.t("set_aside.none")}>
          {screen.t("set_aside.none_detail")}
        </EmptyState>
      ) : (
        <ul class="set-aside-list">
          {aside.items.map((item) => (
            <Item screen={screen} item={item} maySteer />
          ))}
        </ul>
      )}
      {aside.next !== null && <Older screen={screen} href={`${PATH}?before=${aside.next}`} />}
    </section>
    <section class="card" aria-labelledby="set-aside-news">
      <ShelfHead id="set-aside-news" title={screen.t("news.title")} count={news.count} screen={screen} />
      <p class="is-quiet">{screen.t("news.hint")}</p>
      {news.items.length === 0 ? (
        <EmptyState icon="bell" title={screen.t("news.none")}>
          {screen.t("news.none_detail")}
        </EmptyState>
      ) : (
        <ul class="set-aside-list">
          {news.items.map((one) => (
            <News screen={screen} news={one} />
          ))}
        </ul>
      )}
      {news.next !== null && <Older screen={screen} href={`${PATH}?news=${news.next}`} />}
    </section>
  </div>
)

/** The platform admin sees that there is something and for which number, nothing of what is in it. */
export const OwnerlessSetAside = ({ screen, shelf }: { screen: Screen; shelf: Shelf<SetAside> }) => (
  <div class="page set-aside">
    <h1>{screen.t("set_aside.title")}</h1>
    <section class="card">
      <p class="is-quiet">{screen.t("set_aside.ownerless")}</p>
      {shelf.items.length === 0 ? (
        <EmptyState icon="circle-check" title={screen.t("set_aside.none")}>
          {screen.t("set_aside.none_detail")}
        </EmptyState>
      ) : (
        <ul class="set-aside-list">
          {shelf.items.map((item) => (
            <Item screen={screen} item={item} maySteer={false} />
          ))}
        </ul>
      )}
      {shelf.next !== null && <Older screen={screen} href={`/admin/unplaced?before=${shelf.next}`} />}
    </section>
  </div>
)

type HeadProps = { screen: Screen; id: string; title: string; count: number }
const ShelfHead = ({ screen, id, title, count }: HeadProps) => (
  <h2 id={id}>
    {title} {count > 0 && <small>{screen.format.number(count)}</small>}
  </h2>
)

const Older = ({ screen, href }: { screen: Screen; href: string }) => (
  <Button kind="quiet" href={href}>
    {screen.t("set_aside.older")}
  </Button>
)

type ItemProps = { screen: Screen; item: SetAside; maySteer: boolean }

function Item({ screen, item, maySteer }: ItemProps) {
  const { t } = screen
  const why = (t as Phrase)(`set_aside.reason.${item.reason}`)
  return (
    <li id={`aside-${item.id}`}>
      <p class="set-aside-what">
        <strong>{why}</strong>
        <small>
          <Time at={item.at}>{screen.format.moment(item.at, screen.now)}</Time>
          {item.phoneNumberId && ` · ${t("set_aside.number_id", { id: item.phoneNumberId })}`}
        </small>
      </p>
      {item.item && <Raw screen={screen} item={item.item} />}
      {maySteer && (
        <div class="set-aside-deeds">
          {item.mayTryAgain && <Deed screen={screen} item={item} deed="placing" label={t("set_aside.again")} />}
          <Deed screen={screen} item={item} deed="removing" label={t("set_aside.remove")} />
        </div>
      )}
    </li>
  )
}

type DeedProps = { screen: Screen; item: SetAside; deed: "placing" | "removing"; label: string }

const Deed = ({ screen: { csrfToken }, item, deed, label }: DeedProps) => (
  <form
    method="post"
    action={`${PATH}/${item.id}/${deed}`}
    hx-post={`${PATH}/${item.id}/${deed}`}
    hx-target=".set-aside"
    hx-swap="outerMorph"
  >
    <FormToken csrfToken={csrfToken} />
    <Button
      size="small"
      type="submit"
      kind={deed === "placing" ? "plain" : "quiet"}
      icon={deed === "placing" ? "rotate-ccw" : "trash-2"}
    >
      {label}
    </Button>
  </form>
)

const News = ({ screen, news }: { screen: Screen; news: AccountNews }) => (
  <li id={`news-${news.id}`}>
    <p class="set-aside-what">
      <strong>{(screen.t as Phrase)(`news.field.${news.field}`)}</strong>
      <small>
        <Time at={news.at}>{screen.format.moment(news.at, screen.now)}</Time>
        {news.channelName && ` · ${news.channelName}`}
      </small>
      {news.words.map((word) => (
        <Chip>{word}</Chip>
      ))}
    </p>
    <Raw screen={screen} item={news.item} />
  </li>
)

const Raw = ({ screen, item }: { screen: Screen; item: string }) => (
  <details class="set-aside-raw">
    <summary>{screen.t("set_aside.as_it_came")}</summary>
    {/* Reached by the keyboard, because it scrolls. */}
    <pre tabindex="0">{item}</pre>
  </details>
)
