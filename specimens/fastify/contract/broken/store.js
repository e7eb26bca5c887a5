/** Everything that the library knows; it starts with what is on its shelves. */
export const store = {
  accounts: new Map(),
  sessions: new Map(),
  categories: new Map(),
  tools: new Map(),
  reviews: new Map(),
  loans: new Map(),
}

const ids = { accounts: 0, tools: 0, reviews: 0 }

export const nextId = (kind) => {
  ids[kind] += 1
  return ids[kind]
}

const SHELVES = { drills: 'Drills', saws: 'Saws', ladders: 'Ladders', 'garden-tools': 'Garden tools' }
const TOOLS = [
  ['Hammer drill', 'drills'],
  ['Cordless drill', 'drills'],
  ['Circular saw', 'saws'],
  ['Jigsaw', 'saws'],
  ['Extension ladder', 'ladders'],
  ['Hedge trimmer', 'garden-tools'],
]

for (const [slug, name] of Object.entries(SHELVES))
  store.categories.set(slug, { slug, name, description: null })
for (const [name, category] of TOOLS) {
  const id = nextId('tools')
  store.tools.set(id, {
    id,
    name,
    category,
    description: null,
    dailyFeeCents: 250,
    copies: 100,
    tags: ['seeded'],
    ownerId: 0,
    createdAt: new Date().toISOString(),
  })
}
