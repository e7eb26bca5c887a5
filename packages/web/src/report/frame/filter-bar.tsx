import type { Ref } from 'preact'

export const FilterBar = ({
  words,
  shown,
  total,
  allOpen,
  input,
  onWords,
  onAll,
}: {
  words: string
  shown: number
  total: number
  allOpen: boolean
  input: Ref<HTMLInputElement>
  onWords: (words: string) => void
  onAll: () => void
}) => (
  <search class="filter">
    <label>
      <span class="unseen">Filter verdicts</span>
      <input
        ref={input}
        type="text"
        placeholder="Filter: words, an id, a severity, a route"
        value={words}
        onInput={(event) => onWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          onWords('')
          event.currentTarget.blur()
        }}
      />
      <span class="key" aria-hidden="true">
        <kbd>/</kbd>
      </span>
    </label>
    <span class="shown" aria-live="polite">
      {words === '' ? `${total} verdicts` : `${shown} of ${total}`}
    </span>
    <button type="button" class="quiet" onClick={onAll}>
      {allOpen ? 'Close all' : 'Open all'}
    </button>
  </search>
)
