/** Stands for a value that is given when a statement runs. */
export class Slot {
  constructor(readonly name: string) {}
}

/** The slot that a tenant's handle fills itself. */
export const TENANT_SLOT = new Slot("tenant")
