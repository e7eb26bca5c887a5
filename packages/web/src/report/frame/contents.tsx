export type Entry = { id: string; title: string; count?: number; bad?: boolean }

/** Where things are; beside the page on wide screens only. */
export const Contents = ({ entries }: { entries: readonly Entry[] }) => (
  <nav class="contents" aria-label="Contents">
    <ul>
      {entries.map(({ id, title, count, bad }) => (
        <li key={id}>
          <a href={`#${id}`}>
            {title}
            {count !== undefined && <span class={bad ? 'count ink-refuted' : 'count'}>{count}</span>}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)
