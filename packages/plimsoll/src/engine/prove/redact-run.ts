import { redact } from '../../base/text/redact.ts'
import { Run } from '../../model/run.ts'

/** No secret and no path of this machine leaves in an artifact. */
export const redactRun = (run: Run, root: string): Run => {
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return redact(value.replaceAll(root, '.'))
    if (Array.isArray(value)) return value.map(clean)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]))
  }
  return Run.parse(clean(run))
}
