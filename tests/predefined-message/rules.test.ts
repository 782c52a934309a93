/** What is filled into a predefined message, what is left for the agent, and how its choices travel. */
import { describe, expect, test } from "bun:test"
import { filled, promptOf, unfilled } from "~/predefined-message/rules.ts"

const KNOWN = { "customer.name": "Giulia Lombardi", "agent.firstName": "Anna", "customer.phone": null }

describe("A predefined message", () => {
  test.each<[what: string, text: string, becomes: string, missing: string[]]>([
    [
      "what is known is filled in",
      "Hello {customer.name}, {agent.firstName} here.",
      "Hello Giulia Lombardi, Anna here.",
      [],
    ],
    ["what is not known stays, for the agent", "On {day} at {time}.", "On {day} at {time}.", ["day", "time"]],
    [
      "a value that this customer lacks is asked for",
      "Call {customer.phone}",
      "Call {customer.phone}",
      ["customer.phone"],
    ],
    ["the same word twice is asked for once", "{day}, yes, {day}", "{day}, yes, {day}", ["day"]],
    ["braces around anything else are text", "{ } {1} {a b} {}", "{ } {1} {a b} {}", []],
    ["nothing inherited is taken for known", "{constructor}", "{constructor}", ["constructor"]],
  ])("%s", (_what, text, becomes, missing) => {
    expect(filled(text, KNOWN)).toBe(becomes)
    expect(unfilled(filled(text, KNOWN))).toEqual(missing)
  })

  test("a customer called like a placeholder changes nothing else", () => {
    expect(filled("{customer.name} {day}", { "customer.name": "{day}" })).toBe("{day} {day}")
  })

  test("choices go as buttons or as a list, each with an id of its own", () => {
    expect(promptOf(7, { style: "buttons", titles: ["Yes", "No"] })).toEqual({
      style: "buttons",
      footer: null,
      choices: [
        { id: "predefined-7-1", title: "Yes" },
        { id: "predefined-7-2", title: "No" },
      ],
    })
    expect(promptOf(7, { style: "list", opener: "Where", titles: ["Rome"] })).toMatchObject({
      style: "list",
      opener: "Where",
    })
  })
})
