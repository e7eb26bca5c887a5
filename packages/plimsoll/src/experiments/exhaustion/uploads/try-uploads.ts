import type { Lab, RequestOptions } from '../../../lab/lab.ts'
import { leaves } from '../../../lab/speak/account.ts'
import { freshen } from '../../../lab/speak/freshen.ts'
import type { Exchange } from '../../../model/evidence.ts'
import type { UploadSeen } from '../seen.ts'
import { findServed } from './find-served.ts'
import { findUploads, type UploadRoute } from './find-uploads.ts'
import { type File, multipart } from './multipart.ts'

/** One pixel, as small as PNG gets. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

const isGood = ({ status }: Exchange) => status !== null && status >= 200 && status < 400

/** Files that a browser runs as a page, by their type or by their name alone. */
const pages = (word: string): File[] => {
  const script = `<script>document.title="${word}"</script>`
  const html = Buffer.from(`<!doctype html><html><body>${script}</body></html>`)
  const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">${script}</svg>`)
  return [
    { name: `${word}.html`, type: 'text/html', content: html },
    { name: `${word}.html`, type: 'image/png', content: html },
    { name: `${word}.svg`, type: 'image/svg+xml', content: svg },
  ]
}

type Form = {
  request: RequestOptions
  field: string
  texts: Record<string, string>
  headers: Record<string, string>
}

const sendFile = (
  { http }: Lab,
  { request, field, texts, headers }: Form,
  file: File,
  signal: AbortSignal,
) => {
  const form = multipart(field, file, texts)
  return http.request({
    ...request,
    headers: { ...headers, ...form.headers },
    body: form.body,
    bodyLimit: 8_000,
    signal,
  })
}

const textsOf = (body: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(leaves(body)).map(([name, value]) => [name, String(value)]))

/** How the route takes a picture, which is what most of them are for; null where it takes none. */
const learnForm = async (
  lab: Lab,
  { route, fields }: UploadRoute,
  signal: AbortSignal,
): Promise<Form | null> => {
  const known = lab.known.find((one) => one.route.method === route.method && one.route.path === route.path)
  const headers = lab.accounts[0]?.headers ?? {}
  const request =
    known === undefined ? { method: route.method, path: route.path } : freshen(known.request, lab.random)
  if (request.path.includes(':')) return null
  const texts = textsOf(request.body)
  for (const field of fields) {
    if (signal.aborted) return null
    const form: Form = { request: { method: request.method, path: request.path }, field, texts, headers }
    const picture: File = { name: `${lab.random.word(10)}.png`, type: 'image/png', content: PIXEL }
    const exchange = await sendFile(lab, form, picture, signal)
    if (isGood(exchange)) return form
    const page: File = {
      name: `${lab.random.word(10)}.txt`,
      type: 'text/plain',
      content: Buffer.from('Plimsoll'),
    }
    if (isGood(await sendFile(lab, form, page, signal))) return form
  }
  return null
}

/** Every route that takes files, with pages that hold a script, and what comes back when they are asked for. */
export const tryUploads = async (
  lab: Lab,
  wants: (operation: string) => boolean,
  signal: AbortSignal,
): Promise<{ uploads: UploadSeen[]; routes: number }> => {
  const routes = findUploads(lab)
  const uploads: UploadSeen[] = []
  for (const one of routes) {
    const operation = `${one.route.method} ${one.route.path}`
    const form = wants(operation) && !signal.aborted ? await learnForm(lab, one, signal) : null
    if (form === null) continue
    const place = one.route.handler.place ?? one.route.place
    const own: UploadSeen[] = []
    for (const file of pages(lab.random.word(10))) {
      const upload = await sendFile(lab, form, file, signal)
      const marker = file.name.replace(/\.\w+$/, '')
      const served = isGood(upload)
        ? await findServed(
            lab,
            upload,
            { name: file.name, marker: `"${marker}"`, headers: form.headers },
            signal,
          )
        : null
      const kind = `${file.name.replace(/^.*\./, 'page.')} as ${file.type}`
      const whole = served?.body.includes(`<script>document.title="${marker}"</script>`) ?? false
      own.push({ operation, file: kind, upload, served, whole, place })
    }
    // What takes anything, and never gives it back, takes no files at all.
    if (one.sure || own.some((seen) => seen.served !== null || !isGood(seen.upload))) uploads.push(...own)
  }
  return { uploads, routes: routes.filter(({ sure }) => sure).length }
}
