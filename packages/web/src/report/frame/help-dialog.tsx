import { Dialog } from '../controls/dialog.tsx'
import { type Look, StatusMark } from '../controls/status-mark.tsx'

const KEYS: readonly [string, string][] = [
  ['j  k  ↓  ↑', 'next and previous verdict'],
  ['Enter', 'open or close it'],
  ['e', 'open or close all'],
  ['/', 'filter; Escape clears it'],
  ['t', 'colours: auto, light, dark'],
  ['?', 'this help'],
]

const WORDS: readonly [Look, string][] = [
  ['refuted', 'a proved defect, executed from a clean state; it can be replayed'],
  ['proven', 'tried as the promise says, and held'],
  ['inconclusive', 'tried, and neither could be said; the reason stands beside it'],
  ['errored', 'could not be carried out'],
  ['suspicion', 'not proved; never fails the gate'],
  ['advice', 'a good habit; never fails the gate'],
]

export const HelpDialog = ({ onClose }: { onClose: () => void }) => (
  <Dialog kind="box" title="Keys and words" onClose={onClose}>
    <dl class="keys">
      {KEYS.map(([key, meaning]) => (
        <div key={key}>
          <dt>
            {key.split('  ').map((it) => (
              <kbd key={it}>{it}</kbd>
            ))}
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
    <dl class="keys">
      {WORDS.map(([look, meaning]) => (
        <div key={look}>
          <dt>
            <StatusMark look={look} silent /> {look}
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  </Dialog>
)
