import type { LabRecord } from '../../model/run.ts'
import type { Service } from '../../model/system.ts'

/** `DISABLE_RATE_LIMITING=false` and `RATE_LIMIT_ENABLED=true` are turned round; a number is left to the user. */
const turned = (name: string, value: string | null) => {
  if (/^(?:true|1|yes|on)$/i.test(value ?? '')) return 'false'
  if (/^(?:false|0|no|off)$/i.test(value ?? '') || /DISABLE|SKIP|OFF\b/i.test(name)) return 'true'
  return '…'
}

/** What was left out because the app counts requests, and the variables that sound as if they decided on it. */
export const rateLimitOf = (
  { env }: Pick<Service, 'env'>,
  reach: LabRecord['reach'],
  given: Readonly<Record<string, string>>,
): string[] => {
  const limited = reach.filter(({ status }) => status === 429).length
  if (limited === 0) return []
  const switches = env
    .filter(({ name }) => /RATE_?LIMIT|THROTTL/i.test(name))
    .map(
      ({ name, example, default: fallback }) =>
        `"${name}": "${turned(name, given[name] ?? example ?? fallback)}"`,
    )
  const how = switches.length === 0 ? '"env"' : `"env": { ${switches.join(', ')} }`
  return [
    `the app limits the rate of requests: ${limited} of ${reach.length} routes answered 429 and are not known; turn that off for the lab through ${how} in plimsoll.config.json`,
  ]
}
