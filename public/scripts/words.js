/** Words as people look for them: accents and case make no difference; what fits is marked without touching the page. */
;(() => {
  /** Without case and accents. Letter by letter the same length as `text`, so that a place in one is a place in the other. */
  const folded = (text) => [...text].map(foldedLetter).join("")
  function foldedLetter(letter) {
    const plain = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    return plain.length === letter.length ? plain : letter
  }

  /** Marks `words` in `elements` under a name that the style sheet knows; no elements: no marks. */
  function highlight(name, elements, words = []) {
    if (!globalThis.CSS?.highlights) return
    const ranges = words.length === 0 ? [] : elements.flatMap((element) => rangesIn(element, words))
    if (ranges.length > 0) CSS.highlights.set(name, new Highlight(...ranges))
    else CSS.highlights.delete(name)
  }

  function rangesIn(element, words) {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    const ranges = []
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const text = folded(node.data)
      for (const word of words)
        for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
          const range = new Range()
          range.setStart(node, at)
          range.setEnd(node, at + word.length)
          ranges.push(range)
        }
    }
    return ranges
  }
  Object.assign(globalThis.sportello, { folded, highlight })
})()
