import { type Editing, Sheet, SheetForm, UsedBy } from "../admin/sheet.tsx"
import { List, type ListColumn } from "../list/list.tsx"
import { Avatar } from "../parts/avatar.tsx"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { TextField } from "../parts/field.tsx"
import { AreaField, ChecksField, ChoiceField, FormGroup, NumberField, Switch } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"
import { Sample } from "./sample.tsx"

type Colour = { id: number; name: string; warmth: number }

const COLOURS: readonly Colour[] = [
  { id: 1, name: "Amber", warmth: 8 },
  { id: 2, name: "Teal", warmth: 3 },
]

/** How a page of the administration is made: its list, and a sheet beside it. */
export const AdministrationSamples = ({ screen }: { screen: Screen }) => (
  <>
    <Sample name="A page">
      <ol class="steps styleguide-wide">
        <li>Its section in views/admin/sections.ts: path, icon, phrase, who may open it. The frame comes by itself.</li>
        <li>A ListShape in the noun's rules: columns, filters, order (kernel/list.ts).</li>
        <li>listing(…) in its queries: the rows, what is searched, how columns sort (database/listing.ts).</li>
        <li>Its columns in its views, once for table and file (list/list.tsx), in a div of class «split».</li>
        <li>
          Routes: readAsk → page; listFile for «export»; Sheet, SheetForm and ConfirmSheet at paths below the list.
        </li>
        <li>
          An action that refuses form.conflict on another version; changedSince says what differs (web/editing.ts).
        </li>
      </ol>
    </Sample>
    <Sample name="List">
      <div class="styleguide-wide">
        <SampleList screen={screen} />
      </div>
    </Sample>
    <Sample name="Form in a sheet">
      <div class="styleguide-wide">
        <SampleSheet screen={screen} />
      </div>
    </Sample>
    <Sample name="In use">
      <UsedBy
        uses={[
          { what: "Service numbers", names: [{ name: "Main", path: "/styleguide" }] },
          { what: "Overflow of", names: [{ name: "Sales" }, { name: "Spare parts" }] },
        ]}
      />
    </Sample>
  </>
)

const COLUMNS: ListColumn<Colour>[] = [
  { key: "name", label: "Name", draw: ({ name }) => name, cell: ({ name }) => name },
  { key: "warmth", label: "Warmth", draw: ({ warmth }) => warmth, cell: ({ warmth }) => warmth, isNumber: true },
]

const SampleList = ({ screen }: { screen: Screen }) => (
  <List
    screen={screen}
    panel="main"
    path="/styleguide"
    title="Colours"
    searchLabel="Name"
    exports={false}
    isSample
    shape={{
      name: "sample",
      columns: { name: { sorts: true }, warmth: { sorts: true } },
      sort: { by: "name", descending: false },
    }}
    ask={{
      words: "",
      filters: { kind: ["warm"] },
      cursor: null,
      columns: ["name", "warmth"],
      sort: { by: "name", descending: false, isUsual: true },
    }}
    page={{ rows: COLOURS, first: 1, count: 2, isMore: false, previous: null, next: null }}
    columns={COLUMNS}
    filters={[{ name: "kind", label: "Kind", options: [{ value: "warm", label: "Warm" }] }]}
    rowPath={() => "/styleguide"}
    isCurrent={({ id }) => id === 2}
    empty={{ icon: "inbox", title: "No colour yet", text: "What will stand here." }}
  />
)

const SampleSheet = ({ screen }: { screen: Screen }) => {
  const editing: Editing = {
    written: { name: ["Teal"] },
    before: null,
    errors: { warmth: { refused: "field.out_of_range", detail: { least: 0, most: 10 } } },
    conflict: { by: { name: "Luca Ferri", at: screen.now }, fields: [{ name: "warmth", was: ["3"], is: ["4"] }] },
  }
  return (
    <Sheet
      screen={screen}
      panel="main"
      title="Teal"
      subtitle="A colour"
      closePath="/styleguide"
      mark={<Avatar name="Teal" />}
    >
      <SheetForm
        screen={screen}
        panel="main"
        action="/styleguide"
        closePath="/styleguide"
        editing={editing}
        submitLabel="Save"
        labels={{ warmth: "Warmth" }}
        foot={<Button kind="danger">Delete</Button>}
      >
        <FormGroup legend="A group">
          <TextField name="sample-name" label="Name" value="Teal" />
          <NumberField
            name="sample-warmth"
            label="Warmth"
            value="12"
            unit="of 10"
            least={0}
            most={10}
            error="From 0 to 10."
          />
          <AreaField name="sample-notes" label="Notes" value="Several lines" optional={screen.t("admin.optional")} />
        </FormGroup>
        <FormGroup legend="Another group">
          <ChoiceField
            name="sample-choice"
            label="One of few"
            value="one"
            options={[
              { value: "one", label: "One" },
              { value: "other", label: "Other" },
            ]}
          />
          <ChecksField
            name="sample-checks"
            label="Several of many"
            chosen={["a"]}
            none="There is nothing yet."
            options={[
              { value: "a", label: "First", aside: "8 members" },
              { value: "b", label: "Second", aside: <Chip tone="warn">new</Chip> },
            ]}
          />
          <Switch name="sample-switch" label="A switch" hint="What it means when it is on." isOn />
        </FormGroup>
      </SheetForm>
    </Sheet>
  )
}
