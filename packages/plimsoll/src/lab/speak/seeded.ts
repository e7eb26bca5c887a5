import type { Project } from '../../instruments/source/project.ts'
import type { Config } from '../../model/config.ts'
import type { EnvRead, Service } from '../../model/system.ts'
import { madeUpSecret, needsMadeUp } from '../environment/made-up.ts'
import { type Pair, pairsIn } from './written-pairs.ts'

/** An account that the repo says is there, with what logs it in. */
export type Seeded = Omit<Pair, 'line'> & {
  /** `seeds/users.ts:12`, `ADMIN_PASSWORD` */
  where: string
}

const PLACES = [
  /(?:^|[/_.-])(?:seed(?:s|er|ers|ing)?|fixtures?)(?:[/_.-]|$)/i,
  /(?:^|\/)(?:migrations?|data|database|db|init|bootstrap|setup|startup)(?:[/_.-]|$)/i,
  /(?:^|\/)(?:models?|users?|auth|accounts?)(?:[/_.-]|$)|user|model|app\.|main\.|server\.|index\./i,
  /(?:^|\/)readme[^/]*$/i,
  /\.(?:http|rest)$/i,
]
const READ = /\.(?:[cm]?[jt]s|py|json|ya?ml|sql|md|rst|txt|http|rest)$/i
const OTHER =
  /(?:^|\/)(?:tests?|__tests__|spec|e2e|node_modules|dist|docs?|public|client|frontend)\/|\.(?:test|spec)\./i
const MOST = 8
const MOST_FILES = 400

const rankOf = (file: string) => PLACES.findIndex((place) => place.test(file))

const fromFiles = (project: Project, dir: string): Seeded[] =>
  [...new Set([...project.under(dir), ...project.files.filter((file) => /^readme/i.test(file))])]
    .filter((file) => READ.test(file) && !OTHER.test(file) && rankOf(file) >= 0)
    .filter((file) => !/package(?:-lock)?\.json$|lock\.ya?ml$/.test(file))
    .sort((a, b) => rankOf(a) - rankOf(b))
    .slice(0, MOST_FILES)
    .flatMap((file) =>
      pairsIn(file, project.text(file) ?? '').map(({ line, ...pair }) => ({
        ...pair,
        where: `${file}:${line}`,
      })),
    )

const NAMES = /(?:ADMIN|ROOT|SUPER_?USER|INITIAL|DEFAULT_?USER)\w*?_?(?:E?MAIL|USER_?NAME|USER|LOGIN|NAME)$/i
const PASSWORDS = /(?:ADMIN|ROOT|SUPER_?USER|INITIAL|DEFAULT_?USER)\w*?_?PASS(?:WORD|WD)?$/i

const SECRET_SEED = 1

const valueGiven = (read: EnvRead, given: Readonly<Record<string, string>>) =>
  given[read.name] ??
  (needsMadeUp(read) ? madeUpSecret(SECRET_SEED, read.name) : (read.example ?? read.default ?? undefined))

/** An administrator whom the app makes at its start, of variables that the lab gives. */
const fromVariables = (service: Service, given: Readonly<Record<string, string>>): Seeded[] => {
  const names = service.env.filter(({ name }) => NAMES.test(name) && !PASSWORDS.test(name))
  return service.env
    .filter(({ name }) => PASSWORDS.test(name))
    .flatMap((password) =>
      names.flatMap((name) => {
        const [who, secret] = [valueGiven(name, given), valueGiven(password, given)]
        return who && secret ? [{ name: who, password: secret, admin: true, where: password.name }] : []
      }),
    )
}

/** Accounts that variables, seeds, migrations, fixtures, models and the README give away, administrators first. */
export const seededAccounts = (project: Project, service: Service, config: Config): Seeded[] => {
  const all = [...fromVariables(service, config.env ?? {}), ...fromFiles(project, service.dir)]
  const first = new Map<string, Seeded>()
  for (const one of all) {
    const key = `${one.name} ${one.password}`
    if (!first.has(key)) first.set(key, one)
  }
  const unique = [...first.values()]
  return [...unique.filter(({ admin }) => admin), ...unique.filter(({ admin }) => !admin)].slice(0, MOST)
}
