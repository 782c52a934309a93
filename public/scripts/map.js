/**
 * The world as the server draws it, piece by piece: `<world-map>`. Dragged with the pointer, zoomed with the wheel or the
 * buttons, walked over with the arrows; a click, or Enter for what is under the cross, tells the page by a `pick` event.
 */
;(() => {
  const TILE = 256
  const [LEAST_ZOOM, MOST_ZOOM] = [1, 12]
  const STEP = 60
  const SVG = "http://www.w3.org/2000/svg"
  const bounded = (value, least, most) => Math.min(most, Math.max(least, value))
  /** Web Mercator, the whole width being 1. */
  function projected({ latitude, longitude }) {
    const sine = Math.sin((bounded(latitude, -85.0511, 85.0511) * Math.PI) / 180)
    return { x: longitude / 360 + 0.5, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) }
  }
  const degrees = (value) => Math.round(value * 1e5) / 1e5
  const unprojected = ({ x, y }) => ({
    latitude: degrees((Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI),
    longitude: degrees(((((x % 1) + 1) % 1) - 0.5) * 360),
  })
  function node(name, attributes) {
    const one = document.createElementNS(SVG, name)
    for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, String(value))
    return one
  }

  class WorldMap extends HTMLElement {
    connectedCallback() {
      if (this.tiles) return
      this.tiles = new Map()
      this.read()
      this.listen()
      new ResizeObserver(() => this.draw()).observe(this)
    }

    read() {
      const { latitude, longitude, zoom, spots, pinned } = this.dataset
      const place = { latitude: Number(latitude), longitude: Number(longitude) }
      this.asked = [latitude, longitude, pinned].join(" ")
      this.centre = projected(place)
      this.zoom = Number(zoom)
      this.pin = pinned === "" ? place : null
      this.spots = JSON.parse(spots || "[]")
    }

    /** A morph keeps the element and throws away what was drawn in it; it may ask for another place, too. */
    refresh() {
      const { latitude, longitude, pinned } = this.dataset
      if (this.asked !== [latitude, longitude, pinned].join(" ")) this.read()
      this.draw()
    }

    /** Puts the pin there and looks at it, nearer where `zoom` says so. */
    show(place, zoom = this.zoom) {
      this.pin = place
      this.centre = projected(place)
      this.zoom = bounded(zoom, LEAST_ZOOM, MOST_ZOOM)
      this.draw()
    }
    lookAt(place, zoom) {
      this.centre = projected(place)
      this.zoom = bounded(zoom, LEAST_ZOOM, MOST_ZOOM)
      this.draw()
    }

    pick(place) {
      this.pin = place
      this.draw()
      this.dispatchEvent(new CustomEvent("pick", { detail: place, bubbles: true }))
    }

    get scale() {
      return TILE * 2 ** this.zoom
    }
    get corner() {
      return {
        left: Math.round(this.centre.x * this.scale - this.clientWidth / 2),
        top: Math.round(this.centre.y * this.scale - this.clientHeight / 2),
      }
    }
    /** Where on the earth a point of the element is. */
    placeAt(x, y) {
      const { left, top } = this.corner
      return unprojected({ x: (left + x) / this.scale, y: bounded((top + y) / this.scale, 0, 1) })
    }

    move(across, down) {
      const half = this.clientHeight / 2 / this.scale
      const [north, south] = half < 0.5 ? [half, 1 - half] : [0.5, 0.5]
      this.centre = {
        x: (((this.centre.x + across / this.scale) % 1) + 1) % 1,
        y: bounded(this.centre.y + down / this.scale, north, south),
      }
      this.draw()
    }

    /** What is under the point stays under it. */
    zoomBy(step, x = this.clientWidth / 2, y = this.clientHeight / 2) {
      const zoom = bounded(this.zoom + step, LEAST_ZOOM, MOST_ZOOM)
      if (zoom === this.zoom) return
      const [across, down] = [x - this.clientWidth / 2, y - this.clientHeight / 2]
      const kept = { x: this.centre.x + across / this.scale, y: this.centre.y + down / this.scale }
      this.zoom = zoom
      this.centre = { x: kept.x - across / this.scale, y: kept.y - down / this.scale }
      this.move(0, 0)
    }

    draw() {
      if (!this.clientWidth) return
      const { left, top } = this.corner
      const many = 2 ** this.zoom
      const wanted = new Map()
      for (let column = Math.floor(left / TILE); column * TILE < left + this.clientWidth; column++)
        for (let row = Math.floor(top / TILE); row * TILE < top + this.clientHeight; row++)
          if (row >= 0 && row < many) wanted.set(`${this.zoom} ${column} ${row}`, { column, row })
      for (const [key, tile] of this.tiles)
        if (!wanted.has(key)) {
          tile.remove()
          this.tiles.delete(key)
        }
      for (const [key, { column, row }] of wanted) {
        const drawn = this.tiles.get(key)
        const tile = drawn?.isConnected ? drawn : this.addTile(key, ((column % many) + many) % many, row)
        tile.setAttribute("x", String(column * TILE - left))
        tile.setAttribute("y", String(row * TILE - top))
      }
      this.drawPins(left, top)
    }

    addTile(key, x, y) {
      const tile = node("svg", { width: TILE, height: TILE })
      tile.append(node("use", { href: `/map/tile?zoom=${this.zoom}&x=${x}&y=${y}#map` }))
      this.querySelector(".map-tiles").append(tile)
      this.tiles.set(key, tile)
      return tile
    }

    drawPins(left, top) {
      const where = (place) => {
        const { x, y } = projected(place)
        const turn = Math.round((this.centre.x - x) * 1)
        return `translate(${(x + turn) * this.scale - left} ${y * this.scale - top})`
      }
      this.querySelector(".map-spots").replaceChildren(
        ...this.spots.map((spot) => {
          const circle = node("circle", { r: 6, transform: where(spot) })
          const title = node("title", {})
          title.textContent = spot.name
          circle.append(title)
          return circle
        }),
      )
      const chosen = this.querySelector(".map-chosen")
      chosen.setAttribute("visibility", this.pin ? "visible" : "hidden")
      if (this.pin) chosen.setAttribute("transform", where(this.pin))
    }

    listen() {
      let drag = null
      const at = ({ clientX, clientY }) => {
        const box = this.getBoundingClientRect()
        return { x: clientX - box.left, y: clientY - box.top }
      }
      this.addEventListener("pointerdown", (event) => {
        if (event.button !== 0 || event.target.closest("button")) return
        const isPin = event.target.closest(".map-chosen") !== null
        drag = { ...at(event), isPin, isMoved: false }
        this.setPointerCapture(event.pointerId)
      })
      this.addEventListener("pointermove", (event) => {
        if (!drag) return
        const { x, y } = at(event)
        if (!drag.isMoved && Math.hypot(x - drag.x, y - drag.y) < 4) return
        drag.isMoved = true
        if (drag.isPin) {
          this.pin = this.placeAt(x, y)
          this.draw()
        } else this.move(drag.x - x, drag.y - y)
        Object.assign(drag, { x, y })
      })
      const end = (event) => {
        if (!drag) return
        const { x, y } = at(event)
        const isPick = event.type === "pointerup" && (!drag.isMoved || drag.isPin)
        drag = null
        if (isPick) this.pick(this.placeAt(x, y))
      }
      this.addEventListener("pointerup", end)
      this.addEventListener("pointercancel", end)
      this.addEventListener("click", ({ target }) => {
        const button = target.closest("[data-zooms]")
        if (button) this.zoomBy(Number(button.dataset.zooms))
      })
      this.listenToWheelAndKeys(at)
    }

    listenToWheelAndKeys(at) {
      let turned = 0
      this.addEventListener(
        "wheel",
        (event) => {
          event.preventDefault()
          turned += event.deltaY
          if (Math.abs(turned) < 60) return
          const { x, y } = at(event)
          this.zoomBy(turned > 0 ? -1 : 1, x, y)
          turned = 0
        },
        { passive: false },
      )
      const KEYS = {
        ArrowLeft: () => this.move(-STEP, 0),
        ArrowRight: () => this.move(STEP, 0),
        ArrowUp: () => this.move(0, -STEP),
        ArrowDown: () => this.move(0, STEP),
        "+": () => this.zoomBy(1),
        "-": () => this.zoomBy(-1),
        Enter: () => this.pick(this.placeAt(this.clientWidth / 2, this.clientHeight / 2)),
      }
      this.addEventListener("keydown", (event) => {
        if (event.target !== this || !KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return
        event.preventDefault()
        event.stopPropagation()
        KEYS[event.key]()
      })
    }
  }
  customElements.define("world-map", WorldMap)
  document.addEventListener("htmx:after:swap", () => {
    for (const map of document.querySelectorAll("world-map")) map.refresh()
  })
})()
