import { useEffect, useState } from 'preact/hooks'

export type Theme = 'system' | 'light' | 'dark'

const KEY = 'plimsoll-theme'
const isTheme = (text: string | null): text is Theme =>
  text === 'system' || text === 'light' || text === 'dark'

/** Storage may be closed to a page from disk: then the choice lasts as long as the page. */
const remembered = (): Theme => {
  try {
    const text = localStorage.getItem(KEY)
    return isTheme(text) ? text : 'system'
  } catch {
    return 'system'
  }
}

const remember = (theme: Theme) => {
  try {
    localStorage.setItem(KEY, theme)
  } catch {}
}

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }

export const useTheme = () => {
  const [theme, setTheme] = useState<Theme>(remembered)
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    remember(theme)
  }, [theme])
  return { theme, next: () => setTheme((before) => NEXT[before]) }
}
