import type { EnvRead, Service } from '../../../../model/system.ts'
import type { Listen } from '../reads/listen.ts'

type Port = Service['ports'][number]

/** A port of the app's own, as opposed to `DB_PORT` or `SMTP_PORT`. */
const OWN = /^((APP|API|HTTP|SERVER|SERVICE|WEB|NODE|LISTEN|BACKEND|NEST|EXPRESS|FASTIFY|KOA|REST)_?)*PORT$/
const FOREIGN =
  /(DB|DATABASE|PG|POSTGRES|POSTGRESQL|MYSQL|MONGO|REDIS|SMTP|MAIL|EMAIL|RABBIT|AMQP|KAFKA|ELASTIC|METRICS|PROM|DEBUG|GRPC|CACHE|SQL|FTP|LDAP|STATSD|JAEGER|OTEL|FRONTEND|CLIENT|PROXY)/

const number = (text: string | null): number | null =>
  text !== null && /^\d{2,5}$/.test(text) ? Number(text) : null

const isOwn = (name: string) => OWN.test(name) || (/(^|_)PORT$/.test(name) && !FOREIGN.test(name))

/** Ports the app listens on, the likeliest first, each with the variable that decides it. */
export const portsOf = (listens: readonly Listen[], env: readonly EnvRead[]): Port[] => {
  const ports: Port[] = []
  const add = (port: Port) => {
    if (!ports.some((one) => one.port === port.port && one.env === port.env)) ports.push(port)
  }
  const read = new Map(env.map((one) => [one.name, one]))
  for (const listen of listens) {
    const from = `${listen.place.file}:${listen.place.line}`
    for (const name of listen.env.filter((one) => read.has(one))) {
      const known = number(read.get(name)?.default ?? null) ?? number(read.get(name)?.example ?? null)
      add({ port: listen.port ?? known ?? 0, env: name, from })
    }
    if (listen.env.length === 0 && listen.port !== null) add({ port: listen.port, env: null, from })
  }
  if (!ports.some((port) => port.env !== null) && listens.length > 0)
    for (const one of env.filter((each) => isOwn(each.name)))
      add({
        port: number(one.default) ?? number(one.example) ?? 0,
        env: one.name,
        from: one.place === null ? 'environment' : `${one.place.file}:${one.place.line}`,
      })
  const rank = (port: Port) => (port.env === null ? 2 : isOwn(port.env) ? (port.env === 'PORT' ? 0 : 1) : 3)
  return ports.sort((a, b) => rank(a) - rank(b))
}
