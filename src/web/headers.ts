/** What every answer of the intranet listener carries (reliability-security.md §2.3). */

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "media-src 'self' blob:",
  "worker-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types htmx 'allow-duplicates'",
].join("; ")

/** `Referrer-Policy: same-origin`, not `no-referrer`: the latter makes browsers send `Origin: null` with our own forms. */
const ALWAYS: readonly (readonly [string, string])[] = [
  ["content-security-policy", CONTENT_SECURITY_POLICY],
  ["x-content-type-options", "nosniff"],
  ["referrer-policy", "same-origin"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  [
    "permissions-policy",
    "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()",
  ],
  ["cache-control", "no-store"],
]
const ONE_YEAR = ["strict-transport-security", "max-age=31536000"] as const

/** Adds what is missing; a route that sets one of them itself (assets, media) keeps its own. */
export function withSecurityHeaders(response: Response, secure: boolean): Response {
  for (const [name, value] of secure ? [...ALWAYS, ONE_YEAR] : ALWAYS)
    if (!response.headers.has(name)) response.headers.set(name, value)
  return response
}
