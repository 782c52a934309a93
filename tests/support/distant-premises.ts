/**
 * The premises as a process of their own, to stand in another network: `bun distant-premises.ts '{"address", "document"}'`.
 * Says where it is; each line it is told is said by Giulia's phone; ends with its input.
 */
import { openPremises } from "./office.ts"

const { address, document } = JSON.parse(Bun.argv[2] ?? "{}") as { address: string; document: unknown }
const port = 8080
const publicPort = 8081
const premises = await openPremises({
  document,
  config: {
    listen: { hostname: address, port },
    publicListen: { hostname: address, port: publicPort },
    url: `http://${address}:${port}`,
    publicUrl: `http://${address}:${publicPort}`,
  },
})
const giulia = premises.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
process.stdout.write(`${premises.url}\n`)
let rest = ""
for await (const part of Bun.stdin.stream()) {
  rest += new TextDecoder().decode(part)
  const lines = rest.split("\n")
  rest = lines.pop() ?? ""
  for (const line of lines) giulia.say(line)
}
await premises.close()
process.exit(0)
