/** The bar above the phones: how much traffic there is, and what goes wrong. */
import type { Child, Html } from "../jsx-runtime.ts"
import type { SimulatorPhrases } from "../locales/simulator.en.ts"
import type { BenchProps, FaultProps } from "./props.ts"

type Props = { bench: BenchProps; phrases: SimulatorPhrases }
type Faults = keyof SimulatorPhrases["fault"]

export function Controls({ bench, phrases }: Props): Html {
  const { pace, faults } = bench
  return (
    <form class="controls" aria-label={phrases.line} autocomplete="off">
      <fieldset data-live="traffic">
        <legend>{phrases.traffic}</legend>
        <label class="check">
          <input type="checkbox" class="switch" data-busy checked={pace.on} />
          {phrases.busyDay}
        </label>
        <label class="with-unit">
          <input type="number" data-pace value={pace.perMinute} min="1" max="600" aria-label={phrases.pace} />
          <span class="muted">{phrases.messagesAMinute}</span>
        </label>
      </fieldset>
      <fieldset>
        <legend>{phrases.faults}</legend>
        <div class="faults" data-live="faults">
          {faults.usual.map((fault) => (
            <Fault fault={fault} phrases={phrases}>
              {fault.kind === "slow-answer" && <Delay seconds={faults.delaySeconds} phrases={phrases} />}
            </Fault>
          ))}
          <MoreFaults faults={faults.more} phrases={phrases} />
        </div>
      </fieldset>
    </form>
  )
}

const Delay = ({ seconds, phrases }: { seconds: number; phrases: SimulatorPhrases }): Html => (
  <span class="with-unit">
    <input type="number" data-delay value={seconds} min="1" max="120" aria-label={phrases.secondsOfDelay} />
    <span class="muted">s</span>
  </span>
)

function MoreFaults({ faults, phrases }: { faults: FaultProps[]; phrases: SimulatorPhrases }): Html {
  const count = faults.filter(({ on }) => on).length
  return (
    <details class="more-faults" data-keep="more-faults">
      <summary>
        {phrases.moreFaults}
        {count > 0 && <span class="count">{count}</span>}
      </summary>
      <div>
        {faults.map((fault) => (
          <Fault fault={fault} phrases={phrases} />
        ))}
      </div>
    </details>
  )
}

const Fault = ({
  fault,
  phrases,
  children,
}: {
  fault: FaultProps
  phrases: SimulatorPhrases
  children?: Child
}): Html => (
  <span class="fault">
    <label class="check">
      <input type="checkbox" data-fault={fault.kind} checked={fault.on} />
      {phrases.fault[fault.kind as Faults]}
    </label>
    {children}
  </span>
)
