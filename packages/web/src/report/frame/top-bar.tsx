import { Sign } from '../controls/sign.tsx'
import type { Theme } from '../state/use-theme.ts'

const NAMES: Record<Theme, string> = { system: 'Auto', light: 'Light', dark: 'Dark' }

export const TopBar = ({
  name,
  theme,
  onTheme,
  onHelp,
}: {
  name: string
  theme: Theme
  onTheme: () => void
  onHelp: () => void
}) => (
  <header class="top">
    <span class="brand">
      <Sign /> Plimsoll
    </span>
    <span class="repository">{name}</span>
    <span class="tools">
      <button type="button" class="quiet" onClick={onTheme} aria-label={`Colours: ${NAMES[theme]}. Change`}>
        {NAMES[theme]}
      </button>
      <button type="button" class="quiet" onClick={onHelp} aria-label="Keys and words">
        ?
      </button>
    </span>
  </header>
)
