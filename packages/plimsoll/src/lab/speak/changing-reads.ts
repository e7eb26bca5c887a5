import type { Route } from '../../model/system.ts'

const MAKES = 'init(?:iali[sz]e)?|(?:re-?)?seed|populate|set-?up|install|migrate|reset|rebuild'
const MAKES_ALL = `${MAKES}|create|make|fill`
const UNMAKES =
  'drop|truncate|wipe|purge|flush|clear|destroy|delete|remove|shut-?down|restart|kill|exit|quit|stop|terminate|crash|panic|exec(?:ute)?|log-?out|sign-?out|log-?off'
const WHOLE = '[-_]?(?:all[-_]?)?(?:db|database|tables?|data|schema|all|cache)'

const pathSays = (verbs: string) => new RegExp(`^(?:${verbs})(?:${WHOLE})?$`, 'i')
const nameSays = (verbs: string) => new RegExp(`^(?:${verbs})${WHOLE}$`, 'i')

const lastWord = (path: string) =>
  path
    .split('/')
    .filter((part) => part !== '' && !part.startsWith(':'))
    .at(-1) ?? ''

/** `api.views.populate_db` → `populate_db` */
const handlerWord = ({ handler }: Route) => handler.name?.split(/[.:#]/).at(-1) ?? ''

/** true for a GET whose name says that it makes or refills what the app keeps: `/createdb`, `/setup`, `/seed` */
export const makesData = (route: Route): boolean =>
  route.method === 'GET' &&
  (pathSays(MAKES).test(lastWord(route.path)) ||
    nameSays(MAKES_ALL).test(lastWord(route.path)) ||
    nameSays(MAKES_ALL).test(handlerWord(route)))

/** true for a GET whose name says that it changes what the app keeps; such a route is not called as a read */
export const changesData = (route: Route): boolean =>
  makesData(route) ||
  (route.method === 'GET' &&
    (pathSays(UNMAKES).test(lastWord(route.path)) || nameSays(UNMAKES).test(handlerWord(route))))

const SWITCHES_OFF =
  /^(?:maintenance(?:[-_]?mode)?|read[-_]?only(?:[-_]?mode)?|shut-?down|restart|kill|exit|quit|terminate|disable|deactivate|suspend|pause|freeze|lock-?down|off|wipe|purge|flush|truncate|reset(?:[-_]?(?:db|database|data|all))?|factory[-_]?reset)$/i

/**
 * true for a write whose name says that the app may do less afterwards: `POST /admin/maintenance`. It is spoken to
 * last, and never on the template that every lab starts from.
 */
export const switchesOff = (route: Route): boolean =>
  route.method !== 'GET' && SWITCHES_OFF.test(lastWord(route.path))
