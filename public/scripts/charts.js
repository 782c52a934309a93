/**
 * Lines over time: `<line-chart data-chart='{places, lines, now}'>` is drawn by uPlot, which is fetched when there is
 * something to draw. The server says what stands along the bottom; the same figures stand in the table below. Also the
 * big screen's one button.
 */
;(() => {
  const DRAWN_HEIGHT = 220
  const MOST_LABELS = 12
  /** A label and the air around it, in pixels: of what is longest along the bottom. */
  const roomOf = (places) => Math.max(...places.map((place) => String(place).length)) * 6.2 + 14
  let library = null

  /** uPlot, once for the page. */
  const fetched = () => {
    library ??= new Promise((resolve, reject) => {
      const url = document.querySelector('meta[name="chart-library"]')?.content ?? ""
      const policy = window.trustedTypes?.createPolicy("htmx", { createScriptURL: (text) => text })
      const script = document.createElement("script")
      script.src = policy ? policy.createScriptURL(url) : url
      script.onload = () => resolve(window.uPlot)
      script.onerror = reject
      document.head.append(script)
    })
    return library
  }

  /** The colour that a class has now, as the canvas understands it. */
  function colourOf(element, name) {
    const probe = document.createElement("span")
    probe.className = name
    probe.hidden = true
    element.append(probe)
    const { color } = getComputedStyle(probe)
    probe.remove()
    return color
  }

  class LineChart extends HTMLElement {
    static observedAttributes = ["data-chart"]
    #plot = null
    #size = null
    #scheme = matchMedia("(prefers-color-scheme: dark)")
    #redraw = () => this.#draw()

    connectedCallback() {
      this.#size = new ResizeObserver(() => {
        const width = this.clientWidth
        if (this.#plot && width > 0 && width !== this.#plot.width) this.#plot.setSize({ width, height: DRAWN_HEIGHT })
      })
      this.#size.observe(this)
      this.#scheme.addEventListener("change", this.#redraw)
      this.theme = new MutationObserver(this.#redraw)
      this.theme.observe(document.documentElement, { attributeFilter: ["data-theme"] })
      this.#draw()
    }

    disconnectedCallback() {
      this.#size?.disconnect()
      this.theme?.disconnect()
      this.#scheme.removeEventListener("change", this.#redraw)
      this.#plot?.destroy()
      this.#plot = null
    }

    attributeChangedCallback(_, before, after) {
      if (this.isConnected && before !== null && before !== after) this.#draw()
    }

    async #draw() {
      const uPlot = await fetched()
      if (!this.isConnected) return
      const chart = JSON.parse(this.dataset.chart)
      this.#plot?.destroy()
      this.replaceChildren()
      const data = [chart.places.map((_, index) => index), ...chart.lines.map(({ values }) => values)]
      this.#plot = new uPlot(this.#options(chart), data, this)
    }

    #options({ places, lines, now }) {
      const [ink, grid] = [getComputedStyle(this).color, colourOf(this, "chart-grid")]
      const axis = { stroke: ink, font: "11px Inter, system-ui, sans-serif", ticks: { show: false } }
      return {
        width: this.clientWidth || 300,
        height: DRAWN_HEIGHT,
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false } },
        scales: {
          x: { time: false, range: [-0.5, places.length - 0.5] },
          y: { range: (_, __, most) => [0, Math.max(4, most * 1.08)] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            size: 26,
            splits: (plot) => splitsOf(places.length, plot.bbox.width / devicePixelRatio / roomOf(places)),
            values: (_, at) => at.map((index) => places[index] ?? ""),
          },
          {
            ...axis,
            grid: { stroke: grid, width: 1 },
            size: 44,
            incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000],
          },
        ],
        series: [{}, ...lines.map((line) => this.#series(line, places.length))],
        hooks: { draw: [(plot) => drawNow(plot, now, ink)], setCursor: [(plot) => this.#hint(plot, places, lines)] },
      }
    }

    #series({ hue, isDashed, isFilled }, count) {
      const stroke = colourOf(this, `hue-${hue}`)
      return {
        stroke,
        width: 2,
        dash: isDashed ? [5, 4] : undefined,
        fill: isFilled ? translucent(stroke) : undefined,
        points: { show: count < 3, size: 6 },
        spanGaps: false,
      }
    }

    /** What stands under the pointer, in words. */
    #hint(plot, places, lines) {
      const { idx, left } = plot.cursor
      let hint = this.querySelector(".chart-hint")
      if (idx === null || idx === undefined || left < 0) {
        hint?.remove()
        return
      }
      if (!hint) {
        hint = document.createElement("div")
        hint.className = "chart-hint"
        hint.setAttribute("aria-hidden", "true")
        this.append(hint)
      }
      hint.textContent = [places[idx], ...lines.map(({ label, values }) => `${label}: ${values[idx] ?? "–"}`)].join(
        "\n",
      )
      const room = this.clientWidth - hint.offsetWidth
      hint.style.left = `${Math.max(0, Math.min(room, left + 56))}px`
    }
  }

  const splitsOf = (count, most) => {
    const every = Math.max(1, Math.ceil(count / Math.max(1, Math.min(MOST_LABELS, Math.floor(most)))))
    return Array.from({ length: Math.ceil(count / every) }, (_, index) => index * every)
  }

  const translucent = (colour) => `color-mix(in srgb, ${colour} 12%, transparent)`

  function drawNow(plot, now, ink) {
    if (now === null || now === undefined) return
    const { ctx, bbox } = plot
    const x = Math.round(plot.valToPos(now, "x", true))
    ctx.save()
    ctx.strokeStyle = ink
    ctx.setLineDash([4, 4])
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
    ctx.restore()
  }

  customElements.define("line-chart", LineChart)

  addEventListener("click", ({ target }) => {
    if (!(target instanceof Element) || !target.closest('[data-action="full-screen"]')) return
    if (document.fullscreenElement) document.exitFullscreen()
    else document.documentElement.requestFullscreen()
  })
})()
