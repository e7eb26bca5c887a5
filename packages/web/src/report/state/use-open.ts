import { useCallback, useEffect, useState } from 'preact/hooks'

/** Shows which verdict the address names; a page from disk may not be allowed to, which is fine. */
const name = (id: string) => {
  try {
    history.replaceState(null, '', `#${id}`)
  } catch {}
}

/** Which verdicts are open. The one that the address names is opened and brought into view. */
export const useOpen = (known: ReadonlySet<string>) => {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())

  const toggle = useCallback((id: string) => {
    setOpen((before) => {
      const after = new Set(before)
      if (after.delete(id)) return after
      name(id)
      return after.add(id)
    })
  }, [])

  useEffect(() => {
    const follow = () => {
      const id = location.hash.slice(1)
      if (!known.has(id)) return
      setOpen((before) => new Set([...before, id]))
      requestAnimationFrame(() => {
        const card = document.getElementById(id)
        card?.scrollIntoView({ block: 'start' })
        card?.querySelector('button')?.focus({ preventScroll: true })
      })
    }
    follow()
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [known])

  return { open, setOpen, toggle }
}
