import type { Child } from "../jsx-runtime.ts"

export type Fact = { name: string; value: Child }

/** Names and values, one pair a line. */
export const Facts = ({ facts }: { facts: readonly Fact[] }) => (
  <dl class="facts">
    {facts.map(({ name, value }) => (
      <>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </>
    ))}
  </dl>
)
