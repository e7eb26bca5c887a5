import { stem, stemsOf } from './stem.ts'

/** Words of a trade that things are named after: a deploy badge is no deployment, a latency chart no measurement. */
export const NAMEABLE: ReadonlySet<string> = new Set(
  `security, privacy, performance, audit, alert, alarm, deploy, deployment, release, build, pipeline, latency, memory, cpu, load, throughput,
   benchmark, monitoring, backup, secret, permission, docker, kubernetes, container, environment, staging, registry, cluster, cache,
   uptime, risk, vulnerability, threat, attack, encryption, encrypt, workflow, password, speed, image, volume, host, hosting, tag, response time, api token, api key,
   webhook, database, api, token, session, role, user, order, invoice, payment, wallet, inventory, booking, login, signup, checkout, event log, audit log, migration`
    .split(',')
    .map((phrase) => stemsOf(phrase).join(' ')),
)

const NAMED: ReadonlySet<string> = new Set(
  `page, tab, badge, card, panel, dialog, button, icon, menu, label, form, screen, chart, graph, widget, banner, modal, tooltip, checkbox, link,
   heading, title, drawer, sidebar, dropdown, timeline, toggle, picker, wizard, component, placeholder, popover, toast, tile, legend, plan, strings, meter`
    .split(',')
    .map((word) => stem(word.trim())),
)

export const isNameOf = (next: string): boolean => NAMED.has(next)
