import { parseJson } from '../../../base/json/parse-json.ts'
import type { Lab } from '../../../lab/lab.ts'
import { changesData } from '../../../lab/speak/changing-reads.ts'
import type { Exchange } from '../../../model/evidence.ts'

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  return value === null || typeof value !== 'object' ? [] : Object.values(value).flatMap(textsIn)
}

const FOLDERS = ['/uploads/', '/files/', '/static/', '/media/', '/public/', '/images/', '/']
const MOST = 30
/** A file comes at once; where nothing answers, nothing is asked for again. */
const TIMEOUT_MS = 3_000

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/'))

const isLocal = (path: string, baseUrl: string) =>
  path.startsWith('/') && !path.startsWith('//') && !path.includes(baseUrl)

/** Paths at which a file may be served that an answer tells of: addresses, names of files, ids. */
const pathsFor = (lab: Lab, upload: Exchange, name: string): string[] => {
  const { baseUrl } = lab.http
  const said = [...textsIn(parseJson(upload.body)), upload.headers.location ?? '', name].filter(
    (text) => text !== '' && text.length < 300,
  )
  const local = said.map((text) =>
    text.startsWith(baseUrl) ? text.slice(baseUrl.length) : text.replace(/^https?:\/\/[^/]+/, ''),
  )
  const addresses = local.filter((text) => isLocal(text, baseUrl))
  const bare = local.filter((text) => /^[\w.@-]+$/.test(text))
  const relative = local.filter((text) => /^[\w.@-]+\/[\w./@-]+$/.test(text)).map((text) => `/${text}`)
  const items = lab.service.routes
    .filter((route) => (route.method === 'GET' || route.method === 'ANY') && !changesData(route))
    .filter(({ path }) => path.split(':').length === 2)
    .flatMap(({ path }) => bare.map((text) => path.replace(/:\w+/, encodeURIComponent(text))))
  const folders = bare
    .filter((text) => /\.\w+$/.test(text))
    .flatMap((text) => FOLDERS.map((folder) => folder + text))
  return [...new Set([...addresses, ...relative, ...items, ...folders])].slice(0, MOST)
}

/** The answer that gives the file back; null where none does. */
export const findServed = async (
  lab: Lab,
  upload: Exchange,
  { name, marker, headers }: { name: string; marker: string; headers: Record<string, string> },
  signal: AbortSignal,
): Promise<Exchange | null> => {
  const mute = new Set<string>()
  for (const path of pathsFor(lab, upload, name)) {
    if (signal.aborted) return null
    for (const carried of [{}, headers]) {
      if (mute.has(folderOf(path))) break
      const asked = { method: 'GET', path, headers: carried, timeoutMs: TIMEOUT_MS, signal }
      const exchange = await lab.http.request(asked)
      if (exchange.status === null) mute.add(folderOf(path))
      if (exchange.status === 200 && exchange.body.includes(marker)) return exchange
    }
  }
  return null
}
