/** Templates at the desk: the picker of a conversation, and what was sent and not answered. */
import type { Screen } from "views/parts/screen.ts"
import { SilenceWarning, TemplateForm, TemplateGone } from "views/template/form.tsx"
import { TemplatePicker } from "views/template/picker.tsx"
import { TemplatesSent } from "views/template/sent.tsx"
import type { SessionUser } from "~/account/queries.ts"
import { conversationHead } from "~/conversation/queries/console.ts"
import type { Reader } from "~/database/handles.ts"
import { silentTemplates } from "~/message/queries/silence.ts"
import type { Areas } from "~/web/areas.ts"
import { filledTemplate, recipientOf, templatePicks, titleOf } from "./queries/picking.ts"
import { seesEverybodys, templatesSent } from "./queries/sent.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const templateRoutes = ({ desk }: Areas, { screenOf }: Parts) =>
  desk()
    .get("/conversations/:id/templates", ({ me, read, actor, id, wantsPanel, html, redirect }) => {
      const head = conversationHead(read, actor, id("id"))
      if (!wantsPanel) return redirect(`/conversations/${head.id}`)
      const picks = templatePicks(read, head.channel, recipientOf(read, head.customer))
      const path = `/conversations/${head.id}/templates`
      return html(<TemplatePicker screen={screenOf(me, read)} picks={picks} path={path} />)
    })
    .get("/conversations/:id/templates/:template", ({ me, read, actor, id, html }) => {
      const screen = screenOf(me, read)
      const head = conversationHead(read, actor, id("id"))
      const template = filledTemplate(read, me, head.channel, id("template"), recipientOf(read, head.customer))
      if (!template) return html(<TemplateGone screen={screen} />)
      const { last } = silentTemplates(read, head)
      const named = last && { ...last, name: titleOf(last.name) }
      const warning = <SilenceWarning screen={screen} last={named} />
      return html(<TemplateForm screen={screen} template={template} warning={warning} />)
    })
    .get("/templates-sent", ({ me, read, actor, query, page, watch }) => {
      const screen = screenOf(me, read)
      const mayWiden = seesEverybodys(actor)
      const everybody = mayWiden && query.get("of") === "everybody"
      if (everybody) watch("templates-sent")
      const items = templatesSent(read, actor, everybody)
      const panel = (
        <TemplatesSent screen={screen} items={items} mayWiden={mayWiden} everybody={everybody} mayStart={me.outbound} />
      )
      return page(screen.t("nav.templates_sent"), panel)
    })
