/** What a field decides, as far as its name says. */
export type Kind = 'rights' | 'secret' | 'ledger' | 'price' | 'verified' | 'owner' | 'tenant' | 'state'

/** `isAdmin`, `is_admin` and `is-admin` are one name. */
export const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

const KINDS: readonly (readonly [Kind, RegExp])[] = [
  [
    'rights',
    /^(user|account|member)?roles?$|^(is|has)?(site|super|system)?(admin|administrator|superuser|super|staff|root|moderator)$|^permissions?$|^scopes?$|^privileges?$|^accesslevel$/,
  ],
  ['secret', /^(pass(word)?|pw|pwd)(hash|hashed|digest)$|^(hashed|encrypted)pass(word)?$/],
  [
    'ledger',
    /^(account|wallet|current|available|total)?balance(cents|minor)?$|^(account|store)?credits?(balance|cents)?$|^wallet$|^(loyalty|bonus|reward)points$|^(grand|sub|order)?total(price|amount|cents|minor)?$/,
  ],
  ['price', /^(unit|item|total)?price(cents|minor)?$|^(amount|cost|fee)(cents|minor)?$/],
  [
    'verified',
    /^(is)?(email|phone|identity|account|user)?(verified|confirmed)(at)?$|^(is)?approved(at)?$|^kyc(passed|approved|verified)$/,
  ],
  [
    'owner',
    /^(owner|author|creator|createdby|user|account|customer)(id|uuid)$|^(owner|author|creator|createdby)$/,
  ],
  ['tenant', /^(tenant|org|organi[sz]ation|company|workspace)(id|uuid)$|^tenant$/],
  ['state', /^(order|payment)?(status|state)$/],
]

/** null where the name decides nothing that a client may not decide */
export const kindOf = (name: string): Kind | null => {
  const word = plain(name)
  return KINDS.find(([, pattern]) => pattern.test(word))?.[0] ?? null
}

/** Guessed where the app shows no such field; those of one name in both spellings. */
export const GUESSED: readonly string[] = [
  'role',
  'roles',
  'isAdmin',
  'is_admin',
  'admin',
  'permissions',
  'scope',
  'verified',
  'emailVerified',
  'email_verified',
  'approved',
  'balance',
  'credit',
  'total',
  'price',
  'passwordHash',
  'password_hash',
  'owner',
  'ownerId',
  'owner_id',
  'userId',
  'user_id',
]

const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** A column as the JSON of an API may call it. */
export const spellings = (column: string): string[] => [...new Set([column, camel(column)])]
