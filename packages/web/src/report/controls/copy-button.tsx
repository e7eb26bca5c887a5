import { useState } from 'preact/hooks'

/** A page from disk has no clipboard in some browsers: then a selection is copied the old way. */
const copy = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    const copied = document.execCommand('copy')
    area.remove()
    return copied
  }
}

const WORDS = { idle: 'Copy', done: 'Copied', failed: 'Press Ctrl+C' } as const

export const CopyButton = ({ text, what }: { text: string; what: string }) => {
  const [state, setState] = useState<keyof typeof WORDS>('idle')
  const press = async () => {
    setState((await copy(text)) ? 'done' : 'failed')
    setTimeout(() => setState('idle'), 2_000)
  }
  return (
    <button type="button" class="copy" onClick={press} aria-label={`${WORDS[state]}: ${what}`}>
      <span aria-live="polite">{WORDS[state]}</span>
    </button>
  )
}
