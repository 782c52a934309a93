/** Lets htmx put the server's HTML into the page under `require-trusted-types-for 'script'`; the server escapes. */
;(() => {
  const policy = window.trustedTypes?.createPolicy("htmx", { createHTML: (html) => html })
  if (policy) htmx.registerExtension("trust", { init: (api) => api.initSecurity(policy) })
})()
