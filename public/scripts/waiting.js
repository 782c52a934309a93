/** Waiting conversations: all of a group chosen at once, how many are, and none any more once it is done. */
;(() => {
  const ticks = (root) => [...root.querySelectorAll('[name="conversation"]')]
  const partOf = (element) => element.closest(".waiting-part")

  function count() {
    const ticked = ticks(document).filter(({ checked }) => checked).length
    for (const output of document.querySelectorAll("[data-ticked]")) output.textContent = String(ticked)
    for (const whole of document.querySelectorAll("[data-tick-all]")) {
      const own = ticks(partOf(whole))
      const chosen = own.filter(({ checked }) => checked).length
      whole.hidden = false
      whole.checked = chosen > 0 && chosen === own.length
      whole.indeterminate = chosen > 0 && chosen < own.length
    }
  }

  addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && "tickAll" in target.dataset)
      for (const tick of ticks(partOf(target))) tick.checked = target.checked
    count()
  })

  let told = null
  function settle() {
    const outcome = document.querySelector(".steering-outcome")
    if (outcome && outcome !== told) for (const tick of ticks(document)) tick.checked = false
    told = outcome
    count()
  }
  document.addEventListener("htmx:after:swap", settle)
  addEventListener("DOMContentLoaded", settle)
})()
