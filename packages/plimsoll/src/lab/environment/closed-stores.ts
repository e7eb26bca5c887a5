import type { Service } from '../../model/system.ts'

/** A port on which nothing listens, so that a client is refused at once and reaches nobody's data. */
const CLOSED_PORT = '1'

/**
 * Variables of a store that the user said the app runs without: emptied or pointed at a closed port, because a
 * value from `.env` could lead to a real one.
 */
export const closeStore = (service: Service, key: string): Record<string, string> => {
  const belongs = ({ name, default: fallback, example }: Service['env'][number]) =>
    name.toLowerCase().includes(key) ||
    [fallback, example].some((value) => value?.startsWith(`${key}`) === true)
  const names = service.env.filter(belongs).map(({ name }) => name)
  return Object.fromEntries(
    names
      .filter((name) => /(?:URL|URI|DSN|CONNECTION|HOST|PORT|SERVER|ADDR)/i.test(name))
      .map((name) => [
        name,
        /PORT$/i.test(name) ? CLOSED_PORT : /HOST|SERVER|ADDR/i.test(name) ? '127.0.0.1' : '',
      ]),
  )
}
