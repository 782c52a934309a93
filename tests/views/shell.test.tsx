import { describe, expect, test } from "bun:test"
import { Login } from "views/account/login.tsx"
import { Setup } from "views/account/setup.tsx"
import { ErrorPage } from "views/error.tsx"
import { Document } from "views/layout/page.tsx"
import { Shell } from "views/layout/shell.tsx"
import { translator } from "views/locales/index.ts"
import { shellIn } from "./props.ts"
import { elements, namesOf } from "./reading.ts"

const asset = (path: string) => `/assets/${path}?v=1`
const company = { slug: null, providers: [], mayChoose: false, isUnknown: false }
const login = {
  csrfToken: "x",
  username: "",
  language: "en",
  languages: ["en", "it"],
  next: "/",
  refusal: null,
  company,
}

describe("signing in", () => {
  test("a person finds username, password, language and «Login»", async () => {
    const page = <Login shownLanguage="en" {...login} t={translator("en")} />
    expect(await namesOf(page, "label")).toEqual(["Username", "Password", "Language"])
    expect(await namesOf(page, "button[type=submit]")).toEqual(["Login"])
    const [form] = await elements(page, "form")
    expect([form?.attributes.get("method"), form?.attributes.get("action")]).toEqual(["post", "/login"])
    expect((await elements(page, "[name]")).map(({ attributes }) => attributes.get("name"))).toEqual([
      "_csrf",
      "next",
      "shownLanguage",
      "username",
      "password",
      "language",
    ])
  })

  test("what was wrong is announced, what was typed stays, the password does not", async () => {
    const page = (
      <Login
        shownLanguage="en"
        {...login}
        username={'an"na'}
        refusal={{ refused: "login.wrong" }}
        t={translator("it")}
      />
    )
    const [alert] = await elements(page, "[role=alert]")
    expect(alert?.text).toContain("Nome utente o password errati.")
    const [username, password] = await elements(page, ".input")
    expect(username?.attributes.get("value")).toBe('an"na')
    expect(password?.attributes.has("value")).toBe(false)
  })

  test("who must wait is told for how long", async () => {
    const refusal = { refused: "login.throttled", detail: { seconds: 42 } }
    const [notice] = await elements(
      <Login shownLanguage="en" {...login} refusal={refusal} t={translator("en")} />,
      "[role=status]",
    )
    expect(notice?.text).toContain("Wait 42 seconds before trying again.")
  })

  test("the first set-up says at each field what is wrong with it", async () => {
    const errors = { repeated: { refused: "password.not_repeated" }, form: { refused: "form.unknown_field" } }
    const typed = { username: "paola", firstName: "Paola", lastName: "Greco" }
    const page = <Setup csrfToken="x" token="abc" typed={typed} errors={errors} t={translator("en")} />
    const [repeated] = await elements(page, "[name=repeated]")
    expect(repeated?.attributes.get("aria-invalid")).toBe("true")
    const [line] = await elements(page, `#${repeated?.attributes.get("aria-describedby")}`)
    expect(line?.text).toBe("The two passwords differ.")
    expect(await namesOf(page, "[role=alert]")).toEqual(["The form does not match this version. Reload the page."])
  })
})

describe("the shell", () => {
  test("links and status carry the words of the product", async () => {
    const page = <Shell {...shellIn("en")}>content</Shell>
    expect(await namesOf(page, "nav a")).toEqual(["Conversations", "Waiting conversations"])
    expect(await namesOf(page, "nav")).toEqual(["Main"])
    expect(await namesOf(page, "form[action='/presence'] button")).toEqual(["Ready", "Back office", "Break"])
    expect(await namesOf(page, "form[action='/logout'] button")).toEqual(["Logout"])
    const here = await elements(page, "nav a[aria-current=page]")
    expect(here.map(({ attributes }) => attributes.get("href"))).toEqual(["/conversations"])
  })

  test("the load and the services are said in words", async () => {
    const [state] = await elements(<Shell {...shellIn("en")}>content</Shell>, "#header-state")
    expect(state?.text).toContain("3 of 5 conversations")
    expect(state?.text).toContain("1 of 2 services open")
  })

  test("somebody who does not answer customers has no status to choose", async () => {
    const page = (
      <Shell {...shellIn("en")} standing={null}>
        content
      </Shell>
    )
    expect(await elements(page, "form[action='/presence']")).toEqual([])
  })

  test("every id stands once on a page", async () => {
    const ids = (await elements(<Shell {...shellIn("it")}>content</Shell>, "[id]")).map((e) => e.attributes.get("id"))
    expect(ids).toEqual([...new Set(ids)])
  })

  test("what a label, a description or a button points to is there", async () => {
    const page = <Shell {...shellIn("en")}>content</Shell>
    const ids = new Set((await elements(page, "[id]")).map(({ attributes }) => attributes.get("id")))
    const pointers = ["aria-labelledby", "aria-describedby", "for", "popovertarget", "commandfor"]
    const missing: string[] = []
    for (const pointer of pointers)
      for (const { attributes } of await elements(page, `[${pointer}]`))
        missing.push(
          ...attributes
            .get(pointer)!
            .split(" ")
            .filter((id) => !ids.has(id)),
        )
    expect(missing).toEqual([])
  })
})

describe("the document", () => {
  test("it carries what the scripts need, and no inline script or style", async () => {
    const session = { user: 12, csrfToken: "tok'en\"", liveCursor: "run-41" }
    const page = (
      <Document title="Conversations" language="it" asset={asset} now={1_000} session={session}>
        <Shell {...shellIn("it")}>content</Shell>
      </Document>
    )
    const text = String(page)
    expect(text.startsWith('<!doctype html><html lang="it">')).toBe(true)
    expect(text).not.toMatch(/\sstyle=|\son[a-z]+=|<style|javascript:/i)
    expect((await elements(page, "script")).map((e) => [e.text, e.attributes.has("src")])).toEqual(
      (await elements(page, "script")).map(() => ["", true]),
    )
    const meta = new Map(
      (await elements(page, "meta[name]")).map((e) => [e.attributes.get("name"), e.attributes.get("content")]),
    )
    expect([meta.get("live"), meta.get("now"), meta.get("user")]).toEqual(["run-41", "1000", "12"])
    const [body] = await elements(page, "body")
    expect(JSON.parse(body?.attributes.get("hx-headers:inherited") ?? "")).toEqual({ "X-CSRF-Token": "tok'en\"" })
  })

  test("a page for anybody opens no stream and knows no token in its head", async () => {
    const page = (
      <Document title="Login" language="en" asset={asset} now={1_000} session={null}>
        <Login shownLanguage="en" {...login} t={translator("en")} />
      </Document>
    )
    expect(await elements(page, "meta[name=live], meta[name=csrf]")).toEqual([])
    expect(String(page)).not.toContain("htmx")
  })
})

test("an error page is the same for what is not there and what is not yours", () => {
  const page = (t = translator("en")) => (
    <ErrorPage t={t} status={404} refusal={{ refused: "not_found" }} reference={null} />
  )
  expect(String(page())).toContain("This does not exist, or it is not yours to see.")
  expect(String(page(translator("it")))).toContain("Non esiste, oppure non puoi vederlo.")
})

test("what a person typed is text, never markup", () => {
  const evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
  const page = String(
    <Shell {...shellIn("en")} me={{ name: evil, username: evil }}>
      <p>{evil}</p>
    </Shell>,
  )
  expect(page).not.toMatch(/<script|<img/)
  expect(page).toContain("&lt;script&gt;")
})
