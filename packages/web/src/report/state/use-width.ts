import { useEffect, useRef, useState } from 'preact/hooks'

/**
 * Width of an element in CSS pixels, for drawings whose text must not shrink with them, and whether it was ever
 * shown: a page with many closed drawings need not draw them before somebody looks, or prints.
 */
export const useWidth = <E extends HTMLElement>(initialPx: number) => {
  const ref = useRef<E>(null)
  const [widthPx, setWidthPx] = useState(initialPx)
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const element = ref.current
    if (element === null) return
    const observer = new ResizeObserver(([entry]) => {
      const measured = Math.round(entry?.contentRect.width ?? 0)
      if (measured === 0) return
      setWidthPx(measured)
      setShown(true)
    })
    const show = () => setShown(true)
    observer.observe(element)
    addEventListener('beforeprint', show)
    return () => {
      observer.disconnect()
      removeEventListener('beforeprint', show)
    }
  }, [])
  return { ref, widthPx, shown }
}
