export const idParams = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'integer', minimum: 1, maximum: 2147483647 } },
}

export const limit = { type: 'integer', minimum: 1, maximum: 100, default: 20 }
