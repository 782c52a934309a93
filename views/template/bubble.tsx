/** A template that was sent, in the thread. */
import type { MessageItem } from "~/message/queries/thread.ts"
import type { SentButton, SentTemplate } from "~/template/rules/filling.ts"
import { Medium } from "../conversation/medium.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { SentHeading, TemplateButtons, TemplateLook } from "./look.tsx"
import { templateTitle } from "./words.ts"

type Props = { screen: Screen; item: MessageItem; template: SentTemplate }

export const TemplateMessage = ({ screen, item, template }: Props) => (
  <div class="template-message">
    <small class="template-name">
      <Icon name="zap" size="small" />
      {screen.t("kind.template", { name: templateTitle(template.name) })}
    </small>
    <TemplateLook
      header={
        item.medium ? (
          <Medium screen={screen} item={{ ...item, kind: mediumKind(template) }} medium={item.medium} />
        ) : (
          <SentHeading screen={screen} header={template.header} />
        )
      }
      body={item.text}
      footer={template.footer}
      buttons={<TemplateButtons screen={screen} buttons={template.buttons.map((one) => shown(one, item.chosen))} />}
    />
  </div>
)

const mediumKind = ({ header }: SentTemplate): "image" | "video" | "document" =>
  header?.kind === "image" || header?.kind === "video" ? header.kind : "document"

function shown(button: SentButton, chosen: MessageItem["chosen"]) {
  const { kind, text } = button
  switch (kind) {
    case "quick_reply":
      return { kind, text, isChosen: chosen.some(({ id }) => id === button.payload) }
    case "url":
      return { kind, text, detail: button.url }
    case "phone":
      return { kind, text, detail: button.phone }
    case "copy_code":
      return { kind, text, detail: button.code }
  }
}
