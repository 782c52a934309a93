import { SelectField, TextField } from "../parts/field.tsx"
import { Sample } from "./sample.tsx"

const ZONES = ["Europe/Rome", "Europe/Lisbon"].map((zone) => ({ value: zone, label: zone }))

export const FieldSamples = () => (
  <>
    <Sample name="Text">
      <div class="columns">
        <TextField name="sample-plain" label="Label" hint="Hint" more={{ placeholder: "Placeholder" }} />
        <TextField name="sample-wrong" label="Wrong" value="acme,test" error="What is wrong, and what to do" />
        <TextField name="sample-disabled" label="Disabled" value="Value" disabled />
        <TextField name="sample-optional" label="Name" optional="optional" />
      </div>
    </Sample>
    <Sample name="Choice">
      <div class="columns">
        <SelectField name="sample-select" label="Select" value="Europe/Rome" options={ZONES} />
        <SelectField
          name="sample-select-wrong"
          label="Wrong"
          value=""
          options={ZONES}
          error="Choose one of the list."
        />
      </div>
    </Sample>
  </>
)
