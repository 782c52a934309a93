/** The first page of what is kept of a customer: their data, and where each conversation is. It has no styles of ours. */
import type { Child } from "../jsx-runtime.ts"
import type { Screen } from "../parts/screen.ts"

export type ArchivePageProps = {
  screen: Screen
  title: string
  companyName: string
  facts: readonly { name: string; value: Child }[]
  conversations: readonly { path: string; words: string; files: readonly string[] }[]
}

export const ArchivePage = ({ screen, title, companyName, facts, conversations }: ArchivePageProps) => (
  <html lang={screen.format.language}>
    <head>
      <meta charset="utf-8" />
      <title>{screen.t("customers.archive_title", { name: title, company: companyName })}</title>
    </head>
    <body>
      <h1>{screen.t("customers.archive_title", { name: title, company: companyName })}</h1>
      <p>{screen.t("customers.archive_made", { date: screen.format.dateTime(screen.now) })}</p>
      <dl>
        {facts.map(({ name, value }) => (
          <>
            <dt>
              <strong>{name}</strong>
            </dt>
            <dd dir="auto">{value}</dd>
          </>
        ))}
      </dl>
      <h2>{screen.t("customers.conversations")}</h2>
      <ol>
        {conversations.map(({ path, words, files }) => (
          <li>
            <a href={path}>{words}</a>
            {files.map((file) => (
              <>
                <br />
                <a href={encodeURI(file)}>{file}</a>
              </>
            ))}
          </li>
        ))}
      </ol>
    </body>
  </html>
)
