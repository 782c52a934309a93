import { Sample } from "./sample.tsx"

const TOKENS = "bg panel raised sunken line line-2 ink ink-2 ink-3 accent accent-soft warn bad info out note".split(" ")

export const TokenSamples = () => (
  <>
    <Sample name="Tokens">
      <ul class="swatches">
        {TOKENS.map((token) => (
          <li>
            <span class={`swatch is-${token}`} />
            {token}
          </li>
        ))}
      </ul>
    </Sample>
    <Sample name="Type">
      <strong>Body, strong</strong> <span>Body</span> <small>Small</small> <a href="#main">A link in a line</a>{" "}
      <kbd>Ctrl K</kbd>
    </Sample>
  </>
)
