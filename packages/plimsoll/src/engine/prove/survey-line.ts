import type { System } from '../../model/system.ts'

const unique = (texts: readonly string[]) => [...new Set(texts)]
const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`

/** `14 routes · Fastify 5.6.0 · postgres through pg · 3 migrations` */
export const surveyLine = ({ services }: System): string => {
  const routes = services.reduce((sum, service) => sum + service.routes.length, 0)
  const migrations = services
    .flatMap((service) => service.migrations)
    .reduce((sum, { files }) => sum + files, 0)
  const frameworks = services.flatMap(({ framework }) =>
    framework === null ? [] : [[framework.name, framework.version].filter(Boolean).join(' ')],
  )
  const stores = services.flatMap((service) =>
    service.stores.map(({ store, client }) => `${store} through ${client}`),
  )
  return [
    count(routes, 'route'),
    ...unique(frameworks),
    ...unique(stores),
    ...(migrations > 0 ? [count(migrations, 'migration')] : []),
  ].join(' · ')
}
