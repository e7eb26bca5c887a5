const text = (maxLength) => ({ type: 'string', minLength: 1, maxLength })
const optionalText = (maxLength) => ({ type: ['string', 'null'], maxLength })
const slug = { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 40 }

const toolFields = {
  name: text(80),
  category: slug,
  description: optionalText(500),
  dailyFeeCents: { type: 'integer', minimum: 0, maximum: 100_000 },
  copies: { type: 'integer', minimum: 1, maximum: 500 },
  tags: { type: 'array', maxItems: 8, uniqueItems: true, items: text(24) },
}

/** What requests carry; openapi.json says the same. */
export const schemas = [
  {
    $id: 'Registration',
    type: 'object',
    required: ['email', 'name', 'password'],
    properties: {
      email: { type: 'string', format: 'email', maxLength: 120 },
      name: text(60),
      password: { type: 'string', minLength: 8, maxLength: 100 },
    },
  },
  {
    $id: 'Credentials',
    type: 'object',
    required: ['email', 'password'],
    properties: { email: { type: 'string', maxLength: 120 }, password: { type: 'string', maxLength: 100 } },
  },
  {
    $id: 'AccountChange',
    type: 'object',
    minProperties: 1,
    properties: { name: text(60), newsletter: { type: 'boolean' } },
  },
  {
    $id: 'CategoryInput',
    type: 'object',
    required: ['slug', 'name'],
    properties: { slug, name: text(60), description: optionalText(200) },
  },
  {
    $id: 'CategoryChange',
    type: 'object',
    required: ['name'],
    properties: { name: text(60), description: optionalText(200) },
  },
  {
    $id: 'ToolInput',
    type: 'object',
    required: ['name', 'category', 'dailyFeeCents'],
    properties: toolFields,
  },
  { $id: 'ToolChange', type: 'object', minProperties: 1, properties: toolFields },
  {
    $id: 'ReviewInput',
    type: 'object',
    required: ['stars'],
    properties: { stars: { type: 'integer', minimum: 1, maximum: 5 }, comment: optionalText(400) },
  },
  {
    $id: 'LoanInput',
    type: 'object',
    required: ['toolId', 'days'],
    properties: {
      toolId: { type: 'integer', minimum: 1, maximum: 2_147_483_647 },
      days: { type: 'integer', minimum: 1, maximum: 28 },
      note: optionalText(200),
    },
  },
  {
    $id: 'LoanChange',
    type: 'object',
    minProperties: 1,
    properties: { days: { type: 'integer', minimum: 1, maximum: 28 }, note: optionalText(200) },
  },
]

export const numberId = (name) => ({
  type: 'object',
  properties: { [name]: { type: 'integer', minimum: 1, maximum: 2_147_483_647 } },
})

export const uuidId = (name) => ({
  type: 'object',
  properties: { [name]: { type: 'string', format: 'uuid' } },
})

export const slugId = (name) => ({ type: 'object', properties: { [name]: slug } })
