import { fault } from '../../base/errors/fault.ts'
import type { Config } from '../../model/config.ts'
import type { Service, System } from '../../model/system.ts'

const label = ({ name, dir }: Service) => (dir === '.' ? name : `${name} (${dir})`)

/** The one service to prove: the one that was named, or the only one that serves. */
export const chooseService = (system: System, wanted: string | undefined, config: Config): Service => {
  const name = wanted ?? config.service
  if (name !== undefined) {
    const found = system.services.find((service) => service.name === name || service.dir === name)
    if (found !== undefined) return found
    const candidates = `There is: ${system.services.map(label).join(', ') || 'none'}.`
    throw fault('E_UNKNOWN_ID', { id: name, candidates })
  }
  const serving = system.services.filter((service) => service.framework !== null)
  const [first, ...others] = serving.length > 0 ? serving : system.services
  if (first === undefined) {
    throw fault('E_NO_BACKEND', { dir: system.name, reason: 'no manifest of a known language is in it' })
  }
  if (others.length > 0) {
    const services = [first, ...others].map(label).join(', ')
    throw fault('E_AMBIGUOUS_SERVICE', { dir: system.name, services })
  }
  if (first.framework === null && first.start.length === 0 && config.start === undefined) {
    throw fault('E_NO_BACKEND', {
      dir: system.name,
      reason: 'it uses no known server framework and nothing says how it starts',
    })
  }
  return first
}
