type Cookie = {
  name: string
  valueLength: number
  opaque: boolean
  httpOnly: boolean
  secure: boolean
  sameSite: string | null
  cleared: boolean
}

/** Several Set-Cookie headers arrive joined; a comma inside a date is no border, because no `name=` follows it. */
const split = (header: string): string[] =>
  header
    .split(/\n|,(?=\s*[^\s;,=]+=)/)
    .map((one) => one.trim())
    .filter((one) => one !== '')

const attribute = (parts: readonly string[], name: string): string | null => {
  const found = parts.find((part) => part.toLowerCase() === name || part.toLowerCase().startsWith(`${name}=`))
  return found === undefined ? null : (found.split('=')[1] ?? '')
}

/** Shannon entropy of the characters, bits each. */
const entropy = (text: string): number => {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts.values()].reduce((sum, n) => sum - (n / text.length) * Math.log2(n / text.length), 0)
}

const parse = (text: string): Cookie => {
  const [pair = '', ...parts] = text.split(';').map((part) => part.trim())
  const at = pair.indexOf('=')
  const value = decodeURIComponent(pair.slice(at + 1).replace(/%(?![0-9a-f]{2})/gi, '%25'))
  const maxAge = attribute(parts, 'max-age')
  const expires = attribute(parts, 'expires')
  return {
    name: pair.slice(0, at),
    valueLength: value.length,
    opaque: value.length >= 16 && entropy(value) > 3,
    httpOnly: attribute(parts, 'httponly') !== null,
    secure: attribute(parts, 'secure') !== null,
    sameSite: attribute(parts, 'samesite'),
    cleared:
      value === '' || maxAge === '0' || (expires !== null && Date.parse(expires) < Date.parse('2001-01-01')),
  }
}

/** Every cookie that an answer sets, without its value. */
export const parseCookies = (header: string): Cookie[] => split(header).map(parse)
