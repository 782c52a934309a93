import type { Child } from "../jsx-runtime.ts"
import type { More } from "./button.tsx"
import { Icon } from "./icon.tsx"

export type FieldProps = {
  name: string
  label: string
  hint?: string | undefined
  /** What is wrong and what to do. */
  error?: string | undefined
  optional?: string | undefined
}

export const fieldIds = ({ name, hint, error }: FieldProps) => ({
  input: `field-${name}`,
  describedBy: [hint && `field-${name}-hint`, error && `field-${name}-error`].filter(Boolean).join(" ") || null,
})

/** A label over a control, a hint and what is wrong under it. */
export const Field = ({ children, ...props }: FieldProps & { children: Child }) => (
  <div class={`field${props.error ? " is-wrong" : ""}`}>
    <label for={fieldIds(props).input}>
      {props.label}
      {props.optional && <small> {props.optional}</small>}
    </label>
    {children}
    {props.hint && (
      <p class="field-hint" id={`field-${props.name}-hint`}>
        {props.hint}
      </p>
    )}
    {props.error && (
      <p class="field-error" id={`field-${props.name}-error`}>
        <Icon name="circle-alert" size="small" />
        <span>{props.error}</span>
      </p>
    )}
  </div>
)

export type TextFieldProps = FieldProps & {
  type?: "text" | "password" | "email" | "tel" | "search" | "date"
  value?: string
  autocomplete?: string
  required?: boolean
  disabled?: boolean
  isFocused?: boolean
  more?: More
  /** A button that stands in the field. */
  inside?: Child
}

export function TextField({ type = "text", value = "", autocomplete, ...rest }: TextFieldProps) {
  const { required = false, disabled = false, isFocused = false, more = {}, inside, ...field } = rest
  const { input, describedBy } = fieldIds(field)
  return (
    <Field {...field}>
      <div class="input-frame">
        <input
          class="input"
          id={input}
          name={field.name}
          type={type}
          autocomplete={autocomplete}
          required={required}
          disabled={disabled}
          value={type === "password" ? null : value}
          autofocus={isFocused}
          aria-invalid={field.error ? "true" : null}
          aria-describedby={describedBy}
          {...more}
        />
        {inside}
      </div>
    </Field>
  )
}

export type SelectFieldProps = FieldProps & {
  value: string
  options: readonly { value: string; label: string; language?: string }[]
  more?: More
}

export function SelectField({ value, options, more = {}, ...field }: SelectFieldProps) {
  const { input, describedBy } = fieldIds(field)
  return (
    <Field {...field}>
      <select
        class="select"
        id={input}
        name={field.name}
        aria-invalid={field.error ? "true" : null}
        aria-describedby={describedBy}
        {...more}
      >
        {options.map((option) => (
          <option value={option.value} selected={option.value === value} lang={option.language}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}

/** Against forged requests, for forms that are sent without scripts. */
export const FormToken = ({ csrfToken }: { csrfToken: string }) => (
  <input type="hidden" name="_csrf" value={csrfToken} />
)
