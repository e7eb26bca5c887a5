import type { Service } from '../../model/system.ts'

/** Variables through which the app finds a store that the user lends by URL. */
export const lendStore = (service: Service, key: string, url: string): Record<string, string> => {
  const { hostname, port, username, password, pathname } = new URL(url)
  const parts: readonly [RegExp, string][] = [
    [/(?:URL|URI|DSN|CONNECTION)/i, url],
    [/HOST/i, hostname],
    [/PORT$/i, port],
    [/USER/i, decodeURIComponent(username)],
    [/PASS/i, decodeURIComponent(password)],
    [/(?:NAME|DATABASE|DB)$/i, pathname.slice(1)],
  ]
  const env: Record<string, string> = {}
  for (const { name, default: fallback, example } of service.env) {
    const named =
      name.toLowerCase().includes(key) || [fallback, example].some((value) => value?.startsWith(key))
    const part = named ? parts.find(([pattern]) => pattern.test(name)) : undefined
    if (part !== undefined) env[name] = part[1]
  }
  return env
}
