import { Icon } from "../parts/icon.tsx"

export const Logo = () => (
  <span class="logo">
    <span class="logo-mark">
      <Icon name="message-circle" />
    </span>
    <span class="logo-name">Sportello</span>
  </span>
)
