/** `limit` and `offset` of a list that is in order. */
export const byOffset = (items, { limit, offset }) => ({
  items: items.slice(offset, offset + limit),
  total: items.length,
  limit,
  offset,
})

export const byPage = (items, { page, perPage }) => ({
  items: items.slice((page - 1) * perPage, page * perPage),
  total: items.length,
  page,
  perPage,
})

/** What comes after the item that the cursor names; the cursor of the next part, or null at the end. */
export const byCursor = (items, { limit, cursor }, idOf) => {
  const from = cursor === undefined ? 0 : items.findIndex((item) => idOf(item) === cursor) + 1
  const part = items.slice(from, from + limit)
  const last = part.at(-1)
  const isEnd = last === undefined || from + limit >= items.length
  return { items: part, nextCursor: isEnd ? null : idOf(last) }
}
