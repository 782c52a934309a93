/** Pieces of forms beside text fields (field.tsx): groups, switches, one of few, several of many, numbers, long texts. */
import type { Child } from "../jsx-runtime.ts"
import type { More } from "./button.tsx"
import { Field, type FieldProps, fieldIds } from "./field.tsx"
import { Icon } from "./icon.tsx"

export const FormGroup = ({ legend, children }: { legend: string; children: Child }) => (
  <fieldset class="form-group">
    <legend>{legend}</legend>
    {children}
  </fieldset>
)

type SwitchProps = { name: string; label: string; hint?: Child; isOn: boolean; disabled?: boolean; more?: More }

/** On or off; sends `on` when it is. */
export const Switch = ({ name, label, hint, isOn, disabled = false, more = {} }: SwitchProps) => (
  <label class="switch">
    <input type="checkbox" role="switch" name={name} disabled={disabled} checked={isOn} {...more} />
    <span class="switch-words">
      <span>{label}</span>
      {hint && <small>{hint}</small>}
    </span>
  </label>
)

export type ChoiceFieldProps = FieldProps & {
  value: string
  options: readonly { value: string; label: string; disabled?: boolean }[]
}

/** One of few, side by side. */
export const ChoiceField = ({ value, options, ...field }: ChoiceFieldProps) => (
  <fieldset class={`field${field.error ? " is-wrong" : ""}`} aria-describedby={fieldIds(field).describedBy}>
    <legend>{field.label}</legend>
    <div class="choice">
      {options.map((option) => (
        <label>
          <input
            type="radio"
            name={field.name}
            value={option.value}
            disabled={option.disabled ?? false}
            checked={option.value === value}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
    <Under {...field} />
  </fieldset>
)

export type ChecksFieldProps = FieldProps & {
  chosen: readonly string[]
  options: readonly { value: string; label: string; aside?: Child }[]
  /** Said where there is nothing to choose from. */
  none: string
}

/** Several of many, one under the other. */
export const ChecksField = ({ chosen, options, none, ...field }: ChecksFieldProps) => (
  <fieldset class={`field${field.error ? " is-wrong" : ""}`} aria-describedby={fieldIds(field).describedBy}>
    <legend>{field.label}</legend>
    {options.length === 0 ? (
      <p class="field-hint">{none}</p>
    ) : (
      <ul class="checks">
        {options.map(({ value, label, aside }) => (
          <li>
            <label>
              <input type="checkbox" name={field.name} value={value} checked={chosen.includes(value)} />
              <span>{label}</span>
            </label>
            {aside && <small>{aside}</small>}
          </li>
        ))}
      </ul>
    )}
    <Under {...field} />
  </fieldset>
)

/** What stands under a control that is several inputs. */
const Under = (field: FieldProps) => (
  <>
    {field.hint && (
      <p class="field-hint" id={`field-${field.name}-hint`}>
        {field.hint}
      </p>
    )}
    {field.error && (
      <p class="field-error" id={`field-${field.name}-error`}>
        <Icon name="circle-alert" size="small" />
        <span>{field.error}</span>
      </p>
    )}
  </>
)

export type NumberFieldProps = FieldProps & { value: string; unit?: string; least: number; most: number }

/** A whole number, short, with its unit behind it. */
export function NumberField({ value, unit, least, most, ...field }: NumberFieldProps) {
  const { input, describedBy } = fieldIds(field)
  return (
    <Field {...field}>
      <div class="number-field">
        <input
          class="input"
          id={input}
          name={field.name}
          type="number"
          value={value}
          min={least}
          max={most}
          step={1}
          aria-invalid={field.error ? "true" : null}
          aria-describedby={describedBy}
        />
        {unit && <span>{unit}</span>}
      </div>
    </Field>
  )
}

export type AreaFieldProps = FieldProps & { value: string; rows?: number; more?: More }

/** A text of several lines. */
export function AreaField({ value, rows = 4, more = {}, ...field }: AreaFieldProps) {
  const { input, describedBy } = fieldIds(field)
  return (
    <Field {...field}>
      <textarea
        class="input"
        id={input}
        name={field.name}
        rows={rows}
        aria-invalid={field.error ? "true" : null}
        aria-describedby={describedBy}
        {...more}
      >
        {value}
      </textarea>
    </Field>
  )
}
