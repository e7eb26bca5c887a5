import { fault } from '../base/errors/fault.ts'
import type { Service, System } from '../model/system.ts'

const label = ({ name, dir }: Service) => (dir === '.' ? name : `${name} (${dir})`)

/** The one service that is to be described: by name or folder, else the only one with routes. */
export const chooseDescribed = (system: System, dir: string, wanted: string | undefined): Service => {
  const named = system.services.filter(
    ({ name, dir: at }) => wanted === undefined || name === wanted || at === wanted,
  )
  if (wanted !== undefined && named.length === 0) {
    const candidates = `There is: ${system.services.map(label).join(', ') || 'none'}.`
    throw fault('E_UNKNOWN_ID', { id: wanted, candidates })
  }
  const serving = named.filter(({ routes }) => routes.length > 0)
  const [first] = serving
  if (first === undefined) throw fault('E_NO_ROUTES', { dir })
  if (serving.length > 1) throw fault('E_AMBIGUOUS_SERVICE', { dir, services: serving.map(label).join(', ') })
  return first
}
