const OF_A_ROLE =
  /^_?(?:admins?|administrators?|administration|internal|manage(?:ment|r)?|backoffice|back-office|staff|super-?users?|superadmin|root|debug|moderation|moderators?|sudo|operator)$/i

const OF_ADMINISTRATORS =
  /^_?(?:admins?|administrators?|administration|super-?users?|superadmin|root|sudo|debug)$/i

const says = (path: string, words: RegExp) => path.split('/').some((part) => words.test(part))

/** true where the path says that not everybody is meant: `/admin/users`, `/internal/stats` */
export const isOfARole = (path: string): boolean => says(path, OF_A_ROLE)

/** true where the role is one that nobody has who merely registered: every account may be a manager's */
export const isOfAdministrators = (path: string): boolean => says(path, OF_ADMINISTRATORS)

const RIGHTS =
  /(?:^|\.|_)(?:roles?|is_?admin|admin|is_?staff|is_?superuser|permissions?|scopes?)(?:$|\.\d+$)/i
const HIGH = /^(?:.*admin.*|owner|super.*|root|staff|manager|moderator|true|\*)$/i

/** What somebody is said to be: `role: admin`, `isAdmin: true`. */
export const isPrivileged = (fields: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(fields).some(
    ([name, value]) =>
      RIGHTS.test(name.replace(/([a-z])([A-Z])/g, '$1_$2')) && value !== 0 && HIGH.test(String(value)),
  )
