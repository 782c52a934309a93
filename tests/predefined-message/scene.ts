/** Acme with predefined messages, Anna at her desk, and Giulia, who has written. */
import type { Id } from "~/kernel/id.ts"
import { conversations } from "../journeys/scene.ts"
import { companyDocument } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { openWorld } from "../support/world.ts"

export const MESSAGES = [
  {
    category: "Greetings",
    title: "Welcome",
    text: "Hello {customer.firstName}, {agent.firstName} of {company.name} here.",
  },
  { category: "Booking", title: "Free slot", language: "en", text: "We have a slot on {day}." },
  {
    category: "Booking",
    title: "Choose a slot",
    language: "en",
    text: "Which one suits you, {customer.firstName}?",
    buttons: ["Saturday 09:30", "Saturday 11:00"],
  },
  {
    category: "Booking",
    title: "Scelta officina",
    language: "it",
    text: "Quale officina?",
    list: { opener: "Officine", choices: ["Milano", "Monza"] },
  },
  { category: "Booking", title: "Out of use", text: "No more.", enabled: false },
]

/** Acme's part of the file with these messages, Globex as it is. */
export const companyWith = (predefinedMessages: readonly object[]) => {
  const [acme, globex] = companyDocument().tenants
  return { tenants: [{ ...acme, predefinedMessages }, globex] }
}

export async function openScene() {
  const world = await openWorld({ document: companyWith(MESSAGES) })
  const giulia = world.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  const anna = await sitDown(world, "anna")
  giulia.say("Buongiorno")
  await world.settle()
  const conversation: Id = conversations(world)[0]!.id
  await anna.open(conversation)
  const panel = async () => (await anna.visitor.get(`/conversations/${conversation}/predefined-messages`)).text()
  return { world, giulia, anna, conversation, panel }
}
