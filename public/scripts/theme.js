/** Light, dark or as the system: remembered per browser, set before anything is drawn. */
;(() => {
  const KEY = "theme"
  const root = document.documentElement
  const chosen = () => localStorage.getItem(KEY) ?? "system"

  const show = () => {
    const theme = chosen()
    if (theme === "system") delete root.dataset.theme
    else root.dataset.theme = theme
    for (const button of document.querySelectorAll("[data-theme-choice]"))
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme))
  }
  show()
  addEventListener("DOMContentLoaded", show)
  addEventListener("storage", show)
  addEventListener("click", ({ target }) => {
    const choice = target instanceof Element && target.closest("[data-theme-choice]")
    if (!choice) return
    localStorage.setItem(KEY, choice.dataset.themeChoice)
    show()
  })
})()
