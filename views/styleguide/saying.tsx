import { Notice } from "../layout/notice.tsx"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { Facts } from "../parts/facts.tsx"
import type { Screen } from "../parts/screen.ts"
import { Section } from "../parts/section.tsx"
import { Sample } from "./sample.tsx"

export const SayingSamples = ({ screen }: { screen: Screen }) => (
  <>
    <Sample name="Banners">
      <div class="columns">
        <Banner tone="info" title="Information">
          Something to know.
        </Banner>
        <Banner tone="ok" title="Done">
          14 messages went out.
        </Banner>
        <Banner tone="warn" title="Warning">
          It works, but look at this.
        </Banner>
        <Banner tone="bad" title="Refused or broken" actions={<Button size="small">Do it</Button>}>
          What happened and what to do.
        </Banner>
      </div>
    </Sample>
    <Sample name="Notice">
      <Notice t={screen.t} sentence="This conversation belongs to Marco Rossi now. Your text is kept." />
    </Sample>
    <Sample name="Empty">
      <EmptyState icon="inbox" title="Nobody is waiting" actions={<Button>Do something else</Button>}>
        Conversations appear here when no agent is free.
      </EmptyState>
    </Sample>
    <Sample name="Sections and facts">
      <Section id="sample-section" title="A section">
        <Facts
          facts={[
            { name: "Opened", value: "22 Nov 2026, 09:02" },
            { name: "Agent", value: "Elena Conti" },
          ]}
        />
      </Section>
    </Sample>
  </>
)
