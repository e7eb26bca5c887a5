/** Runs inside the page: texts whose contrast against what is behind them is under 4.5. */
export const findLowContrast = (): string[] => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  if (canvas === null) throw new Error('no canvas')

  /** Any colour that CSS can say, as red, green, blue and alpha from 0 to 1. */
  const parse = (color: string): [number, number, number, number] => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = color
    canvas.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data
    return [red / 255, green / 255, blue / 255, alpha / 255]
  }
  const luminance = (color: string) => {
    const [red, green, blue] = parse(color).map((it) =>
      it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
  }
  const behind = (element: Element | null): string => {
    for (let it = element; it !== null; it = it.parentElement) {
      const color = getComputedStyle(it).backgroundColor
      if (parse(color)[3] > 0.99) return color
    }
    return 'white'
  }
  const low: string[] = []
  for (const element of document.querySelectorAll<HTMLElement | SVGElement>('body *')) {
    const text = [...element.childNodes]
      .filter((it) => it.nodeType === Node.TEXT_NODE)
      .map((it) => it.textContent)
    const style = getComputedStyle(element)
    if (text.join('').trim() === '' || !element.checkVisibility({ visibilityProperty: true })) continue
    if (element.closest('script, style, noscript, title, .unseen')) continue
    const ink = element instanceof SVGElement ? style.fill : style.color
    if (parse(ink)[3] < 0.01) continue
    const pair = [luminance(ink), luminance(behind(element))].sort((a, b) => b - a)
    const ratio = ((pair[0] ?? 0) + 0.05) / ((pair[1] ?? 0) + 0.05)
    if (ratio < 4.5)
      low.push(`${ratio.toFixed(2)} ${element.tagName}.${element.className}: ${text.join('').trim()}`)
  }
  return [...new Set(low)]
}
