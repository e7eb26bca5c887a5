import { isPlaceholder, looksRandom } from './placeholders.ts'

const KEYWORD =
  '(?:password|passwd|passphrase|secret|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?token|access[_-]?token|refresh[_-]?token|credential)'
const QUOTED = new RegExp(
  `(${KEYWORD}[\\w-]{0,20})["']?\\]?\\s{0,4}(?::|=|:=|=>)\\s{0,4}(["'\`])([^\\s"'\`]{16,200})\\2`,
  'gi',
)
const BARE = new RegExp(
  `^\\s*(?:export\\s+)?([\\w.-]{0,40}${KEYWORD}[\\w-]{0,20})\\s{0,4}[:=]\\s{0,4}([^\\s"'\`#]{16,200})\\s*$`,
  'gim',
)

/** Files whose values are written without quotes. */
const SETTINGS = /(?:^|\/)\.env[\w.-]*$|\.(?:env|properties|ini|cfg|conf|ya?ml|tfvars)$/i
/** The name of a secret, its address, its digest and the like are not the secret. */
const ABOUT =
  /(?:hash|hashed|digest|checksum|url|uri|path|file|name|ref|arn|id|header|field|type|length|policy|pattern|regex|label|hint|text|message|prefix|expiry|ttl|version)$/i
const PUBLIC = /public|publishable|^(?:VITE|REACT_APP|GATSBY|STORYBOOK)_/i
const ADDRESS_OR_CALL = /^[a-z]+:\/\/|^\/|[()[\]]|^arn:|^projects\//

/** Lines beyond this are bundles and data, where every other word looks like a key. */
const LONGEST_LINE = 500

export type Assignment = { index: number; key: string; value: string }

const isOnLongLine = (text: string, index: number) => {
  const start = text.lastIndexOf('\n', index) + 1
  const end = text.indexOf('\n', index)
  return (end < 0 ? text.length : end) - start > LONGEST_LINE
}

/** The pattern starts at the keyword, so that it is searched fast; this is what the name has before it. */
const nameBefore = (text: string, index: number) =>
  /[\w.-]*$/.exec(text.slice(Math.max(0, index - 40), index))?.[0] ?? ''

/** Values that look generated, assigned to names that say secret; no known form, hence only a suspicion. */
export const findAssignments = (file: string, text: string): Assignment[] => {
  const quoted = [...text.matchAll(QUOTED)].map((match) => ({
    match,
    key: nameBefore(text, match.index) + (match[1] ?? ''),
    value: match[3] ?? '',
  }))
  const bare = SETTINGS.test(file)
    ? [...text.matchAll(BARE)].map((match) => ({ match, key: match[1] ?? '', value: match[2] ?? '' }))
    : []
  return [...quoted, ...bare].flatMap(({ match, key, value }) => {
    if (ABOUT.test(key) || PUBLIC.test(key) || ADDRESS_OR_CALL.test(value)) return []
    if (isPlaceholder(value) || !looksRandom(value) || isOnLongLine(text, match.index)) return []
    return [{ index: match.index + match[0].lastIndexOf(value), key, value }]
  })
}
