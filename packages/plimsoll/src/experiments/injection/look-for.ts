import type { Canary, Lab } from '../../lab/lab.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Sighting } from './family.ts'

const LAST_STATEMENTS = 3_000
const MOST = 3

/** Everything that carries the mark now, and what of the canary an answer shows. */
export const lookFor = async (
  { stores }: Pick<Lab, 'stores'>,
  canary: Canary | null,
  mark: string,
  { body }: Exchange,
): Promise<Pick<Sighting, 'statements' | 'files' | 'hits' | 'shown'>> => ({
  statements: stores.flatMap(({ wire }) =>
    (wire?.statements() ?? [])
      .slice(-LAST_STATEMENTS)
      .filter(({ sql }) => sql.includes(mark))
      .slice(0, MOST),
  ),
  files: ((await canary?.appeared()) ?? []).filter((name) => name.includes(mark)),
  hits: (canary?.hits() ?? [])
    .filter(({ path }) => path.includes(mark))
    .slice(0, MOST)
    .map(({ method, path }) => ({ method, path })),
  shown: [
    ...(canary !== null && body.includes(canary.file.text) ? (['file'] as const) : []),
    ...(canary !== null && body.includes(canary.text) ? (['listener'] as const) : []),
  ],
})
