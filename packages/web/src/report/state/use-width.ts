import { useEffect, useRef, useState } from 'preact/hooks'

/** Width of an element in CSS pixels, for drawings whose text must not shrink with them. */
export const useWidth = <E extends HTMLElement>(initialPx: number) => {
  const ref = useRef<E>(null)
  const [widthPx, setWidthPx] = useState(initialPx)
  useEffect(() => {
    const element = ref.current
    if (element === null) return
    const observer = new ResizeObserver(([entry]) => {
      const measured = Math.round(entry?.contentRect.width ?? 0)
      if (measured > 0) setWidthPx(measured)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, widthPx }
}
