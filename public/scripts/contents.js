/** Forms of what a tenant keeps for its agents: what the customer will get, placeholders, rows of reasons. */
;(() => {
  const closest = (target, selector) => (target instanceof Element ? target.closest(selector) : null)

  /** The bubble says what stands in the fields. */
  function preview(fields) {
    const value = (name) => fields.querySelector(`[name="${name}"]`)?.value ?? ""
    const style = fields.querySelector('[name="style"]:checked')?.value ?? "none"
    const bubble = fields.querySelector("[data-preview-text]")
    bubble.replaceChildren(
      ...value("text")
        .split(/(\{[a-z][\w.]*\})/i)
        .map((part, index) =>
          index % 2 === 1 ? Object.assign(document.createElement("mark"), { textContent: part }) : part,
        ),
    )
    const titles = style === "none" ? [] : value("replies").split("\n")
    const lines = titles.map((title) => title.trim()).filter(Boolean)
    const list = fields.querySelector("[data-preview-choices]")
    const opener = style === "list" ? [value("opener") || fields.querySelector(".opener-field label").textContent] : []
    list.replaceChildren(
      ...[...opener, ...lines].map((title, index) =>
        Object.assign(document.createElement("li"), {
          ...{ textContent: title, dir: "auto" },
          className: style === "list" && index === 0 ? "is-opener" : "",
        }),
      ),
    )
  }

  addEventListener("input", (event) => {
    const fields = closest(event.target, "[data-message-preview]")
    if (fields) preview(fields)
  })

  function insertPlaceholder(button) {
    const field = document.getElementById(button.parentElement.dataset.placeholders)
    field.focus()
    field.setRangeText(button.dataset.placeholder, field.selectionStart, field.selectionEnd, "end")
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }

  const levelOf = (row) => Number(row.querySelector("select").value)

  /** A row with those that stand under it. */
  function branch(row) {
    const rows = [row]
    for (let next = row.nextElementSibling; next && levelOf(next) > levelOf(row); next = next.nextElementSibling)
      rows.push(next)
    return rows
  }

  /** Before the sibling above it, or behind the one below with what stands under that. */
  function move(button, direction) {
    const row = button.closest(".reason-row")
    const rows = branch(row)
    let other = direction === "up" ? row.previousElementSibling : rows.at(-1).nextElementSibling
    if (direction === "up") while (other && levelOf(other) > levelOf(row)) other = other.previousElementSibling
    if (!other || levelOf(other) !== levelOf(row)) return
    if (direction === "up") other.before(...rows)
    else
      branch(other)
        .at(-1)
        .after(...rows)
    button.focus()
    say(row)
  }

  /** Where it stands now, for whoever does not see it. */
  function say(row) {
    const siblings = [...row.parentElement.children].filter((one) => levelOf(one) === levelOf(row))
    const area = row.closest("[data-reason-rows]").querySelector("[data-reasons-said]")
    area.textContent = `${row.querySelector('[name="title"]').value}: ${siblings.indexOf(row) + 1} / ${siblings.length}`
  }

  function retire(button) {
    const row = button.closest(".reason-row")
    const list = row.parentElement
    const next = row.previousElementSibling ?? branch(row).at(-1).nextElementSibling
    for (const one of branch(row)) one.remove()
    if (list.children.length === 0) add(list)
    else next?.querySelector('[name="title"]')?.focus()
  }

  let blank = null
  let added = 0

  /** Another empty row, on the level of the last one. */
  function add(list) {
    const last = list.lastElementChild
    const row = (last ?? blank).cloneNode(true)
    added += 1
    const key = `a${added}`
    row.querySelector('[name="row"]').value = key
    const title = row.querySelector('[name="title"]')
    const stops = row.querySelector('[name="mayStop"]')
    Object.assign(title, { value: "" })
    Object.assign(stops, { value: key, checked: false })
    row.querySelector("select").value = last ? last.querySelector("select").value : "1"
    list.append(row)
    title.focus()
  }

  addEventListener("click", (event) => {
    const placeholder = closest(event.target, "[data-placeholder]")
    if (placeholder) return insertPlaceholder(placeholder)
    const mover = closest(event.target, "[data-moves-reason]")
    if (mover) return move(mover, mover.dataset.movesReason)
    const retirer = closest(event.target, "[data-retires-reason]")
    if (retirer) return retire(retirer)
    const adder = closest(event.target, "[data-adds-reason]")
    if (adder) add(adder.closest("[data-reason-rows]").querySelector(".reason-rows"))
  })

  /** Enter in a row makes the next one instead of saving. */
  addEventListener("keydown", (event) => {
    const row = closest(event.target, ".reason-row")
    if (!row || event.key !== "Enter" || event.target.name !== "title") return
    event.preventDefault()
    const next = branch(row).at(-1).nextElementSibling ?? row.nextElementSibling
    if (next && next.querySelector('[name="title"]').value === "") next.querySelector('[name="title"]').focus()
    else add(row.parentElement)
  })

  function ready() {
    for (const button of document.querySelectorAll("[data-adds-reason][hidden]")) button.hidden = false
    blank ??= document.querySelector(".reason-row:last-child")?.cloneNode(true) ?? null
  }
  document.addEventListener("htmx:after:swap", ready)
  ready()
})()
