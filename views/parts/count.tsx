export type CountProps = { count: number; label: string }

/** A number in a pill. Beyond 99 the exact number is in its name only. */
export const Count = ({ count, label }: CountProps) => (
  <span class="count">
    <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
    <span class="visually-hidden">{label}</span>
  </span>
)
