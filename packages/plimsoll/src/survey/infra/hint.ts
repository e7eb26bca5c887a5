import type { FoundCommand, Service } from '../../model/system.ts'

/** What one deployment file says about how a service is run. */
export type Hint = {
  kind: 'procfile' | 'dockerfile' | 'compose' | 'kubernetes' | 'env'
  file: string
  /** folder of the service; null: only the variables can tell which service is meant */
  dir: string | null
  /** the name the file gives it; null where it has none */
  name: string | null
  start: FoundCommand[]
  ports: Service['ports']
  env: { name: string; value: string }[]
}

export const makeHint = (hint: Pick<Hint, 'kind' | 'file' | 'dir'> & Partial<Hint>): Hint => ({
  name: null,
  start: [],
  ports: [],
  env: [],
  ...hint,
})
