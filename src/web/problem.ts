/** Why the web layer turns a request away, before any rule of the product was asked. */
import { type Refusal, refuse } from "~/kernel/step.ts"
import type { FieldErrors } from "./form.ts"

export type ProblemStatus = 400 | 403 | 413 | 415 | 421

/** The request itself is not one we answer; `key` is a phrase of the catalogues under `refused.`. */
export class Problem extends Error {
  readonly refusal: Refusal
  constructor(
    readonly status: ProblemStatus,
    key: string,
  ) {
    super(key)
    this.name = "Problem"
    this.refusal = refuse(key)
  }
}

/** No session, or one that is over. */
export class SignInNeeded extends Error {
  constructor() {
    super("sign in")
    this.name = "SignInNeeded"
  }
}

/** A form with fields that cannot be taken; nothing was done. */
export class InvalidForm extends Error {
  constructor(readonly errors: FieldErrors) {
    super("invalid form")
    this.name = "InvalidForm"
  }
}
