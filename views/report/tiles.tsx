/** Figures side by side, each with what explains it. */
export type Tile = {
  name: string
  value: string
  note?: string | undefined
  isBad?: boolean
  href?: string | undefined
}

export const NumberTiles = ({ numbers }: { numbers: readonly Tile[] }) => (
  <dl class="kpis">
    {numbers.map(({ name, value, note, isBad = false, href }) => (
      <div>
        <dt>{name}</dt>
        <dd class={isBad ? "is-bad" : null}>
          {href === undefined ? value : <a href={href}>{value}</a>}
          {note !== undefined && <small>{note}</small>}
        </dd>
      </div>
    ))}
  </dl>
)
