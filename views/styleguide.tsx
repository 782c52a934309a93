/**
 * Every part in every state, in the real styles: what a screenshot test compares, in both themes. Its samples are the
 * one text that no catalogue holds; nobody but us reads them.
 */
import type { Child } from "./jsx-runtime.ts"
import type { Screen } from "./parts/screen.ts"
import { AdministrationSamples } from "./styleguide/administration.tsx"
import { ButtonSamples, ChipSamples } from "./styleguide/buttons.tsx"
import { FieldSamples } from "./styleguide/fields.tsx"
import { MessageSamples } from "./styleguide/messages.tsx"
import { SayingSamples } from "./styleguide/saying.tsx"
import { TokenSamples } from "./styleguide/tokens.tsx"

export const Styleguide = ({ screen }: { screen: Screen }) => (
  <div class="page styleguide">
    <h1>{screen.t("styleguide.title")}</h1>
    <Chapter title="Colours and type">
      <TokenSamples />
    </Chapter>
    <Chapter title="Buttons and chips">
      <ButtonSamples />
      <ChipSamples />
    </Chapter>
    <Chapter title="Fields">
      <FieldSamples />
    </Chapter>
    <Chapter title="Saying something">
      <SayingSamples screen={screen} />
    </Chapter>
    <Chapter title="Administration: lists, sheets, forms">
      <AdministrationSamples screen={screen} />
    </Chapter>
    <Chapter title="Messages">
      <MessageSamples screen={screen} />
    </Chapter>
  </div>
)

const Chapter = ({ title, children }: { title: string; children: Child }) => (
  <section class="card styleguide-chapter">
    <h2>{title}</h2>
    {children}
  </section>
)
