/** The simulator's only way out: it speaks HTTP to the product's webhook and to nobody else. */
export type Deliver = (url: string, init: DeliverInit) => Promise<Response>
export type DeliverInit = {
  method: "GET" | "POST"
  headers: Record<string, string>
  body?: string
  signal?: AbortSignal
}

export const deliverByHttp: Deliver = (url, init) => fetch(url, { ...init, redirect: "manual" })
