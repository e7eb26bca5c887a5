import { stem } from './stem.ts'

const setOf = (words: string): ReadonlySet<string> =>
  new Set(words.split(',').map((word) => stem(word.trim())))

/** What is seen of a thing: a deploy badge is no deployment, and a latency chart no measurement. */
const SEEN = setOf(
  `page, tab, badge, card, panel, dialog, button, icon, menu, label, form, screen, chart, graph, widget, banner, modal, tooltip, checkbox, link,
   heading, title, drawer, sidebar, dropdown, timeline, toggle, indicator, row, list, table, view, column, header, footer, tile, picker,
   wizard, component, placeholder, popover, toast, legend, plan, strings, meter`,
)

/** What serves or carries a thing: a search endpoint is no search field. */
const SERVES = setOf(
  `endpoint, api, route, handler, query, controller, resolver, schema, migration, job, webhook, middleware, service, workflow, pipeline,
   container, cluster, database, queue`,
)

/** The last word of a compound says what it is: before it stands only what it is for, or shows. */
export const isNameOf = (next: string, leansToScreen: boolean): boolean =>
  leansToScreen ? SERVES.has(next) : SEEN.has(next)
