import { useEffect } from 'preact/hooks'

export type Keys = Readonly<Record<string, () => void>>

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable)

/** Single keys for the whole page; left alone while somebody types, holds a modifier, or a dialog is open. */
export const useKeys = (keys: Keys) => {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return
      const act = keys[event.key]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [keys])
}

/** Moves the focus among the verdicts that are shown. */
export const step = (by: 1 | -1) => {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-verdict]')]
  const card = document.activeElement?.closest('.verdict')?.querySelector<HTMLElement>('[data-verdict]')
  const at = card ? rows.indexOf(card) : -1
  const next = at === -1 ? (by === 1 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))
  rows[next]?.focus({ preventScroll: true })
  rows[next]?.scrollIntoView({ block: 'nearest' })
}
