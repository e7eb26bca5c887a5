import { finite, plain } from '../../contract/generate/shape.ts'
import type { RequestOptions } from '../../lab/lab.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import { idOf, kinOfPath } from '../../lab/speak/things.ts'
import { readJson } from './base.ts'
import { findBase } from './find-base.ts'
import { type Family, makeThing } from './make-thing.ts'
import type { Operation } from './operations.ts'
import { type Answer, shownExchange } from './send.ts'
import { anomalyOf, type Trial } from './trial.ts'

const SIZE = /^(limit|per_?page|page_?size|size|take|count|first|max_?results)$/i
const OFFSET = /^(offset|skip|start)$/i
const PAGE = /^(page|page_?number|page_?no)$/i
const CURSOR = /^(cursor|after|page_?token|next_?token|starting_?after)$/i
const NEXT = /^(next|next_?cursor|next_?token|next_?page_?token|end_?cursor|cursor|after)$/i

/** How a list is asked for part by part. */
export type Paging = {
  size: string
  by: 'offset' | 'page' | 'cursor'
  name: string
  least: number
  most: number
  first: number
}

const ROWS = 5
const MOST_ROWS = 40
const USUAL_MOST = 100

/** From the names of its parameters; null where it is not asked for in parts. */
export const pagingOf = (operation: Operation, { schemas }: Pick<Trial, 'schemas'>): Paging | null => {
  const query = operation.described.parameters.filter((one) => one.in === 'query')
  const named = (name: RegExp) => query.find((one) => name.test(one.name))
  const size = named(SIZE)
  const found = (
    [
      ['offset', OFFSET],
      ['page', PAGE],
      ['cursor', CURSOR],
    ] as const
  )
    .map(([by, name]) => ({ by, parameter: named(name) }))
    .find(({ parameter }) => parameter !== undefined)
  if (size === undefined || found?.parameter === undefined) return null
  const first = plain(found.parameter.schema, schemas.definitions)
  return {
    size: size.name,
    by: found.by,
    name: found.parameter.name,
    least: finite(plain(size.schema, schemas.definitions)?.minimum) ?? 1,
    most: Math.min(USUAL_MOST, finite(plain(size.schema, schemas.definitions)?.maximum) ?? USUAL_MOST),
    first: found.by === 'page' ? (finite(first?.default) ?? finite(first?.minimum) ?? 1) : 0,
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const listIn = (value: unknown, depth = 0): unknown[] | null => {
  if (Array.isArray(value)) return value
  if (!isRecord(value) || depth > 1) return null
  for (const inner of Object.values(value)) {
    const found = listIn(inner, depth + 1)
    if (found !== null) return found
  }
  return null
}

/** Ids of what an answer lists, in order; null where it lists nothing that has one. */
export const idsIn = (answer: unknown, path: string): string[] | null => {
  const list = listIn(answer)
  if (list === null) return null
  const ids = list.map((item) => (isRecord(item) ? idOf({ thing: item, kin: kinOfPath(path) }) : undefined))
  return ids.every((id) => id !== undefined) ? ids.map(String) : null
}

const nextIn = (value: unknown, name: string, depth = 0): string | null => {
  if (!isRecord(value) || depth > 2) return null
  for (const [key, inner] of Object.entries(value)) {
    if (NEXT.test(key) && typeof inner === 'string' && inner !== '') {
      const query = inner.includes('?')
        ? new URLSearchParams(inner.slice(inner.indexOf('?'))).get(name)
        : null
      return query ?? inner
    }
    const found = nextIn(inner, name, depth + 1)
    if (found !== null) return found
  }
  return null
}

const withQuery = (base: RequestOptions, changes: Readonly<Record<string, string>>): RequestOptions => {
  const [path = '', query = ''] = base.path.split('?')
  const made = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) made.set(name, value)
  return { ...base, path: `${path}?${made}` }
}

type Page = { answer: Answer; ids: string[] }

const askPage = async (
  trial: Trial,
  { described }: Operation,
  request: RequestOptions,
): Promise<Page | null> => {
  const answer = await trial.sender.send(request)
  if (answer === null || !isSuccess(answer.exchange)) return null
  const ids = idsIn(readJson(answer), described.path)
  return ids === null ? null : { answer, ids }
}

/** Where pages start to count, 0 or 1: there the answer is the one that is given to who names no page. */
const firstPage = async (
  trial: Trial,
  operation: Operation,
  base: RequestOptions,
  { by, name, size, first, wanted }: Paging & { wanted: number },
): Promise<number | null> => {
  if (by !== 'page') return first
  const start = await askPage(trial, operation, withQuery(base, { [size]: String(wanted) }))
  for (const at of [first, 1, 0]) {
    const query = { [size]: String(wanted), [name]: String(at) }
    const page = await askPage(trial, operation, withQuery(base, query))
    if (page !== null && start !== null && page.ids.join() === start.ids.join()) return at
  }
  return null
}

/** Page after page, until one is empty or there are more than there can be. */
const walk = async (
  trial: Trial,
  operation: Operation,
  base: RequestOptions,
  paging: Paging,
  size: number,
  mostPages: number,
) => {
  const pages: Page[] = []
  let position: string | null = paging.by === 'cursor' ? null : String(paging.first)
  for (let at = 0; at < mostPages; at += 1) {
    const request = withQuery(base, {
      [paging.size]: String(size),
      ...(position !== null && { [paging.name]: position }),
    })
    const page = await askPage(trial, operation, request)
    if (page === null) return null
    if (page.ids.length === 0) return pages
    pages.push(page)
    const next = paging.by === 'cursor' ? nextIn(readJson(page.answer), paging.name) : null
    if (paging.by === 'cursor' && next === null) return pages
    position =
      paging.by === 'page'
        ? String(paging.first + at + 1)
        : paging.by === 'offset'
          ? String((at + 1) * size)
          : next
  }
  return pages
}

const report = (trial: Trial, { label }: Operation, mark: string, problem: string, pages: readonly Page[]) =>
  trial.notes.add(
    anomalyOf({
      check: 'pagination',
      operation: label,
      mark,
      problem,
      exchanges: pages
        .slice(0, 3)
        .map(({ answer }, at) => ({ title: `Page ${at + 1}`, exchange: shownExchange(answer.exchange) })),
    }),
  )

const judgePages = (
  trial: Trial,
  operation: Operation,
  pages: readonly Page[],
  full: readonly string[],
  isWhole: boolean,
) => {
  const seen = new Map<string, number>()
  for (const [at, { ids }] of pages.entries()) {
    const twice = ids.find((id) => seen.has(id))
    if (twice !== undefined) {
      const before = (seen.get(twice) ?? 0) + 1
      const [one, other] = [pages[before - 1], pages[at]]
      const shown = one === undefined || other === undefined ? pages : [one, other]
      report(
        trial,
        operation,
        'twice',
        `the thing ${twice} is on pages ${before} and ${at + 1}, and nothing was written`,
        shown,
      )
      return
    }
    for (const id of ids) seen.set(id, at)
  }
  const left = full.find((id) => !seen.has(id))
  if (isWhole && left !== undefined)
    report(
      trial,
      operation,
      'left out',
      `the thing ${left} is in the list, and on none of its ${pages.length} pages`,
      pages,
    )
}

/** Asks for a list in parts and holds them against the whole, while nothing writes. */
export const tryPages = async (trial: Trial, operation: Operation, family: Family | null): Promise<void> => {
  const paging = pagingOf(operation, trial)
  const base = paging === null ? null : await findBase(trial, operation)
  if (paging === null || base === null) return
  const whole = withQuery(base.request, { [paging.size]: String(paging.most) })
  let full = await askPage(trial, operation, whole)
  for (let n = full?.ids.length ?? ROWS; family !== null && n < ROWS && !trial.signal.aborted; n += 1)
    await makeThing(trial, { ...family, read: null })
  full = await askPage(trial, operation, whole)
  if (full === null || full.ids.length < 3 || new Set(full.ids).size < full.ids.length) return
  const isWhole = full.ids.length < paging.most
  const size = Math.max(paging.least, full.ids.length > MOST_ROWS ? Math.ceil(full.ids.length / 8) : 2)
  const first = await firstPage(trial, operation, base.request, { ...paging, wanted: size })
  if (first === null) return
  const pages = await walk(
    trial,
    operation,
    base.request,
    paging,
    size,
    Math.ceil(full.ids.length / size) + 2,
  )
  const after = await askPage(trial, operation, whole)
  if (pages === null || pages.length === 0 || after === null || after.ids.join() !== full.ids.join()) return
  trial.notes.looked(operation.label, 'pagination')
  const tooLong = pages.find(({ ids }) => ids.length > size)
  if (tooLong === undefined) judgePages(trial, operation, pages, full.ids, isWhole)
  else if (operation.own)
    report(trial, operation, 'size', `asked for ${size}, it answered ${tooLong.ids.length}`, [tooLong])
}
