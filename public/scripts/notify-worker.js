/**
 * Shows what wants attention on the desktop, and brings the page back when it is clicked: the worker outlives the tab that
 * asked. It fetches nothing and keeps nothing.
 */
self.addEventListener("install", () => self.skipWaiting())
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()))

self.addEventListener("notificationclick", (event) => {
  event.notification.close()
  event.waitUntil(goTo(event.notification.data?.path))
})

/** A window that is there already comes forward and goes there itself; without one a new one opens. */
async function goTo(path) {
  if (typeof path !== "string" || !/^\/(?!\/)/.test(path)) return
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true })
  const nearest = windows.find(({ url }) => new URL(url).pathname === path) ?? windows[0]
  if (!nearest) return self.clients.openWindow(path)
  await nearest.focus().catch(() => {})
  nearest.postMessage({ kind: "go", path })
}
